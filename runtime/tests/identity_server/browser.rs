//! Somebody's browser, as far as a login needs one: it follows redirects, keeps cookies, and sends forms off.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::time::Duration;

#[derive(Debug, Default)]
pub(crate) struct Browser {
    cookies: Mutex<BTreeMap<String, String>>,
}

#[derive(Debug)]
struct Page {
    status: u16,
    head: String,
    body: String,
}

impl Browser {
    /// Opens an address, and goes on to where the pages send it; returns the last of them.
    pub(crate) fn open(&self, address: &str) -> String {
        let mut page = self.fetch(address, None);
        let mut at = address.to_owned();
        for _ in 0..20 {
            if let Some(location) = header(&page.head, "location") {
                at = absolute(&at, location);
                page = self.fetch(&at, None);
            } else if let Some((action, form)) = form(&page.body) {
                at = absolute(&at, &action);
                page = self.fetch(&at, Some(&form));
            } else {
                return format!("{} {}", page.status, page.body);
            }
        }
        panic!("the pages do not end");
    }

    fn fetch(&self, address: &str, form: Option<&str>) -> Page {
        let (authority, path) = split(address);
        let mut stream = TcpStream::connect(authority).expect("the server listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("it is no zero");
        let cookies: Vec<String> = {
            let cookies = self.cookies.lock().expect("no panic");
            let pairs = cookies.iter().map(|(name, it)| format!("{name}={it}"));
            pairs.collect()
        };
        let (method, body) = match form {
            Some(form) => ("POST", form),
            None => ("GET", ""),
        };
        let head = format!(
            "{method} {path} HTTP/1.0\r\nHost: {authority}\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            cookies.join("; "),
            body.len()
        );
        stream.write_all(head.as_bytes()).expect("it is written");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it is read");
        let (head, body) = answer.split_once("\r\n\r\n").expect("it has a head");
        self.keep(head);
        let status = head.split(' ').nth(1).and_then(|it| it.parse().ok());
        Page {
            status: status.expect("it has a status"),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    fn keep(&self, head: &str) {
        let mut cookies = self.cookies.lock().expect("no panic");
        for line in head.lines() {
            let Some((name, value)) = line.split_once(": ") else {
                continue;
            };
            let pair = value.split(';').next().unwrap_or_default();
            if name.eq_ignore_ascii_case("set-cookie")
                && let Some((name, value)) = pair.split_once('=')
            {
                match value {
                    "" => cookies.remove(name),
                    value => cookies.insert(name.to_owned(), value.to_owned()),
                };
            }
        }
    }
}

fn split(address: &str) -> (&str, &str) {
    let rest = address.strip_prefix("http://").expect("it is http");
    let path = rest.find(['/', '?']).unwrap_or(rest.len());
    rest.split_at(path)
}

fn absolute(at: &str, location: &str) -> String {
    match location.starts_with("http") {
        true => location.to_owned(),
        false => format!("http://{}{location}", split(at).0),
    }
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    let found = lines.find(|(it, _)| it.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value)
}

/// Where the form of a page goes, and what is filled in.
fn form(page: &str) -> Option<(String, String)> {
    let form = page.split_once("<form")?.1.split("</form>").next()?;
    let attribute = |text: &str, name: &str| {
        let value = text.split_once(&format!("{name}=\""))?.1;
        value.split('"').next().map(str::to_owned)
    };
    let fields = form.split("<input").skip(1).filter_map(|input| {
        let input = input.split('>').next()?;
        let value = attribute(input, "value").unwrap_or_default();
        Some(format!("{}={value}", attribute(input, "name")?))
    });
    let fields: Vec<String> = fields.collect();
    Some((attribute(form, "action")?, fields.join("&")))
}
