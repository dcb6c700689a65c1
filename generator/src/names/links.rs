//! Names links: the trait with those of an operation, its methods and their arguments.

use super::case::{self, Case};
use super::model::{LinkNames, OperationNames};
use super::reserved;
use super::scope::{Candidate, Renames, Scope};
use crate::ir::{Client, Link};

/// Names all links, in the order of the client.
pub(super) fn links(
    client: &Client,
    operations: &[OperationNames],
    renames: &mut Renames,
) -> Vec<LinkNames> {
    let mut traits = Scope::new(Case::Camel);
    let mut names = Vec::new();
    for links in client
        .links
        .chunk_by(|one, other| one.operation == other.operation)
    {
        let (first, marker) = (&links[0], &operations[links[0].operation.0 as usize].marker);
        let wanted = Candidate::new(&first.pointer, format!("{marker}Links"));
        let ident = traits.settle_one(wanted, renames);
        let methods = links.iter().map(|link| {
            Candidate::new(&link.pointer, case::field_ident(&link.name)).avoiding(reserved::LINK)
        });
        let methods = Scope::new(Case::Snake).settle(methods.collect(), renames);
        for (link, method) in links.iter().zip(methods) {
            names.push(LinkNames {
                links: ident.clone(),
                method,
                ..arguments(client, link, operations, renames)
            });
        }
    }
    names
}

fn arguments(
    client: &Client,
    link: &Link,
    operations: &[OperationNames],
    renames: &mut Renames,
) -> LinkNames {
    let target = client.operation(link.target);
    let given = &operations[link.target.0 as usize];
    let mut scope = Scope::new(Case::Snake);
    let mut argument = |name: &str| {
        let wanted = Candidate::new(&link.pointer, name).avoiding(reserved::LINK_ARGUMENT);
        scope.settle_one(wanted, renames)
    };
    let names = given.parameters.iter().enumerate();
    let open = names.filter(|(at, _)| link.leaves_open(target, *at));
    let parameters = open.map(|(_, name)| argument(name)).collect();
    let takes_body = link.body.is_none() && target.body.as_ref().is_some_and(|it| it.required);
    LinkNames {
        parameters,
        body: takes_body.then(|| argument(&given.body)),
        ..LinkNames::default()
    }
}
