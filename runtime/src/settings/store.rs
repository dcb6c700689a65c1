//! The store of a profile's logins: `store = { path = "logins", key = { env = "LOGINS_KEY" } }`.

use std::borrow::Cow;
use std::path::PathBuf;

use toml::de::{DeTable, DeValue};

use super::profile::{table, unknown};
use super::reference::Places;
use crate::profiles::{StoreKeys, StoreSettings};

const KEYS: [&str; 2] = ["path", "key"];

/// Reads what a profile says of its store, which may be nothing.
pub(super) fn read(
    profile_key: &str,
    profile: &DeTable<'_>,
    places: &Places<'_>,
) -> Result<StoreSettings, String> {
    let store = format!("{profile_key}.store");
    let (mut path, mut keys) = (None, None);
    if let Some((_, value)) = profile.iter().find(|(name, _)| name.get_ref() == "store") {
        for (part, value) in table(&store, value.get_ref())? {
            let part = Cow::as_ref(part.get_ref());
            let key = format!("{store}.{part}");
            match part {
                "path" => path = Some(places.folder.join(places.text(&key, value.get_ref())?)),
                "key" => keys = Some(store_keys(key, value.get_ref(), places)?),
                _ => return Err(unknown(&format!("key {key}"), KEYS)),
            }
        }
    }
    let default = |part: &str, [first, second]: [(&str, &str); 2]| {
        let found = default_path(places, first).transpose();
        let found = found.or_else(|| default_path(places, second).transpose());
        let (first, second) = (first.0, second.0);
        found.unwrap_or_else(|| {
            Err(format!(
                "neither {first} nor {second} is set, so `{store}.{part}` is needed"
            ))
        })
    };
    Ok(StoreSettings {
        path: match path {
            Some(path) => path,
            None => default("path", STATE)?.join("logins"),
        },
        keys: match keys {
            Some(keys) => keys,
            // Not beside the store: together they are worth as much as the tokens in clear.
            None => StoreKeys::File(default("key", CONFIG)?.join("key")),
        },
    })
}

/// Variables, and where in them the folders of all programs are (XDG Base Directory Specification 0.8).
#[cfg(not(windows))]
const STATE: [(&str, &str); 2] = [("XDG_STATE_HOME", ""), ("HOME", ".local/state")];
#[cfg(not(windows))]
const CONFIG: [(&str, &str); 2] = [("XDG_CONFIG_HOME", ""), ("HOME", ".config")];
#[cfg(windows)]
const STATE: [(&str, &str); 2] = [("XDG_STATE_HOME", ""), ("LOCALAPPDATA", "")];
#[cfg(windows)]
const CONFIG: [(&str, &str); 2] = [("XDG_CONFIG_HOME", ""), ("APPDATA", "")];

fn default_path(
    places: &Places<'_>,
    (variable, folder): (&str, &str),
) -> Result<Option<PathBuf>, String> {
    let root = places.environment.variable(variable)?.map(PathBuf::from);
    // A relative one is to be passed over.
    let root = root.filter(|root| root.is_absolute());
    Ok(root.map(|root| root.join(folder).join("attache")))
}

fn store_keys(key: String, value: &DeValue<'_>, places: &Places<'_>) -> Result<StoreKeys, String> {
    if let DeValue::Table(parts) = value
        && let Some((_, file)) = parts.iter().find(|(kind, _)| kind.get_ref() == "file")
        && let (1, Some(file)) = (parts.len(), file.get_ref().as_str())
    {
        // Read when the store is opened, which looks at who may read it.
        return Ok(StoreKeys::File(places.folder.join(file)));
    }
    let text = places.text(&key, value)?.into();
    Ok(StoreKeys::Text { text, place: key })
}
