//! What happened in the last ten seconds.

/// A span of time that slides in steps of a second.
#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    slots: [Slot; SLOTS],
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

    /// The counts of this second and the nine before it.
    pub(super) fn counts(&self, second: u64) -> Counts {
        let second = second + 1;
        let begin = second.saturating_sub(SLOTS as u64 - 1).max(1);
        let slots = self.slots.iter();
        let recent = slots.filter(|slot| (begin..=second).contains(&slot.second));
        recent.fold(Counts::default(), |sum, slot| Counts {
            calls: sum.calls.saturating_add(slot.counts.calls),
            faults: sum.faults.saturating_add(slot.counts.faults),
        })
    }
}
