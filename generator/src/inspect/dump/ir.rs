//! The client, before it has Rust names.

use super::type_text::{content_text, label, status_text, use_text};
use crate::inspect::outline::{Outline, words};
use crate::ir::{
    Answer, Client, Docs, EnumValue, Field, Object, Operation, Pagination, PaginationSource,
    Presence, Requirement, Target, Tuple, TypeDef, TypeKind, Union,
};

/// Credentials, types, groups and operations of a client.
pub fn client(client: &Client) -> String {
    let mut outline = Outline::default();
    outline.line(format_args!(
        "client {:?} version {:?}",
        client.info.title, client.info.version
    ));
    outline.line(format_args!("base url {:?}", client.base_url));
    outline.list("servers", &client.servers, |outline, server| {
        outline.line(format_args!("{:?}", server.url));
    });
    if let Some(name) = &client.idempotency_header {
        outline.line(format_args!("idempotency header {name:?}"));
    }
    outline.list("security schemes", &client.schemes, |outline, scheme| {
        outline.line(format_args!("{:?}: {:?}", scheme.name, scheme.kind));
    });
    for ty in &client.types {
        outline.gap();
        type_def(&mut outline, client, ty);
    }
    for group in &client.groups {
        outline.gap();
        outline.section(format_args!("group {:?}", group.name), |outline| {
            for id in &group.operations {
                outline.line(&client.operation(*id).name);
            }
        });
    }
    for each in &client.callbacks {
        outline.line(format_args!(
            "callback {:?} of {:?}: {} {} with {}",
            each.name,
            client.operation(each.operation).name,
            each.method,
            each.expression,
            use_text(client, &each.payload)
        ));
    }
    for each in &client.links {
        outline.line(format_args!(
            "link {:?} of {:?}: {:?} with {:?}",
            each.name,
            client.operation(each.operation).name,
            client.operation(each.target).name,
            each.parameters
        ));
    }
    for each in &client.operations {
        outline.gap();
        operation(&mut outline, client, each);
    }
    outline.finish()
}

fn type_def(outline: &mut Outline, client: &Client, ty: &TypeDef) {
    let facts = words(&[
        (ty.nullable, "nullable"),
        (ty.in_request, "in-request"),
        (ty.in_response, "in-response"),
        (ty.docs.deprecated, "deprecated"),
    ]);
    let head = format!("type {:?} at {}", label(client, ty.id), ty.pointer);
    outline.section(head, |outline| {
        match &ty.kind {
            TypeKind::Object(kind) => object(outline, client, kind, &facts),
            TypeKind::StringEnum(values) => {
                enumeration(outline, &format!("string enum{facts}"), values)
            }
            TypeKind::IntegerEnum(values) => {
                enumeration(outline, &format!("integer enum{facts}"), values)
            }
            TypeKind::JsonEnum(values) => {
                enumeration(outline, &format!("json enum{facts}"), values)
            }
            TypeKind::Tuple(kind) => tuple(outline, client, kind, &facts),
            TypeKind::Union(kind) => union(outline, client, kind, &facts),
            TypeKind::Alias(target) => {
                outline.line(format_args!("alias of {}{facts}", use_text(client, target)))
            }
            TypeKind::Newtype(target) => outline.line(format_args!(
                "newtype of {}{facts}",
                use_text(client, target)
            )),
        }
        remarks(outline, &ty.docs);
    });
}

fn tuple(outline: &mut Outline, client: &Client, tuple: &Tuple, facts: &str) {
    outline.section(format_args!("tuple{facts}"), |outline| {
        for item in &tuple.items {
            let text = use_text(client, &item.ty);
            outline.line(format_args!("{:?}: {text}", item.presence));
        }
        if let Some(rest) = &tuple.rest {
            outline.line(format_args!("...: {}", use_text(client, rest)));
        }
    });
}

