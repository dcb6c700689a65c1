//! Every operation of AutoRest's description of addresses, against its own server.

use attache_runtime::json::{Blank, Decode, from_str};
use attache_runtime::{Base64, FromResponse, Pending};
use autorest_url::{Client, types};

/// The reserved characters of RFC 3986 and a space.
const RESERVED: &str = "begin!*'();:@ &=+$,/?#[]end";
const UNICODE: &str =
    "\u{554a}\u{9f44}\u{4e02}\u{72db}\u{72dc}\u{f9f1}\u{f92c}\u{f9f1}\u{fa0c}\u{fa29}";
const ARRAY: [&str; 4] = ["ArrayQuery1", RESERVED, "", ""];

fn client() -> Client {
    let url = std::env::var("AUTOREST_URL").expect("the address of the server");
    let builder = Client::builder().base_url(url);
    builder.build().expect("the configuration is valid")
}

/// An argument, as JSON has it.
fn of<T: Blank + Decode>(json: &str) -> T {
    from_str(json).expect("the argument is valid")
}

fn multibyte() -> Base64 {
    of("\"5ZWK6b2E5LiC54ub54uc76ex76Ss76ex76iM76ip\"")
}

/// What the server has to say against a request.
async fn complaint<T: FromResponse, E: FromResponse>(call: Pending<T, E>) -> Option<String> {
    let error = call.await.err()?;
    let body = error
        .body()
        .map(|body| String::from_utf8_lossy(body).into_owned());
    Some(format!("{error}: {}", body.unwrap_or_default()))
}

macro_rules! all_succeed {
    ($($call:expr;)*) => {
        let complaints: Vec<String> = [$(complaint($call.send()).await),*].into_iter().flatten().collect();
        assert!(complaints.is_empty(), "{complaints:#?}");
    };
}

#[tokio::test]
async fn paths() {
    let client = client();
    let paths = client.path_operations();
    all_succeed! {
        paths.paths_get_boolean_true(true);
        paths.paths_get_boolean_false(false);
        paths.paths_get_int_one_million(1_000_000);
        paths.paths_get_int_negative_one_million(-1_000_000);
        paths.paths_get_ten_billion(10_000_000_000);
        paths.paths_get_negative_ten_billion(-10_000_000_000);
        paths.paths_float_scientific_positive(of::<types::PathsFloatScientificPositiveFloatPath>("1.034E+20"));
        paths.paths_float_scientific_negative(of::<types::PathsFloatScientificNegativeFloatPath>("-1.034E-20"));
        paths.paths_double_decimal_positive(of::<types::PathsDoubleDecimalPositiveDoublePath>("9999999.999"));
        paths.paths_double_decimal_negative(of::<types::PathsDoubleDecimalNegativeDoublePath>("-9999999.999"));
        paths.paths_string_unicode(UNICODE);
        paths.paths_string_url_encoded(RESERVED);
        paths.paths_string_url_non_encoded("begin!*'();:@&=+$,end");
        paths.paths_string_empty("");
        paths.paths_enum_valid("green color");
        paths.paths_byte_multi_byte(multibyte());
        paths.paths_byte_empty("");
        paths.paths_date_valid("2012-01-01");
        paths.paths_date_time_valid("2012-01-01T01:01:01Z");
        paths.paths_base64_url(of::<Base64>("\"bG9yZW0\""));
        paths.paths_unix_time_url(of::<attache_runtime::UnixTime>("1460505600"));
        client.query_operations().paths_array_csv_in_path(["ArrayPath1", RESERVED, "", ""]);
    }
}

