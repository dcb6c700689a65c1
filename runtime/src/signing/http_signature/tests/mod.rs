//! What the tests share, most of which RFC 9421 has in its appendix B.

mod algorithms;
mod published;
mod requests;

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::HttpSignature;
use crate::body::Body;
use crate::jwt::SigningKey;
use crate::signing::RequestSigner;
use crate::transport::{TransportRequest, Url};

const TIME: Duration = Duration::from_secs(1_618_884_473);
const DIGEST: &str = "content-digest";
const NO_NAMES: [&str; 0] = [];

/// RFC 9421, appendix B.2.
fn test_request() -> TransportRequest {
    let base = Url::parse_base("https://example.com").expect("it is one");
    TransportRequest {
        method: "POST".into(),
        url: base.join("/foo", "param=Value&Pet=dog"),
        headers: [
            ("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
            ("Content-Type", "application/json"),
        ]
        .into_iter()
        .collect(),
        body: Body::from(r#"{"hello": "world"}"#),
    }
}

/// RFC 9421, appendix B.1.5.
fn shared_secret() -> SigningKey {
    let jwk = r#"{"kty":"oct","k":"uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ"}"#;
    SigningKey::from_jwk(jwk).expect("it is a key")
}

/// RFC 9421, appendix B.1.4.
fn ed25519() -> SigningKey {
    let jwk = r#"{"kty":"OKP","crv":"Ed25519","kid":"test-key-ed25519","d":"n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU","x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"}"#;
    SigningKey::from_jwk(jwk).expect("it is a key")
}

fn decoded(base64: &str) -> Vec<u8> {
    STANDARD.decode(base64).expect("it is base64")
}

/// `Signature-Input` and `Signature` of a request that is signed now.
fn signed(signature: &HttpSignature, request: &mut TransportRequest) -> (String, String) {
    signature.sign(request, TIME).expect("it can be signed");
    let header = |name: &str| request.headers.get(name).expect(name).to_owned();
    (header("Signature-Input"), header("Signature"))
}

fn signature<const N: usize>(key: SigningKey, names: [&str; N]) -> HttpSignature {
    HttpSignature::new(key, names).expect("it can be signed")
}
