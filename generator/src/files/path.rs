//! What a path of the tree may look like.

/// Why a path must not be written to, if there is a reason.
///
/// Names of the description end up in paths; whatever they hold, a path stays below the output folder and means the
/// same on every platform.
pub(super) fn objection(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("it is empty");
    }
    if path.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c)) {
        return Some("it holds a character that some platform gives a meaning");
    }
    path.split('/').find_map(|part| match part {
        "" => Some("it is absolute or has an empty part"),
        "." | ".." => Some("it leads out of its folder"),
        _ if part.ends_with(['.', ' ']) => {
            Some("a part ends in a dot or a space, which some platforms drop")
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::objection;

    #[test]
    fn plain_relative_paths_pass() {
        for path in [
            "Cargo.toml",
            "src/types/parcel.rs",
            ".gitignore",
            "a/b/c/d.rs",
        ] {
            assert_eq!(objection(path), None, "{path}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let hostile = [
            "",
            "/etc/passwd",
            "../x",
            "src/../../x",
            "a//b",
            "a/",
            "./a",
            "C:\\x",
            "C:x",
            "a\\b",
            "a\nb",
            "a\0",
            "nul.",
            "a/b ",
        ];
        for path in hostile {
            assert!(objection(path).is_some(), "{path:?}");
        }
    }
}
