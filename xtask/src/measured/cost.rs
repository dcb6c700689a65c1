//! Processor time and memory of finished children.

use serde_json::{Value, json};

/// What a program and its children took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cost {
    /// Seconds on processors, of all threads and children.
    pub(crate) cpu: f64,
    /// Megabytes (of 10^6 bytes) that the largest of these processes had at most.
    pub(crate) peak: f64,
}

impl Cost {
    /// Of all children of this process that it has waited for, and theirs.
    #[cfg(unix)]
    pub(super) fn of_children() -> Result<Cost, String> {
        use nix::sys::resource::{UsageWho, getrusage};
        use nix::sys::time::TimeValLike;

        let usage = getrusage(UsageWho::RUSAGE_CHILDREN);
        let usage = usage.map_err(|error| format!("the system does not tell costs: {error}"))?;
        let microseconds =
            usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
        // macOS counts bytes, all others kilobytes of 1,024.
        let unit = if cfg!(target_vendor = "apple") {
            1.0
        } else {
            1_024.0
        };
        Ok(Cost {
            cpu: microseconds as f64 / 1e6,
            peak: usage.max_rss() as f64 * unit / 1e6,
        })
    }

    #[cfg(not(unix))]
    pub(super) fn of_children() -> Result<Cost, String> {
        Err("only systems like Unix tell what a program cost".to_owned())
    }

    pub(super) fn to_json(self) -> Value {
        json!({ "cpu": self.cpu, "peak": self.peak })
    }

    pub(super) fn from_json(value: &Value) -> Option<Cost> {
        Some(Cost {
            cpu: value["cpu"].as_f64()?,
            peak: value["peak"].as_f64()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Cost;

    #[test]
    fn json_form_is_read_back() {
        let cost = Cost {
            cpu: 1.25,
            peak: 300.5,
        };
        assert_eq!(Cost::from_json(&cost.to_json()), Some(cost));
        assert_eq!(Cost::from_json(&serde_json::json!({ "cpu": 1 })), None);
    }

    #[cfg(unix)]
    #[test]
    fn children_that_worked_are_counted() {
        let before = Cost::of_children().unwrap();
        let work = "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done";
        let status = std::process::Command::new("sh").args(["-c", work]).status();
        assert!(status.unwrap().success());
        let after = Cost::of_children().unwrap();
        assert!(after.cpu > before.cpu);
        assert!(after.peak > 0.1);
    }
}
