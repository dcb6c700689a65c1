//! Asks for orders as a user of the client would, and prints what was understood.

// The description calls the operation deprecated.
#![allow(deprecated)]

use orders_client::types::OrderOrderStatus;
use orders_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().base_url(std::env::var("BASE_URL")?).build()?;
    let orders = client.orders_v0();

    let full = orders
        .get_orders(["ATVPDKIKX0DER"])
        .created_after("TEST_CASE_200")
        .send_full()
        .await?;
    println!("status {}", full.status());
    let list = full.into_body().payload.ok_or("the answer has a payload")?;
    for order in &list.orders {
        let total = order.order_total.as_ref().and_then(|total| total.amount.as_deref());
        let is_unshipped = order.order_status == OrderOrderStatus::Unshipped;
        println!("order {} {is_unshipped} {total:?} {:?}", order.amazon_order_id, order.is_prime);
    }

    let error = orders
        .get_orders(["ATVPDKIKX0DER"])
        .created_after("TEST_CASE_400")
        .send()
        .await
        .expect_err("the server answers 400");
    println!("error {:?} {:?}", error.status(), error.operation_id());
    println!("body {}", String::from_utf8_lossy(error.body().ok_or("the body is kept")?));
    println!("typed {:?}", error.api().ok_or("the error is typed")?);
    Ok(())
}
