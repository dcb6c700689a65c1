//! Files on disk; the only place of this stage that reads any.

use std::fs;
use std::io::{ErrorKind, Read};

use super::loader::Loader;
use super::read::Options;

/// Reads files from disk, relative to the current folder.
#[derive(Clone, Debug)]
pub struct DiskLoader {
    max_file_bytes: u64,
}

impl DiskLoader {
    /// Makes a loader that refuses files beyond the limit of `options`.
    pub fn new(options: &Options) -> Self {
        DiskLoader {
            max_file_bytes: options.max_file_bytes as u64,
        }
    }
}

impl Default for DiskLoader {
    fn default() -> Self {
        DiskLoader::new(&Options::default())
    }
}

impl Loader for DiskLoader {
    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        let metadata = fs::metadata(path).map_err(reason)?;
        if metadata.is_dir() {
            return Err("it is a folder; name the file in it that describes the API".to_owned());
        }
        // Devices and pipes may never end.
        if !metadata.is_file() {
            return Err("it is no regular file; pass its content on standard input".to_owned());
        }
        let mut bytes = Vec::new();
        let file = fs::File::open(path).map_err(reason)?;
        // One byte more than allowed, for the reader to see that the limit is passed.
        file.take(self.max_file_bytes + 1)
            .read_to_end(&mut bytes)
            .map_err(reason)?;
        Ok(bytes)
    }
}

fn reason(error: std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file; check the path".to_owned(),
        ErrorKind::PermissionDenied => {
            "reading it is not permitted; check its access rights".to_owned()
        }
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{DiskLoader, Loader};

    #[test]
    fn reasons_say_what_to_do() {
        let folder = env!("CARGO_MANIFEST_DIR");
        let load = |path: &str| DiskLoader::default().load(path);
        assert!(load(folder).unwrap_err().contains("name the file in it"));
        assert!(
            load(&format!("{folder}/absent.yaml"))
                .unwrap_err()
                .contains("check the path")
        );
        assert!(load(&format!("{folder}/Cargo.toml")).is_ok());
    }
}
