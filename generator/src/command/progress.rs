//! One line on a terminal that says what takes so long.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Runs that are through sooner show nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// The line; it goes away when this is dropped.
pub(super) struct Progress {
    /// None where nobody watches.
    shown: Option<(Sender<&'static str>, JoinHandle<()>)>,
}

impl Progress {
    /// Starts with nothing shown; `wanted` is whether the user wants to see anything at all.
    pub(super) fn start(wanted: bool) -> Self {
        let shown = (wanted && io::stderr().is_terminal()).then(|| {
            let (sender, stages) = mpsc::channel();
            (sender, thread::spawn(move || show(&stages)))
        });
        Progress { shown }
    }

    /// Names what is being done from now on.
    pub(super) fn stage(&self, stage: &'static str) {
        if let Some((sender, _)) = &self.shown {
            // The other end is there until the sender goes.
            let _ = sender.send(stage);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, shower)) = self.shown.take() {
            drop(sender);
            // Waited for, so that it does not clear a line that somebody else printed.
            let _ = shower.join();
        }
    }
}

fn show(stages: &mpsc::Receiver<&'static str>) {
    let start = Instant::now();
    let mut current = "";
    let mut visible = false;
    loop {
        let wait = if visible {
            Duration::MAX
        } else {
            PATIENCE.saturating_sub(start.elapsed())
        };
        match stages.recv_timeout(wait) {
            Ok(stage) => current = stage,
            Err(RecvTimeoutError::Timeout) => visible = true,
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if visible {
            rewrite(current);
        }
    }
    if visible {
        rewrite("");
    }
}

fn rewrite(text: &str) {
    let mut terminal = io::stderr().lock();
    // A terminal that is gone shows nothing.
    let _ = write!(terminal, "\r\x1b[2K{text}").and_then(|()| terminal.flush());
}
