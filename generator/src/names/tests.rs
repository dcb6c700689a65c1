//! The obstacle course, and what holds for any name.

use std::collections::BTreeSet;

use super::assign;
use super::model::{Names, Rename};
use crate::config::Config;
use crate::ir::*;

fn client(types: Vec<TypeDef>, groups: Vec<Group>, operations: Vec<Operation>) -> Client {
    let info = Info {
        title: "Parcels API".to_owned(),
        ..Info::default()
    };
    Client {
        info,
        base_url: String::new(),
        servers: Vec::new(),
        idempotency_header: None,
        schemes: Vec::new(),
        security: Vec::new(),
        types,
        groups,
        operations,
        callbacks: Vec::new(),
        links: Vec::new(),
    }
}

fn ty(id: u32, origin: Origin, kind: TypeKind) -> TypeDef {
    let pointer = format!("#/components/schemas/{id}");
    let docs = Docs::default();
    TypeDef {
        id: TypeId(id),
        pointer,
        origin,
        nullable: false,
        in_request: true,
        in_response: true,
        in_xml: false,
        request_view: None,
        open: false,
        docs,
        rules: Vec::new(),
        kind,
    }
}

fn object(fields: &[&str], rest: bool) -> TypeKind {
    let field = |wire: &&str| Field {
        wire: (*wire).to_owned(),
        presence: Presence::Optional,
        ty: TypeRef::String,
        boxed: false,
        constant: false,
        read_only: false,
        write_only: false,
        secret: false,
        xml: XmlMember {
            node: XmlNode::Element,
            name: None,
            item: None,
        },
        rules: Vec::new(),
        docs: Docs::default(),
    };
    TypeKind::Object(Object {
        fields: fields.iter().map(field).collect(),
        rest: rest.then_some(TypeRef::Json),
        rest_rules: Vec::new(),
    })
}

fn values(wires: &[&str]) -> TypeKind {
    let value = |wire: &&str| EnumValue {
        wire: (*wire).to_owned(),
        name: None,
        docs: Docs::default(),
    };
    TypeKind::StringEnum(wires.iter().map(value).collect())
}

fn component(name: &str) -> Origin {
    Origin::Component(name.to_owned())
}

fn variant(tags: &[&str], ty: TypeRef) -> Variant {
    let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
    Variant {
        tags,
        fallback: false,
        ty,
        boxed: false,
        rules: Vec::new(),
        docs: Docs::default(),
    }
}

fn operation(id: u32, name: &str) -> Operation {
    Operation {
        variation: None,
        id: OperationId(id),
        name: name.to_owned(),
        pointer: format!("#/paths/{id}/get"),
        method: "GET".to_owned(),
        path: "/".to_owned(),
        fixed_query: None,
        server: None,
        docs: Docs::default(),
        parameters: Vec::new(),
        body: None,
        requires_parts: false,
        success: Vec::new(),
        errors: Vec::new(),
        stream: None,
        headers: Vec::new(),
        accept: None,
        security: Vec::new(),
        pagination: None,
        retry: None,
        quota: None,
    }
}

fn parameter(wire: &str, place: Place) -> Parameter {
    Parameter {
        allow_empty: false,
        wire: wire.to_owned(),
        place,
        part: String::new(),
        style: Style::Simple,
        explode: false,
        allow_reserved: false,
        as_is: false,
        may_be_empty: false,
        content_type: None,
        required: true,
        ty: TypeRef::String,
        docs: Docs::default(),
    }
}

fn answer(status: Status) -> Answer {
    Answer {
        status,
        media_types: Vec::new(),
        content: None,
        docs: Docs::default(),
    }
}

fn group(name: &str, operations: std::ops::Range<u32>) -> Group {
    Group {
        name: name.to_owned(),
        docs: Docs::default(),
        operations: operations.map(OperationId).collect(),
    }
}

fn name(types: Vec<TypeDef>) -> Names {
    assign(&client(types, Vec::new(), Vec::new()), &Config::default())
}

fn members_of(kind: TypeKind) -> Vec<String> {
    let mut names = name(vec![ty(0, component("Subject"), kind)]);
    let mut type_names = names.types.remove(0);
    type_names.members.extend(type_names.rest);
    type_names.members
}

fn idents(names: &Names) -> Vec<&str> {
    names.types.iter().map(|it| it.ident.as_str()).collect()
}

fn type_idents(components: &[&str]) -> Vec<String> {
    let types = components
        .iter()
        .zip(0..)
        .map(|(name, id)| ty(id, component(name), object(&[], false)))
        .collect();
    name(types).types.into_iter().map(|it| it.ident).collect()
}

