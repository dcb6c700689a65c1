//! Files that only their owner may read, replaced as a whole.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::StoreError;
use super::error::Kind;

/// Holds other processes, and other tasks of this one, off a file, until it is dropped or the process is gone.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Waits until nobody else holds the lock. It is one on a file beside, since the file itself is replaced.
    pub(super) fn of(path: &Path) -> Result<Self, StoreError> {
        let beside = with_ending(path, ".lock");
        let lock = || {
            let file = private(OpenOptions::new().create(true).truncate(false)).open(&beside)?;
            while let Err(error) = file.lock() {
                if error.kind() != ErrorKind::Interrupted {
                    return Err(error);
                }
            }
            Ok(file)
        };
        Ok(Self {
            path: path.to_owned(),
            _file: lock().map_err(|error| on(&beside, "locked", error))?,
        })
    }

    pub(super) fn read(&self) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        read(&self.path)
    }

    /// Replaces the file: whatever happens meanwhile, it has the old content or the new one, and when this returns, the
    /// new one is on the disk.
    pub(super) fn replace(&self, content: &[u8]) -> Result<(), StoreError> {
        let new = with_ending(&self.path, ".tmp");
        self.write(&new, content)
            .map_err(|error| on(&self.path, "written", error))
    }

    fn write(&self, new: &Path, content: &[u8]) -> io::Result<()> {
        // Whoever holds the lock is alone, so one that is there was left by a process that died.
        match fs::remove_file(new) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = private(OpenOptions::new().create_new(true)).open(new)?;
        file.write_all(content)?;
        file.sync_all()?;
        drop(file);
        fs::rename(new, &self.path)?;
        sync_folder(&self.path)
    }
}

/// Reads a file; `None` where there is none.
///
/// # Errors
/// It cannot be read, or others than its owner may.
pub(crate) fn read(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
    let mut file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened.map_err(|error| on(path, "read", error))?,
    };
    let metadata = file.metadata().map_err(|error| on(path, "read", error))?;
    check_mode(&metadata, path)?;
    let mut content = Zeroizing::new(Vec::new());
    match file.read_to_end(&mut content) {
        Ok(_) => Ok(Some(content)),
        Err(error) => Err(on(path, "read", error)),
    }
}

/// Makes the folder that a file is to lie in, and those above, for their owner only, where they are not there.
#[cfg(feature = "profiles")]
pub(crate) fn make_private_folder(file: &Path) -> Result<(), StoreError> {
    let Some(folder) = file.parent() else {
        return Ok(());
    };
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let made = builder.recursive(true).create(folder);
    made.map_err(|error| on(folder, "made", error))
}

/// The path without links, so that a file that a link leads to is replaced, and not the link.
pub(super) fn resolve(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Refuses a file that others than its owner may read or write.
#[cfg(unix)]
fn check_mode(metadata: &Metadata, path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;

    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let what = format!("others than its owner may read or write the file (mode {mode:03o})");
    let help = format!(
        "`chmod 600 {}`, and replace what was in it, since others may have read it",
        path.display()
    );
    Err(StoreError::new(Kind::Exposed, what)
        .at(path.display().to_string())
        .help(help))
}

#[cfg(not(unix))]
fn check_mode(_: &Metadata, _: &Path) -> Result<(), StoreError> {
    // Files of a user are his own there, unless he shares the folder.
    Ok(())
}

/// Refuses a file that others may read, without opening it.
#[cfg(feature = "sqlite")]
pub(super) fn check_path(path: &Path) -> Result<(), StoreError> {
    let metadata = fs::metadata(path).map_err(|error| on(path, "read", error))?;
    check_mode(&metadata, path)
}

/// Makes an empty file where there is none.
#[cfg(feature = "sqlite")]
pub(super) fn make_empty(path: &Path) -> Result<(), StoreError> {
    match private(OpenOptions::new().create_new(true)).open(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop).map_err(|error| on(path, "made", error)),
    }
}

/// Tells whether a file is still the same one, where the system can.
#[cfg(feature = "sqlite")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Identity(Option<(u64, u64)>);

#[cfg(feature = "sqlite")]
impl Identity {
    #[cfg(unix)]
    pub(super) fn of(path: &Path) -> Self {
        use std::os::unix::fs::MetadataExt;

        let metadata = fs::metadata(path).ok();
        Self(metadata.map(|metadata| (metadata.dev(), metadata.ino())))
    }

    #[cfg(not(unix))]
    pub(super) fn of(_: &Path) -> Self {
        // A file that is open cannot be removed there.
        Self(None)
    }
}

/// Opens a file to write; one that is made is for its owner only.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.read(true).write(true)
}

/// Puts the name of a file on the disk.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// An error of what is in a file.
pub(super) fn damaged(path: &Path, what: &str) -> StoreError {
    StoreError::new(Kind::Damaged, what)
        .at(path.display().to_string())
        .help("restore it from a backup; or move it away, start anew, and log in again")
}

/// An error of the file system.
fn on(path: &Path, done: &str, error: io::Error) -> StoreError {
    let help = match error.kind() {
        ErrorKind::NotFound => "make the folder that it is in",
        ErrorKind::PermissionDenied => "let the user of this process read and write it",
        _ => "check the disk, then try again",
    };
    StoreError::unavailable(format!("the file cannot be {done}: {error}"))
        .at(path.display().to_string())
        .help(help)
        .with_source(error)
}
