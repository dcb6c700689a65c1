//! What ends a walk with an error.

use super::*;

#[tokio::test]
async fn a_loop_ends_with_an_error() {
    let replay = script(&[
        page(&[1], r#","next":"a""#),
        page(&[2], r#","next":"b""#),
        page(&[3], r#","next":"a""#),
    ]);
    let mut pages = pages(&replay, &CURSOR);
    for _ in 0..3 {
        pages.next().await.expect("it is there").expect("a page");
    }
    let error = pages.next().await.expect("an error").expect_err("a loop");
    assert!(error.is_paging() && !error.was_sent() && !error.is_retryable());
    assert_eq!(error.page(), Some(4));
    assert_eq!(
        error.to_string(),
        "listParcels (GET /{tenant}/parcels), page 4, cannot be followed: the server gave the same token \
         for it as for a page before, which would never end"
    );
    assert!(pages.next().await.is_none());
    assert_eq!(replay.requests().len(), 3);
}

#[tokio::test]
async fn an_address_that_is_the_first_pages_own_is_a_loop() {
    let replay = script(&[page(&[1], r#","next":"/v1/t/parcels?beta=1&limit=2""#)]);
    let mut pages = pages(&replay, &NEXT_URL);
    pages.next().await.expect("it is there").expect("a page");
    let error = pages.next().await.expect("an error").expect_err("a loop");
    assert!(error.is_paging() && !error.was_sent());
    assert_eq!(replay.requests().len(), 1);
}

#[tokio::test]
async fn an_echo_of_the_callers_token_is_a_loop() {
    let replay = script(&[page(&[1], r#","next":"mine""#)]);
    let mut call = call_of(&replay, &LIST);
    call.query::<String>("cursor", "mine");
    let mut pages: Pages<Json, Undocumented> = call.pages(&CURSOR);
    pages.next().await.expect("it is there").expect("a page");
    assert!(pages.next().await.expect("an error").is_err());
}

#[tokio::test]
async fn a_server_that_heeds_no_offset_ends_with_an_error() {
    let replay = script(&[page(&[1, 2], ""), page(&[1, 2], "")]);
    let mut pages = pages(&replay, &OFFSET);
    pages.next().await.expect("it is there").expect("a page");
    let error = pages.next().await.expect("an error").expect_err("the same");
    assert!(error.is_paging() && error.was_sent());
    assert!(
        error.to_string().contains("does not heed \"cursor\""),
        "{error}"
    );
    assert_eq!(error.status(), Some(200));
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn credentials_stay_on_their_origin() {
    for url in [
        "https://evil.example/v1/parcels",
        "//evil.example/",
        "https://api.example.com:444/",
    ] {
        let replay = script(&[page(&[1], &format!(r#","next":"{url}""#))]);
        let mut pages = pages(&replay, &NEXT_URL);
        pages.next().await.expect("it is there").expect("a page");
        let error = pages.next().await.expect("an error").expect_err(url);
        assert!(error.is_paging() && !error.was_sent());
        assert!(error.to_string().contains("another origin"), "{error}");
        assert_eq!(replay.requests().len(), 1);
        // A text that was tampered with leads nowhere else either.
        let kept = pages.continuation().expect("the page is still to come");
        let text = kept.to_string();
        let resumed = call_of(&replay, &LIST).pages::<Json, Undocumented>(&NEXT_URL);
        let mut resumed = resumed.resume(text.parse().expect("it was written"));
        assert!(resumed.next().await.expect("an error").is_err());
        assert_eq!(replay.requests().len(), 1);
    }
}

#[tokio::test]
async fn an_answer_without_json_does_not_end_a_walk_silently() {
    let headers = Headers::from_iter([("content-type", "text/csv")]);
    let replay = Replay::new().answer(TransportResponse::new(200, headers, "1,2"));
    let mut pages = call_of(&replay, &LIST).pages::<attache_runtime::Text, Json>(&CURSOR);
    pages.next().await.expect("it is there").expect("a text");
    let error = pages.next().await.expect("an error").expect_err("no JSON");
    assert!(error.is_paging() && !error.was_sent());
    assert!(error.to_string().contains("is no JSON"), "{error}");
}

#[tokio::test]
async fn an_error_in_the_middle_says_where() {
    let replay = Replay::new()
        .json(200, &page(&[1], r#","next":"a""#))
        .json(503, r#"{"reason":"busy"}"#)
        .json(200, &page(&[2], ""));
    let request = || Request {
        call: call_of(&replay, &LIST),
    };
    let mut pages = request().pages();
    pages.next().await.expect("it is there").expect("a page");
    let error = pages.next().await.expect("an error").expect_err("503");
    assert_eq!((error.status(), error.page()), (Some(503), Some(2)));
    assert!(error.is_retryable() && !error.is_paging());
    assert_eq!(
        error.to_string(),
        "listParcels (GET /{tenant}/parcels), page 2, was answered with status 503 (attempt 1)"
    );
    assert_eq!(
        error
            .api()
            .and_then(|body| body.get("reason"))
            .and_then(Json::as_str),
        Some("busy")
    );
    assert!(pages.next().await.is_none());
    let kept = pages.continuation().expect("page 2 was not had");
    let mut resumed = request().pages().resume(kept);
    let page = resumed.next().await.expect("it is there").expect("a page");
    assert_eq!((page.number(), page.items[0].id), (2, 2));
}

#[tokio::test]
async fn a_page_that_cannot_be_read_is_asked_for_again() {
    let replay = Replay::new()
        .json(200, &page(&[1], r#","next":"a""#))
        .json(200, r#"{"items":[{"id":"x"}],"next":"b"}"#);
    let mut pages = Request {
        call: call_of(&replay, &LIST),
    }
    .pages();
    pages.next().await.expect("it is there").expect("a page");
    let error = pages.next().await.expect("an error").expect_err("no id");
    assert!(error.is_decode());
    assert_eq!(error.page(), Some(2));
    let kept = pages.continuation().expect("page 2 was not had");
    assert!(kept.to_string().contains(r#""token":"a""#), "{kept}");
}