#[test]
fn fields_of_the_obstacle_course() {
    let wires = [
        "type",
        "type_",
        "fooBar",
        "foo_bar",
        "list",
        "list_2",
        "list_3",
        "list-3",
        "",
        "größe",
        "1_clicks",
        "+1",
        "-1",
        "self",
        "new",
        "crate",
        "e\u{301}",
        "é",
        "additional_properties",
    ];
    let expected = [
        "type_",
        "type_2",
        "foo_bar",
        "foo_bar_2",
        "list",
        "list_2",
        "list_3",
        "list_3_2",
        "field",
        "grosse",
        "n1_clicks",
        "plus_1",
        "minus_1",
        "self_",
        "new_",
        "crate_",
        "e",
        "e_2",
        "additional_properties",
        "additional_properties_2",
    ];
    assert_eq!(members_of(object(&wires, true)), expected);
}

#[test]
fn values_of_the_obstacle_course() {
    let wires = [
        "unknown", "Self", "=", "!=", "<", ">", "+1", "-1", "400", "", "asc", "ASC", "name",
        "-name",
    ];
    let expected = [
        "UnknownValue",
        "SelfValue",
        "Equal",
        "NotEqual",
        "Less",
        "Greater",
        "Plus1",
        "Minus1",
        "N400",
        "Empty",
        "Asc",
        "Asc2",
        "Name",
        "MinusName",
    ];
    assert_eq!(members_of(values(&wires)), expected);
    let integer = |wire| EnumValue {
        wire,
        name: None,
        docs: Docs::default(),
    };
    let numbers = vec![integer(1), integer(-1), integer(i64::MIN)];
    assert_eq!(
        members_of(TypeKind::IntegerEnum(numbers)),
        ["N1", "Minus1", "Minus9223372036854775808"]
    );
}

#[test]
fn suggested_names_stand_for_values() {
    let value = |wire, name: &str| EnumValue {
        wire,
        name: Some(name.to_owned()),
        docs: Docs::default(),
    };
    assert_eq!(
        members_of(TypeKind::IntegerEnum(vec![
            value(1, "in transit"),
            value(2, " ")
        ])),
        ["InTransit", "N2"]
    );
}

#[test]
fn components_of_the_obstacle_course() {
    let components = [
        "Option",
        "Self",
        "string",
        "Foo",
        "foo",
        "Foo2",
        "Error",
        "400",
        "",
        "日本",
        "Page«User»",
    ];
    let expected = [
        "OptionType",
        "SelfType",
        "StringType",
        "Foo",
        "Foo3",
        "Foo2",
        "Error",
        "N400",
        "Type",
        "RiBen",
        "PageUser",
    ];
    assert_eq!(type_idents(&components), expected);
}

#[test]
fn renames_say_what_was_wanted() {
    let names = name(vec![ty(
        0,
        component("Option"),
        object(&["a/b", "a b"], false),
    )]);
    let rename = |pointer: &str, wanted: &str, given: &str, reason| Rename {
        pointer: format!("#/components/schemas/0{pointer}"),
        wanted: wanted.to_owned(),
        given: given.to_owned(),
        reason,
    };
    let expected = [
        rename("", "Option", "OptionType", "reserved"),
        rename("/properties/a b", "a_b", "a_b_2", "taken"),
    ];
    assert_eq!(names.renames, expected);
}

#[test]
fn inline_types_are_named_after_their_place() {
    let inside = |parent, role| Origin::Inside(TypeId(parent), role);
    let of = |role| Origin::Of(OperationId(0), role);
    let types = vec![
        ty(
            0,
            inside(3, Role::Field("address".to_owned())),
            object(&[], false),
        ),
        ty(1, inside(0, Role::Item), object(&[], false)),
        ty(
            2,
            inside(3, Role::Variant("1".to_owned())),
            object(&[], false),
        ),
        ty(3, component("parcel"), object(&["address"], false)),
        ty(4, component("ParcelAddress"), object(&[], false)),
        ty(5, of(Role::RequestBody), object(&[], false)),
        ty(6, of(Role::Response(Status::Code(200))), object(&[], false)),
        ty(7, of(Role::Response(Status::Range(4))), object(&[], false)),
        ty(8, of(Role::Parameter("sort-by".to_owned())), values(&["a"])),
    ];
    let mut list = operation(0, "listParcels");
    list.success = vec![answer(Status::Code(200))];
    let names = assign(&client(types, Vec::new(), vec![list]), &Config::default());
    let expected = [
        "ParcelAddress2",
        "ParcelAddress2Item",
        "ParcelObject",
        "Parcel",
        "ParcelAddress",
        "ListParcelsBody",
        "ListParcelsResponse",
        "ListParcelsResponse4xx",
        "ListParcelsSortBy",
    ];
    assert_eq!(idents(&names), expected);
    let modules: Vec<_> = names
        .type_modules
        .iter()
        .map(|it| (it.module.as_str(), it.types.len()))
        .collect();
    assert_eq!(
        modules,
        [("list_parcels", 4), ("parcel", 4), ("parcel_address", 1)]
    );
}

