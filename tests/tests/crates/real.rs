//! Real descriptions, all the way: a crate is generated, a program that uses it is compiled, and it calls a server.
//!
//! The answers are the examples that the descriptions themselves hold.

use std::path::Path;
use std::process::Command;

use attache_generator::config::Config;
use attache_generator::diagnostic::Diagnostics;
use attache_generator::spec::{self, DiskLoader, Options, Tree};
use attache_tests::corpus;
use attache_tests::program::{stderr, stdout, target};
use attache_tests::server::{Answer, Request, Server};
use attache_tests::workspace::{Workspace, config};
use serde_json::Value;

/// Compiles a program against the client of a description, and runs it against a server.
fn run(description: &Path, config: &Config, program: &str, server: &Server) -> String {
    let name = config.name.as_deref().expect("the test names the crate");
    let workspace = Workspace::new(name);
    workspace.generate(description, config);
    workspace.write("program/src/main.rs", program);
    let manifest = format!(
        "[package]\nname = \"{name}-program\"\nedition = \"2024\"\n\n[dependencies]\n{name} = {{ path = \"../{name}\" }}\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n"
    );
    workspace.write("program/Cargo.toml", manifest);
    workspace.cargo_passes(&["build", "--workspace"]);
    let program = target().join(format!("debug/{name}-program"));
    let output = Command::new(program)
        .env("BASE_URL", server.url())
        .output()
        .expect("it was just built");
    assert!(
        output.status.success(),
        "{}{}",
        stdout(&output),
        stderr(&output)
    );
    stdout(&output)
}

fn only(name: &str, operation: &str) -> Config {
    Config {
        operations: vec![operation.to_owned()],
        ..config(name)
    }
}

fn json(path: &Path) -> Value {
    let bytes = std::fs::read(path).expect("the corpus can be read");
    serde_json::from_slice(&bytes).expect("it is JSON")
}

#[test]
fn orders_of_amazon() {
    let Some(description) = corpus::document("amazon-sp-orders-v0.json") else {
        return;
    };
    let responses = json(&description)["paths"]["/orders/v0/orders"]["get"]["responses"].take();
    let payload =
        |status: &str| responses[status]["x-amzn-api-sandbox"]["static"][0]["response"].to_string();
    let (orders, refusal) = (payload("200"), payload("400"));
    let script = {
        let (orders, refusal) = (orders.clone(), refusal.clone());
        move |request: &Request| match request.target.contains("TEST_CASE_200") {
            true => Answer::json(200, orders.as_str()),
            false => Answer::json(400, refusal.as_str()),
        }
    };
    let server = Server::start(script);
    let printed = run(
        &description,
        &config("orders-client"),
        include_str!("programs/orders.rs"),
        &server,
    );

    let mut expected = "status 200\n".to_owned();
    let orders: Value = serde_json::from_str(&orders).expect("it is JSON");
    let orders = orders["payload"]["Orders"]
        .as_array()
        .expect("it is a list");
    assert!(!orders.is_empty());
    for order in orders {
        expected.push_str(&format!(
            "order {} {} {:?} {:?}\n",
            order["AmazonOrderId"].as_str().expect("it is required"),
            order["OrderStatus"] == "Unshipped",
            order["OrderTotal"]["Amount"].as_str(),
            order["IsPrime"].as_bool(),
        ));
    }
    expected.push_str(&format!("error Some(400) \"getOrders\"\nbody {refusal}\n"));
    assert!(printed.starts_with(&expected), "{printed}\n{expected}");
    assert!(
        printed.contains("\"code\":\"InvalidInput\",\"message\":\"Invalid Input\""),
        "{printed}"
    );
    let requests = server.requests();
    assert_eq!(
        requests[0].line(),
        "GET /orders/v0/orders?MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=TEST_CASE_200"
    );
}

#[test]
fn a_milestone_of_github() {
    let Some(description) = corpus::document("github-rest-api.json") else {
        return;
    };
    let mut document = json(&description);
    let example = document["components"]["examples"]["milestone"]["value"].take();
    let body = example.to_string();
    let missing =
        r#"{"message":"Not Found","documentation_url":"https://docs.example.com","status":"404"}"#;
    let server = Server::start(move |request: &Request| match request.target.as_str() {
        "/repos/octocat/hello/milestones/1" => Answer::json(200, body.as_str()),
        _ => Answer::json(404, missing),
    });
    let printed = run(
        &description,
        &only("github-client", "issues/get-milestone"),
        include_str!("programs/milestone.rs"),
        &server,
    );
    let text = |pointer: &str| example.pointer(pointer).and_then(Value::as_str);
    let expected = format!(
        "{} {:?}\n{:?} {}\n{} Some({})\n{:?}\nSome(404) Some(\"Not Found\")\n",
        text("/title").expect("it is required"),
        text("/description"),
        text("/state").expect("it is required"),
        example["open_issues"],
        text("/created_at").expect("it is required"),
        text("/due_on").expect("the example has it"),
        text("/creator/login"),
    );
    assert_eq!(printed, expected);
}

#[test]
fn an_embedding_of_openai() {
    let Some(description) = corpus::document("openai.yaml") else {
        return;
    };
    let example = documented_embedding(&description);
    // The page shortens the vector with dots, which is no JSON.
    let body = r#"{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.0023064255,-0.009327292,-0.0028842222]}],"model":"text-embedding-ada-002","usage":{"prompt_tokens":8,"total_tokens":8}}"#;
    for line in example
        .lines()
        .filter(|line| line.contains("\":") && !line.contains('['))
    {
        let member: String = line.trim().trim_end_matches(',').replace("\": ", "\":");
        assert!(
            body.contains(&member) || member.ends_with('{'),
            "the answer has {member} as the page does"
        );
    }
    let refusal = r#"{"error":{"message":"Slow down","type":"requests","param":null,"code":"rate_limit_exceeded"}}"#;
    let server =
        Server::start(
            move |request: &Request| match request.text().contains("too much") {
                true => Answer::json(429, refusal),
                false => Answer::json(200, body),
            },
        );
    let printed = run(
        &description,
        &only("openai-client", "createEmbedding"),
        include_str!("programs/embedding.rs"),
        &server,
    );
    assert_eq!(
        printed,
        "text-embedding-ada-002 8\n[0.0023064255, -0.009327292, -0.0028842222]\nSome(429) Slow down Some(\"rate_limit_exceeded\")\n"
    );
    let requests = server.requests();
    assert_eq!(requests[0].line(), "POST /embeddings");
    assert_eq!(requests[0].header("authorization"), Some("Bearer secret"));
    assert_eq!(
        requests[0].text(),
        r#"{"input":"food","model":"text-embedding-ada-002","dimensions":3}"#
    );
}

/// The example that the description shows for an answer.
fn documented_embedding(description: &Path) -> String {
    let mut diagnostics = Diagnostics::new();
    let options = Options::default();
    let entry = description.to_string_lossy();
    let tree: Option<Tree> = spec::read(
        &entry,
        &DiskLoader::new(&options),
        &options,
        &mut diagnostics,
    );
    let _ = diagnostics.into_sorted();
    let tree = tree.expect("the description can be read");
    let path = [
        "paths",
        "/embeddings",
        "post",
        "x-oaiMeta",
        "examples",
        "response",
    ];
    let node = path
        .iter()
        .try_fold(tree.entry(), |node, key| node.get(key));
    let text = node
        .and_then(|node| node.as_str())
        .expect("the description has an example");
    text.to_owned()
}
