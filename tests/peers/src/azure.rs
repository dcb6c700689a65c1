//! azure_core: the pipeline of a generated client, with its usual policies (request id, user agent, retry, logging), and
//! one that adds a header as a credential does.

use std::hint::black_box;
use std::sync::Arc;

use async_trait::async_trait;
use azure_core::Result;
use azure_core::http::headers::Headers;
use azure_core::http::policies::{Policy, PolicyResult};
use azure_core::http::{
    AsyncRawResponse, ClientOptions, Context, HttpClient, Method, Pipeline, Request, StatusCode,
    Transport, Url,
};

use crate::{finish, report};

/// Answers at once, and always the same.
#[derive(Debug)]
struct Ready;

#[async_trait]
impl HttpClient for Ready {
    async fn execute_request(&self, request: &Request) -> Result<AsyncRawResponse> {
        let _ = request;
        Ok(AsyncRawResponse::from_bytes(
            StatusCode::Ok,
            Headers::new(),
            Vec::new(),
        ))
    }
}

/// Adds a token, as policies of credentials do.
#[derive(Debug)]
struct Token;

#[async_trait]
impl Policy for Token {
    async fn send(
        &self,
        context: &Context,
        request: &mut Request,
        next: &[Arc<dyn Policy>],
    ) -> PolicyResult {
        request.insert_header("authorization", "Bearer secret");
        next[0].send(context, request, &next[1..]).await
    }
}

fn request(base: &Url, id: &str) -> Request {
    let url = base.join(&format!("parcels/{id}")).expect("it is a path");
    let mut request = Request::new(url, Method::Get);
    request.insert_header("accept", "application/json");
    request
}

pub(crate) fn measure() {
    let base = Url::parse("https://api.example.com/v1/").expect("it is an address");
    let sent = request(&base, "p_1");
    report("azure-transport", || {
        let _ = black_box(finish(Ready.execute_request(black_box(&sent.clone()))));
    });
    let options = ClientOptions {
        transport: Some(Transport::new(Arc::new(Ready))),
        ..ClientOptions::default()
    };
    let pipeline = Pipeline::new(
        Some("parcels"),
        Some("1.0.0"),
        options,
        Vec::new(),
        vec![Arc::new(Token)],
        None,
    );
    report("azure", || {
        let mut request = request(&base, "p_1");
        let answer = finish(pipeline.send(&Context::new(), &mut request, None));
        black_box(answer.expect("it is answered"));
    });
}
