//! The form in which a version of a record is stored.
//!
//! `attache1`, whether it is removed (1 byte), its version (8), its key, the id of the key that encrypted its data key,
//! that data key, wrapped; each of the three behind its length (4). Then a nonce (12), the value, encrypted by the data
//! key with all that stands before it as associated data, and a tag (16). Numbers have their highest byte first.

use zeroize::Zeroizing;

use super::encryption_key::broken;
use super::fields::{Fields, put_bytes, put_number};
use super::{DataKey, KeyProvider, StoreError, WrappedKey, aes_gcm};

/// The name of the form, and its version.
const FORM: &[u8] = b"attache1";

/// Encrypts a version of a record with a data key of its own; `None` where it is removed.
pub(super) async fn seal(
    keys: &dyn KeyProvider,
    key: &str,
    version: u64,
    value: Option<&[u8]>,
) -> Result<Vec<u8>, StoreError> {
    let data_key = DataKey::random()?;
    let mut sealed = context(key, version, value.is_none());
    let wrapped = keys.wrap(&data_key, &sealed).await?;
    put_bytes(&mut sealed, wrapped.kid.as_bytes());
    put_bytes(&mut sealed, &wrapped.bytes);
    let cipher = aes_gcm::key(data_key.expose()).map_err(|_| broken())?;
    let text = aes_gcm::encrypt(&cipher, &sealed, value.unwrap_or_default());
    sealed.extend(text.map_err(|_| broken())?);
    Ok(sealed)
}

/// Decrypts what is stored as a version of a record.
pub(super) async fn open(
    keys: &dyn KeyProvider,
    key: &str,
    version: u64,
    stored: &[u8],
) -> Result<Option<Vec<u8>>, StoreError> {
    let sealed = Sealed::read(stored)?;
    if sealed.key != key {
        let what = format!("the record of {:?} was put in its place", sealed.key);
        return Err(StoreError::tampered(what));
    }
    if sealed.version != version {
        let (found, stated) = (sealed.version, version);
        let what = format!("version {found} of the record was put in place of version {stated}");
        return Err(StoreError::tampered(what));
    }
    let context = context(key, version, sealed.is_removed);
    let data_key = keys.unwrap(&sealed.wrapped, &context).await?;
    let cipher = aes_gcm::key(data_key.expose()).map_err(|_| broken())?;
    let value = aes_gcm::decrypt(&cipher, sealed.head, sealed.text)
        .map_err(|_| StoreError::tampered("the record was changed after it was written"))?;
    match sealed.is_removed {
        true => {
            drop(Zeroizing::new(value));
            Ok(None)
        }
        false => Ok(Some(value)),
    }
}

/// The id of the key that encrypted what is stored.
pub(super) fn kid(stored: &[u8]) -> Result<String, StoreError> {
    Ok(Sealed::read(stored)?.wrapped.kid)
}

/// What is bound to the data key.
fn context(key: &str, version: u64, is_removed: bool) -> Vec<u8> {
    let mut context = FORM.to_vec();
    context.push(u8::from(is_removed));
    put_number(&mut context, version);
    put_bytes(&mut context, key.as_bytes());
    context
}

/// What stands in a stored record; none of it is trusted yet.
struct Sealed<'b> {
    /// All before the nonce.
    head: &'b [u8],
    is_removed: bool,
    version: u64,
    key: &'b str,
    wrapped: WrappedKey,
    text: &'b [u8],
}

impl<'b> Sealed<'b> {
    fn read(stored: &'b [u8]) -> Result<Self, StoreError> {
        Self::fields(stored).ok_or_else(|| {
            StoreError::tampered("what is stored is no encrypted record, or is cut off")
        })
    }

    fn fields(stored: &'b [u8]) -> Option<Self> {
        let mut fields = Fields::new(stored);
        if fields.take(FORM.len())? != FORM {
            return None;
        }
        let is_removed = match fields.byte()? {
            0 => false,
            1 => true,
            _ => return None,
        };
        let version = fields.number()?;
        let key = fields.text()?;
        let kid = fields.text()?.to_owned();
        let bytes = fields.bytes()?.to_vec();
        let text = fields.rest();
        Some(Self {
            head: &stored[..stored.len() - text.len()],
            is_removed,
            version,
            key,
            wrapped: WrappedKey { kid, bytes },
            text,
        })
    }
}
