//! Requests signed by HMAC: what arrives at a server is what was signed.

mod head;

use std::collections::BTreeSet;

use attache_runtime::signing::HmacScheme;
use attache_runtime::testing::{Act, FaultPlan, FaultServer};
use attache_runtime::transport::{Connections, HyperTransport};
use attache_runtime::{
    ApiMeta, Bytes, ClientBuilder, OperationMeta, Parameter, SecurityScheme, Undocumented,
};
use aws_lc_rs::hmac::{HMAC_SHA256, Key, verify};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use head::header;

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com")
    .security_schemes(&[SecurityScheme::other("hmac", "x-hmac")]);
static GET: OperationMeta = OperationMeta::new("get", "GET", "/x%20y")
    .parameters(&[Parameter::query("q")])
    .security(&[&["hmac"]]);

const SCHEME: &str = r"
    algorithm: sha256
    signature: base64
    message: {method}\n{target}\n{host}\n{header:x-nonce}\n{header:date}
    header Date: {timestamp_http}
    header X-Nonce: {nonce}
    header Authorization: hmac {key_id}:{signature}
";

#[tokio::test(flavor = "multi_thread")]
async fn each_attempt_arrives_with_a_signature_of_its_own() {
    let plan = FaultPlan::answering(200, "1").first([Act::Answer(503, "{}".to_owned())]);
    let server = FaultServer::start(plan).expect("a port");
    let scheme: HmacScheme = SCHEME.parse().expect("it is a scheme");
    let signer = scheme.signer("key-1", "s3cret").expect("it is a key");
    let transport = HyperTransport::with(Connections::new().no_proxy()).expect("it is valid");
    let client = ClientBuilder::new(&API)
        .base_url(server.url())
        .transport(transport)
        .auth(signer.credential().for_scheme("hmac"))
        .build()
        .expect("the settings are valid");
    assert!(!format!("{client:?}").contains("s3cret"));
    let mut call = client.call(&GET);
    call.query::<String>("q", "ä&b");
    call.send::<Bytes, Undocumented>().await.expect("200");
    let received = server.received();
    let nonces = received.iter().map(|request| {
        let head = request.head.as_str();
        let signature = header(head, "authorization").strip_prefix("hmac key-1:");
        let signature = STANDARD
            .decode(signature.expect("it is signed"))
            .expect("it is base64");
        let host = server.url().replace("http://", "");
        let nonce = header(head, "x-nonce");
        let date = header(head, "date");
        let message = format!("GET\n/x%20y?q=%C3%A4%26b\n{host}\n{nonce}\n{date}");
        let key = Key::new(HMAC_SHA256, b"s3cret");
        verify(&key, message.as_bytes(), &signature).expect(head);
        assert_eq!(request.line, "GET /x%20y?q=%C3%A4%26b");
        assert_eq!(header(head, "host"), host);
        nonce
    });
    assert_eq!(nonces.collect::<BTreeSet<_>>().len(), 2);
}
