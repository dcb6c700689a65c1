//! Streams of pages and items, and where they begin.

use super::*;

#[tokio::test]
async fn items_of_all_pages() {
    let script = || {
        script(&[
            page(&[1, 2], r#","next":"a""#),
            page(&[], r#","next":"b""#),
            page(&[3], ""),
        ])
    };
    let request = |replay: &Replay| Request {
        call: call_of(replay, &LIST),
    };
    let replay = script();
    let mut items = request(&replay).items();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.expect("every answer is a page").id);
        let fetched = if ids.len() < 3 { 1 } else { 3 };
        assert_eq!(
            replay.requests().len(),
            fetched,
            "pages come when they are needed"
        );
    }
    assert_eq!(ids, [1, 2, 3]);

    let all = request(&script())
        .items()
        .all()
        .await
        .expect("all are pages");
    assert_eq!(all.len(), 3);
    let first = request(&script()).items().max_pages(1).all().await;
    assert_eq!(first.expect("it is a page").len(), 2);
}

#[tokio::test]
async fn streams_without_a_trait_and_with_it() {
    let replay = script(&[page(&[1], r#","next":"a""#), page(&[2], "")]);
    let mut pages = pages(&replay, &CURSOR);
    let mut count = 0;
    while let Some(page) = poll_fn(|context| Pin::new(&mut pages).poll_next(context)).await {
        count += 1;
        let page = page.expect("every answer is a page");
        assert_eq!(page.number(), count);
        assert_eq!(page.response().status(), 200);
        assert_eq!(
            page.pointer("/items/0/id").and_then(Json::as_i64),
            Some(count as i64)
        );
    }
    assert_eq!(count, 2);
}

#[tokio::test]
async fn a_walk_is_resumed() {
    let replay = script(&[
        page(&[1], r#","next":"a""#),
        page(&[2], r#","next":"b""#),
        page(&[3], ""),
    ]);
    let mut first = pages(&replay, &CURSOR).max_pages(1);
    let page_1 = first.next().await.expect("it is there").expect("a page");
    assert!(first.next().await.is_none(), "that was the limit");
    let kept = first.continuation().expect("there is more").to_string();
    assert_eq!(
        page_1.continuation().map(Continuation::to_string),
        Some(kept.clone())
    );

    let mut second = pages(&replay, &CURSOR).resume(kept.parse().expect("it was written"));
    let page_2 = second.next().await.expect("it is there").expect("a page");
    assert_eq!(page_2.number(), 2);
    second.next().await.expect("it is there").expect("a page");
    assert!(second.next().await.is_none());
    assert_eq!(second.continuation(), None);
    assert_eq!(
        asked(&replay)[1..],
        [
            "/t/parcels?beta=1&limit=2&cursor=a",
            "/t/parcels?beta=1&limit=2&cursor=b",
        ]
    );

    let other = kept.replace("listParcels", "listDepots");
    let mut other = pages(&replay, &CURSOR).resume(other.parse().expect("it is one"));
    let error = other
        .next()
        .await
        .expect("an error")
        .expect_err("of another");
    assert!(
        error.to_string().contains("of the operation listDepots"),
        "{error}"
    );
}

#[tokio::test]
async fn items_are_resumed_at_the_page_they_are_of() {
    let bodies = [page(&[1, 2], r#","next":"a""#), page(&[3, 4], "")];
    let replay = script(&bodies);
    let mut items = Request {
        call: call_of(&replay, &LIST),
    }
    .items();
    for _ in 0..3 {
        items.next().await.expect("it is there").expect("an item");
    }
    let kept = items.continuation().expect("one item is left");
    assert_eq!(kept.page(), 2);
    let replay = script(&bodies[1..]);
    let request = Request {
        call: call_of(&replay, &LIST),
    };
    let again = request.items().resume(kept).all().await.expect("a page");
    assert_eq!(again.len(), 2);
    assert_eq!(asked(&replay), ["/t/parcels?beta=1&cursor=a"]);
}

#[tokio::test]
async fn dropping_gives_the_request_up() {
    let replay = Replay::new()
        .json(200, &page(&[1], r#","next":"a""#))
        .hang();
    let mut pages = pages(&replay, &CURSOR);
    pages.next().await.expect("it is there").expect("a page");
    let soon = std::time::Duration::from_millis(1);
    let waited = tokio::time::timeout(soon, pages.next()).await;
    assert!(waited.is_err(), "the server never answers");
    // Waiting again goes on with the same request.
    assert!(tokio::time::timeout(soon, pages.next()).await.is_err());
    assert_eq!(replay.requests().len(), 2);
}

#[test]
fn what_is_printed_holds_no_token() {
    let replay = Replay::new();
    let kept: Continuation = r#"{"operation":"listParcels","page":2,"token":"s3cret"}"#
        .parse()
        .expect("it is one");
    let pages = pages(&replay, &CURSOR).resume(kept);
    assert!(!format!("{pages:?}").contains("s3cret"));
}
