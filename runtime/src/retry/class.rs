//! What an operation allows.

/// Whether an operation may be sent again when it is not known what came of the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryClass {
    /// It changes nothing (RFC 9110, section 9.2.1).
    Safe,
    /// Sending it twice does what sending it once does (RFC 9110, section 9.2.2).
    Idempotent,
    /// The server knows a call again by its idempotency key.
    IdempotentWithKey,
    /// Sending it twice may do it twice.
    Unsafe,
}

impl RetryClass {
    /// Returns what RFC 9110 says of a method; `QUERY`, which OpenAPI 3.2 knows, is safe.
    pub const fn of_method(method: &str) -> Self {
        match method.as_bytes() {
            b"GET" | b"HEAD" | b"OPTIONS" | b"TRACE" | b"QUERY" => RetryClass::Safe,
            b"PUT" | b"DELETE" => RetryClass::Idempotent,
            _ => RetryClass::Unsafe,
        }
    }

    /// Returns true if it may be sent again when the server may have acted on it.
    pub const fn is_repeatable(self) -> bool {
        !matches!(self, RetryClass::Unsafe)
    }
}
