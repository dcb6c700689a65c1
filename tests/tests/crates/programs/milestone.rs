//! Fetches a milestone as a user of the client would, and prints what was understood.

use github_client::Client;
use github_client::api::issues::IssuesGetMilestoneError;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .base_url(std::env::var("BASE_URL")?)
        .build()?;
    let issues = client.issues();

    let milestone = issues.get_milestone("octocat", "hello", 1).send().await?;
    println!("{} {:?}", milestone.title, milestone.description);
    println!("{:?} {}", milestone.state.as_str(), milestone.open_issues);
    println!("{} {:?}", milestone.created_at, milestone.due_on);
    println!("{:?}", milestone.creator.map(|creator| creator.login));

    let request = issues.get_milestone("octocat", "hello", 404);
    let error = request.send().await.expect_err("the server answers 404");
    let status = error.status();
    match error.api() {
        Some(IssuesGetMilestoneError::NotFound(body)) => println!("{status:?} {:?}", body.message),
        other => return Err(format!("{other:?}").into()),
    }
    Ok(())
}
