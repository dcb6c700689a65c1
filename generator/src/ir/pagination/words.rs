//! Names as they are compared, and the finding in a sentence.

use crate::ir::model::{Operation, Pagination, Step, Target};

/// A name without case and separators: `nexttoken` of `next_token`, `NextToken` and `next-token`.
pub(super) fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_ascii_alphanumeric());
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// Members as people write them: `paging.next.after`.
pub(super) fn dotted(path: &[String]) -> String {
    match path {
        [] => "the body".to_owned(),
        path => format!("`{}`", path.join(".").replace('`', "")),
    }
}

/// What the documentation says about it.
pub(super) fn sentence(found: &Pagination, operation: &Operation) -> String {
    let target = match &found.target {
        _ if found.by.is_some() => "in a further operation".to_owned(),
        Some(Target::Parameter(index)) => {
            let name = operation.parameters[*index].wire.replace('`', "");
            format!("as `{name}`")
        }
        Some(Target::Body(path)) => format!("as {} of the body", dotted(path)),
        None => String::new(),
    };
    let how = match &found.step {
        Step::Token(path) => format!("{} of an answer is sent {target}", dotted(path)),
        Step::HeaderToken(name) => {
            let name = name.replace('`', "");
            format!("the header `{name}` of an answer is sent {target}")
        }
        Step::LastItem(path) => format!("{} of the last item is sent {target}", dotted(path)),
        Step::Offset(_) => format!("the number of items so far is sent {target}"),
        Step::Page(_) => format!("the number of the page is sent {target}"),
        Step::NextUrl(path) => format!("{} of an answer is followed", dotted(path)),
        Step::Link => "the header `Link` of an answer is followed".to_owned(),
        Step::Single => return "Pages: there is one.".to_owned(),
    };
    format!("Pages: {how}.")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn separators_and_case_do_not_count() {
        for name in [
            "next_token",
            "NextToken",
            "next-token",
            "$next.token",
            "next[token]",
        ] {
            assert_eq!(plain(name), "nexttoken");
        }
    }
}
