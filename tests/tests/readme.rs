//! What the README says a user writes.

use attache_runtime::transport::replay::Replay;

const PARCEL: &str = r#"{"id":"p_1","status":"announced","weight_grams":1200,"to":{"name":"Ada","street":"Via Appia 1","city":"Rome","country":"IT"},"created_at":"2026-11-24T10:00:00Z","cancelled_at":null}"#;

#[rustfmt::skip]
mod shown {
    use parcels_client::types::{Address, NewParcel, Status};
    use parcels_client::api::parcels::CreateParcelError;
    use parcels_client::Client;

    pub(super) fn client(key: &str) -> Result<Client, Box<dyn std::error::Error>> {
        let client = Client::builder().api_key(key).build()?;    // or Client::from_env()?
        Ok(client)
    }

    pub(super) async fn calls(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
        let parcel = client.parcels().get("p_1").send().await?;
        let page = client.parcels().list().limit(50).status([Status::Announced]).send().await?;

        let new = NewParcel::new(Address::new("Ada", "Via Appia 1", "Rome", "IT"), 1200).reference("r_1");
        match client.parcels().create(new).idempotency_key("k1").send().await {
            Ok(parcel) => println!("{}", parcel.id),
            Err(error) => match error.api() {
                Some(CreateParcelError::Conflict(problem)) => println!("{}", problem.title),
                _ => return Err(error.into()),
            },
        }
        assert_eq!(page.items, [parcel]);
        Ok(())
    }
}

#[tokio::test]
async fn what_the_readme_shows_works() {
    shown::client("k").expect("the configuration is valid");
    let page = format!(r#"{{"items":[{PARCEL}]}}"#);
    let replay = Replay::new()
        .json(200, PARCEL)
        .expecting("GET", "/v1/parcels/p_1")
        .json(200, &page)
        .json(409, r#"{"title":"Taken","status":409}"#);
    let builder = parcels_client::Client::builder().auth(parcels_client::ApiKey::new("k"));
    let client = builder.transport(replay).build();
    let client = client.expect("the configuration is valid");
    shown::calls(&client).await.expect("all is well");
}
