//! What happened in the last ten seconds.

/// A span of time that slides in steps of a second.
#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    slots: [Slot; SLOTS],
    /// The last second with a fault, from 1; 0 for none.
    last_fault: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// The second that is counted, from 1; 0 for none.
    second: u64,
    counts: Counts,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) calls: u32,
    pub(super) faults: u32,
}

const SLOTS: usize = 10;

impl Window {
    pub(super) fn add(&mut self, second: u64, is_fault: bool) {
        let second = second + 1;
        if is_fault {
            self.last_fault = self.last_fault.max(second);
        }
        let slot = &mut self.slots[(second % SLOTS as u64) as usize];
        if slot.second != second {
            *slot = Slot {
                second,
                counts: Counts::default(),
            };
        }
        slot.counts.calls = slot.counts.calls.saturating_add(1);
        slot.counts.faults = slot.counts.faults.saturating_add(u32::from(is_fault));
    }

    /// Whether there was a fault in this second or the nine before it.
    pub(super) fn has_faults(&self, second: u64) -> bool {
        self.last_fault >= begin(second + 1)
    }

    /// The counts of this second and the nine before it.
    pub(super) fn counts(&self, second: u64) -> Counts {
        let second = second + 1;
        let begin = begin(second);
        let slots = self.slots.iter();
        let recent = slots.filter(|slot| (begin..=second).contains(&slot.second));
        recent.fold(Counts::default(), |sum, slot| Counts {
            calls: sum.calls.saturating_add(slot.counts.calls),
            faults: sum.faults.saturating_add(slot.counts.faults),
        })
    }
}

/// Where the window begins that ends with a second.
fn begin(second: u64) -> u64 {
    second.saturating_sub(SLOTS as u64 - 1).max(1)
}
