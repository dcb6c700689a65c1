//! Texts of a profile, which may stand elsewhere: in a variable or a file.

use std::borrow::Cow;
use std::path::Path;

use toml::de::DeValue;

use super::Environment;

/// Where a profile's references lead.
pub(super) struct Places<'e> {
    pub(super) environment: &'e Environment,
    /// The folder of the file with the profiles.
    pub(super) folder: &'e Path,
}

impl Places<'_> {
    /// A text, `{ env = "NAME" }` or `{ file = "path" }`; a path starts at the folder of the profiles.
    pub(super) fn text(&self, key: &str, value: &DeValue<'_>) -> Result<String, String> {
        let wrong = || {
            format!("{key} has to be a text, or `{{ env = \"NAME\" }}`, or `{{ file = \"path\" }}`")
        };
        let table = match value {
            DeValue::String(text) => return Ok(text.clone().into_owned()),
            DeValue::Table(table) if table.len() == 1 => table,
            _ => return Err(wrong()),
        };
        let (kind, target) = table.iter().next().ok_or_else(wrong)?;
        let DeValue::String(target) = target.get_ref() else {
            return Err(wrong());
        };
        match Cow::as_ref(kind.get_ref()) {
            "env" => {
                let found = self.environment.variable(target)?;
                found.ok_or_else(|| format!("{key} is in the variable {target}, which is not set"))
            }
            "file" => {
                let text = self.environment.file(&self.folder.join(&**target));
                let text = text.map_err(|reason| format!("{key}: {reason}"))?;
                Ok(text.trim_end_matches(['\r', '\n']).to_owned())
            }
            _ => Err(wrong()),
        }
    }
}
