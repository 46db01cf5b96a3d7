//! Devino as the demo plays it: what is sent arrives and is read, and people answer and write by themselves.

use super::DevinoConfig;
use crate::simulator::common::CommonConfig;
use crate::simulator::people::PeopleScript;
use crate::simulator::people_words;
use std::time::Duration;

/// The gateway of the demo, where messages are sent as `sender`.
#[must_use]
pub fn config(seed: u64, sender: &str) -> DevinoConfig {
    let people = PeopleScript {
        contacts: people_words::other_contacts(),
        // Another shop than the first one: its people keep other hours.
        first_words_after: Duration::from_secs(14),
        words_interval: Duration::from_secs(41),
        ..PeopleScript::default()
    };
    DevinoConfig {
        common: CommonConfig {
            seed,
            people: Some(people),
            ..CommonConfig::default()
        },
        senders: vec![sender.to_owned()],
        ..DevinoConfig::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::common::{MessageRecord, Step, Told, Vendor as _};
    use crate::simulator::devino::{DevinoState, PlayedDevino};
    use crate::simulator::life::Played as _;
    use std::collections::BTreeSet;
    use tokio::time::Instant;
    use url::Url;

    const STRANGER: &str = "5511900000077";

    fn begun(seed: u64, webhook: Option<Url>, start: Instant) -> DevinoState {
        let (vendor, mut common) = PlayedDevino::begin(config(seed, "5511900000099"));
        common.webhook = webhook;
        DevinoState::new(vendor, common, here(), start)
    }

    fn here() -> Url {
        Url::parse("http://127.0.0.1:9/").unwrap()
    }

    fn message(id: u64) -> MessageRecord {
        MessageRecord {
            id,
            mark: String::new(),
            callback: Some(here()),
            from: "5511900000099".to_owned(),
            to: STRANGER.to_owned(),
            text: "Oi".to_owned(),
            template: None,
            attachment_url: String::new(),
            attachment: None,
            accepted_at: Duration::ZERO,
            sent_at: None,
            steps: Vec::new(),
        }
    }

    /// What people wrote: when, who, which kind.
    fn written(state: &DevinoState) -> Vec<(Duration, String, String)> {
        let calls = state.book().calls().iter();
        calls
            .filter_map(|call| match &call.told {
                Told::Message { from, said, .. } => {
                    Some((call.ready_at, from.phone.clone(), said.kind().to_owned()))
                }
                _ => None,
            })
            .collect()
    }

    #[test]
    fn people_write_from_when_they_can_be_heard() {
        let start = Instant::now();
        let after = |secs| start + Duration::from_secs(secs);
        let mut state = begun(5, None, start);
        state.settle(after(600));
        assert_eq!(written(&state), [], "nothing is entered in the panel");
        state.enter_webhook(Some(here()), after(600));
        state.settle(after(3_000));
        let told = written(&state);
        assert_eq!(told[0].0, Duration::from_secs(614));
        let kinds: BTreeSet<&str> = told.iter().map(|(_, _, kind)| kind.as_str()).collect();
        for kind in ["chat", "image", "location", "vcard"] {
            assert!(kinds.contains(kind), "{kind}: {kinds:?}");
        }
        let known: BTreeSet<String> = people_words::other_contacts()
            .into_iter()
            .map(|contact| contact.phone)
            .collect();
        assert!(told.iter().all(|(_, from, _)| known.contains(from)));
        for (_, from, _) in &told {
            assert!(state.may_write_freely(from, after(3_000)));
        }
        // Entering it again begins nothing anew.
        let before = told.len();
        state.enter_webhook(Some(here()), after(3_000));
        state.settle(after(3_000));
        assert_eq!(written(&state).len(), before);
    }

    #[test]
    fn what_is_sent_arrives_is_read_and_is_answered() {
        let start = Instant::now();
        let after = |secs| start + Duration::from_secs(secs);
        let mut state = begun(5, None, start);
        for number in 0..20_u64 {
            state.settle(after(number * 60));
            state.accept(message(number + 1), None, after(number * 60));
        }
        assert!(!state.may_write_freely("5511900000078", after(20 * 60)));
        state.settle(after(20 * 60));
        for record in state.book().messages() {
            let steps: Vec<Step> = record.steps.iter().map(|step| step.step).collect();
            assert_eq!(steps, [Step::Sent, Step::Delivered, Step::Seen]);
            // Leaving has no word in the document.
            let told =
                state.book().calls().iter().filter(
                    |call| matches!(call.told, Told::Step { message_id, .. } if message_id == record.id),
                );
            assert_eq!(told.count(), 2);
        }
        let answers = written(&state);
        let kinds: Vec<&str> = answers.iter().map(|(_, _, kind)| kind.as_str()).collect();
        assert_eq!(kinds[..5], ["chat", "image", "ptt", "document", "location"]);
        assert!(answers.len() < 20, "some are not answered: {}", answers.len());
        assert!(answers.iter().all(|(_, from, _)| from == STRANGER));
        assert!(state.may_write_freely(STRANGER, after(20 * 60)));
    }
}
