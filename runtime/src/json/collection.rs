//! Types that hold other types: `Option`, `Box`, `Vec` and maps.

use std::collections::BTreeMap;

use super::blank::Blank;
use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::fault::Fault;
use super::object::Members;
use super::value::Json;

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

impl<T: Blank + Decode> Decode for Option<T> {
    fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
        if decoder.take_null()? {
            *self = None;
            return Ok(());
        }
        self.insert(T::blank()).decode(decoder)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, encoder: &mut Encoder) {
        match self {
            Some(value) => value.encode(encoder),
            None => encoder.null(),
        }
    }

    fn into_json(self) -> Json {
        self.map_or(Json::Null, Encode::into_json)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    #[cfg(feature = "validate")]
    fn check(&self, validator: &mut crate::validation::Validator) {
        if let Some(value) = self {
            value.check(validator);
        }
    }
}

impl<T: Blank> Blank for Box<T> {
    fn blank() -> Self {
        Box::new(T::blank())
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
        (**self).decode(decoder)
    }

    fn members() -> &'static Members {
        T::members()
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, encoder: &mut Encoder) {
        (**self).encode(encoder);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    #[cfg(feature = "validate")]
    fn check(&self, validator: &mut crate::validation::Validator) {
        (**self).check(validator);
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, encoder: &mut Encoder) {
        (**self).encode(encoder);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    #[cfg(feature = "validate")]
    fn check(&self, validator: &mut crate::validation::Validator) {
        (**self).check(validator);
    }
}

impl<T> Blank for Vec<T> {
    fn blank() -> Self {
        Vec::new()
    }
}

impl<T: Blank + Decode> Decode for Vec<T> {
    fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
        self.clear();
        decoder.array(&mut |decoder| {
            self.push(T::blank());
            self.last_mut()
                .expect("an item has just been pushed")
                .decode(decoder)
        })
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, encoder: &mut Encoder) {
        self.as_slice().encode(encoder);
    }

    #[cfg(feature = "validate")]
    fn check(&self, validator: &mut crate::validation::Validator) {
        self.as_slice().check(validator);
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, encoder: &mut Encoder) {
        encoder.array(self.len(), &|index| &self[index]);
    }

    #[cfg(feature = "validate")]
    fn check(&self, validator: &mut crate::validation::Validator) {
        for (index, item) in self.iter().enumerate() {
            validator.item(index, |validator| item.check(validator));
        }
    }
}

impl<T> Blank for BTreeMap<String, T> {
    fn blank() -> Self {
        BTreeMap::new()
    }
}

impl<T: Blank + Decode> Decode for BTreeMap<String, T> {
    fn decode(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
        self.clear();
        decoder.members(&mut |decoder, name| {
            let value = decoder.value()?;
            self.insert(name.into_owned(), value);
            Ok(())
        })
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, encoder: &mut Encoder) {
        encoder.open(b'{');
        for (name, value) in self {
            encoder.member(name, value);
        }
        encoder.close(b'}');
    }

    #[cfg(feature = "validate")]
    fn check(&self, validator: &mut crate::validation::Validator) {
        for (name, value) in self {
            validator.member(name, |validator| value.check(validator));
        }
    }
}
