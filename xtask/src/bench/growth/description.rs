//! Made-up descriptions of any size: resources that refer to each other, five operations each, four resources to a tag.

use serde_json::{Map, Value, json};

/// Operations of one resource: list, create, get, change, delete.
const PER_RESOURCE: usize = 5;

/// Resources of one tag.
const PER_TAG: usize = 4;

/// Resources that others refer to from everywhere.
const HUBS: usize = 10;

/// A description with this many operations, which are a multiple of five.
pub(super) fn write(operations: usize) -> String {
    let resources = operations / PER_RESOURCE;
    let (mut paths, mut schemas) = (Map::new(), shared());
    for number in 0..resources {
        for (path, item) in paths_of(number) {
            paths.insert(path, item);
        }
        for (name, schema) in schemas_of(number) {
            schemas.insert(name, schema);
        }
    }
    let tags = (0..resources.div_ceil(PER_TAG)).map(|number| {
        json!({ "name": format!("Area {number}"), "description": "What belongs together." })
    });
    let description = json!({
        "openapi": "3.0.3",
        "info": { "title": "Growth", "version": "1.0.0" },
        "servers": [{ "url": "https://growth.example.com/v1" }],
        "security": [{ "key": [] }],
        "tags": tags.collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "securitySchemes": {
                "key": { "type": "apiKey", "in": "header", "name": "X-Key" },
            },
            "parameters": {
                "Limit": parameter("limit", "query", json!({ "type": "integer", "format": "int32", "maximum": 100 })),
                "Cursor": parameter("cursor", "query", json!({ "type": "string" })),
            },
            "schemas": schemas,
        },
    });
    description.to_string()
}

/// Schemas that all resources refer to.
fn shared() -> Map<String, Value> {
    let schemas = [
        (
            "Problem",
            object(
                &["title"],
                json!({ "title": text("What went wrong."), "status": { "type": "integer" }, "detail": text("More of it.") }),
            ),
        ),
        (
            "Money",
            object(
                &["amount", "currency"],
                json!({ "amount": { "type": "integer", "format": "int64" }, "currency": text("Three letters.") }),
            ),
        ),
        (
            "Address",
            object(
                &["street", "city"],
                json!({ "street": text("Street and number."), "city": text("City."), "postal_code": text("Code."), "country": reference("Country") }),
            ),
        ),
        (
            "Country",
            json!({ "type": "string", "enum": ["AT", "BE", "CH", "DE", "FR", "NL", "PL"] }),
        ),
    ];
    schemas
        .map(|(name, schema)| (name.to_owned(), schema))
        .into_iter()
        .collect()
}

/// The resource, what creates one, its states, and a page of it.
fn schemas_of(number: usize) -> [(String, Value); 4] {
    let name = format!("Resource{number}");
    // To the first of its tag, and to one of a few that are referred to from everywhere. Chains stay short, as real ones are.
    let first = format!("Resource{}", number - number % PER_TAG);
    let hub = format!(
        "Resource{}",
        if number < HUBS {
            number / 2
        } else {
            number % HUBS
        }
    );
    let mut members = json!({
        "id": text("Identifies it."),
        "name": text("What people call it."),
        "state": reference(&format!("{name}State")),
        "price": reference("Money"),
        "address": reference("Address"),
        "created_at": { "type": "string", "format": "date-time" },
        "count": { "type": "integer", "format": "int64", "minimum": 0 },
        "ratio": { "type": "number", "nullable": true },
        "labels": { "type": "object", "additionalProperties": { "type": "string" } },
        "parent": reference(&first),
        "related": { "type": "array", "items": reference(&hub) },
        "settings": object(&[], json!({ "is_shared": { "type": "boolean" }, "note": text("For people.") })),
    });
    // Not all are of one size.
    for extra in 0..number % 6 {
        members[format!("extra_{extra}")] = text("Something of this resource alone.");
    }
    let new = json!({
        "name": text("What people call it."),
        "price": reference("Money"),
        "address": reference("Address"),
        "labels": { "type": "object", "additionalProperties": { "type": "string" } },
    });
    let page = json!({
        "items": { "type": "array", "items": reference(&name) },
        "next_cursor": text("Where the next page begins."),
    });
    [
        (format!("{name}State"), states(number)),
        (format!("New{name}"), object(&["name"], new)),
        (format!("{name}Page"), object(&["items"], page)),
        (
            name,
            object(&["id", "name", "state", "created_at"], members),
        ),
    ]
}

fn states(number: usize) -> Value {
    let own = format!("state_{number}");
    json!({ "type": "string", "enum": ["draft", "active", "paused", "closed", own] })
}

/// Both paths of a resource.
fn paths_of(number: usize) -> [(String, Value); 2] {
    let name = format!("Resource{number}");
    let (page, new) = (format!("{name}Page"), format!("New{name}"));
    let states = json!({ "type": "array", "items": reference(&format!("{name}State")) });
    let mut list = operation(number, "list", "200", Some(&page));
    list["parameters"] = json!([
        { "$ref": "#/components/parameters/Limit" },
        { "$ref": "#/components/parameters/Cursor" },
        parameter("state", "query", states),
        parameter("created_after", "query", json!({ "type": "string", "format": "date-time" })),
    ]);
    let mut create = operation(number, "create", "201", Some(&name));
    create["requestBody"] = body(&new);
    create["parameters"] = json!([parameter(
        "Idempotency-Key",
        "header",
        json!({ "type": "string" })
    )]);
    let mut change = operation(number, "change", "200", Some(&name));
    change["requestBody"] = body(&new);
    let id =
        json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } });
    [
        (
            format!("/resources-{number}"),
            json!({ "get": list, "post": create }),
        ),
        (
            format!("/resources-{number}/{{id}}"),
            json!({
                "parameters": [id],
                "get": operation(number, "get", "200", Some(&name)),
                "patch": change,
                "delete": operation(number, "delete", "204", None),
            }),
        ),
    ]
}

fn operation(number: usize, verb: &str, status: &str, answer: Option<&str>) -> Value {
    let mut response = json!({ "description": "It worked." });
    if let Some(schema) = answer {
        response["content"] = content(schema);
    }
    let problem = json!({ "description": "It did not.", "content": content("Problem") });
    json!({
        "operationId": format!("{verb}Resource{number}"),
        "summary": format!("Does {verb} for resource {number}"),
        "tags": [format!("Area {}", number / PER_TAG)],
        "responses": { status: response, "default": problem },
    })
}

fn body(schema: &str) -> Value {
    json!({ "required": true, "content": content(schema) })
}

fn content(schema: &str) -> Value {
    json!({ "application/json": { "schema": reference(schema) } })
}

fn parameter(name: &str, place: &str, schema: Value) -> Value {
    json!({ "name": name, "in": place, "description": "What to look for.", "schema": schema })
}

fn object(required: &[&str], members: Value) -> Value {
    let mut schema = json!({ "type": "object", "properties": members });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use attache_generator::config::Config;

    use crate::client;

    #[test]
    fn a_client_has_all_operations_and_no_findings() {
        let path = std::env::temp_dir().join(format!("attache-growth-{}.json", std::process::id()));
        fs::write(&path, super::write(50)).unwrap();
        let (generated, findings) = client::generate(&path.to_string_lossy(), &Config::default());
        fs::remove_file(&path).unwrap();
        let messages: Vec<_> = findings.iter().map(|finding| &finding.message).collect();
        assert_eq!(messages, Vec::<&String>::new());
        let client = generated.unwrap().client;
        assert_eq!(client.described_operations().count(), 50);
        assert!(client.types.len() >= 4 + 4 * 10);
    }
}
