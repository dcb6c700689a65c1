//! Makes the names of one scope unique, and records every name that differs from what was wanted.

use std::collections::{BTreeMap, BTreeSet};

use super::case::{Case, fit};
use super::model::Rename;
use super::reserved::Reserved;

/// A spelled name that asks for its place in a scope.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pointer: String,
    wanted: String,
    natural: String,
    reason: Option<&'static str>,
    second: Option<String>,
    /// The configuration may name it.
    choosable: bool,
}

/// The names that the configuration gives, and every name that differs from what was wanted.
#[derive(Clone, Debug, Default)]
pub(super) struct Renames {
    /// By pointer, one in each case.
    chosen: BTreeMap<(String, Case), String>,
    noted: Vec<Rename>,
}

impl Renames {
    /// Begins with chosen names: one with a capital is for types and variants, others for fields and methods.
    pub(super) fn new(chosen: &BTreeMap<String, Vec<String>>) -> Self {
        let by_case = |(pointer, name): (&String, &String)| {
            let case = match name.starts_with(|c: char| c.is_ascii_uppercase()) {
                true => Case::Camel,
                false => Case::Snake,
            };
            ((pointer.clone(), case), name.clone())
        };
        let pairs = chosen
            .iter()
            .flat_map(|(pointer, names)| names.iter().map(move |name| (pointer, name)));
        Renames {
            chosen: pairs.map(by_case).collect(),
            noted: Vec::new(),
        }
    }

    pub(super) fn note(&mut self, rename: Rename) {
        self.noted.push(rename);
    }

    pub(super) fn into_noted(self) -> Vec<Rename> {
        self.noted
    }
}

impl Candidate {
    pub(super) fn new(pointer: impl Into<String>, wanted: impl Into<String>) -> Self {
        let wanted = wanted.into();
        Candidate {
            pointer: pointer.into(),
            natural: wanted.clone(),
            wanted,
            reason: None,
            second: None,
            choosable: false,
        }
    }

    /// The name to try before a number is put behind the first.
    pub(super) fn or(mut self, second: impl Into<String>) -> Self {
        self.second = Some(second.into());
        self
    }

    /// Steps aside for reserved names, with the second choice too.
    pub(super) fn avoiding(mut self, reserved: Reserved) -> Self {
        if let Some(replacement) = reserved.replacement(&self.natural) {
            self.natural = replacement;
            self.reason = Some("reserved");
        }
        self.second = self.second.filter(|second| !reserved.holds(second));
        self
    }

    /// Lets the configuration name it.
    pub(super) fn choosable(mut self) -> Self {
        self.choosable = true;
        self
    }

    fn chosen(mut self, case: Case, renames: &Renames) -> Self {
        let key = (self.pointer.clone(), case);
        if let Some(chosen) = renames.chosen.get(&key).filter(|_| self.choosable) {
            self.natural.clone_from(chosen);
            self.reason = Some("chosen");
        }
        self
    }

    fn fitted(mut self, case: Case) -> Self {
        if let Some(short) = fit(&self.natural, case) {
            self.natural = short;
            self.reason = Some("too long");
        }
        self.second = self.second.filter(|second| fit(second, case).is_none());
        self
    }
}

/// The names that are taken in one scope.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    case: Case,
    taken: BTreeSet<String>,
    /// The first number that may be free behind a name.
    next_number: BTreeMap<String, u32>,
}

impl Scope {
    pub(super) fn new(case: Case) -> Self {
        Scope {
            case,
            taken: BTreeSet::new(),
            next_number: BTreeMap::new(),
        }
    }

