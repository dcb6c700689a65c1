//! Every operation of AutoRest's description of pages, against its own server.

use attache_runtime::{Continuation, Error, FromResponse, Items};
use autorest_paging::Client;
use autorest_paging::types::{BodyParam, Product};

fn client() -> Client {
    let url = std::env::var("AUTOREST_URL").expect("the address of the server");
    let builder = Client::builder().base_url(url);
    builder.build().expect("the configuration is valid")
}

/// The ids of all items, or what the server has to say.
async fn ids<T: FromResponse, E: FromResponse>(items: Items<T, Product, E>) -> Vec<i64> {
    match items.all().await {
        Ok(items) => items.iter().filter_map(id).collect(),
        Err(error) => panic!("{}", explain(&error)),
    }
}

fn id(product: &Product) -> Option<i64> {
    product.properties.as_ref()?.id
}

fn explain<E>(error: &Error<E>) -> String {
    let body = error
        .body()
        .map(|body| String::from_utf8_lossy(body).into_owned());
    format!("{error}: {}", body.unwrap_or_default())
}

fn ten() -> Vec<i64> {
    (1..=10).collect()
}

#[tokio::test]
async fn one_page() {
    let client = client();
    let paging = client.paging();
    assert_eq!(ids(paging.get_no_item_name_pages().items()).await, [1]);
    assert_eq!(
        ids(paging.get_empty_next_link_name_pages().items()).await,
        [1]
    );
    assert_eq!(
        ids(paging.get_null_next_link_name_pages().items()).await,
        [1]
    );
    assert_eq!(ids(paging.get_single_pages().items()).await, [1]);
    let body = BodyParam::new().name("body");
    let items = paging.get_single_pages_with_body_params(body).items();
    assert_eq!(ids(items).await, [1]);
    assert_eq!(ids(paging.page_with_max_page_size().items()).await, []);
    let items = paging
        .get_paging_model_with_item_name_with_xms_client_name()
        .items();
    assert_eq!(ids(items).await, [1]);
}

#[tokio::test]
async fn several_pages() {
    let client = client();
    let paging = client.paging();
    assert_eq!(ids(paging.first_response_empty().items()).await, [1]);
    assert_eq!(ids(paging.get_multiple_pages().items()).await, ten());
    assert_eq!(ids(paging.get_odata_multiple_pages().items()).await, ten());
    let items = paging.get_multiple_pages_with_offset(100).items();
    assert_eq!(ids(items).await[1..], (102..=110).collect::<Vec<_>>());
}

#[tokio::test]
async fn addresses_with_parameters() {
    let client = client();
    let paging = client.paging();
    assert_eq!(
        ids(paging.duplicate_params().filter("foo").items()).await,
        [1]
    );
    assert_eq!(ids(paging.append_api_version("1.0.0").items()).await, [1]);
    assert_eq!(ids(paging.replace_api_version("1.0.0").items()).await, [1]);
}

#[tokio::test]
async fn further_pages_by_another_operation() {
    let client = client();
    let paging = client.paging();
    assert_eq!(
        ids(paging.get_with_query_params(100, true).items()).await,
        [1, 2]
    );
    let items = paging
        .get_multiple_pages_fragment_next_link("1.6", "test_user")
        .items();
    assert_eq!(ids(items).await, ten());
    let grouped = paging.get_multiple_pages_fragment_with_grouping_next_link("1.6", "test_user");
    assert_eq!(ids(grouped.items()).await, ten());
    // The operation that others continue by continues by itself.
    let items = paging
        .next_fragment("1.6", "test_user", "next?page=8")
        .items();
    assert_eq!(ids(items).await, [8, 9, 10]);
}

/// The server fails until it sees its own cookie; clients do not keep cookies, so this one is carried by hand.
#[tokio::test]
async fn a_failed_page_is_asked_for_again() {
    let client = client();
    let paging = client.paging();
    let first = paging.get_multiple_pages_retry_first();
    let error = first.clone().pages().next().await;
    let error = error.expect("an error").expect_err("500");
    assert!(error.is_server_error() && error.is_retryable());
    assert_eq!(error.page(), Some(1));
    let cookie = "scenario=PagingMultipleRetryFirst";
    assert_eq!(ids(first.header("Cookie", cookie).items()).await, ten());

    let second = paging.get_multiple_pages_retry_second();
    let mut pages = second.clone().pages();
    pages.next().await.expect("it is there").expect("a page");
    let error = pages.next().await.expect("an error").expect_err("500");
    assert_eq!(error.page(), Some(2));
    let kept = pages.continuation().expect("the second page is to come");
    let again = second.header("Cookie", "scenario=PagingMultipleRetrySecond");
    // The server numbers the second page as the first.
    assert_eq!(ids(again.items().resume(kept)).await.len(), 9);
}

#[tokio::test]
async fn failures() {
    let client = client();
    let paging = client.paging();
    let error = paging.get_single_pages_failure().items().all().await;
    assert_eq!(error.expect_err("400").status(), Some(400));
    let error = paging.get_multiple_pages_failure().items().all().await;
    let error = error.expect_err("400");
    assert_eq!((error.status(), error.page()), (Some(400), Some(2)));
    // What the server gives is an address below the first page's, where nothing is.
    let error = paging.get_multiple_pages_failure_uri().items().all().await;
    let error = error.expect_err("404");
    assert_eq!((error.status(), error.page()), (Some(404), Some(2)));
}

/// The operation is accepted first; where its state and its result are found, the answer says.
#[tokio::test]
async fn pages_of_a_long_running_operation() {
    let client = client();
    let request = client.paging().get_multiple_pages_lro();
    let accepted = request.clone().send_raw().await.expect("202");
    assert_eq!(accepted.status(), 202);
    let place = |header: &str| {
        let url = accepted.headers().get(header).expect("it is there");
        let text =
            format!(r#"{{"operation":"Paging_GetMultiplePagesLRO","page":1,"url":"{url}"}}"#);
        text.parse::<Continuation>().expect("it is well-formed")
    };
    let state = request
        .clone()
        .pages()
        .resume(place("azure-asyncoperation"))
        .next()
        .await;
    let state = state.expect("it is there").expect("200");
    let status = state.response().answer().body().to_vec();
    assert_eq!(status, br#"{"status":"Succeeded"}"#);
    assert_eq!(ids(request.items().resume(place("location"))).await, ten());
}
