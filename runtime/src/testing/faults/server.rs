//! The server.

use std::io::{self, Read};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::act::After;
use super::{Act, FaultPlan};

/// A request as it came over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// Method and target: `GET /parcels/p_1`.
    pub line: String,
    /// The headers, as text.
    pub head: String,
    /// The body, as far as it came.
    pub body: Vec<u8>,
    /// The number of the connection, from 0.
    pub connection: usize,
    /// What was done with it.
    pub act: Act,
}

/// A server on a free port of the loopback interface that plays a plan; it ends when it is dropped.
///
/// ```no_run
/// use attache_runtime::testing::{Act, FaultPlan, FaultServer};
///
/// let plan = FaultPlan::answering(200, "{}").first([Act::ResetInBody(10), Act::Silence]);
/// let server = FaultServer::start(plan).unwrap();
/// // A client with `.base_url(server.url())` has to live with it.
/// assert!(server.received().is_empty());
/// ```
#[derive(Debug)]
pub struct FaultServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    plan: Mutex<FaultPlan>,
    received: Mutex<Vec<Received>>,
    /// Those that are open; none once the server ends.
    open: Mutex<Option<Vec<TcpStream>>>,
}

impl FaultServer {
    /// Listens, and begins to play the plan.
    ///
    /// # Errors
    /// There is no free port.
    pub fn start(plan: FaultPlan) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            plan: Mutex::new(plan),
            received: Mutex::default(),
            open: Mutex::new(Some(Vec::new())),
        });
        let serving = shared.clone();
        let accepting = thread::spawn(move || {
            for (number, stream) in listener.incoming().map_while(Result::ok).enumerate() {
                let shared = serving.clone();
                if !shared.opens(&stream) {
                    return;
                }
                thread::spawn(move || shared.converse(stream, number));
            }
        });
        Ok(Self {
            address,
            shared,
            accepting: Some(accepting),
        })
    }

    /// Returns the address: `http://127.0.0.1:49152`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the requests so far, in the order in which they came.
    pub fn received(&self) -> Vec<Received> {
        lock(&self.shared.received).clone()
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        let open = lock(&self.shared.open).take();
        for stream in open.into_iter().flatten() {
            let _ = stream.shutdown(Shutdown::Both);
        }
        // Whoever waits for a connection gets one, and sees that the server ends.
        let _ = TcpStream::connect_timeout(&self.address, Duration::from_secs(1));
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join();
        }
    }
}

impl Shared {
    /// Whether the server goes on, and takes note of the connection.
    fn opens(&self, stream: &TcpStream) -> bool {
        match (&mut *lock(&self.open), stream.try_clone()) {
            (Some(open), Ok(handle)) => {
                open.push(handle);
                true
            }
            _ => false,
        }
    }

    fn converse(&self, mut stream: TcpStream, connection: usize) {
        let _ = stream.set_nodelay(true);
        while let Ok(Some(act)) = self.take_request(&mut stream, connection) {
            match act.play(&mut stream) {
                Ok(After::Goes) => {}
                Ok(After::Ends) if !act.resets() => {
                    let _ = stream.shutdown(Shutdown::Both);
                    return;
                }
                Ok(After::Ends) | Err(_) => break,
            }
        }
        // Another handle would keep the connection, which the client is to see closed.
        if let Some(open) = &mut *lock(&self.open)
            && let Ok(peer) = stream.peer_addr()
        {
            open.retain(|other| other.peer_addr().is_ok_and(|it| it != peer));
        }
    }

    /// Reads a request, and says what is to be done with it; nothing once the client is gone.
    fn take_request(&self, stream: &mut TcpStream, connection: usize) -> io::Result<Option<Act>> {
        let mut seen = vec![0; 64 << 10];
        loop {
            let length = stream.peek(&mut seen)?;
            if length == 0 {
                return Ok(None);
            }
            let Some((head, body)) = split(&seen[..length]) else {
                grow(&mut seen, length);
                continue;
            };
            let declared = content_length(head);
            if body.len() < declared {
                grow(&mut seen, length);
                continue;
            }
            let end = head.len() + 4 + declared;
            let act = lock(&self.plan).next();
            let (line, rest) = head.split_once("\r\n").unwrap_or((head, ""));
            lock(&self.received).push(Received {
                line: line.trim_end_matches(" HTTP/1.1").to_owned(),
                head: rest.to_owned(),
                body: body[..declared].to_vec(),
                connection,
                act: act.clone(),
            });
            // What is not read when a connection is closed makes it be reset.
            let read = end - usize::from(act.resets());
            stream.read_exact(&mut vec![0; read])?;
            return Ok(Some(act));
        }
    }
}

/// Waits for more than could be seen.
fn grow(seen: &mut Vec<u8>, length: usize) {
    if length == seen.len() {
        seen.resize(2 * length, 0);
    }
    thread::sleep(Duration::from_millis(1));
}

fn split(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.windows(4).position(|it| it == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    Some((head, &bytes[end + 4..]))
}

fn content_length(head: &str) -> usize {
    let mut lines = head.lines();
    let length = lines.find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let is_length = name.eq_ignore_ascii_case("content-length");
        is_length.then(|| value.trim().parse().ok()).flatten()
    });
    length.unwrap_or(0)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
