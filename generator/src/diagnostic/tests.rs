//! Tests of the rendering for people, over findings of real files.

use super::{Diagnostic, Diagnostics, codes, render_all_human, render_human, render_json};
use crate::spec::{MemoryLoader, Options, read};

const YAML: &str = "openapi: 3.1.0\npaths:\n  /pets:\n    get:\n      operationId: [1, 2]\n      deprecated: maybe\n    get: {}\n";

fn finding(text: &str, pointer: &str, message: &str) -> Diagnostic {
    let mut diagnostics = Diagnostics::new();
    let loader = MemoryLoader::new().with("spec.yaml", text);
    let tree =
        read("spec.yaml", &loader, &Options::default(), &mut diagnostics).expect("it can be read");
    let node = tree.entry().step(pointer).expect("it is there");
    diagnostics.at(&codes::WRONG_TYPE, node, message).clone()
}

#[test]
fn a_scalar_is_shown_with_its_lines() {
    let mut finding = finding(
        &YAML.replace("    get: {}\n", ""),
        "/paths/~1pets/get/deprecated",
        "expected a boolean",
    );
    finding.help("write true or false");
    assert_eq!(
        render_human(&finding, false),
        "warning[wrong-type]: expected a boolean
 --> spec.yaml:6:19
  |
4 |     get:
5 |       operationId: [1, 2]
6 |       deprecated: maybe
  |                   ^^^^^
  |
  = pointer: #/paths/~1pets/get/deprecated
  = help: write true or false
"
    );
}

#[test]
fn a_mapping_is_shown_by_its_key() {
    let finding = finding(&YAML.replace("    get: {}\n", ""), "/paths/~1pets", "odd");
    assert_eq!(
        render_human(&finding, false),
        "warning[wrong-type]: odd
 --> spec.yaml:3:3
  |
1 | openapi: 3.1.0
2 | paths:
3 |   /pets:
  |   ^^^^^
4 |     get:
5 |       operationId: [1, 2]
  |
  = pointer: #/paths/~1pets
"
    );
}

#[test]
fn labels_show_a_second_place() {
    let mut diagnostics = Diagnostics::new();
    let loader = MemoryLoader::new().with("spec.yaml", YAML);
    read("spec.yaml", &loader, &Options::default(), &mut diagnostics);
    let found = diagnostics.into_sorted();
    assert_eq!(
        render_human(&found[0], false),
        "warning[duplicate-key]: `get` stands here twice; the last one counts
 --> spec.yaml:7:5
  |
5 |       operationId: [1, 2]
6 |       deprecated: maybe
7 |     get: {}
  |     ^^^
  |
 ::: spec.yaml:4:5
  |
2 | paths:
3 |   /pets:
4 |     get:
  |     --- first here
5 |       operationId: [1, 2]
6 |       deprecated: maybe
  |
  = pointer: #/paths/~1pets/get
"
    );
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let filler = "é".repeat(300_000);
    let text = format!("{{\"x\": \"{filler}\", \"here\": \"wrong\", \"y\": \"{filler}\"}}");
    let finding = finding(&text, "/here", "odd");
    let rendered = render_human(&finding, false);
    assert!(rendered.contains("spec.yaml:1:300019"), "{rendered}");
    assert!(rendered.contains("\"here\": \"wrong\""), "{rendered}");
    assert!(rendered.contains("^^^^^^^\n"), "{rendered}");
    assert!(rendered.len() < 1000, "{rendered}");
    let place = ",\"file\":\"spec.yaml\",\"line\":1,\"column\":300019,\"pointer\":\"#/here\",\"help\":null}";
    assert!(render_json(&finding).ends_with(place));
}

#[test]
fn terminals_get_no_control_characters() {
    let mut finding = finding(
        "\"a\\e[2Jb\": \"\\e[31m\"\n",
        "/a\u{1b}[2Jb",
        "`\u{1b}[2J` is odd",
    );
    finding.help("not `\u{1b}[31m`");
    assert!(!render_human(&finding, false).contains('\u{1b}'));
    assert!(!render_json(&finding).contains('\u{1b}'));
}

#[test]
fn empty_places_are_shown() {
    let rendered = render_human(&finding("a:\nb: 1\n", "/a", "nothing here"), false);
    assert!(rendered.contains("1 | a:\n  | ^\n"), "{rendered}");
}

#[test]
fn many_findings_of_a_code_are_counted() {
    let mut diagnostics = Diagnostics::new();
    for n in 0..5 {
        diagnostics.bare(&codes::DUPLICATE_KEY, format!("number {n}"));
    }
    let rendered = render_all_human(&diagnostics.into_sorted(), false, Some(2));
    assert!(rendered.contains("number 1") && !rendered.contains("number 2"));
    assert!(rendered.ends_with("… and 3 more of duplicate-key\n"));
}

#[test]
fn codes_are_unique_and_in_kebab_case() {
    let mut names: Vec<_> = codes::ALL.iter().map(|code| code.name).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    let kebab = |name: &str| {
        name.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    };
    assert!(names.iter().all(|name| kebab(name)));
    assert!(
        codes::ALL
            .iter()
            .all(|code| code.explanation.ends_with('.'))
    );
}
