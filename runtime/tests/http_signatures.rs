//! HTTP Message Signatures: what arrives at a server is what was signed.

mod head;

use std::collections::BTreeSet;

use attache_runtime::jwt::{Algorithm, SigningKey};
use attache_runtime::signing::HttpSignature;
use attache_runtime::testing::{Act, FaultPlan, FaultServer};
use attache_runtime::transport::{Connections, HyperTransport};
use attache_runtime::{
    ApiMeta, Bytes, ClientBuilder, OperationMeta, Parameter, SecurityScheme, Undocumented,
};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use head::header;

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com")
    .security_schemes(&[SecurityScheme::other("signature", "signature")]);
static PUT: OperationMeta = OperationMeta::new("put", "PUT", "/x%20y")
    .parameters(&[Parameter::query("q")])
    .security(&[&["signature"]]);

#[tokio::test(flavor = "multi_thread")]
async fn each_attempt_arrives_with_a_signature_of_its_own() {
    let pair = Ed25519KeyPair::generate().expect("a key");
    let pkcs8 = STANDARD.encode(pair.to_pkcs8v1().expect("it is written"));
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{pkcs8}\n-----END PRIVATE KEY-----\n");
    let key = SigningKey::from_pem(Algorithm::EdDsa, pem).expect("it is a key");
    let names = [
        "@method",
        "@target-uri",
        "@authority",
        r#"@query-param;name="q""#,
    ];
    let signature = HttpSignature::new(key, names)
        .and_then(|signature| {
            signature.with_body(["content-type", "content-length", "content-digest"])
        })
        .and_then(|signature| signature.key_id("key-1"))
        .expect("it is valid")
        .with_nonce();
    let plan = FaultPlan::answering(200, "1").first([Act::Answer(503, "{}".to_owned())]);
    let server = FaultServer::start(plan).expect("a port");
    let transport = HyperTransport::with(Connections::new().no_proxy()).expect("it is valid");
    let client = ClientBuilder::new(&API)
        .base_url(server.url())
        .transport(transport)
        .auth(signature.credential().for_scheme("signature"))
        .build()
        .expect("the settings are valid");
    let mut call = client.call(&PUT);
    call.query::<String>("q", "ä&b");
    call.json::<String>("application/json", "hello");
    call.send::<Bytes, Undocumented>().await.expect("200");
    let received = server.received();
    let inputs = received.iter().map(|request| {
        let head = request.head.as_str();
        assert_eq!(request.line, "PUT /x%20y?q=%C3%A4%26b");
        let input = header(head, "signature-input");
        let written = input.strip_prefix("sig1=").expect(input);
        let hash = STANDARD.encode(digest(&SHA256, &request.body));
        assert_eq!(header(head, "content-digest"), format!("sha-256=:{hash}:"));
        let host = header(head, "host");
        let base = format!(
            r#""@method": PUT
"@target-uri": http://{host}/x%20y?q=%C3%A4%26b
"@authority": {host}
"@query-param";name="q": %C3%A4%26b
"content-type": {}
"content-length": {}
"content-digest": sha-256=:{hash}:
"@signature-params": {written}"#,
            header(head, "content-type"),
            header(head, "content-length"),
        );
        let made = header(head, "signature").strip_prefix("sig1=:");
        let made = made.and_then(|made| made.strip_suffix(':')).expect(head);
        let made = STANDARD.decode(made).expect("it is base64");
        let public = UnparsedPublicKey::new(&ED25519, pair.public_key().as_ref());
        public.verify(base.as_bytes(), &made).expect(&base);
        input
    });
    assert_eq!(inputs.collect::<BTreeSet<_>>().len(), 2);
}
