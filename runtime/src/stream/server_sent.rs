//! Server-sent events, as the HTML Living Standard says in section 9.2 ("Parsing an event stream").

use super::framing::Frame;

/// Reads events of bytes that come in pieces of any size.
#[derive(Default)]
pub(super) struct Events {
    line: Vec<u8>,
    has_begun: bool,
    after_carriage_return: bool,
    pending: Frame,
    has_data: bool,
}

impl Events {
    /// Reads one piece; what it completes is appended to `events`.
    pub(super) fn read(&mut self, piece: &[u8], events: &mut Vec<Frame>) {
        for &byte in piece {
            let is_second_of_pair = byte == b'\n' && self.after_carriage_return;
            self.after_carriage_return = byte == b'\r';
            match byte {
                _ if is_second_of_pair => {}
                b'\n' | b'\r' => self.end_line(events),
                byte => self.line.push(byte),
            }
        }
    }

    /// Ends the stream. An event without the empty line behind it counts as well: many servers leave out the last one,
    /// and one that was cut off cannot be read, which is reported rather than lost.
    pub(super) fn finish(&mut self, events: &mut Vec<Frame>) {
        if !self.line.is_empty() {
            self.end_line(events);
        }
        self.dispatch(events);
    }

    /// How much is held that is no event yet.
    pub(super) fn held(&self) -> usize {
        self.line.len() + self.pending.data.len()
    }

    fn end_line(&mut self, events: &mut Vec<Frame>) {
        let mut line = std::mem::take(&mut self.line);
        if !std::mem::replace(&mut self.has_begun, true) && line.starts_with(b"\xEF\xBB\xBF") {
            line.drain(..3);
        }
        if line.is_empty() {
            return self.dispatch(events);
        }
        let colon = line.iter().position(|&byte| byte == b':');
        let (name, value) = match colon {
            Some(at) => (&line[..at], &line[at + 1..]),
            None => (&line[..], &[][..]),
        };
        self.field(name, value.strip_prefix(b" ").unwrap_or(value));
    }

    /// A line without a name is a comment, and other names are ignored.
    fn field(&mut self, name: &[u8], value: &[u8]) {
        let text = || String::from_utf8_lossy(value).into_owned();
        match name {
            b"data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.pending.data.push(b'\n');
                }
                self.pending.data.extend_from_slice(value);
            }
            b"event" => self.pending.event = Some(text()),
            b"id" if !value.contains(&0) => self.pending.id = Some(text()),
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                self.pending.retry = text().parse().ok();
            }
            _ => {}
        }
    }

    fn dispatch(&mut self, events: &mut Vec<Frame>) {
        let mut event = std::mem::take(&mut self.pending);
        event.is_empty = !std::mem::take(&mut self.has_data);
        // Without data there is no event, but its id and its waiting time count all the same.
        if !event.is_empty || event.id.is_some() || event.retry.is_some() {
            events.push(event);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Events, Frame};

    /// `event|data|id|retry` of each event, read in pieces of a size.
    fn read(text: &str, size: usize) -> Vec<String> {
        let (mut parser, mut events) = (Events::default(), Vec::new());
        for piece in text.as_bytes().chunks(size) {
            parser.read(piece, &mut events);
        }
        parser.finish(&mut events);
        let show = |event: Frame| {
            format!(
                "{}|{}|{}|{}",
                event.event.unwrap_or_default(),
                String::from_utf8_lossy(&event.data),
                event.id.unwrap_or_default(),
                event.retry.map_or(String::new(), |retry| retry.to_string())
            )
        };
        events.into_iter().map(show).collect()
    }

    /// The examples of the standard's section 9.2.6, and the corners of its grammar.
    #[test]
    fn streams_of_the_standard() {
        for (text, expected) in [
            (
                "data: YHOO\ndata: +2\ndata: 10\n\n",
                vec!["|YHOO\n+2\n10||"],
            ),
            (
                ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
                vec!["|first event|1|", "|second event||", "| third event||"],
            ),
            (
                "data\n\ndata\ndata\n\ndata:\n\n",
                vec!["|||", "|\n||", "|||"],
            ),
            ("data:test\n\ndata: test\n\n", vec!["|test||", "|test||"]),
            (
                "\u{feff}event: add\r\ndata: 1\r\rdata: 2\n\r\n",
                vec!["add|1||", "|2||"],
            ),
            ("retry: 250\n\nretry: 2x\n\nid: a\0b\n\n", vec!["|||250"]),
            ("event: lost\n\ndata: x\n\n", vec!["|x||"]),
            ("other: x\ndata: a:b: c\n\n", vec!["|a:b: c||"]),
            ("data: the last\n", vec!["|the last||"]),
            ("data: cut off", vec!["|cut off||"]),
            ("", vec![]),
        ] {
            for size in [1, 2, 3, 7, 1000] {
                assert_eq!(read(text, size), expected, "{text:?} in pieces of {size}");
            }
        }
    }
}
