//! Arrays with a type per position.

use super::blank::Blank;
use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::fault::{Fault, Kind};

/// An item to decode: whether it must be there, and where it goes.
pub type Slot<'s> = (bool, &'s mut dyn Decode);

/// An item to encode: whether it is written even when absent, and its value.
pub type Item<'i> = (bool, &'i dyn Encode);

/// Where the items go that have no position of their own.
pub trait AdditionalItems {
    /// Decodes the next item and keeps it.
    fn decode_item(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault>;

    /// Calls `write` with each kept item.
    fn for_each(&self, write: &mut dyn FnMut(&dyn Encode));
}

impl<T: Blank + Decode + Encode> AdditionalItems for Vec<T> {
    fn decode_item(&mut self, decoder: &mut Decoder<'_>) -> Result<(), Fault> {
        self.push(decoder.value()?);
        Ok(())
    }

    fn for_each(&self, write: &mut dyn FnMut(&dyn Encode)) {
        self.iter().for_each(|item| write(item));
    }
}

impl Decoder<'_> {
    /// Reads an array into `slots`; items behind them are skipped and counted.
    pub fn tuple(&mut self, slots: &mut [Slot<'_>]) -> Result<(), Fault> {
        self.slots(slots, None)
    }

    /// Reads an array into `slots`, and every item behind them into `rest`.
    pub fn tuple_with_rest(
        &mut self,
        slots: &mut [Slot<'_>],
        rest: &mut dyn AdditionalItems,
    ) -> Result<(), Fault> {
        self.slots(slots, Some(rest))
    }

    fn slots(
        &mut self,
        slots: &mut [Slot<'_>],
        mut rest: Option<&mut dyn AdditionalItems>,
    ) -> Result<(), Fault> {
        self.expect(Kind::Array, "an array")?;
        let start = self.at;
        let mut next = 0;
        self.array(&mut |decoder| {
            let slot = slots.get_mut(next);
            next += 1;
            match (slot, &mut rest) {
                (Some((_, value)), _) => value.decode(decoder),
                (None, Some(rest)) => rest.decode_item(decoder),
                (None, None) => {
                    decoder.note_skipped();
                    decoder.skip()
                }
            }
        })?;
        let missing = slots.iter().skip(next).any(|(required, _)| *required);
        if missing {
            return Err(Fault::unreadable(
                start,
                "more items",
                "an array that ends before",
            ));
        }
        Ok(())
    }
}

impl Encoder {
    /// Writes an array that ends with the last item that is there.
    pub fn tuple(&mut self, items: &[Item<'_>]) {
        self.open(b'[');
        let is_there = |(required, item): &Item<'_>| *required || !item.is_absent();
        let length = items.iter().rposition(is_there).map_or(0, |last| last + 1);
        self.items(&items[..length]);
        self.close(b']');
    }

    /// Writes an array with further items, which puts null in the place of absent ones before them.
    pub fn tuple_with_rest(&mut self, items: &[Item<'_>], rest: &dyn AdditionalItems) {
        let mut any = false;
        rest.for_each(&mut |_| any = true);
        if !any {
            return self.tuple(items);
        }
        self.open(b'[');
        self.items(items);
        rest.for_each(&mut |item| {
            self.separate();
            item.encode(self);
        });
        self.close(b']');
    }

    fn items(&mut self, items: &[Item<'_>]) {
        for (_, item) in items {
            self.separate();
            item.encode(self);
        }
    }
}
