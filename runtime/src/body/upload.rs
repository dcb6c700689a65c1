//! A file in a part of a body.

use std::io;
use std::path::Path;

use super::file::FileSource;
use super::{Body, BodySource};
use crate::transport::Bytes;

/// Bytes with what a server wants to know of a file: its name and its media type.
///
/// ```
/// use attache_runtime::Upload;
///
/// let upload = Upload::from("id,city").file_name("parcels.csv").content_type("text/csv");
/// # let _ = upload;
/// ```
#[derive(Clone, Debug)]
pub struct Upload {
    pub(super) body: Body,
    pub(super) file_name: Option<String>,
    pub(super) content_type: Option<String>,
}

impl Upload {
    /// Takes a file on disk, under its own name; it is read while it is being sent.
    ///
    /// # Errors
    /// The file cannot be found, or its size cannot be read.
    pub fn file(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        Ok(Self {
            file_name: name,
            ..Self::source(FileSource::new(path.to_owned())?)
        })
    }

    /// Takes what a source yields.
    pub fn source(source: impl BodySource) -> Self {
        Self {
            body: Body::source(source),
            file_name: None,
            content_type: None,
        }
    }

    /// Names the file; without a name it is sent under that of its part.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type; without one it is what the description says, or `application/octet-stream`.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }
}

impl<T: Into<Bytes>> From<T> for Upload {
    fn from(bytes: T) -> Self {
        Self {
            body: Body::from(bytes),
            file_name: None,
            content_type: None,
        }
    }
}

/// A body without a name, of whatever origin.
impl From<Body> for Upload {
    fn from(body: Body) -> Self {
        Self {
            body,
            file_name: None,
            content_type: None,
        }
    }
}

/// Its bytes; a body has no name, and its media type is the operation's.
impl From<Upload> for Body {
    fn from(upload: Upload) -> Self {
        upload.body
    }
}
