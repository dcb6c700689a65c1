//! The files of stores and of keys: damaged, cut off, open to others, or left over by a process that was killed.

mod kept;

use std::fs;
use std::path::Path;

use attache_runtime::store::{EncryptionKeys, FileStore, RecordStore, StoreError};
use kept::folder::Folder;
use kept::{keys, run};

type Outcome = Result<(), StoreError>;

fn filled(path: &Path) -> Outcome {
    let store = FileStore::open(path, keys())?;
    assert!(run(store.write("a", 0, Some(b"x")))?);
    assert!(run(store.lease(
        "a",
        "owner",
        std::time::Duration::from_secs(60)
    ))?);
    Ok(())
}

#[test]
fn any_flipped_bit_is_refused() -> Outcome {
    let folder = Folder::new();
    let path = folder.join("store");
    filled(&path)?;
    let opened = FileStore::open(&path, keys())?;
    let intact = fs::read(&path).unwrap();
    for at in 0..intact.len() {
        let mut bytes = intact.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&path, &bytes).unwrap();
        let refused = FileStore::open(&path, keys()).expect_err("it is damaged");
        assert!(refused.is_damaged(), "byte {at}: {refused}");
        assert!(run(opened.read("a")).is_err_and(|error| error.is_damaged()));
        assert!(run(opened.write("a", 1, None)).is_err_and(|error| error.is_damaged()));
        assert_eq!(fs::read(&path).unwrap(), bytes, "it is left as it was");
    }
    fs::write(&path, &intact).unwrap();
    assert!(run(opened.read("a")).is_ok());
    Ok(())
}

#[test]
fn what_is_cut_off_is_not_empty() -> Outcome {
    let folder = Folder::new();
    let path = folder.join("store");
    filled(&path)?;
    let opened = FileStore::open(&path, keys())?;
    let intact = fs::read(&path).unwrap();
    for length in 0..intact.len() {
        fs::write(&path, &intact[..length]).unwrap();
        let refused = FileStore::open(&path, keys()).expect_err("it is cut off");
        assert!(refused.is_damaged(), "{length} bytes: {refused}");
        assert!(refused.to_string().contains("restore it from a backup"));
        assert!(run(opened.keys()).is_err_and(|error| error.is_damaged()));
    }
    // Nor is one that was removed while it was in use.
    fs::remove_file(&path).unwrap();
    assert!(run(opened.read("a")).is_err_and(|error| error.is_damaged()));
    assert!(run(opened.write("b", 0, None)).is_err_and(|error| error.is_damaged()));
    Ok(())
}

#[test]
fn what_a_killed_process_left_does_no_harm() -> Outcome {
    let folder = Folder::new();
    let path = folder.join("store");
    filled(&path)?;
    fs::write(folder.join("store.tmp"), "half of a sto").unwrap();
    let store = FileStore::open(&path, keys())?;
    assert_eq!(run(store.read("a"))?.version, 1);
    assert!(run(store.write("a", 1, Some(b"y")))?);
    assert!(!folder.join("store.tmp").exists());
    assert_eq!(run(store.read("a"))?.version, 2);
    Ok(())
}

#[test]
fn a_folder_that_is_missing_is_named() {
    let folder = Folder::new();
    let refused = FileStore::open(folder.join("no/store"), keys()).expect_err("no folder");
    assert!(refused.is_unavailable());
    assert!(
        refused
            .to_string()
            .contains("make the folder that it is in"),
        "{refused}"
    );
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn open_to_others(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn is_refused(error: &StoreError, path: &Path) -> bool {
        let mend = format!("`chmod 600 {}`", path.display());
        error.is_exposed() && error.to_string().contains(&mend)
    }

    #[test]
    fn files_are_their_owners_only() -> Outcome {
        let folder = Folder::new();
        let (path, anchor) = (folder.join("store"), folder.join("anchor"));
        let key_path = folder.join("keys");
        EncryptionKeys::from_file_or_new(&key_path)?;
        let open = || Ok::<_, StoreError>(FileStore::open(&path, keys())?.anchor(&anchor));
        assert!(run(open()?.write("a", 0, Some(b"x")))?);
        for entry in fs::read_dir(folder.path()).unwrap() {
            let path = entry.unwrap().path();
            assert_eq!(mode(&path), 0o600, "{}", path.display());
        }
        let opened = open()?;
        for exposed in [0o640, 0o604, 0o620, 0o666, 0o610] {
            open_to_others(&path, exposed);
            assert!(is_refused(&open().unwrap_err(), &path), "{exposed:o}");
            assert!(is_refused(&run(opened.read("a")).unwrap_err(), &path));
            assert!(is_refused(
                &run(opened.write("a", 1, None)).unwrap_err(),
                &path
            ));
            open_to_others(&key_path, exposed);
            assert!(is_refused(
                &EncryptionKeys::from_file(&key_path).unwrap_err(),
                &key_path
            ));
            assert!(is_refused(
                &EncryptionKeys::from_file_or_new(&key_path).unwrap_err(),
                &key_path
            ));
            assert!(is_refused(
                &EncryptionKeys::rotate_file(&key_path).unwrap_err(),
                &key_path
            ));
        }
        open_to_others(&path, 0o600);
        open_to_others(&anchor, 0o644);
        assert!(is_refused(&run(open()?.read("a")).unwrap_err(), &anchor));
        open_to_others(&anchor, 0o600);
        open_to_others(&key_path, 0o400);
        EncryptionKeys::from_file(&key_path)?;
        assert!(run(open()?.read("a")).is_ok());
        Ok(())
    }

    #[test]
    fn a_link_stays_one() -> Outcome {
        let folder = Folder::new();
        let (path, link) = (folder.join("store"), folder.join("link"));
        filled(&path)?;
        symlink(&path, &link).unwrap();
        let store = FileStore::open(&link, keys())?;
        assert!(run(store.write("a", 1, None))?);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(run(FileStore::open(&path, keys())?.read("a"))?.version, 2);
        Ok(())
    }
}

#[test]
fn files_of_keys_are_read_and_never_made_worse() -> Outcome {
    let folder = Folder::new();
    let path = folder.join("keys");
    assert!(EncryptionKeys::from_file(&path).is_err_and(|error| error.is_invalid()));
    let made = EncryptionKeys::from_file_or_new(&path)?;
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("# Made in November, 2026\n{text}")).unwrap();
    assert!(EncryptionKeys::from_file(&path)?.kids().eq(made.kids()));
    fs::write(&path, "damaged").unwrap();
    let refused = EncryptionKeys::from_file_or_new(&path).expect_err("it has no key");
    assert!(
        refused.is_invalid() && !refused.to_string().contains("damaged"),
        "{refused}"
    );
    assert!(EncryptionKeys::rotate_file(&path).is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), "damaged");
    Ok(())
}
