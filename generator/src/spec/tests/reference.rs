//! Pointers, and references within and between files.

use super::super::{MemoryLoader, Node, Unresolved};
use super::{clean, read_files, told};

#[test]
fn pointers_lead_back_to_their_node() {
    let tree = clean(
        "a.yaml",
        "paths:\n  /pets/{id}:\n    'x~y': [a, {b: c}]\n    '': 1\n    '~1': 2\n",
    );
    let mut pending = vec![tree.entry()];
    let mut pointers = Vec::new();
    while let Some(node) = pending.pop() {
        let pointer = node.pointer();
        assert_eq!(tree.entry().resolve(&pointer), Ok(node), "{pointer}");
        pointers.push(pointer);
        pending.extend(node.items().chain(node.entries().map(|(_, value)| value)));
    }
    pointers.sort_unstable();
    assert_eq!(pointers[..2], ["#", "#/paths"]);
    assert!(pointers.contains(&"#/paths/~1pets~1{id}/x~0y/1/b".to_owned()));
    assert!(pointers.contains(&"#/paths/~1pets~1{id}/~01".to_owned()));
}

#[test]
fn steps_go_only_where_something_is() {
    let tree = clean("a.yaml", "a: [x, y]\n'': {'': 1}\n");
    let step = |pointer: &str| tree.entry().step(pointer).and_then(Node::scalar);
    assert_eq!(step("/a/1"), Some("y"));
    assert_eq!(step("//"), Some("1"));
    for pointer in [
        "a", "/a/2", "/a/01", "/a/-1", "/a/+1", "/a/-", "/b", "/a/0/c",
    ] {
        assert_eq!(step(pointer), None, "{pointer}");
    }
}

#[test]
fn fragments_are_percent_decoded() {
    let tree = clean("a.yaml", "paths:\n  /a b/{c}: 1\n  /d%20e: 2\n");
    let resolve = |reference: &str| tree.entry().resolve(reference).ok().and_then(Node::scalar);
    assert_eq!(resolve("#/paths/~1a%20b~1%7Bc%7D"), Some("1"));
    assert_eq!(resolve("#/paths/~1a b~1{c}"), Some("1"));
    // As it stands in the key, though that is not how it should be written.
    assert_eq!(resolve("#/paths/~1d%20e"), Some("2"));
    assert_eq!(resolve("#/paths/~1d%2520e"), Some("2"));
    assert_eq!(tree.entry().resolve("#"), Ok(tree.entry()));
    assert_eq!(tree.entry().resolve(""), Ok(tree.entry()));
}

fn several_files() -> MemoryLoader {
    MemoryLoader::new()
        .with(
            "spec/api.yaml",
            "a: {$ref: schemas/pet.yaml#/Pet}\nb: {$ref: '../common%20parts.json#/x/0'}\nc: {$ref: absent.yaml}\n\
             d: {$ref: broken.json#/x}\ne: {$ref: 'https://a.test/x.yaml'}\ndiscriminator: {mapping: {k: ./by-mapping.yaml, l: Pet}}\n",
        )
        .with("spec/schemas/pet.yaml", "Pet: {owner: {$ref: ./owner.yaml}, api: {$ref: ../api.yaml#/a}}\n")
        .with("spec/schemas/owner.yaml", "type: object\n")
        .with("common parts.json", "{\"x\": [1.10]}")
        .with("spec/by-mapping.yaml", "type: string\n")
        .with("spec/broken.json", "{\"x\": }")
}

fn follow(node: Option<Node<'_>>) -> Node<'_> {
    let node = node.expect("it is there");
    let reference = node
        .get("$ref")
        .and_then(Node::as_str)
        .expect("it is a reference");
    node.resolve(reference).expect("it leads somewhere")
}

#[test]
fn references_lead_to_other_files() {
    let (tree, _) = read_files(&several_files(), "spec/api.yaml");
    let tree = tree.expect("the entry can be read");
    let pet = follow(tree.entry().get("a"));
    assert_eq!(pet.pointer(), "schemas/pet.yaml#/Pet");
    assert_eq!(pet.file().name, "spec/schemas/pet.yaml");
    let owner = follow(pet.get("owner"));
    assert_eq!(owner.pointer(), "schemas/owner.yaml#");
    let back = follow(pet.get("api"));
    assert_eq!(back, tree.entry().get("a").expect("it is there"));
    let part = tree
        .entry()
        .resolve("../common%20parts.json#/x/0")
        .expect("it leads somewhere");
    assert_eq!(
        (part.scalar(), part.pointer().as_str()),
        (Some("1.10"), "../common parts.json#/x/0")
    );
    let names: Vec<_> = tree.files().iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names[0], "spec/api.yaml");
    assert!(names.contains(&"spec/by-mapping.yaml"));
    assert_eq!(names.len(), 5);
}

