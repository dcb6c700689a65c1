//! A file that is written beside the one it will replace.

use std::io;
use std::path::{Path, PathBuf};

use tokio::fs::{self, File, OpenOptions};
use tokio::io::AsyncWriteExt;

/// How many names are tried before giving up; each is taken only by a file that someone left behind.
const ATTEMPTS: u32 = 1000;

/// A file that is not whole yet; it is removed unless it is finished.
pub(super) struct Saving {
    file: Option<File>,
    written_to: PathBuf,
    path: PathBuf,
}

impl Saving {
    /// Makes a new file in the same folder.
    pub(super) async fn beside(path: &Path) -> io::Result<Self> {
        let name = path
            .file_name()
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path names no file"))?;
        for attempt in 0..ATTEMPTS {
            let mut part = name.to_owned();
            part.push(format!(".{}-{attempt}.part", std::process::id()));
            let written_to = path.with_file_name(part);
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            match options.open(&written_to).await {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                created => {
                    return Ok(Self {
                        file: Some(created?),
                        written_to,
                        path: path.to_owned(),
                    });
                }
            }
        }
        Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            "the folder is full of unfinished downloads",
        ))
    }

    pub(super) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.file {
            Some(file) => file.write_all(bytes).await,
            None => Ok(()),
        }
    }

    /// Puts the file in its place, after all of it has reached the disk.
    pub(super) async fn finish(mut self) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            file.flush().await?;
            file.sync_all().await?;
        }
        fs::rename(&self.written_to, &self.path).await?;
        self.file = None;
        Ok(())
    }
}

impl Drop for Saving {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // Nobody is left to be told.
            let _ = std::fs::remove_file(&self.written_to);
        }
    }
}