/// An absent value cannot be part of a path: there is no way to say it but an empty one, which is refused.
#[tokio::test]
async fn paths_without_a_value_are_not_sent() {
    let client = client();
    let paths = client.path_operations();
    let empty = paths
        .paths_string_null("")
        .send()
        .await
        .expect_err("it is empty");
    assert!(!empty.was_sent());
    let empty = paths.paths_byte_null(Base64::default()).send().await;
    assert!(!empty.expect_err("it is empty").was_sent());
    let empty = paths.paths_enum_null("").send().await;
    assert!(!empty.expect_err("it is empty").was_sent());
    // A date is never absent, so these two reach the server, which knows no such address.
    let date = paths.paths_date_null(of::<attache_runtime::Date>("\"2012-01-01\""));
    assert_eq!(
        date.send().await.expect_err("it is no null").status(),
        Some(500)
    );
    let time =
        paths.paths_date_time_null(of::<attache_runtime::DateTime>("\"2012-01-01T01:01:01Z\""));
    assert_eq!(
        time.send().await.expect_err("it is no null").status(),
        Some(500)
    );
}

#[tokio::test]
async fn queries() {
    let client = client();
    let (paths, queries) = (client.path_operations(), client.query_operations());
    all_succeed! {
        paths.queries_get_boolean_true(true);
        paths.queries_get_boolean_false(false);
        queries.queries_get_boolean_null();
        queries.queries_get_int_one_million(1_000_000);
        queries.queries_get_int_negative_one_million(-1_000_000);
        queries.queries_get_int_null();
        queries.queries_get_ten_billion(10_000_000_000);
        queries.queries_get_negative_ten_billion(-10_000_000_000);
        queries.queries_get_long_null();
        queries.queries_float_scientific_positive(of::<types::QueriesFloatScientificPositiveFloatQuery>("1.034E+20"));
        queries.queries_float_scientific_negative(of::<types::QueriesFloatScientificNegativeFloatQuery>("-1.034E-20"));
        queries.queries_float_null();
        queries.queries_double_decimal_positive(of::<types::QueriesDoubleDecimalPositiveDoubleQuery>("9999999.999"));
        queries.queries_double_decimal_negative(of::<types::QueriesDoubleDecimalNegativeDoubleQuery>("-9999999.999"));
        queries.queries_double_null();
        queries.queries_string_unicode(UNICODE);
        queries.queries_string_url_encoded(RESERVED);
        queries.queries_string_empty("");
        queries.queries_string_null();
        queries.queries_enum_valid().enum_query("green color");
        queries.queries_enum_null();
        queries.queries_byte_multi_byte().byte_query(multibyte());
        queries.queries_byte_empty("");
        queries.queries_byte_null();
        queries.queries_date_valid("2012-01-01");
        queries.queries_date_null();
        queries.queries_date_time_valid("2012-01-01T01:01:01Z");
        queries.queries_date_time_null();
        queries.queries_array_string_csv_valid().array_query(ARRAY);
        queries.queries_array_string_csv_null();
        queries.queries_array_string_csv_empty().array_query(Vec::<String>::new());
        queries.queries_array_string_no_collection_format_empty().array_query(["hello", "nihao", "bonjour"]);
        queries.queries_array_string_ssv_valid().array_query(ARRAY);
        queries.queries_array_string_tsv_valid().array_query(ARRAY);
        queries.queries_array_string_pipes_valid().array_query(ARRAY);
    }
}

#[tokio::test]
async fn parameters_of_path_items() {
    let client = client();
    let queries = client.query_operations();
    let (path_item, global, local) = ("pathItemStringPath", "globalStringPath", "localStringPath");
    all_succeed! {
        queries.path_items_get_all_with_values(path_item, global, local)
            .path_item_string_query("pathItemStringQuery")
            .global_string_query("globalStringQuery")
            .local_string_query("localStringQuery");
        queries.path_items_get_global_query_null(path_item, global, local)
            .path_item_string_query("pathItemStringQuery")
            .local_string_query("localStringQuery");
        queries.path_items_get_global_and_local_query_null(path_item, global, local)
            .path_item_string_query("pathItemStringQuery");
        queries.path_items_get_local_path_item_query_null(path_item, global, local)
            .global_string_query("globalStringQuery");
    }
}