#[test]
fn prose_files_are_one_string() {
    let loader = MemoryLoader::new()
        .with("a.yaml", "description: {$ref: a.md}\n")
        .with("a.md", "# *A*: [\n");
    let (tree, findings) = read_files(&loader, "a.yaml");
    assert_eq!(findings, []);
    let tree = tree.expect("the entry can be read");
    assert_eq!(
        follow(tree.entry().get("description")).as_str(),
        Some("# *A*: [\n")
    );
}

#[test]
fn references_that_lead_nowhere_say_why() {
    let (tree, findings) = read_files(&several_files(), "spec/api.yaml");
    let tree = tree.expect("the entry can be read");
    assert_eq!(
        told(&findings),
        ["broken-file 1:7 expected a value, found `}`"]
    );
    let why = |reference: &str| {
        tree.entry()
            .resolve(reference)
            .expect_err("it leads nowhere")
            .to_string()
    };
    assert_eq!(
        why("absent.yaml#/x"),
        "cannot read `spec/absent.yaml`: there is no such file"
    );
    assert_eq!(
        why("broken.json#/x"),
        "`spec/broken.json` has broken syntax"
    );
    assert_eq!(
        why("https://a.test/x.yaml"),
        "remote references are not followed"
    );
    assert_eq!(why("#/a/nope/more"), "`#/a` has no `nope`");
    assert_eq!(
        why("schemas/pet.yaml#/Pet/b"),
        "`schemas/pet.yaml#/Pet` has no `b`"
    );
    assert_eq!(why("#nope"), "`spec/api.yaml` has no anchor `nope`");
    assert_eq!(
        why("#a/b"),
        "`spec/api.yaml` has no anchor `a/b`; a path within a file begins with `#/`"
    );
}

#[test]
fn anchors_and_identifiers_are_found() {
    let loader = MemoryLoader::new()
        .with(
            "api.yaml",
            "$self: https://a.test/api\ndefs:\n  a: {$anchor: here, x: 1}\n  b: {$id: 'https://b.test/s/b.json', p: {q: 2}, in: {$id: inner.json}}\n\
             other: {$ref: other.yaml#there}\n",
        )
        .with("other.yaml", "a: {$dynamicAnchor: there}\n");
    let (tree, findings) = read_files(&loader, "api.yaml");
    let tree = tree.expect("the entry can be read");
    assert_eq!(findings, []);
    let pointer = |node: Node<'_>, reference: &str| node.resolve(reference).map(Node::pointer);
    let ok = |text: &str| Ok(text.to_owned());
    let entry = tree.entry();
    assert_eq!(pointer(entry, "#here"), ok("#/defs/a"));
    assert_eq!(pointer(entry, "other.yaml#there"), ok("other.yaml#/a"));
    assert_eq!(
        pointer(entry, "https://a.test/api#/defs/a/x"),
        ok("#/defs/a/x")
    );
    assert_eq!(
        pointer(entry, "https://b.test/s/b.json#/p/q"),
        ok("#/defs/b/p/q")
    );
    assert_eq!(
        pointer(entry, "https://b.test/s/inner.json"),
        ok("#/defs/b/in")
    );
    let inside = entry.step("/defs/b/p").expect("it is there");
    assert_eq!(pointer(inside, "#/p/q"), ok("#/defs/b/p/q"));
    assert_eq!(pointer(inside, "inner.json"), ok("#/defs/b/in"));
    // What the schema's own base does not have is looked for in the file, and beside it.
    assert_eq!(pointer(inside, "#/defs/a"), ok("#/defs/a"));
    assert_eq!(pointer(inside, "other.yaml"), ok("other.yaml#"));
    assert_eq!(pointer(inside, "https://c.test/x"), Err(Unresolved::Remote));
}
