use super::expression::{Expression, Piece, Source};
use crate::transport::replay::Replay;
use crate::{ApiMeta, ClientBuilder, OperationMeta, Response, Undocumented};

#[test]
fn expressions_of_the_specification() {
    let table = [
        ("$url", Expression::Url),
        ("$method", Expression::Method),
        ("$statusCode", Expression::StatusCode),
        ("$request.path.id", Expression::Request(Source::Path("id"))),
        (
            "$request.query.queryUrl",
            Expression::Request(Source::Query("queryUrl")),
        ),
        (
            "$request.header.content-type",
            Expression::Request(Source::Header("content-type")),
        ),
        ("$request.body", Expression::Request(Source::Body(""))),
        (
            "$request.body#/user/uuid",
            Expression::Request(Source::Body("/user/uuid")),
        ),
        (
            "$response.body#/status",
            Expression::Response(Source::Body("/status")),
        ),
        (
            "$response.header.Server",
            Expression::Response(Source::Header("Server")),
        ),
        (
            "https://h/{$request.path.id}?x",
            Expression::Text(vec![
                Piece::Literal("https://h/"),
                Piece::Expression(Expression::Request(Source::Path("id"))),
                Piece::Literal("?x"),
            ]),
        ),
        ("", Expression::Text(vec![Piece::Literal("")])),
    ];
    for (text, expected) in table {
        assert_eq!(Expression::parse(text), Ok(expected), "{text}");
    }
}

#[test]
fn what_is_no_expression_is_refused() {
    for text in [
        "$",
        "$response",
        "$response.",
        "$response.body/id",
        "$response.body#id",
        "$request.header.",
        "$other",
        "{$response.body#/a",
        "{$other}",
    ] {
        assert!(Expression::parse(text).is_err(), "{text}");
    }
}

static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1");
static MOVE: OperationMeta = OperationMeta::new("move", "POST", "/parcels/{id}").linked();

async fn moved() -> Response<crate::Json> {
    let replay = Replay::new().json(
        200,
        r#"{"id":7,"owner":{"name":"ann"},"left":null,"n":"12"}"#,
    );
    let client = ClientBuilder::new(&API).transport(replay).build().unwrap();
    let mut call = client.call(&MOVE);
    call.path::<String>("id", "a b");
    call.query::<i64>("step", 3);
    call.extra_header("x-tenant", "t1");
    call.json::<Vec<i64>>("application/json", vec![5, 6]);
    call.send_full::<_, Undocumented, ()>().await.unwrap()
}

#[tokio::test]
async fn values_come_from_both_messages() {
    let response = moved().await;
    let link = response.link("next");
    let text = |expression: &str| link.value::<String>(expression).unwrap();
    assert_eq!(text("$request.path.id"), "a b");
    assert_eq!(text("$request.header.X-Tenant"), "t1");
    assert_eq!(text("$method"), "POST");
    assert_eq!(
        text("$url"),
        "https://api.example.com/v1/parcels/a%20b?step=3"
    );
    assert_eq!(text("$response.body#/owner/name"), "ann");
    assert_eq!(text("{$response.body#/id}-{$statusCode}"), "7-200");
    assert_eq!(text("$response.body#/id"), "7");
    let number = |expression: &str| link.value::<i64>(expression).unwrap();
    assert_eq!(number("$request.query.step"), 3);
    assert_eq!(number("$request.body#/1"), 6);
    assert_eq!(number("$response.body#/n"), 12);
    assert_eq!(link.constant::<Vec<i64>>("[1]").unwrap(), [1]);
}

#[tokio::test]
async fn what_is_missing_is_told() {
    let response = moved().await;
    let link = response.link("next");
    assert_eq!(link.optional::<i64>("$response.body#/left"), Ok(None));
    assert_eq!(link.optional::<i64>("$response.header.x"), Ok(None));
    let error = link.value::<String>("$response.body#/gone").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the link `next` of `move` cannot be followed: `$response.body#/gone`: the body of the answer has nothing at `/gone`; call the operation with values of your own instead"
    );
    assert!(link.value::<i64>("$response.body#/owner").is_err());
}
