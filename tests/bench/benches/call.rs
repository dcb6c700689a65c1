//! What a call costs beside its transport, with all stages on and no network: time, and allocations, which are exact.

use attache_allocations::{Counting, finish};
use attache_runtime::transport::{
    BoxFuture, Bytes, Headers, Transport, TransportError, TransportRequest, TransportResponse,
};
use attache_runtime::{
    Admission, ApiMeta, Bearer, Client, ClientBuilder, OperationMeta, Parameter, Quota,
    SecurityScheme, Undocumented,
};

#[global_allocator]
static ALLOCATOR: Counting = Counting::new();

static API: ApiMeta = ApiMeta::new("bench", "https://api.example.com/v1")
    .security_schemes(&[SecurityScheme::bearer("token")]);
static GET: OperationMeta = OperationMeta::new("getParcel", "GET", "/parcels/{id}")
    .parameters(&[Parameter::path("id")])
    .accept("application/json")
    .security(&[&["token"]])
    .group("parcels")
    .quota(Quota::per_second(1e9, 1_000_000));

/// Answers at once, and always the same.
#[derive(Clone)]
struct Ready;

impl Transport for Ready {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        drop(request);
        Box::pin(std::future::ready(Ok(TransportResponse::new(
            200,
            Headers::new(),
            Bytes::new(),
        ))))
    }
}

fn client() -> Client {
    ClientBuilder::new(&API)
        .transport(Ready)
        .auth(Bearer::new("secret"))
        .quota(Quota::per_second(1e9, 1_000_000))
        .admission(Admission::at_once(64))
        .build()
        .expect("the settings are valid")
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    let _guard = runtime.as_ref().expect("a runtime").enter();
    let client = client();
    let call = || {
        let mut call = client.call(&GET);
        call.path::<String>("id", "p_1");
        call
    };
    // What any client has to do: make the request, hand it over, take the answer.
    let template = sent();
    let mut bare = || {
        let answer = finish(Ready.send(std::hint::black_box(template.clone())));
        let _ = std::hint::black_box(answer);
    };
    let mut arguments = || {
        let _ = std::hint::black_box(call());
    };
    let mut whole = || {
        let answer = finish(call().send::<Bytes, Undocumented>());
        let _ = std::hint::black_box(answer);
    };
    let costs = ALLOCATOR.measure([&mut bare, &mut arguments, &mut whole]);
    for (name, cost) in ["bare", "arguments", "call"].into_iter().zip(costs) {
        println!("{name} {} {:.2}", cost.time.as_nanos(), cost.allocations);
    }
}

/// A request as the call path makes it.
fn sent() -> TransportRequest {
    let replay = attache_runtime::transport::replay::Replay::new().json(200, "1");
    let client = ClientBuilder::new(&API)
        .transport(replay.clone())
        .auth(Bearer::new("secret"))
        .build()
        .expect("the settings are valid");
    let mut call = client.call(&GET);
    call.path::<String>("id", "p_1");
    finish(call.send::<Bytes, Undocumented>()).expect("it is answered");
    replay.requests().remove(0)
}
