//! An authorization server on loopback, and an API that takes its tokens; all its secrets have `s3cret` in them.
#![allow(dead_code, reason = "no test needs all of it")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

/// A server that runs until the process ends.
#[derive(Clone)]
pub(crate) struct LoginServer {
    url: String,
    state: Arc<Mutex<State>>,
}

struct State {
    /// Every request, as `POST /token grant_type=…`.
    requests: Vec<String>,
    /// How many tokens were given; the last ones are valid.
    given: u32,
    /// The refresh token that is good, without any leeway; none where all were taken back.
    refresh_token: Option<String>,
    /// In seconds.
    lifetime: u32,
    gives_refresh_tokens: bool,
    is_entered: bool,
}

impl LoginServer {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let state = State {
            requests: Vec::new(),
            given: 0,
            refresh_token: Some("rt-s3cret-0".to_owned()),
            lifetime: 3_600,
            gives_refresh_tokens: true,
            is_entered: false,
        };
        let server = Self {
            url: format!("http://{address}"),
            state: Arc::new(Mutex::new(state)),
        };
        let serving = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (server, stream) = (serving.clone(), stream.expect("a client connects"));
                thread::spawn(move || server.serve(stream));
            }
        });
        server
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// What a profile says of it.
    pub(crate) fn addresses(&self) -> String {
        let url = &self.url;
        [
            "authorization",
            "device_authorization",
            "token",
            "revocation",
        ]
        .map(|name| format!("{name}_url = \"{url}/{name}\"\n"))
        .concat()
    }

    /// For how long the next tokens are valid, in seconds.
    pub(crate) fn set_lifetime(&self, seconds: u32) {
        self.state().lifetime = seconds;
    }

    pub(crate) fn give_no_refresh_tokens(&self) {
        self.state().gives_refresh_tokens = false;
    }

    /// Ends the login there.
    pub(crate) fn take_back(&self) {
        self.state().refresh_token = None;
    }

    /// All requests since the last time.
    pub(crate) fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.state().requests)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no thread panics")
    }

    fn serve(&self, mut stream: TcpStream) {
        let Some((line, authorization, body)) = read(&stream) else {
            return;
        };
        let (method, target) = line.split_once(' ').expect("it is HTTP");
        let target = target.split(' ').next().expect("it is HTTP");
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut state = self.state();
        let shown = format!("{method} {path} {body}");
        state.requests.push(shown.trim_end().to_owned());
        let (status, head, body) = state.answer(path, &[query, &body].concat(), &authorization);
        drop(state);
        let answer = format!(
            "HTTP/1.1 {status} x\r\n{head}Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let _ = stream.write_all(answer.as_bytes());
    }
}

impl State {
    fn answer(&mut self, path: &str, form: &str, authorization: &str) -> (u16, String, String) {
        let plain = |status, body: &str| (status, String::new(), body.to_owned());
        match path {
            "/api" if authorization == format!("Bearer at-s3cret-{}", self.given) => {
                plain(200, "{}")
            }
            "/api" => plain(401, "{}"),
            "/authorization" => {
                let back = field(form, "redirect_uri")
                    .replace("%3A", ":")
                    .replace("%2F", "/");
                let what = match field(form, "login_hint") {
                    "nobody" => "error=access_denied&error_description=somebody+refused",
                    _ => "code=code-s3cret",
                };
                let location =
                    format!("Location: {back}?{what}&state={}\r\n", field(form, "state"));
                (302, location, String::new())
            }
            "/device_authorization" => plain(
                200,
                r#"{"device_code":"dc-s3cret","user_code":"WDJB-MJHT","verification_uri":"https://login.example.com/d","expires_in":60,"interval":0.01}"#,
            ),
            "/entered" => {
                self.is_entered = true;
                plain(200, "")
            }
            "/revocation" => {
                self.refresh_token = None;
                plain(200, "")
            }
            _ => self.token(form),
        }
    }

    fn token(&mut self, form: &str) -> (u16, String, String) {
        let is_granted = match field(form, "grant_type") {
            "authorization_code" => field(form, "code") == "code-s3cret",
            "client_credentials" => true,
            "refresh_token" => Some(field(form, "refresh_token")) == self.refresh_token.as_deref(),
            _ if !self.is_entered => {
                return (
                    400,
                    String::new(),
                    r#"{"error":"authorization_pending"}"#.to_owned(),
                );
            }
            _ => true,
        };
        if !is_granted {
            return (
                400,
                String::new(),
                r#"{"error":"invalid_grant"}"#.to_owned(),
            );
        }
        self.given += 1;
        let (number, lifetime) = (self.given, self.lifetime);
        let mut body = format!(
            r#"{{"access_token":"at-s3cret-{number}","token_type":"Bearer","expires_in":{lifetime}"#
        );
        if self.gives_refresh_tokens && field(form, "grant_type") != "client_credentials" {
            let token = format!("rt-s3cret-{number}");
            body.push_str(&format!(r#","refresh_token":"{token}""#));
            self.refresh_token = Some(token);
        }
        (200, String::new(), body + "}")
    }
}

/// The first line, the header `Authorization`, the body.
fn read(stream: &TcpStream) -> Option<(String, String, String)> {
    let mut reader = BufReader::new(stream);
    let (mut first, mut authorization, mut length) = (String::new(), String::new(), 0);
    reader.read_line(&mut first).ok()?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "authorization" => authorization = value.to_owned(),
            "content-length" => length = value.parse().ok()?,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    (!first.is_empty()).then(|| {
        (
            first,
            authorization,
            String::from_utf8_lossy(&body).into_owned(),
        )
    })
}

fn field<'f>(form: &'f str, name: &str) -> &'f str {
    let pairs = form.split('&').filter_map(|pair| pair.split_once('='));
    let found = pairs.into_iter().find(|(it, _)| *it == name);
    found.map_or("", |(_, value)| value)
}
