/// The rules of a table's `where`, as data.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "validate")]
macro_rules! rules {
    ($($rule:ident $limit:tt)*) => { &[$($crate::rule!($rule $limit)),*] };
}

/// One rule of [`rules!`]; numbers keep the digits they are written with.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "validate")]
macro_rules! rule {
    (minimum ($number:literal)) => {
        $crate::validation::Rule::Minimum(::std::stringify!($number))
    };
    (exclusive_minimum ($number:literal)) => {
        $crate::validation::Rule::ExclusiveMinimum(::std::stringify!($number))
    };
    (maximum ($number:literal)) => {
        $crate::validation::Rule::Maximum(::std::stringify!($number))
    };
    (exclusive_maximum ($number:literal)) => {
        $crate::validation::Rule::ExclusiveMaximum(::std::stringify!($number))
    };
    (multiple_of ($number:literal)) => {
        $crate::validation::Rule::MultipleOf(::std::stringify!($number))
    };
    (min_length ($count:literal)) => {
        $crate::validation::Rule::MinLength($count)
    };
    (max_length ($count:literal)) => {
        $crate::validation::Rule::MaxLength($count)
    };
    (pattern ($pattern:literal)) => {
        $crate::validation::Rule::Pattern($pattern)
    };
    (min_items ($count:literal)) => {
        $crate::validation::Rule::MinItems($count)
    };
    (max_items ($count:literal)) => {
        $crate::validation::Rule::MaxItems($count)
    };
    (unique_items ()) => {
        $crate::validation::Rule::UniqueItems
    };
    (items ($($rule:ident $limit:tt)*)) => {
        $crate::validation::Rule::Items($crate::rules!($($rule $limit)*))
    };
    (min_properties ($count:literal)) => {
        $crate::validation::Rule::MinProperties($count)
    };
    (max_properties ($count:literal)) => {
        $crate::validation::Rule::MaxProperties($count)
    };
    (property_names ($($rule:ident $limit:tt)+)) => {
        $crate::validation::Rule::PropertyNames($crate::rules!($($rule $limit)*))
    };
    (dependent_required ($member:literal => $($other:literal),+)) => {
        $crate::validation::Rule::DependentRequired($member, &[$($other),+])
    };
    (values ($($rule:ident $limit:tt)*)) => {
        $crate::validation::Rule::Values($crate::rules!($($rule $limit)*))
    };
}

/// How a value is checked, from the table of its type; nothing without the feature `validate`.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "validate")]
macro_rules! check {
    (object [$($own:tt)*] $($wire:literal => $field:ident [$($rule:tt)*],)* $(..$rest:ident [$($further:tt)*])?) => {
        fn check(&self, validator: &mut $crate::validation::Validator) {
            validator.rules(self, $crate::rules!($($own)*));
            validator.members(&[$(($wire, &self.$field, $crate::rules!($($rule)*))),*]);
            $(validator.value(&self.$rest, &[$crate::rule!(values ($($further)*))]);)?
        }
    };
    (tuple [$($own:tt)*] $(at $position:tt [$($rule:tt)*],)* $(..$rest:tt [$($further:tt)*])?) => {
        fn check(&self, validator: &mut $crate::validation::Validator) {
            validator.rules(self, $crate::rules!($($own)*));
            validator.positions(&[$((&self.$position, $crate::rules!($($rule)*))),*]);
            $(validator.items_from($rest, &self.$rest, $crate::rules!($($further)*));)?
        }
    };
    (union [$($own:tt)*] $($variant:ident [$($rule:tt)*],)*) => {
        fn check(&self, validator: &mut $crate::validation::Validator) {
            validator.rules(self, $crate::rules!($($own)*));
            match self {
                $(Self::$variant(payload) => validator.value(payload, $crate::rules!($($rule)*)),)*
                Self::Unknown(_) => validator.unfitting(),
            }
        }
    };
    (union [$($own:tt)*] $($variant:ident as $ty:ty [$($rule:tt)*],)*) => {
        fn check(&self, validator: &mut $crate::validation::Validator) {
            validator.rules(self, $crate::rules!($($own)*));
            let before = validator.found();
            match self {
                $(Self::$variant(payload) => validator.value(payload, $crate::rules!($($rule)*)),)*
                Self::Unknown(_) => validator.unfitting(),
            }
            validator.unless_fits(before, self, &[
                $(|json| $crate::validation::fits::<$ty>(json, $crate::rules!($($rule)*))),*
            ]);
        }
    };
    (union $any:ident [$($own:tt)*] $($variants:tt)*) => {
        fn check(&self, validator: &mut $crate::validation::Validator) {
            validator.rules(self, $crate::rules!($($own)*));
        }
    };
    (enum $any:ident) => {};
    (enum) => {
        fn check(&self, validator: &mut $crate::validation::Validator) {
            if let Self::Unknown(_) = self {
                validator.unlisted();
            }
        }
    };
    (newtype $($rule:tt)*) => {
        fn check(&self, validator: &mut $crate::validation::Validator) {
            validator.value(&self.0, $crate::rules!($($rule)*));
        }
    };
}

/// Nothing: the feature `validate` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "validate"))]
macro_rules! check {
    ($($any:tt)*) => {};
}
