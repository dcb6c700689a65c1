//! What a server has received of a request, before its body.

/// The value of a header, which has to be there.
pub(crate) fn header<'h>(head: &'h str, name: &str) -> &'h str {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value).expect(name)
}
