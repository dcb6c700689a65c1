//! A fingerprint of text: 128-bit FNV-1a.
//!
//! It tells whether a text is the one of the last run. It need not withstand anyone who wants two texts to collide,
//! since whoever can edit generated files can edit the lock file too.

use std::fmt;

const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// The fingerprint of one or several texts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Hash(u128);

impl Hash {
    /// The fingerprint of one text.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let step = |hash: u128, byte: &u8| (hash ^ u128::from(*byte)).wrapping_mul(PRIME);
        Hash(bytes.iter().fold(OFFSET, step))
    }

    /// The fingerprint of several texts in this order; where one ends and the next begins counts too.
    pub(super) fn of_all<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let each: String = texts
            .into_iter()
            .map(|text| Hash::of(text.as_bytes()).to_string())
            .collect();
        Hash::of(each.as_bytes())
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        u128::from_str_radix(text, 16)
            .ok()
            .filter(|_| digits)
            .map(Hash)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Hash;

    #[test]
    fn published_values_of_the_algorithm() {
        assert_eq!(
            Hash::of(b"").to_string(),
            "6c62272e07bb014262b821756295c58d"
        );
        assert_eq!(
            Hash::of(b"a").to_string(),
            "d228cb696f1a8caf78912b704e4a8964"
        );
        assert_eq!(
            Hash::of(b"foobar").to_string(),
            "343e1662793c64bf6f0d3597ba446f18"
        );
    }

    #[test]
    fn the_border_between_texts_counts() {
        assert_ne!(Hash::of_all(["ab", "c"]), Hash::of_all(["a", "bc"]));
    }

    #[test]
    fn text_form_is_read_back() {
        let hash = Hash::of(b"parcel");
        assert_eq!(Hash::parse(&hash.to_string()), Some(hash));
        assert_eq!(Hash::parse("+228cb696f1a8caf78912b704e4a8964"), None);
        assert_eq!(Hash::parse("d2"), None);
    }
}