fn object(outline: &mut Outline, client: &Client, object: &Object, facts: &str) {
    outline.section(format_args!("object{facts}"), |outline| {
        object
            .fields
            .iter()
            .for_each(|each| field(outline, client, each));
        if let Some(rest) = &object.rest {
            outline.line(format_args!("...: {}", use_text(client, rest)));
        }
    });
}

fn field(outline: &mut Outline, client: &Client, field: &Field) {
    let (mark, null) = match field.presence {
        Presence::Required => ("", ""),
        Presence::RequiredNullable => ("", " | null"),
        Presence::Optional => ("?", ""),
        Presence::OptionalNullable => ("?", " | null"),
    };
    let facts = words(&[
        (field.boxed, "boxed"),
        (field.constant, "constant"),
        (field.read_only, "read-only"),
        (field.write_only, "write-only"),
        (field.secret && !field.write_only, "secret"),
        (field.docs.deprecated, "deprecated"),
    ]);
    outline.line(format_args!(
        "{:?}{mark}: {}{null}{facts}",
        field.wire,
        use_text(client, &field.ty)
    ));
    remarks(outline, &field.docs);
}

fn enumeration<T: std::fmt::Debug>(outline: &mut Outline, head: &str, values: &[EnumValue<T>]) {
    outline.section(head, |outline| {
        for value in values {
            let name = value
                .name
                .as_ref()
                .map(|name| format!(" named {name:?}"))
                .unwrap_or_default();
            outline.line(format_args!("{:?}{name}", value.wire));
        }
    });
}

fn union(outline: &mut Outline, client: &Client, union: &Union, facts: &str) {
    let tag = union
        .tag
        .as_ref()
        .map(|tag| format!(" by {tag:?}"))
        .unwrap_or_default();
    outline.section(format_args!("union{tag}{facts}"), |outline| {
        for variant in &union.variants {
            let facts = words(&[(variant.fallback, "fallback"), (variant.boxed, "boxed")]);
            let tags: Vec<String> = variant.tags.iter().map(|tag| format!("{tag:?} ")).collect();
            outline.line(format_args!(
                "{}{}{facts}",
                tags.concat(),
                use_text(client, &variant.ty)
            ));
        }
    });
}

fn operation(outline: &mut Outline, client: &Client, operation: &Operation) {
    let deprecated = words(&[(operation.docs.deprecated, "deprecated")]);
    let head = format!("operation {:?} at {}", operation.name, operation.pointer);
    outline.section(head, |outline| {
        outline.line(format_args!(
            "{} {}{deprecated}",
            operation.method, operation.path
        ));
        if let Some(variation) = &operation.variation {
            outline.line(format_args!("with a body of {:?}", variation.kind));
        }
        if let Some(query) = &operation.fixed_query {
            outline.line(format_args!("fixed query {query:?}"));
        }
        for parameter in &operation.parameters {
            let mark = if parameter.required { "" } else { "?" };
            let facts = words(&[
                (parameter.explode, "explode"),
                (parameter.allow_reserved, "allow-reserved"),
                (parameter.as_is, "as-is"),
                (parameter.may_be_empty, "may-be-empty"),
            ]);
            let (place, ty) = (
                format!("{:?}", parameter.place).to_lowercase(),
                use_text(client, &parameter.ty),
            );
            outline.line(format_args!(
                "{place} {:?}{mark}: {ty} {:?}{facts}",
                parameter.wire, parameter.style
            ));
            remarks(outline, &parameter.docs);
        }
        if let Some(body) = &operation.body {
            let mark = if body.required { "" } else { "?" };
            outline.line(format_args!(
                "body{mark}: {} as {:?}",
                content_text(client, &body.content),
                body.content_type
            ));
            for sent_as in body.media_types.iter().skip(1) {
                outline.line(format_args!(
                    "or {:?} as {:?}",
                    sent_as.encoding, sent_as.name
                ));
            }
            remarks(outline, &body.docs);
        }
        operation
            .success
            .iter()
            .for_each(|each| answer(outline, client, "success", each));
        operation
            .errors
            .iter()
            .for_each(|each| answer(outline, client, "error", each));
        if let Some(stream) = &operation.stream {
            let item = use_text(client, &stream.item);
            outline.line(format_args!("stream of {item} as {:?}", stream.shape));
            if let Some(flag) = &stream.flag {
                outline.line(format_args!("stream asked for by {flag:?}"));
            }
        }
        for header in &operation.headers {
            let ty = use_text(client, &header.ty);
            outline.line(format_args!(
                "header {:?}: {ty} {:?}",
                header.wire, header.form
            ));
        }
        if let Some(accept) = &operation.accept {
            outline.line(format_args!("accept {accept:?}"));
        }
        for alternative in &operation.security {
            let schemes: Vec<_> = alternative.iter().map(requirement).collect();
            outline.line(format_args!("security {}", schemes.join(" + ")));
        }
        if let Some(quota) = operation.quota {
            outline.line(format_args!(
                "quota {:?}/s, burst {}",
                quota.rate, quota.burst
            ));
        }
        if let Some(class) = operation.retry {
            outline.line(format_args!("retry {class:?}"));
        }
        if let Some(found) = &operation.pagination {
            outline.line(pages(client, operation, found));
        }
        remarks(outline, &operation.docs);
    });
}