    /// Gives each candidate a name of its own, in their order.
    ///
    /// Whoever asks first for a name keeps it; the later ones take a number that neither is taken
    /// nor makes a name that another candidate asks for. So a candidate more at the end renames
    /// no other, except one that had to take by number exactly the name it asks for.
    pub(super) fn settle(
        &mut self,
        candidates: Vec<Candidate>,
        renames: &mut Renames,
    ) -> Vec<String> {
        let candidates: Vec<Candidate> = candidates
            .into_iter()
            .map(|it| it.chosen(self.case, renames).fitted(self.case))
            .collect();
        let first_come: Vec<bool> = candidates
            .iter()
            .map(|it| self.taken.insert(it.natural.clone()))
            .collect();
        let mut names = Vec::with_capacity(candidates.len());
        for (candidate, first) in candidates.into_iter().zip(first_come) {
            let (name, reason) = if first {
                (candidate.natural, candidate.reason)
            } else {
                (self.another(&candidate), Some("taken"))
            };
            if let Some(reason) = reason {
                let Candidate {
                    pointer, wanted, ..
                } = candidate;
                renames.note(Rename {
                    pointer,
                    wanted,
                    given: name.clone(),
                    reason,
                });
            }
            names.push(name);
        }
        names
    }

    /// [`Scope::settle`] for a single candidate.
    pub(super) fn settle_one(&mut self, candidate: Candidate, renames: &mut Renames) -> String {
        self.settle(vec![candidate], renames).remove(0)
    }

    fn another(&mut self, candidate: &Candidate) -> String {
        if let Some(second) = &candidate.second
            && self.taken.insert(second.clone())
        {
            return second.clone();
        }
        let base = &candidate.natural;
        let next = self.next_number.entry(base.clone()).or_insert(2);
        loop {
            let name = numbered(base, *next, self.case);
            *next += 1;
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// `list` → `list_2`, `type_` → `type_2`, `List` → `List2`, `List3` → `List3_2`.
fn numbered(base: &str, number: u32, case: Case) -> String {
    let ends_in_digit = base.ends_with(|c: char| c.is_ascii_digit());
    let apart = match case {
        Case::Snake => !base.ends_with('_'),
        Case::Camel => ends_in_digit,
    };
    format!("{base}{}{number}", if apart { "_" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::super::reserved;
    use super::*;

    fn settle(case: Case, names: &[&str]) -> Vec<String> {
        let candidates = names
            .iter()
            .map(|name| Candidate::new("#", *name))
            .collect();
        Scope::new(case).settle(candidates, &mut Renames::default())
    }

    #[test]
    fn first_come_keeps_its_name() {
        assert_eq!(
            settle(Case::Snake, &["list", "list_2", "list_3", "list_3"]),
            ["list", "list_2", "list_3", "list_3_2"]
        );
        assert_eq!(
            settle(Case::Snake, &["list", "list", "list_2"]),
            ["list", "list_3", "list_2"]
        );
        assert_eq!(
            settle(Case::Camel, &["List", "List", "List3", "List3"]),
            ["List", "List2", "List3", "List3_2"]
        );
    }

    #[test]
    fn a_reserved_name_and_its_replacement_do_not_meet() {
        let wanted =
            ["type", "type_"].map(|name| Candidate::new("#", name).avoiding(reserved::FIELD));
        let mut renames = Renames::default();
        let names = Scope::new(Case::Snake).settle(wanted.to_vec(), &mut renames);
        assert_eq!(names, ["type_", "type_2"]);
        assert_eq!(
            renames.noted.iter().map(|it| it.reason).collect::<Vec<_>>(),
            ["reserved", "taken"]
        );
    }

    #[test]
    fn a_second_choice_comes_before_numbers() {
        let wanted = vec![
            Candidate::new("#", "id"),
            Candidate::new("#", "id").or("id_query"),
        ];
        assert_eq!(
            Scope::new(Case::Snake).settle(wanted, &mut Renames::default()),
            ["id", "id_query"]
        );
    }

    #[test]
    fn many_equal_names_take_linear_time() {
        let names = settle(Case::Snake, &["same"; 20_000]);
        assert_eq!(names[19_999], "same_20000");
    }
}
