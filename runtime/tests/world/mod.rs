//! A client in simulated time, against a script.

use attache_runtime::random::SeededRandom;
use attache_runtime::testing::SimulatedClock;
use attache_runtime::transport::replay::Replay;
use attache_runtime::{
    ApiMeta, Bytes, Call, Client, ClientBuilder, Error, OperationMeta, Response, Undocumented,
};

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com");

pub(crate) struct World {
    pub(crate) clock: SimulatedClock,
    pub(crate) replay: Replay,
    pub(crate) client: Client,
}

pub(crate) type Outcome = Result<Response<Bytes>, Error<Undocumented>>;

impl World {
    pub(crate) fn new(
        replay: Replay,
        settings: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Self {
        let clock = SimulatedClock::new();
        let builder = ClientBuilder::new(&API)
            .transport(replay.clone())
            .clock(clock.clone())
            .random(SeededRandom::new(1));
        World {
            client: settings(builder).build().expect("the settings are valid"),
            clock,
            replay,
        }
    }

    pub(crate) fn send(&self, operation: &'static OperationMeta) -> Outcome {
        self.run(self.client.call(operation))
    }

    /// How many requests have been sent.
    pub(crate) fn sent(&self) -> usize {
        self.replay.requests().len()
    }

    pub(crate) fn run(&self, call: Call) -> Outcome {
        self.clock.run(call.send_full())
    }
}