/// `oauth [read, write]`
fn requirement(requirement: &Requirement) -> String {
    let scheme = &requirement.scheme;
    match requirement.scopes.as_slice() {
        [] => scheme.clone(),
        scopes => format!("{scheme} [{}]", scopes.join(", ")),
    }
}

fn pages(client: &Client, operation: &Operation, found: &Pagination) -> String {
    let mut text = format!("pages by {:?}", found.step);
    let by = found.by.map(|by| client.operation(by));
    match &found.target {
        Some(Target::Parameter(index)) => {
            let wire = &by.unwrap_or(operation).parameters[*index].wire;
            text.push_str(&format!(" to {wire:?}"));
        }
        Some(Target::Body(path)) => text.push_str(&format!(" to body {path:?}")),
        None => {}
    }
    if let Some(by) = by {
        text.push_str(&format!(" of {:?}", by.name));
    }
    if let Some(items) = &found.items {
        text.push_str(&format!(", items {items:?}"));
    }
    if let Some((path, means_more)) = &found.more {
        text.push_str(&format!(", while {path:?} is {means_more}"));
    }
    let totals = [("items", &found.total_items), ("pages", &found.total_pages)];
    for (what, path) in totals {
        if let Some(path) = path {
            text.push_str(&format!(", {what} in all {path:?}"));
        }
    }
    if let Some(only) = &found.only_with {
        let names: Vec<_> = only
            .iter()
            .map(|at| &operation.parameters[*at].wire)
            .collect();
        text.push_str(&format!(", only with {names:?}"));
    }
    if !found.keeping.is_empty() {
        let kept = found.keeping.iter();
        let names: Vec<_> = kept.map(|at| &operation.parameters[*at].wire).collect();
        text.push_str(&format!(", keeping {names:?}"));
    }
    match &found.source {
        PaginationSource::Rule => text,
        source => format!("{text}, from {source:?}"),
    }
}

fn answer(outline: &mut Outline, client: &Client, kind: &str, answer: &Answer) {
    let content = answer
        .content
        .as_ref()
        .map_or("nothing".to_owned(), |content| {
            content_text(client, content)
        });
    let media_types = match answer.media_types.is_empty() {
        true => String::new(),
        false => format!(" as {}", answer.media_types.join(", ")),
    };
    outline.line(format_args!(
        "{kind} {}: {content}{media_types}",
        status_text(answer.status)
    ));
    remarks(outline, &answer.docs);
}

fn remarks(outline: &mut Outline, docs: &Docs) {
    for remark in &docs.remarks {
        outline.line(format_args!("! {remark}"));
    }
}
