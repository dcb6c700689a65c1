//! aws-smithy-runtime: an operation of its orchestrator, with the standard retries, timeouts and a deserializer, without
//! credentials.

use std::convert::Infallible;
use std::hint::black_box;
use std::time::Duration;

use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime::client::retries::classifiers::HttpStatusCodeClassifier;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

use crate::{finish, report};

/// Answers at once, and always the same.
#[derive(Clone, Debug)]
struct Ready;

impl HttpConnector for Ready {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        drop(request);
        let status = StatusCode::try_from(200).expect("it is one");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::empty())))
    }
}

impl HttpClient for Ready {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

fn request(id: &str) -> HttpRequest {
    let mut request = HttpRequest::new(SdkBody::empty());
    request
        .set_uri(format!("/parcels/{id}"))
        .expect("it is a path");
    request.headers_mut().insert("accept", "application/json");
    request
}

pub(crate) fn measure() {
    let mut sent = request("p_1");
    sent.set_uri("https://api.example.com/v1/parcels/p_1")
        .expect("it is an address");
    report("smithy-transport", || {
        let ready = sent.try_clone().expect("its body is in memory");
        let _ = black_box(finish(Ready.call(black_box(ready))));
    });
    let timeouts = TimeoutConfig::builder()
        .operation_timeout(Duration::from_secs(30))
        .operation_attempt_timeout(Duration::from_secs(10))
        .build();
    let operation = Operation::builder()
        .service_name("parcels")
        .operation_name("getParcel")
        .http_client(Ready)
        .endpoint_url("https://api.example.com/v1")
        .no_auth()
        .standard_retry(&RetryConfig::standard())
        .retry_classifier(HttpStatusCodeClassifier::default())
        .timeout_config(timeouts)
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .serializer(|id: String| Ok(request(&id)))
        .deserializer::<_, Infallible>(|response| {
            Ok(response.body().bytes().map(<[u8]>::len).unwrap_or(0))
        })
        .build();
    report("smithy", || {
        let answer = finish(operation.invoke("p_1".to_owned()));
        black_box(answer.expect("it is answered"));
    });
}
