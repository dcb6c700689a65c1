//! The tables of OpenAPI 3.2 and the examples of RFC 6570, as data.

use super::{Json, Parameter, Style, in_cookie, in_form, in_header, in_path, in_query};

/// "Style Examples" of OpenAPI 3.2: style, explode, and what becomes of nothing, the empty string, a string, a list
/// and an object. A dash stands for what the specification leaves open; what is sent then is in the next table.
const STYLES: &str = "
matrix         | false | ;color | ;color | ;color=blue | ;color=blue,black,brown             | ;color=R,100,G,200,B,150
matrix         | true  | ;color | ;color | ;color=blue | ;color=blue;color=black;color=brown | ;R=100;G=200;B=150
label          | false | .      | .      | .blue       | .blue,black,brown                   | .R,100,G,200,B,150
label          | true  | .      | .      | .blue       | .blue.black.brown                   | .R=100.G=200.B=150
simple         | false |        |        | blue        | blue,black,brown                    | R,100,G,200,B,150
simple         | true  |        |        | blue        | blue,black,brown                    | R=100,G=200,B=150
form           | false | color= | color= | color=blue  | color=blue,black,brown              | color=R,100,G,200,B,150
form           | true  | color= | color= | color=blue  | color=blue&color=black&color=brown  | R=100&G=200&B=150
spaceDelimited | false | -      | -      | -           | color=blue%20black%20brown          | color=R%20100%20G%20200%20B%20150
pipeDelimited  | false | -      | -      | -           | color=blue%7Cblack%7Cbrown          | color=R%7C100%7CG%7C200%7CB%7C150
deepObject     | true  | -      | -      | -           | -                                   | color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150
";

/// What is sent where the specification leaves it open.
const OPEN: &str = "
spaceDelimited | false | color= | color= | color=blue | -                                   | -
spaceDelimited | true  | color= | color= | color=blue | color=blue&color=black&color=brown  | R=100&G=200&B=150
pipeDelimited  | false | color= | color= | color=blue | -                                   | -
pipeDelimited  | true  | color= | color= | color=blue | color=blue&color=black&color=brown  | R=100&G=200&B=150
deepObject     | true  | color= | color= | color=blue | color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown | -
deepObject     | false | color= | color= | color=blue | color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown | color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150
";

const VALUES: [&str; 5] = [
    "null",
    r#""""#,
    r#""blue""#,
    r#"["blue","black","brown"]"#,
    r#"{"R":100,"G":200,"B":150}"#,
];

fn json(text: &str) -> Json {
    Json::from_slice(text.as_bytes()).expect(text)
}

fn style(name: &str) -> Style {
    match name {
        "matrix" => Style::Matrix,
        "label" => Style::Label,
        "simple" => Style::Simple,
        "form" => Style::Form,
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "deepObject" => Style::DeepObject,
        other => panic!("no style {other}"),
    }
}

/// A value written in each place that has the style.
fn everywhere(style: Style, explode: bool, value: &Json) -> Vec<String> {
    let with = |parameter: Parameter| parameter.style(style).explode(explode);
    match style {
        Style::Matrix | Style::Label => vec![in_path(&with(Parameter::path("color")), value)],
        Style::Simple => vec![
            in_path(&with(Parameter::path("color")), value),
            in_header(&with(Parameter::header("color")), value),
        ],
        Style::Form => vec![
            in_query(&with(Parameter::query("color")), value).join("&"),
            in_cookie(&with(Parameter::cookie("color")), value).join("&"),
            in_form(&with(Parameter::field("color")), value).join("&"),
        ],
        _ => vec![
            in_query(&with(Parameter::query("color")), value).join("&"),
            in_form(&with(Parameter::field("color")), value).join("&"),
        ],
    }
}

#[test]
fn the_tables_of_styles() {
    let mut checked = 0;
    for line in STYLES
        .lines()
        .chain(OPEN.lines())
        .filter(|line| !line.is_empty())
    {
        let mut columns = line.split('|').map(str::trim);
        let style = style(columns.next().expect("a style"));
        let explode = columns.next() == Some("true");
        for (value, expected) in VALUES.iter().zip(columns) {
            if expected == "-" {
                continue;
            }
            for written in everywhere(style, explode, &json(value)) {
                assert_eq!(written, expected, "{style:?} {explode} {value}");
                checked += 1;
            }
        }
    }
    assert_eq!(checked, 130);
}

