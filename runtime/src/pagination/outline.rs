//! What is asked of a page's body, read without decoding the rest.

use std::borrow::Cow;

use crate::json::{Decoder, Fault, Json, Kind};

/// The body of one page.
#[derive(Clone, Copy)]
pub(super) struct Outline<'b> {
    text: &'b [u8],
}

/// The items of a page: how many there are, and the text of the last.
#[derive(Default)]
pub(super) struct Listed<'b> {
    pub(super) count: usize,
    pub(super) last: Option<Outline<'b>>,
}

impl<'b> Outline<'b> {
    pub(super) fn of(body: &'b [u8]) -> Self {
        let text = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        Self { text }
    }

    /// Whether it is JSON, or empty.
    pub(super) fn is_json(self) -> bool {
        let text = self.text.trim_ascii();
        text.is_empty()
            || Decoder::new(text)
                .raw()
                .is_ok_and(|raw| raw.len() == text.len())
    }

    /// The value at a JSON pointer; nothing where there is none, or no JSON.
    pub(super) fn value(self, pointer: &str) -> Option<Json> {
        Json::from_slice(self.at(pointer)?.text).ok()
    }

    /// The list at a JSON pointer; no items where there is none.
    pub(super) fn list(self, pointer: &str) -> Listed<'b> {
        let mut listed = Listed::default();
        let Some(list) = self.at(pointer) else {
            return listed;
        };
        let mut count = |decoder: &mut Decoder<'b>| {
            listed.last = Some(Outline {
                text: decoder.raw()?,
            });
            listed.count += 1;
            Ok(())
        };
        match Decoder::new(list.text).array(&mut count) {
            Ok(()) => listed,
            Err(_) => Listed::default(),
        }
    }

    fn at(self, pointer: &str) -> Option<Self> {
        let steps = match pointer.strip_prefix('/') {
            Some(steps) => steps
                .split('/')
                .map(|step| step.replace("~1", "/").replace("~0", "~"))
                .collect(),
            None => Vec::new(),
        };
        let text = raw_at(&mut Decoder::new(self.text), &steps).ok()??;
        Some(Self { text })
    }
}

/// The text of the value that the steps lead to; the last member of a name counts.
fn raw_at<'b>(decoder: &mut Decoder<'b>, steps: &[String]) -> Result<Option<&'b [u8]>, Fault> {
    let Some((step, rest)) = steps.split_first() else {
        return decoder.raw().map(Some);
    };
    let mut found = None;
    match decoder.peek()? {
        Kind::Object => decoder.members(&mut |decoder: &mut Decoder<'b>, name: Cow<'b, str>| {
            if name == step.as_str() {
                found = raw_at(decoder, rest)?;
                return Ok(());
            }
            decoder.skip()
        })?,
        Kind::Array => {
            let wanted = step.parse();
            let mut index = 0_usize;
            decoder.array(&mut |decoder| {
                let is_wanted = wanted == Ok(index);
                index += 1;
                if is_wanted {
                    found = raw_at(decoder, rest)?;
                    return Ok(());
                }
                decoder.skip()
            })?;
        }
        _ => decoder.skip()?,
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::Outline;
    use crate::json::Json;

    #[test]
    fn values_and_lists() {
        let body = "\u{feff}{\"a/b\": {\"next\": \"x\\u0041\"}, \"items\": [{\"id\": 1}, {\"id\": \"2\"}], \"n\": null}";
        let outline = Outline::of(body.as_bytes());
        assert_eq!(outline.value("/a~1b/next"), Some(Json::from("xA")));
        assert_eq!(outline.value("/items/1/id"), Some(Json::from("2")));
        assert_eq!(outline.value("/n"), Some(Json::Null));
        assert_eq!(outline.value("/n/more"), None);
        assert_eq!(outline.value("/nothing"), None);
        let listed = outline.list("/items");
        assert_eq!(listed.count, 2);
        assert_eq!(
            listed.last.and_then(|last| last.value("/id")),
            Some(Json::from("2"))
        );
        assert_eq!(outline.list("/a~1b").count, 0);
        assert_eq!(Outline::of(b"[1, 2, 3]").list("").count, 3);
        assert_eq!(Outline::of(b"[1, 2,").list("").count, 0);
    }
}
