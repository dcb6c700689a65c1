//! What keys can be.

use std::time::Duration;

use attache_runtime::clock::ManualClock;
use attache_runtime::key_set::{Key, KeySet};
use attache_runtime::signing::{RequestSigner, Signature};
use attache_runtime::transport::TransportRequest;
use attache_runtime::{Bytes, ClientBuilder, OperationMeta, Secret, Undocumented};

use super::{API, GET, Server, call, client, status};

/// Signs with its key, in clear.
#[derive(Debug)]
struct Signer(Secret);

impl RequestSigner for Signer {
    fn sign(&self, request: &mut TransportRequest, _: Duration) -> Result<(), String> {
        request
            .headers
            .set("Authorization", format!("signed by {}", self.0.expose()));
        Ok(())
    }
}

#[tokio::test]
async fn keys_are_tokens_users_and_signers_as_well() {
    static BEARER: OperationMeta = OperationMeta::new("b", "GET", "/b").security(&[&["bearer"]]);
    static BASIC: OperationMeta = OperationMeta::new("u", "GET", "/u").security(&[&["basic"]]);
    static SIGNED: OperationMeta = OperationMeta::new("s", "GET", "/s").security(&[&["signed"]]);
    let keys = || [Key::current("one", "a:1"), Key::next("two", "a:2")];
    let signed = KeySet::signatures(keys(), |key| {
        let (_, secret) = key.user_and_password()?;
        Ok(Signature::new(Signer(secret.into())))
    });
    for (set, operation, sent) in [
        (
            KeySet::bearer(keys()),
            &BEARER,
            ["Bearer a:1", "Bearer a:2"],
        ),
        (KeySet::basic(keys()), &BASIC, ["Basic YTox", "Basic YToy"]),
        (
            signed.for_scheme("signed"),
            &SIGNED,
            ["signed by 1", "signed by 2"],
        ),
    ] {
        let server = Server::default();
        server.answers(sent[0], 401);
        let client = client(set.clone(), &server, ManualClock::new());
        assert_eq!(status(&client, operation).await, Some(200));
        assert_eq!(server.seen(), sent);
        let error = call(&client, &GET)
            .await
            .expect_err("it is of another scheme");
        assert!(error.is_missing_credential(), "{error}");
        // For one call, in the place of the client's own.
        let other = ClientBuilder::new(&API).transport(server.clone()).build();
        let mut given = other.expect("it is valid").call(operation);
        given.auth(set);
        given.send::<Bytes, Undocumented>().await.expect("200");
        assert_eq!(server.seen(), sent[1..], "copies share what is learnt");
    }
    let error = {
        let keys = KeySet::basic([Key::current("one", "CANARY")]);
        let client = client(keys, &Server::default(), ManualClock::new());
        call(&client, &BASIC).await.expect_err("it is no user")
    };
    let error = error.to_string();
    assert!(
        error.contains("has to be `user:password`") && !error.contains("CANARY"),
        "{error}"
    );
}
