//! Types as large as descriptions make them: 300 fields, 1,000 values, 200 variants, 50 levels.

use std::fmt::Write as _;

use attache_tests::workspace::{Workspace, config};

const FIELDS: usize = 300;
const VALUES: usize = 1_000;
const VARIANTS: usize = 200;
const LEVELS: usize = 50;

#[test]
fn large_types_compile_and_read_their_values() {
    let workspace = Workspace::new("sizes");
    workspace.write("sizes.yaml", description());
    workspace.generate(
        &workspace.path().join("sizes.yaml"),
        &config("sizes-client"),
    );
    workspace.write("sizes-client/tests/values.rs", program());
    workspace.cargo_passes(&["test", "--quiet", "--features", "validate"]);
}

fn description() -> String {
    let mut text =
        "openapi: 3.1.0\ninfo: {title: Sizes, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
            .to_owned();
    text.push_str("    Wide:\n      type: object\n      required: [f0, f200]\n      properties:\n");
    for field in 0..FIELDS {
        let _ = writeln!(text, "        f{field}: {{type: integer, minimum: 0}}");
    }
    let values: Vec<_> = (0..VALUES).map(|value| format!("v{value}")).collect();
    let _ = writeln!(
        text,
        "    Many: {{type: string, enum: [{}]}}",
        values.join(", ")
    );
    text.push_str("    Any:\n      oneOf:\n");
    for variant in 0..VARIANTS {
        let _ = writeln!(
            text,
            "        - {{type: object, required: [p{variant}], properties: {{p{variant}: {{type: string, maxLength: 3}}}}}}"
        );
    }
    let _ = writeln!(text, "    Deep: {}", nested(LEVELS));
    text
}

fn nested(levels: usize) -> String {
    let open = "{type: object, properties: {next: ".repeat(levels);
    format!("{open}{{type: string}}{}", "}}".repeat(levels))
}

fn program() -> String {
    let any = VARIANTS / 2;
    let deep = format!("{}\"x\"{}", "{\"next\":".repeat(LEVELS), "}".repeat(LEVELS));
    format!(
        r##"
use attache_runtime::json::{{from_str, to_string}};
use sizes_client::Validate;
use sizes_client::types::{{Any, Deep, Many, Wide}};

#[test]
fn values_come_back() {{
    let wide = from_str::<Wide>(r#"{{"f200":1,"f{last}":-1,"f0":0}}"#).unwrap();
    assert_eq!(wide.f{last}, Some(-1));
    assert_eq!(wide.validate().unwrap_err().to_string(), "f{last}: -1 is less than the minimum of 0");
    let lacking = from_str::<Wide>(r#"{{"f0":0}}"#).unwrap_err();
    assert_eq!(lacking.to_string(), "missing field \"f200\" (byte 0)");
    assert_eq!(from_str::<Many>("\"v999\"").unwrap(), Many::V999);
    let any = from_str::<Any>(r#"{{"p{any}":"long"}}"#).unwrap();
    assert!(!matches!(any, Any::Unknown(_)));
    assert_eq!(any.validate().unwrap_err().to_string(), "p{any}: has 4 characters, at most 3");
    let deep = r#"{deep}"#;
    assert_eq!(to_string(&from_str::<Deep>(deep).unwrap()), deep);
}}
"##,
        last = FIELDS - 1
    )
}