#[test]
fn modules_are_file_stems_on_every_platform() {
    let types = ["Con", "Foo", "foo", "types", "Self", "str"]
        .iter()
        .zip(0..);
    let names = name(
        types
            .map(|(name, id)| ty(id, component(name), object(&[], false)))
            .collect(),
    );
    let modules: Vec<_> = names
        .type_modules
        .iter()
        .map(|it| it.module.as_str())
        .collect();
    assert_eq!(modules, ["con_", "foo", "foo_2", "self_", "str_", "types"]);
}

#[test]
fn union_variants_are_named_after_type_tag_or_kind() {
    let list = |inner| TypeRef::List(Box::new(inner));
    let union = Union {
        tag: Some("type".to_owned()),
        variants: vec![
            variant(&["card"], TypeRef::Named(TypeId(1))),
            variant(&["bank_account"], TypeRef::Named(TypeId(2))),
            variant(&[], TypeRef::String),
            variant(&[], list(TypeRef::String)),
            variant(&[], list(list(TypeRef::Integer(Width::I64)))),
            variant(&[], TypeRef::Json),
        ],
    };
    let inline = Origin::Inside(TypeId(0), Role::Variant("bank_account".to_owned()));
    let names = name(vec![
        ty(0, component("Source"), TypeKind::Union(union)),
        ty(1, component("CreditCard"), object(&[], false)),
        ty(2, inline, object(&[], false)),
    ]);
    assert_eq!(
        names.types[0].members,
        [
            "CreditCard",
            "BankAccount",
            "String",
            "List",
            "IntegerListList",
            "Json"
        ]
    );
    assert_eq!(names.types[2].ident, "SourceBankAccount");
}

#[test]
fn operations_of_a_group() {
    let mut get = operation(0, "getParcel");
    get.parameters = vec![
        parameter("id", Place::Path),
        parameter("id", Place::Query),
        parameter("send", Place::Query),
        parameter("self", Place::Header),
        parameter("call", Place::Query),
        parameter("body", Place::Query),
        parameter("X-Request-ID", Place::Header),
    ];
    get.success = vec![answer(Status::Code(200)), answer(Status::Code(202))];
    get.errors = vec![
        answer(Status::Code(422)),
        answer(Status::Code(499)),
        answer(Status::Default),
    ];
    let operations = vec![
        get,
        operation(1, "listParcels"),
        operation(2, "newParcel"),
        operation(3, "GetParcelError"),
    ];
    let names = assign(
        &client(Vec::new(), vec![group("Parcels", 0..4)], operations),
        &Config::default(),
    );
    let methods: Vec<_> = names
        .operations
        .iter()
        .map(|it| it.method.as_str())
        .collect();
    assert_eq!(methods, ["get", "list", "new_parcel", "get_parcel_error"]);
    let get = &names.operations[0];
    assert_eq!(
        (get.marker.as_str(), get.table.as_str()),
        ("GetParcel", "GET_PARCEL")
    );
    assert_eq!(
        get.parameters,
        [
            "id",
            "id_query",
            "send_",
            "self_",
            "call_",
            "body_",
            "x_request_id"
        ]
    );
    assert_eq!(get.body, "body");
    assert_eq!(
        get.success,
        Some((
            "GetParcelResponse".to_owned(),
            vec!["Ok".to_owned(), "Accepted".to_owned()]
        ))
    );
    let errors = ["UnprocessableContent", "Status499", "Default"]
        .map(str::to_owned)
        .to_vec();
    assert_eq!(get.errors, Some(("GetParcelError2".to_owned(), errors)));
    let group = &names.groups[0];
    assert_eq!(
        [&group.module, &group.accessor, &group.handle],
        ["parcels", "parcels", "Parcels"]
    );
}

#[test]
fn short_methods_that_meet_both_stay_long() {
    let operations = vec![
        operation(0, "getParcel"),
        operation(1, "getParcels"),
        operation(2, "get"),
    ];
    let names = assign(
        &client(Vec::new(), vec![group("parcels", 0..3)], operations),
        &Config::default(),
    );
    let methods: Vec<_> = names
        .operations
        .iter()
        .map(|it| it.method.as_str())
        .collect();
    assert_eq!(methods, ["get_parcel", "get_parcels", "get"]);
}

