/// States a test for each operation of a generated client: its arguments, and its setters.
///
/// Each takes its values from a `wire.json`, by the names of arguments and setters. It sends the request with what is
/// required, then with all of it, to the server that the variable `ATTACHE_WIRE_URL` names, or to a
/// [`Mock`](crate::testing::Mock).
///
/// ```ignore
/// attache_runtime::wire_tests! {
///     parcels_client::Client, include_str!("wire.json");
///
///     mod parcels {
///         get(parcel_id: String);
///         list() .limit(i32) .cursor(String);
///     }
/// }
/// ```
#[macro_export]
macro_rules! wire_tests {
    (
        $client:path, $table:expr;
        $(mod $group:ident { $(
            $(#[$attribute:meta])*
            $method:ident ($($argument:ident : $type:ty),* $(,)?) $(. $setter:ident ($value:ty))*;
        )* })*
    ) => {
        static WIRE: $crate::testing::Wire = $crate::testing::Wire::new($table);

        fn client(test: &$crate::testing::WireTest) -> $client {
            let mut builder = <$client>::builder().base_url(test.base_url());
            for credential in test.credentials() {
                builder = builder.auth(credential);
            }
            let builder = builder.timeout(test.timeout()).transport(test.transport());
            let builder = builder.retry($crate::Retry::off()).with($crate::ClientBuilder::ignore_quotas);
            builder.build().expect("the client can be built")
        }

        $(mod $group { $(
            #[test]
            $(#[$attribute])*
            fn $method() {
                let test = super::WIRE.test(::std::concat!(
                    ::std::stringify!($group), ".", ::std::stringify!($method)
                ));
                let client = super::client(&test);
                let request = client.$group().$method(
                    $(test.argument::<$type>(::std::stringify!($argument))),*
                );
                test.required(|| request.clone().send_full());
                $(let request = request.$setter(test.argument::<$value>(::std::stringify!($setter)));)*
                test.all(|| request.clone().send_full());
            }
        )* })*
    };
}
