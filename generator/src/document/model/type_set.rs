//! The set of JSON types a schema allows.

/// The JSON types that `type` names; empty when there is no `type`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TypeSet(u8);

impl TypeSet {
    pub const NULL: TypeSet = TypeSet(1);
    pub const BOOLEAN: TypeSet = TypeSet(2);
    pub const INTEGER: TypeSet = TypeSet(4);
    pub const NUMBER: TypeSet = TypeSet(8);
    pub const STRING: TypeSet = TypeSet(16);
    pub const ARRAY: TypeSet = TypeSet(32);
    pub const OBJECT: TypeSet = TypeSet(64);
    /// 2.0's `type: file`.
    pub const FILE: TypeSet = TypeSet(128);

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn contains(self, other: TypeSet) -> bool {
        self.0 & other.0 == other.0
    }

    pub fn with(self, other: TypeSet) -> TypeSet {
        TypeSet(self.0 | other.0)
    }

    pub fn without(self, other: TypeSet) -> TypeSet {
        TypeSet(self.0 & !other.0)
    }

    /// What both allow; a number allows integers.
    pub fn and(self, other: TypeSet) -> TypeSet {
        let widen = |set: TypeSet| {
            if set.contains(TypeSet::NUMBER) {
                set.with(TypeSet::INTEGER)
            } else {
                set
            }
        };
        let both = TypeSet(widen(self).0 & widen(other).0);
        if both.contains(TypeSet::NUMBER) {
            both.without(TypeSet::INTEGER)
        } else {
            both
        }
    }

    pub fn len(self) -> u32 {
        self.0.count_ones()
    }
}