/// The examples of RFC 6570, section 3.2: operator, variable (a star explodes it), and what comes of it.
const TEMPLATES: &str = "
  | var        | value
  | hello      | Hello%20World%21
  | half       | 50%25
  | empty      |
  | list       | red,green,blue
  | list*      | red,green,blue
  | keys       | semi,%3B,dot,.,comma,%2C
  | keys*      | semi=%3B,dot=.,comma=%2C
+ | var        | value
+ | hello      | Hello%20World!
+ | half       | 50%25
+ | base       | http://example.com/home/
+ | path       | /foo/bar
+ | list       | red,green,blue
+ | keys       | semi,;,dot,.,comma,,
+ | keys*      | semi=;,dot=.,comma=,
. | var        | .value
. | who        | .fred
. | half       | .50%25
. | list       | .red,green,blue
. | list*      | .red.green.blue
. | keys       | .semi,%3B,dot,.,comma,%2C
. | keys*      | .semi=%3B.dot=..comma=%2C
; | who        | ;who=fred
; | half       | ;half=50%25
; | empty      | ;empty
; | hello      | ;hello=Hello%20World%21
; | list       | ;list=red,green,blue
; | list*      | ;list=red;list=green;list=blue
; | keys       | ;keys=semi,%3B,dot,.,comma,%2C
; | keys*      | ;semi=%3B;dot=.;comma=%2C
? | who        | who=fred
? | half       | half=50%25
? | empty      | empty=
? | list       | list=red,green,blue
? | list*      | list=red&list=green&list=blue
? | keys       | keys=semi,%3B,dot,.,comma,%2C
? | keys*      | semi=%3B&dot=.&comma=%2C
? | empty_keys* |
";

