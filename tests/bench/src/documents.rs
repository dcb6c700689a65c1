//! JSON documents of the issues API, the same ones each time.

use std::fmt::Write as _;

/// An array of issues of about so many bytes.
pub fn issues(bytes: usize) -> String {
    array(bytes, issue)
}

/// An array of events of all four kinds.
pub fn events(bytes: usize) -> String {
    array(bytes, event)
}

/// An array of references: texts, numbers, labels, milestones and users.
pub fn references(bytes: usize) -> String {
    array(bytes, reference)
}

fn array(bytes: usize, item: fn(usize) -> String) -> String {
    let mut text = "[".to_owned();
    for number in 0.. {
        text.push_str(&item(number));
        if text.len() > bytes {
            break;
        }
        text.push(',');
    }
    text.push(']');
    text
}

fn issue(number: usize) -> String {
    let url = format!("https://api.example.com/repos/ada/engine/issues/{number}");
    let optional = |is_there: bool, value: String| match is_there {
        true => value,
        false => "null".to_owned(),
    };
    let labels: Vec<_> = (0..number % 4).map(|at| label(number + at)).collect();
    let assignees: Vec<_> = (0..number % 3).map(|at| user(number * 7 + at)).collect();
    let mut text = format!(
        r#"{{"url":"{url}","repository_url":"https://api.example.com/repos/ada/engine","labels_url":"{url}/labels{{/name}}","comments_url":"{url}/comments","events_url":"{url}/events","html_url":"https://example.com/ada/engine/issues/{number}","id":{},"node_id":"MDU6SXNzdWU{number}","number":{number},"title":"The engine stops at card {number}""#,
        1_280_000_000 + number
    );
    let _ = write!(
        text,
        r#","user":{},"labels":[{}],"state":"{}","locked":{},"assignee":{},"assignees":[{}],"milestone":{}"#,
        user(number),
        labels.join(","),
        if number.is_multiple_of(3) {
            "closed"
        } else {
            "open"
        },
        number.is_multiple_of(9),
        optional(number.is_multiple_of(2), user(number * 7)),
        assignees.join(","),
        optional(number % 3 == 1, milestone(number)),
    );
    let _ = write!(
        text,
        r#","comments":{},"created_at":"{}","updated_at":"{}","closed_at":{},"author_association":"CONTRIBUTOR","active_lock_reason":null,"body":"When the card \"{number}\" is read, the engine stops.\r\n\r\n- expected: it goes on\r\n- found: it waits for a hand\r\n\r\nIt is the same with every card of that kind, as far as I can see, and it did not happen with last year's engine.","reactions":{{"url":"{url}/reactions","total_count":{},"+1":{},"-1":0,"laugh":0,"confused":0,"heart":1,"hooray":0,"rocket":0,"eyes":0}},"timeline_url":"{url}/timeline","performed_via_github_app":null,"state_reason":null,"score":{}.5}}"#,
        number % 40,
        instant(number),
        instant(number + 100),
        optional(
            number.is_multiple_of(3),
            format!("\"{}\"", instant(number + 50))
        ),
        1 + number % 5,
        number % 5,
        number % 10,
    );
    text
}

fn event(number: usize) -> String {
    let (name, members) = match number % 4 {
        0 => ("labeled", format!(r#""label":{}"#, label(number))),
        1 => ("assigned", format!(r#""assignee":{}"#, user(number + 1))),
        2 => (
            "renamed",
            format!(r#""from":"Card {number}","to":"The engine stops at card {number}""#),
        ),
        _ => (
            "commented",
            format!(r#""body":"I see it as well, with card \"{number}\".""#),
        ),
    };
    format!(
        r#"{{"id":{number},"event":"{name}","actor":{},"created_at":"{}",{members}}}"#,
        user(number),
        instant(number)
    )
}

fn reference(number: usize) -> String {
    match number % 5 {
        0 => format!("\"refs/heads/card-{number}\""),
        1 => number.to_string(),
        2 => label(number),
        3 => milestone(number),
        _ => user(number),
    }
}

fn user(number: usize) -> String {
    let login = format!("ada{number}");
    let url = format!("https://api.example.com/users/{login}");
    format!(
        r#"{{"login":"{login}","id":{number},"node_id":"MDQ6VXNlcj{number}","avatar_url":"https://avatars.example.com/u/{number}?v=4","gravatar_id":"","url":"{url}","html_url":"https://example.com/{login}","followers_url":"{url}/followers","following_url":"{url}/following{{/other_user}}","gists_url":"{url}/gists{{/gist_id}}","starred_url":"{url}/starred{{/owner}}{{/repo}}","subscriptions_url":"{url}/subscriptions","organizations_url":"{url}/orgs","repos_url":"{url}/repos","events_url":"{url}/events{{/privacy}}","received_events_url":"{url}/received_events","type":"User","user_view_type":"public","site_admin":false}}"#
    )
}

fn label(number: usize) -> String {
    format!(
        r#"{{"id":{},"node_id":"MDU6TGFiZWw{number}","url":"https://api.example.com/repos/ada/engine/labels/kind%20{number}","name":"kind {number}","color":"d73a4a","default":{},"description":"What is of kind {number}"}}"#,
        208_000_000 + number,
        number.is_multiple_of(2)
    )
}

fn milestone(number: usize) -> String {
    let url = format!("https://api.example.com/repos/ada/engine/milestones/{number}");
    format!(
        r#"{{"url":"{url}","html_url":"https://example.com/ada/engine/milestone/{number}","labels_url":"{url}/labels","id":{},"node_id":"MDk6TWlsZXN0b25l{number}","number":{number},"title":"v1.{number}","description":null,"creator":{},"open_issues":{},"closed_issues":8,"state":"open","created_at":"{}","updated_at":"{}","due_on":"{}","closed_at":null}}"#,
        1_000_000 + number,
        user(number + 3),
        number % 30,
        instant(number),
        instant(number + 1),
        instant(number + 2)
    )
}

fn instant(number: usize) -> String {
    format!(
        "20{:02}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        10 + number % 16,
        1 + number % 12,
        1 + number % 28,
        number % 24,
        number % 60,
        number % 59
    )
}
