//! What a test logs and prints.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

/// Text that several may write to.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// What has been written.
    pub(crate) fn text(&self) -> String {
        let written = self.0.lock().expect("no writer panics").clone();
        String::from_utf8(written).expect("what is logged is text")
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no writer panics").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
