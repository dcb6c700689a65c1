//! `format: uuid`.

use std::fmt;
use std::str::FromStr;

/// A universally unique identifier (RFC 9562).
///
/// Read in any case, with or without hyphens, and written in lower case with hyphens.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Uuid([u8; 16]);

impl Uuid {
    /// Makes one of its bytes, the most significant first.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Returns the bytes, the most significant first.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// Says that a text is not a UUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseUuidError;

impl fmt::Display for ParseUuidError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a UUID: 32 hexadecimal digits are expected")
    }
}

impl std::error::Error for ParseUuidError {}

impl FromStr for Uuid {
    type Err = ParseUuidError;

    fn from_str(text: &str) -> Result<Self, ParseUuidError> {
        let hyphens: Vec<usize> = text.match_indices('-').map(|(index, _)| index).collect();
        if !hyphens.is_empty() && hyphens != [8, 13, 18, 23] {
            return Err(ParseUuidError);
        }
        let mut bytes = [0; 16];
        let mut digits = text.chars().filter(|c| *c != '-').map(|c| c.to_digit(16));
        for byte in &mut bytes {
            let (Some(Some(high)), Some(Some(low))) = (digits.next(), digits.next()) else {
                return Err(ParseUuidError);
            };
            *byte = (high * 16 + low) as u8;
        }
        match digits.next() {
            None => Ok(Self(bytes)),
            Some(_) => Err(ParseUuidError),
        }
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

super::string_codec!(Uuid, Self([0; 16]), "a UUID", "another string");

#[cfg(test)]
mod tests {
    use super::Uuid;

    #[test]
    fn forms_of_a_uuid() {
        let text = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
        let uuid: Uuid = text.parse().expect(text);
        assert_eq!(uuid.to_string(), text);
        assert_eq!(text.to_uppercase().parse(), Ok(uuid));
        assert_eq!(text.replace('-', "").parse(), Ok(uuid));
        for wrong in [
            "",
            "6ba7b810",
            "6ba7b8109-dad-11d1-80b4-00c04fd430c8",
            &format!("{text}0"),
            &text.replace('6', "g"),
        ] {
            assert!(wrong.parse::<Uuid>().is_err(), "{wrong}");
        }
    }
}