#[test]
fn the_examples_of_rfc_6570() {
    for line in TEMPLATES.lines().filter(|line| !line.is_empty()) {
        let columns: Vec<&str> = line.splitn(3, '|').map(str::trim).collect();
        let [operator, variable, expected] = columns[..] else {
            panic!("{line}");
        };
        let name = variable.trim_end_matches('*');
        let (name, value): (&'static str, &str) = match name {
            "var" => ("var", r#""value""#),
            "hello" => ("hello", r#""Hello World!""#),
            "half" => ("half", r#""50%""#),
            "empty" => ("empty", r#""""#),
            "who" => ("who", r#""fred""#),
            "base" => ("base", r#""http://example.com/home/""#),
            "path" => ("path", r#""/foo/bar""#),
            "list" => ("list", r#"["red","green","blue"]"#),
            "keys" => ("keys", r#"{"semi":";","dot":".","comma":","}"#),
            "empty_keys" => ("empty_keys", "{}"),
            other => panic!("no variable {other}"),
        };
        let (value, explode) = (json(value), variable.ends_with('*'));
        let in_path = |style| in_path(&Parameter::path(name).style(style).explode(explode), &value);
        let written = match operator {
            "" => in_path(Style::Simple),
            "." => in_path(Style::Label),
            ";" => in_path(Style::Matrix),
            "?" => in_query(&Parameter::query(name).explode(explode), &value).join("&"),
            // A path keeps its structure; the query has room for all of it but its own separators.
            _ => {
                let parameter = Parameter::query(name).style(Style::Simple).allow_reserved();
                let pairs = in_query(&parameter.explode(false), &value).join("&");
                let prefix = format!("{name}=");
                match pairs.strip_prefix(&prefix) {
                    Some(written) if explode => exploded(written),
                    Some(written) => written.to_owned(),
                    None => panic!("{pairs}"),
                }
            }
        };
        assert_eq!(written, expected, "{line}");
    }
}

/// `a=1,b=2` of `a,1,b,2`: members of a reserved expansion, which no style of the query has.
fn exploded(joined: &str) -> String {
    let members = [("semi", ";"), ("dot", "."), ("comma", ",")];
    assert_eq!(joined, "semi,;,dot,.,comma,,");
    members
        .map(|(name, value)| format!("{name}={value}"))
        .join(",")
}

#[test]
fn nested_objects_have_a_bracket_for_each_level() {
    for (value, expected) in [
        (r#"{"a":{"b":{"c":1}}}"#, "p[a][b][c]=1"),
        (r#"{"a":[{"b":1},{"b":2}]}"#, "p[a][0][b]=1&p[a][1][b]=2"),
        (r#"{"a b":"c&d"}"#, "p[a b]=c%26d"),
        (r#"{}"#, ""),
    ] {
        let parameter = Parameter::query("p").style(Style::DeepObject);
        let written = in_query(&parameter, &json(value)).join("&");
        let expected = expected
            .replace('[', "%5B")
            .replace(']', "%5D")
            .replace(' ', "%20");
        assert_eq!(written, expected, "{value}");
    }
}

#[test]
fn what_each_place_does_with_difficult_characters() {
    let value = json(r#"["a b","c/d","e,f","ü","g;h","i&j","k%l"]"#);
    let list = "a%20b,c%2Fd,e%2Cf,%C3%BC,g%3Bh,i%26j,k%25l";
    assert_eq!(in_path(&Parameter::path("p"), &value), list);
    let query = Parameter::query("p").explode(false);
    assert_eq!(in_query(&query, &value), [format!("p={list}")]);
    let cookie = Parameter::cookie("p").explode(false);
    assert_eq!(in_cookie(&cookie, &value), [format!("p={list}")]);
    let form = Parameter::field("p").explode(false);
    assert_eq!(
        in_form(&form, &value),
        [format!("p={}", list.replace("%20", "+"))]
    );
    assert_eq!(
        in_header(&Parameter::header("p"), &value),
        "a b,c/d,e,f,ü,g;h,i&j,k%l"
    );
}

#[test]
fn collection_formats_of_2_0() {
    let value = json(r#"["a","b"]"#);
    for (style, explode, expected) in [
        (Style::Form, false, "p=a,b"),
        (Style::SpaceDelimited, false, "p=a%20b"),
        (Style::Delimited('\t'), false, "p=a%09b"),
        (Style::PipeDelimited, false, "p=a%7Cb"),
        (Style::Form, true, "p=a&p=b"),
    ] {
        let query = Parameter::query("p").style(style).explode(explode);
        assert_eq!(in_query(&query, &value).join("&"), expected);
    }
    let path = |style| in_path(&Parameter::path("p").style(style), &value);
    assert_eq!(path(Style::Delimited('|')), "a%7Cb");
    let header = |style| in_header(&Parameter::header("p").style(style), &value);
    assert_eq!(
        (
            header(Style::Delimited('|')),
            header(Style::Delimited('\t'))
        ),
        ("a|b".to_owned(), "a\tb".to_owned())
    );
}

#[test]
fn reserved_characters_where_they_are_allowed() {
    let query = Parameter::query("to").allow_reserved();
    assert_eq!(
        in_query(&query, &json("\"a/b?c&d#e%2F\"")),
        ["to=a/b?c%26d%23e%2F"]
    );
    let path = Parameter::path("to").allow_reserved();
    assert_eq!(in_path(&path, &json("\"a/b:c?\"")), "a%2Fb:c%3F");
}

#[test]
fn headers_and_cookies() {
    assert_eq!(
        in_header(&Parameter::header("X"), &json(VALUES[3])),
        "blue,black,brown"
    );
    assert_eq!(
        in_header(&Parameter::header("X").explode(true), &json(VALUES[4])),
        "R=100,G=200,B=150"
    );
    assert_eq!(in_header(&Parameter::header("X"), &json("\"a b\"")), "a b");
    assert_eq!(
        in_cookie(&Parameter::cookie("c"), &json("[\"a;\",2]")).join("; "),
        "c=a%3B; c=2"
    );
    assert_eq!(
        in_cookie(
            &Parameter::cookie("c").style(Style::Cookie),
            &json("\"a b\"")
        ),
        ["c=a b"]
    );
}

#[test]
fn a_parameter_that_is_the_whole_query() {
    let value = json(r#"{"foo":"a + b","bar":true}"#);
    let query = |style| in_query(&Parameter::query("q").style(style), &value).join("&");
    assert_eq!(query(Style::QueryForm), "foo=a+%2B+b&bar=true");
    assert_eq!(
        query(Style::QueryJson),
        "%7B%22foo%22%3A%22a%20%2B%20b%22%2C%22bar%22%3Atrue%7D"
    );
}
