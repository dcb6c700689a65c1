//! One operation, with the values that were found for it.

use serde_json::Value;

use super::Taken;
use crate::document::ParameterLocation;
use crate::ir::{Body, Operation, Parameter, Place};
use crate::names::GroupNames;
use crate::rust::Cx;
use crate::sample::{Content, Exchange, Exchanges, Payload};

pub(super) struct Entry<'c> {
    pub(super) operation: &'c Operation,
    pub(super) test: String,
    pub(super) method: &'c str,
    pub(super) arguments: Vec<Argument<'c>>,
    /// Why the operation cannot be called: no value is known for something that it requires.
    pub(super) impossible: Option<String>,
    pub(super) exchange: Option<&'c Exchange>,
}

pub(super) struct Argument<'c> {
    pub(super) ident: &'c str,
    pub(super) required: bool,
    pub(super) ty: Taken<'c>,
    pub(super) value: Option<Value>,
    /// No value is of the schema as it is written.
    pub(super) doubtful: bool,
}

impl<'c> Entry<'c> {
    pub(super) fn of(
        cx: &Cx<'c>,
        group: &GroupNames,
        operation: &'c Operation,
        exchanges: &'c Exchanges,
    ) -> Self {
        let names = &cx.names.operations[operation.id.0 as usize];
        let exchange = exchanges.of(&operation.pointer, &operation.path);
        let parameters = operation.parameters.iter().zip(&names.parameters);
        let mut arguments: Vec<Argument<'c>> = parameters
            .map(|(parameter, ident)| {
                let found =
                    exchange.and_then(|exchange| of_parameter(exchange, operation, parameter));
                Argument {
                    ident,
                    required: parameter.required,
                    ty: Taken::Parameter(parameter),
                    doubtful: found.as_ref().is_some_and(|(_, doubtful)| *doubtful),
                    value: found.map(|(value, _)| value),
                }
            })
            .collect();
        arguments.extend(operation.body.as_ref().map(|body| {
            let found = exchange.and_then(|exchange| of_body(exchange, body));
            Argument {
                ident: &names.body,
                required: body.required,
                ty: Taken::Body(body),
                doubtful: found.as_ref().is_some_and(|(_, doubtful)| *doubtful),
                value: found.map(|(value, _)| value),
            }
        }));
        let mut missing = arguments
            .iter()
            .filter(|it| it.required && it.value.is_none());
        let impossible = missing
            .next()
            .map(|argument| format!("no value was found for `{}`", argument.ident));
        Entry {
            operation,
            test: super::test_name(group, &names.method),
            method: &names.method,
            arguments,
            impossible,
            exchange,
        }
    }
}

/// A value, and whether it is doubtful.
type Found = (Value, bool);

fn of_parameter(
    exchange: &Exchange,
    operation: &Operation,
    parameter: &Parameter,
) -> Option<Found> {
    if matches!(parameter.place, Place::Part | Place::Field) {
        let variation = operation.variation.as_ref();
        let is_this = |content: &&Content| match variation {
            Some(variation) => content.media_type == variation.content_type,
            None => content.media_type.contains("form"),
        };
        let body = exchange.bodies.iter().find(is_this)?;
        let Some(Payload::Value(value)) = &body.payload else {
            return None;
        };
        return Some((value.get(&parameter.wire)?.clone(), body.doubtful));
    }
    let is_here = |location: ParameterLocation| {
        matches!(
            (location, parameter.place),
            (ParameterLocation::Path, Place::Path)
                | (
                    ParameterLocation::Query | ParameterLocation::QueryString,
                    Place::Query
                )
                | (ParameterLocation::Header, Place::Header)
                | (ParameterLocation::Cookie, Place::Cookie)
        )
    };
    let mut arguments = exchange.arguments.iter();
    let found = arguments.find(|it| is_here(it.location) && it.name == parameter.wire)?;
    Some((found.value.clone()?, found.doubtful))
}

fn of_body(exchange: &Exchange, body: &Body) -> Option<Found> {
    let is_this = |content: &&Content| content.media_type == body.content_type;
    let found = exchange
        .bodies
        .iter()
        .find(is_this)
        .or(exchange.bodies.first())?;
    let value = match found.payload.as_ref()? {
        Payload::Value(value) => value.clone(),
        Payload::Text(text) => text.as_str().into(),
    };
    Some((value, found.doubtful))
}
