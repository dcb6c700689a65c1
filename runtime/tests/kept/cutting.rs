//! What stands between a client and PostgreSQL, and cuts connections.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{sleep, spawn};
use std::time::Duration;

/// Passes on what a client says, and where it is told to, cuts the connection once the server has heard the next update,
/// and before the client hears of it.
pub struct Cutting {
    folder: PathBuf,
    is_next: Arc<AtomicBool>,
}

impl Cutting {
    /// Listens in a folder for clients, and passes them on to the socket of a server.
    pub fn start(folder: &Path, server: PathBuf) -> Self {
        let listener = UnixListener::bind(folder.join(".s.PGSQL.5432")).expect("a socket");
        let is_next = Arc::new(AtomicBool::new(false));
        let cuts = is_next.clone();
        spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (server, cuts) = (UnixStream::connect(&server).unwrap(), cuts.clone());
                let (to_client, from_server) =
                    (client.try_clone().unwrap(), server.try_clone().unwrap());
                spawn(move || pass(&from_server, &to_client, None));
                spawn(move || pass(&client, &server, Some(&cuts)));
            }
        });
        let folder = folder.to_owned();
        Self { folder, is_next }
    }

    pub fn address(&self) -> String {
        let folder = self.folder.display();
        format!("host={folder} user=attache dbname=postgres")
    }

    pub fn cut_next_update(&self) {
        self.is_next.store(true, Ordering::SeqCst);
    }

    /// Whether the cut has been made that was asked for.
    pub fn is_cut(&self) -> bool {
        !self.is_next.load(Ordering::SeqCst)
    }
}

fn pass(mut from: &UnixStream, mut to: &UnixStream, cuts: Option<&AtomicBool>) {
    let mut buffer = [0; 16_384];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        let said = &buffer[..length];
        let is_update = said.windows(6).any(|part| part == b"UPDATE");
        let is_cut = is_update && cuts.is_some_and(|cuts| cuts.swap(false, Ordering::SeqCst));
        if is_cut {
            // So that the client cannot hear the answer.
            let _ = from.shutdown(Shutdown::Both);
        }
        if to.write_all(said).is_err() {
            break;
        }
        if is_cut {
            sleep(Duration::from_millis(300));
            break;
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}
