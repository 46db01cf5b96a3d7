//! DecisionTelecom as the demo plays it: what is sent arrives and is read. What people write it tells nobody, so nobody
//! writes.

use super::DecisionConfig;
use crate::simulator::common::CommonConfig;

/// The gateway of the demo, where messages are sent as `sender`.
#[must_use]
pub fn config(seed: u64, sender: &str) -> DecisionConfig {
    DecisionConfig {
        common: CommonConfig {
            seed,
            ..CommonConfig::default()
        },
        senders: vec![sender.to_owned()],
        ..DecisionConfig::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::common::{Function, Told, Vendor as _};
    use crate::simulator::decision_telecom::requests::Draft;
    use crate::simulator::decision_telecom::{DecisionState, PlayedDecisionTelecom};
    use crate::simulator::delivery::Document as _;
    use crate::simulator::life::Played as _;
    use serde_json::json;
    use std::time::Duration;
    use tokio::time::Instant;
    use url::Url;

    #[test]
    fn what_is_asked_about_is_pending_then_delivered_then_seen() {
        let start = Instant::now();
        let here = Url::parse("http://127.0.0.1:9/").unwrap();
        let (vendor, common) = PlayedDecisionTelecom::begin(config(5, "Recado"));
        let mut state = DecisionState::new(vendor, common, here.clone(), start);
        let draft = Draft {
            to: "5511900000091".to_owned(),
            callback: Some(here),
            ..Draft::default()
        };
        let id = state.take(draft, start);
        let mut told = Vec::new();
        for millisecond in (0..20_000).step_by(100) {
            let now = start + Duration::from_millis(millisecond);
            state.settle(now);
            let question = json!({ "message_id": id }).to_string();
            let page = PlayedDecisionTelecom::answer(&mut state, Function::State, question.as_bytes(), now);
            let answer = String::from_utf8(page.text()).unwrap();
            if told.last() != Some(&answer) {
                told.push(answer);
            }
        }
        let expected = [6, 1, 7].map(|status| format!("{{\"message_id\":{id},\"status\":{status},}}"));
        assert_eq!(told, expected);
        let calls = state.book().calls();
        assert_eq!(calls.len(), 2, "what arrived and what was seen is told too");
        assert!(calls.iter().all(|call| matches!(call.told, Told::Step { .. })));
    }
}
