//! Every operation of AutoRest's description of forms with files, against its own server.

use attache_runtime::{Body, Bytes, FromResponse, Pending, Upload};
use autorest_formdata::Client;

fn client() -> Client {
    let url = std::env::var("AUTOREST_URL").expect("the address of the server");
    let builder = Client::builder().base_url(url);
    builder.build().expect("the configuration is valid")
}

async fn bytes<E: FromResponse>(call: Pending<Bytes, E>) -> Vec<u8> {
    match call.await {
        Ok(bytes) => bytes.to_vec(),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn files() {
    let client = client();
    let formdata = client.formdata();
    let upload = Upload::from("a file in a part").file_name("sample.txt");
    let echo = bytes(formdata.upload_file(upload, "sample.txt").send()).await;
    assert_eq!(echo, b"a file in a part");
    let body = Body::from("a file as the body");
    let echo = bytes(formdata.upload_file_via_body(body).send()).await;
    assert_eq!(echo, b"a file as the body");
}

/// The server has no answer for this address; what is sent is looked at in `runtime/tests/uploads.rs`.
#[tokio::test]
async fn several_files() {
    let client = client();
    let uploads = ["one", "two"].map(Upload::from);
    let error = client.formdata().upload_files(uploads).send().await;
    assert_eq!(error.expect_err("nobody listens there").status(), Some(404));
}
