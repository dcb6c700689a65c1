//! Types that hold so many others that their values would not fit on a stack.

use attache_tests::client::{Client, module_config};

/// Objects that each hold two of the next in place, ten levels deep: a thousand times the last one.
fn description() -> String {
    let mut text =
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
            .to_owned();
    for level in 0..10 {
        let next = level + 1;
        text.push_str(&format!(
            "    Level{level}:\n      type: object\n      required: [one, other]\n      properties:\n        one: {{$ref: '#/components/schemas/Level{next}'}}\n        other: {{$ref: '#/components/schemas/Level{next}'}}\n"
        ));
    }
    text.push_str(
        "    Level10: {type: object, properties: {a: {type: string}, b: {type: string}}}\n",
    );
    text
}

#[test]
fn the_largest_members_of_large_types_are_boxed() {
    let files = [("openapi.yaml".to_owned(), description())];
    let client = Client::of_texts(&files, &module_config());
    let boxes = |level: usize| {
        let text = client.file(&format!("types/level{level}.rs"));
        text.expect("it is generated").matches("Box<").count()
    };
    // The last one takes 64 bytes, so four levels above it take a kilobyte, which is the most; the fifth
    // has two boxes instead, and what holds that one is small again.
    let boxed: Vec<usize> = (0..=10).map(boxes).collect();
    assert_eq!(boxed, [0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0]);
}
