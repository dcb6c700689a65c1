//! Asks for an embedding as a user of the client would, and prints what was understood.

use openai_client::api::embeddings::CreateEmbeddingError;
use openai_client::types::{CreateEmbeddingRequest, CreateEmbeddingRequestInput};
use openai_client::{Bearer, Client};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .base_url(std::env::var("BASE_URL")?)
        .auth(Bearer::new("secret"))
        .build()?;
    let request = |text: &str| {
        let input = CreateEmbeddingRequestInput::String(text.to_owned());
        CreateEmbeddingRequest::new(input, "text-embedding-ada-002").dimensions(3)
    };

    let answer = client.embeddings().create(request("food")).send().await?;
    println!("{} {}", answer.model, answer.usage.total_tokens);
    println!("{:?}", answer.data[0].embedding);

    let error = client
        .embeddings()
        .create(request("too much"))
        .send()
        .await
        .expect_err("the server answers 429");
    let status = error.status();
    match error.api() {
        Some(CreateEmbeddingError::TooManyRequests(body)) => {
            println!("{status:?} {} {:?}", body.error.message, body.error.code);
        }
        other => return Err(format!("{other:?}").into()),
    }
    Ok(())
}