#[test]
fn groups_leave_the_clients_methods_alone() {
    let groups = ["health", "Auth", "auth", "", "bank-accounts", "Error"]
        .iter()
        .map(|name| group(name, 0..0));
    let names = assign(
        &client(Vec::new(), groups.collect(), Vec::new()),
        &Config::default(),
    );
    let accessors: Vec<_> = names.groups.iter().map(|it| it.accessor.as_str()).collect();
    assert_eq!(
        accessors,
        [
            "health_",
            "auth",
            "auth_2",
            "group",
            "bank_accounts",
            "error"
        ]
    );
    let handles: Vec<_> = names.groups.iter().map(|it| it.handle.as_str()).collect();
    assert_eq!(
        handles,
        [
            "Health",
            "Auth",
            "Auth2",
            "Group",
            "BankAccounts",
            "ErrorApi"
        ]
    );
}

/// Names of odd characters, the same in every run.
fn odd_names(count: usize) -> Vec<String> {
    const PARTS: &[&str] = &[
        "", "a", "B", "foo", "Bar", "1", "23", "_", "-", " ", "+", "<=", "type", "Option", "é",
        "日本", "🎉", "\u{202e}", "/", "{", "\"", "ID", "IDs", "unknown", "self", "\0", ".", "’",
        "ß", "٣", "а", "new", "con", "x x", "Ⅷ",
    ];
    let mut state = 7_u32;
    let mut next = |bound: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % bound
    };
    let mut one = || {
        (0..next(5))
            .map(|_| PARTS[next(PARTS.len())])
            .collect::<String>()
    };
    let mut names: Vec<String> = (0..count).map(|_| one()).collect();
    names.push("longer ".repeat(60));
    names
}

fn assert_scope(names: &[String]) {
    for name in names {
        assert!(
            syn::parse_str::<syn::Ident>(name).is_ok(),
            "{name:?} is no identifier"
        );
        assert!(name.is_ascii() && name.len() <= 110, "{name:?}");
    }
    let distinct: BTreeSet<&String> = names.iter().collect();
    assert_eq!(distinct.len(), names.len());
}

#[test]
fn any_names_are_identifiers_and_unique() {
    let wires = odd_names(3_000);
    let wires: Vec<&str> = wires.iter().map(String::as_str).collect();
    assert_scope(&members_of(object(&wires, true)));
    assert_scope(&members_of(values(&wires)));
    assert_scope(&type_idents(&wires));
    let operations: Vec<Operation> = wires
        .iter()
        .zip(0..)
        .map(|(name, id)| operation(id, name))
        .collect();
    let groups = wires
        .iter()
        .map(|name| group(name, 0..0))
        .chain([group("foo", 0..3_000)])
        .collect();
    let names = assign(&client(Vec::new(), groups, operations), &Config::default());
    assert_scope(
        &names
            .groups
            .iter()
            .map(|it| it.module.clone())
            .collect::<Vec<_>>(),
    );
    assert_scope(
        &names
            .groups
            .iter()
            .map(|it| it.accessor.clone())
            .collect::<Vec<_>>(),
    );
    assert_scope(
        &names
            .groups
            .iter()
            .map(|it| it.handle.clone())
            .collect::<Vec<_>>(),
    );
    assert_scope(
        &names.operations[..3_000]
            .iter()
            .map(|it| it.method.clone())
            .collect::<Vec<_>>(),
    );
    assert_scope(
        &names.operations[..3_000]
            .iter()
            .map(|it| it.marker.clone())
            .collect::<Vec<_>>(),
    );
    assert_scope(
        &names.operations[..3_000]
            .iter()
            .map(|it| it.table.clone())
            .collect::<Vec<_>>(),
    );
}

#[test]
fn any_title_gives_a_package_name() {
    for title in odd_names(500) {
        let mut client = client(Vec::new(), Vec::new(), Vec::new());
        client.info.title = title.clone();
        let chosen = Config {
            name: Some(title),
            ..Config::default()
        };
        for names in [
            assign(&client, &Config::default()),
            assign(&client, &chosen),
        ] {
            assert_scope(std::slice::from_ref(&names.library));
            assert!(names.package.len() <= 64, "{}", names.package);
        }
    }
}

#[test]
fn a_member_more_at_the_end_renames_none() {
    let wires = odd_names(400);
    let wires: Vec<&str> = wires.iter().map(String::as_str).collect();
    let before = members_of(object(&wires, false));
    for more in ["type", "foo", "Foo", "entirely new", "", "1"] {
        let wires: Vec<&str> = wires.iter().copied().chain([more]).collect();
        assert_eq!(
            members_of(object(&wires, false))[..before.len()],
            before,
            "after {more:?}"
        );
    }
}
