//! What is logged of bodies.

use super::TARGET;
use super::redact::{Secrets, form, json};
use crate::call::OperationMeta;
use crate::client::ApiMeta;

/// The longest text of a body, in bytes.
const LIMIT: usize = 4 << 10;

/// Logs the bodies of requests and of answers, for finding out what goes wrong.
///
/// They are events of `tracing` at the level `DEBUG` with the target `attache::body`, inside the span of the attempt.
/// JSON and forms are shown without the values of members that are secret: those that the description marks
/// (`format: password`, `writeOnly`), those that are named like a secret (`password`, `client_secret`, `accessToken` and
/// the like), and those that are given here. Of any other body, and of one that is read in pieces, only the media type
/// and the length are shown. Names of members are shown as they are.
///
/// ```
/// # use attache_runtime::{ApiMeta, ClientBuilder};
/// # static API: ApiMeta = ApiMeta::new("parcels", "https://api.example.com/v1");
/// use attache_runtime::BodyLog;
///
/// let builder = ClientBuilder::new(&API).log_bodies(BodyLog::new().hide("iban").limit(1_000));
/// ```
#[derive(Clone, Debug)]
#[must_use = "it does nothing until a builder takes it"]
pub struct BodyLog {
    limit: usize,
    hidden: Vec<String>,
}

impl BodyLog {
    /// Shows the first four KiB of each body.
    pub fn new() -> Self {
        Self {
            limit: LIMIT,
            hidden: Vec::new(),
        }
    }

    /// Sets how many bytes of a body are shown, after its secrets have been replaced.
    pub fn limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// Hides the values of members with this name as well; case, `_` and `-` do not count.
    pub fn hide(mut self, member: impl Into<String>) -> Self {
        self.hidden.push(member.into());
        self
    }
}

impl Default for BodyLog {
    fn default() -> Self {
        Self::new()
    }
}

/// Logs the bodies of one API.
#[derive(Debug)]
pub(crate) struct Bodies {
    limit: usize,
    secrets: Secrets,
}

impl Bodies {
    pub(crate) fn new(log: BodyLog, api: &ApiMeta) -> Self {
        let described = api.secret_members.iter().copied();
        let given = log.hidden.iter().map(String::as_str);
        Self {
            limit: log.limit,
            secrets: Secrets::new(described.chain(given)),
        }
    }

    /// Logs a body; `None` for one that is not in memory.
    pub(crate) fn write(
        &self,
        operation: &OperationMeta,
        status: Option<u16>,
        media_type: Option<&str>,
        body: Option<&[u8]>,
    ) {
        if !tracing::enabled!(target: TARGET, tracing::Level::DEBUG) {
            return;
        }
        let body = body.map_or_else(
            || {
                format!(
                    "{}, read in pieces",
                    media_type.unwrap_or("of no media type")
                )
            },
            |body| self.text(media_type, body),
        );
        let message = match status {
            None => "body of a request",
            Some(_) => "body of an answer",
        };
        tracing::debug!(
            target: TARGET,
            { operation = operation.id(), status, body },
            "{message}"
        );
    }

    /// What is shown of a body.
    fn text(&self, media_type: Option<&str>, body: &[u8]) -> String {
        let name = media_type.unwrap_or("of no media type");
        let essence = name.split(';').next().unwrap_or_default().trim();
        let essence = essence.to_ascii_lowercase();
        let shown = match () {
            () if body.is_empty() => Some("empty".to_owned()),
            () if essence.ends_with("/json") || essence.ends_with("+json") => {
                json(body, &self.secrets)
            }
            () if essence == "application/x-www-form-urlencoded" => Some(form(body, &self.secrets)),
            () => None,
        };
        match shown {
            Some(text) => self.cut(text),
            None => format!("{essence}, {} bytes", body.len()),
        }
    }

    fn cut(&self, mut text: String) -> String {
        if text.len() > self.limit {
            let length = text.len();
            let mut ends = (0..=self.limit).rev();
            let end = ends.find(|&end| text.is_char_boundary(end));
            text.truncate(end.unwrap_or(0));
            text.push_str(&format!("… ({length} bytes)"));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static API: ApiMeta =
        ApiMeta::new("parcels", "https://api.example.com").secret_members(&["pinCode"]);

    fn shown(media_type: &str, body: &str) -> String {
        let log = BodyLog::new().hide("iban").limit(60);
        Bodies::new(log, &API).text(Some(media_type), body.as_bytes())
    }

    #[test]
    fn secrets_are_replaced() {
        for (body, expected) in [
            (
                r#"{"a": 1, "password": "x"}"#,
                r#"{"a":1,"password":"***"}"#,
            ),
            (
                r#"[{"client_secret": {"a": "x"}}]"#,
                r#"[{"client_secret":"***"}]"#,
            ),
            (
                r#"{"PIN-code": 7, "I_B_A_N": null}"#,
                r#"{"PIN-code":"***","I_B_A_N":null}"#,
            ),
            (
                r#"{"b": {"AccessToken": [1]}}"#,
                r#"{"b":{"AccessToken":"***"}}"#,
            ),
            (
                r#"{"tokens": 5, "token_type": "x"}"#,
                r#"{"tokens":5,"token_type":"x"}"#,
            ),
            (r#""a token of its own""#, "\"***\""),
            (r#"["a"]"#, r#"["***"]"#),
            ("7", "7"),
        ] {
            assert_eq!(shown("application/json", body), expected, "{body}");
        }
        assert_eq!(
            shown(
                "application/x-www-form-urlencoded",
                "a=b&client_secret=x&pinCode=1&c"
            ),
            "a=b&client_secret=***&pinCode=***&c"
        );
    }

    #[test]
    fn what_has_no_known_structure_is_not_shown() {
        assert_eq!(
            shown("text/plain; charset=utf-8", "secret"),
            "text/plain, 6 bytes"
        );
        assert_eq!(
            shown("application/json", "{secret"),
            "application/json, 7 bytes"
        );
        assert_eq!(shown("application/json", ""), "empty");
        assert_eq!(
            shown("multipart/form-data; boundary=x", "--x"),
            "multipart/form-data, 3 bytes"
        );
    }

    #[test]
    fn what_is_long_is_cut() {
        let body = format!(r#"{{"a": "{}"}}"#, "ü".repeat(40));
        let text = shown("application/problem+json", &body);
        assert!(
            text.starts_with(r#"{"a":"ü"#) && text.ends_with("… (88 bytes)"),
            "{text}"
        );
        assert!(text.len() < 80);
    }
}
