//! Reports about our messages, in any order: the end is the same (P6).

use super::inbox::receive;
use super::*;
use crate::domain::MessageId;
use crate::domain::incoming::{Inbound, InboundReport};
use crate::store::Received;
use proptest::prelude::*;

fn report(reference: &str, other: Option<&str>, state: MessageState) -> Inbound {
    Inbound::Report(InboundReport {
        reference: reference.to_owned(),
        other_reference: other.map(str::to_owned),
        state,
        words: Some(format!("words of {}", state.key())),
        reason: None,
    })
}

async fn tell(
    store: &Store,
    account: AccountId,
    reference: &str,
    state: MessageState,
    when: i64,
) -> Received {
    receive(store, account, vec![report(reference, None, state)], at(when)).await
}

async fn state(store: &Store, id: MessageId) -> MessageState {
    store.message(id).await.unwrap().state
}

fn accepted(gateway_id: &str) -> Transition {
    Transition {
        gateway_id: Some(gateway_id.to_owned()),
        ..becomes(MessageState::Accepted)
    }
}

#[tokio::test]
async fn a_message_goes_on_and_never_back() {
    use MessageState::{Delivered, Read, Rejected, Sent};
    let (_folder, store, id) = store().await;
    let message = send(&store, id, to(1, "x"), START).await;
    store.begin_attempt(message.id, START).await.unwrap();
    store
        .finish_attempt(message.id, &accepted("g1"), None, at(1))
        .await
        .unwrap();
    let named = (message.id, message.conversation);
    assert_eq!(tell(&store, id, "g1", Sent, 2).await.changed, [named]);
    assert_eq!(tell(&store, id, "g1", Sent, 3).await.changed, []);
    // By our own identifier it is another report of the same.
    assert_eq!(
        tell(&store, id, message.client_id.as_str(), Sent, 3)
            .await
            .changed,
        []
    );
    assert_eq!(
        tell(&store, id, message.client_id.as_str(), Read, 4)
            .await
            .changed,
        [named]
    );
    for late in [Delivered, Rejected] {
        assert_eq!(tell(&store, id, "g1", late, 5).await.changed, []);
    }
    assert_eq!(tell(&store, id, "nobody's", Read, 6).await.changed, []);
    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    assert_eq!(tell(&store, other.id, "g1", Rejected, 6).await.changed, []);
    let now = store.message(message.id).await.unwrap();
    assert_eq!((now.state, now.reason, now.updated_at), (Read, None, at(4)));
    let history = store.history(message.id).await.unwrap();
    let told: Vec<_> = history.iter().skip(3).map(|step| (step.state, step.at)).collect();
    // What came late, or again, changes nothing, but its words are on record, once.
    assert_eq!(told, [(Sent, at(2)), (Read, at(4)), (Read, at(5)), (Read, at(5))]);
    let words: Vec<_> = history.iter().skip(3).map(|step| step.raw.as_deref()).collect();
    assert_eq!(
        words,
        [
            Some("words of sent"),
            Some("words of read"),
            Some("words of delivered"),
            None
        ]
    );
    let failure = Reason::with_words(ReasonKind::RejectedByGateway, "words of rejected");
    assert_eq!(history[6].reason, Some(failure));
}

#[tokio::test]
async fn every_word_and_every_error_of_a_state_is_on_record_once() {
    use MessageState::{Accepted, Rejected};
    let (_folder, store, id) = store().await;
    let message = sent_as(&store, id, 1, "x", Accepted).await;
    let ours = message.client_id.as_str();
    let say = async |state, words: &str, detail: Option<&str>, when| {
        let reason = detail.map(|detail| Reason::with_words(ReasonKind::Expired, words).detailed(detail));
        let report = InboundReport {
            reference: ours.to_owned(),
            other_reference: None,
            state,
            words: Some(words.to_owned()),
            reason,
        };
        receive(&store, id, vec![Inbound::Report(report)], at(when))
            .await
            .changed
            .len()
    };
    let before = store.history(message.id).await.unwrap().len();
    for (words, when) in [
        ("ENQUEUED", 2),
        ("ROUTED", 3),
        ("ENQUEUED", 4),
        ("ROUTED", 5),
        ("HELD", 6),
    ] {
        assert_eq!(say(Accepted, words, None, when).await, 0);
    }
    let told: Vec<_> = store.history(message.id).await.unwrap()[before..]
        .iter()
        .map(|step| (step.state, step.raw.clone().unwrap(), step.at))
        .collect();
    assert_eq!(
        told,
        [
            (Accepted, "ENQUEUED".to_owned(), at(2)),
            (Accepted, "ROUTED".to_owned(), at(3)),
            (Accepted, "HELD".to_owned(), at(6)),
        ]
    );
    assert_eq!(say(Rejected, "2010 EXPIRED", Some("vendor-2010"), 7).await, 1);
    for (code, when) in [("2011", 8), ("2010", 9), ("2011", 10)] {
        let words = format!("{code} EXPIRED");
        assert_eq!(
            say(Rejected, &words, Some(&format!("vendor-{code}")), when).await,
            0
        );
    }
    let details: Vec<_> = store.history(message.id).await.unwrap()[before + 3..]
        .iter()
        .map(|step| step.reason.clone().unwrap().detail.unwrap())
        .collect();
    assert_eq!(details, ["vendor-2010", "vendor-2011"]);
    let now = store.message(message.id).await.unwrap();
    assert_eq!(now.reason.unwrap().detail.as_deref(), Some("vendor-2010"));
    // Words that are never the same do not make it endless.
    for number in 0..200 {
        say(Accepted, &format!("word {number}"), None, 20 + number).await;
    }
    assert_eq!(store.history(message.id).await.unwrap().len(), 100);
}

#[tokio::test]
async fn that_it_was_accepted_does_not_refute_a_refusal() {
    use MessageState::{Accepted, Delivered, Rejected};
    let (_folder, store, id) = store().await;
    let refused = sent_as(&store, id, 1, "x", Rejected).await;
    assert_eq!(
        tell(&store, id, refused.client_id.as_str(), Accepted, 2)
            .await
            .changed,
        []
    );
    assert_eq!(state(&store, refused.id).await, Rejected);
    // It overtook the reply.
    let message = send(&store, id, to(2, "y"), START).await;
    store.begin_attempt(message.id, START).await.unwrap();
    tell(&store, id, message.client_id.as_str(), Accepted, 3).await;
    let no = Transition {
        reason: Some(Reason::new(ReasonKind::InvalidRecipient)),
        ..becomes(Rejected)
    };
    let message = store.finish_attempt(message.id, &no, None, at(4)).await.unwrap();
    assert_eq!(message.state, Rejected);
    assert_eq!(message.reason.unwrap().kind, ReasonKind::InvalidRecipient);
    tell(&store, id, message.client_id.as_str(), Delivered, 5).await;
    assert_eq!(state(&store, message.id).await, Delivered);
}

#[tokio::test]
async fn a_failure_says_its_class_and_what_exactly_it_was() {
    let (_folder, store, id) = store().await;
    let message = sent_as(&store, id, 1, "x", MessageState::Accepted).await;
    let blocked = Reason::with_words(ReasonKind::OutsideWindow, "131047").detailed("vendor-131047");
    let report = InboundReport {
        reference: message.client_id.as_str().to_owned(),
        other_reference: None,
        state: MessageState::Rejected,
        words: None,
        reason: Some(blocked.clone()),
    };
    receive(&store, id, vec![Inbound::Report(report)], at(2)).await;
    let now = store.message(message.id).await.unwrap();
    assert_eq!(
        (now.state, &now.reason),
        (MessageState::Rejected, &Some(blocked.clone()))
    );
    let last = store.history(message.id).await.unwrap().pop().unwrap();
    assert_eq!((last.reason, last.raw), (Some(blocked.clone()), None));
    // It came before the answer did, and waits with all it says.
    let early = send(&store, id, to(2, "y"), START).await;
    store.begin_attempt(early.id, START).await.unwrap();
    let report = InboundReport {
        reference: "g7".to_owned(),
        other_reference: None,
        state: MessageState::Rejected,
        words: Some("said so".to_owned()),
        reason: Some(blocked.clone()),
    };
    receive(&store, id, vec![Inbound::Report(report)], at(3)).await;
    let done = store
        .finish_attempt(early.id, &accepted("g7"), None, at(4))
        .await
        .unwrap();
    let said = Reason {
        words: Some("said so".to_owned()),
        ..blocked
    };
    assert_eq!((done.state, &done.reason), (MessageState::Rejected, &Some(said)));
    assert_eq!(store.message(early.id).await.unwrap(), done);
}

#[tokio::test]
async fn a_late_failure_is_told_in_the_gateways_words() {
    let (_folder, store, id) = store().await;
    let message = sent_as(&store, id, 1, "x", MessageState::Accepted).await;
    let client = message.client_id.as_str();
    tell(&store, id, client, MessageState::Rejected, 2).await;
    let now = store.message(message.id).await.unwrap();
    let reason = Some(Reason::with_words(
        ReasonKind::RejectedByGateway,
        "words of rejected",
    ));
    assert_eq!((now.state, &now.reason), (MessageState::Rejected, &reason));
    let last = store.history(message.id).await.unwrap().pop().unwrap();
    assert_eq!((last.reason, last.raw), (reason, None));
    assert_eq!(store.outbox_counts(id).await.unwrap().rejected, 1);
    // "Sent" came too late to deny it, "delivered" does.
    tell(&store, id, client, MessageState::Sent, 3).await;
    assert_eq!(state(&store, message.id).await, MessageState::Rejected);
    tell(&store, id, client, MessageState::Delivered, 4).await;
    let now = store.message(message.id).await.unwrap();
    assert_eq!((now.state, now.reason), (MessageState::Delivered, None));
    assert_eq!(store.outbox_counts(id).await.unwrap().rejected, 0);
}

#[tokio::test]
async fn a_report_that_overtakes_the_answer_is_not_lost() {
    let (_folder, store, id) = store().await;
    let message = send(&store, id, to(1, "x"), START).await;
    store.begin_attempt(message.id, START).await.unwrap();
    assert_eq!(
        tell(&store, id, "g1", MessageState::Delivered, 1).await.changed,
        []
    );
    let ours = message.client_id.as_str();
    assert_eq!(tell(&store, id, ours, MessageState::Sent, 2).await.changed, []);
    assert_eq!(state(&store, message.id).await, MessageState::InFlight);
    let done = store
        .finish_attempt(message.id, &accepted("g1"), Some("{}"), at(9))
        .await
        .unwrap();
    assert_eq!(done, store.message(message.id).await.unwrap());
    assert_eq!(
        (done.state, done.gateway_id.as_deref(), done.updated_at),
        (MessageState::Delivered, Some("g1"), at(9))
    );
    let history = store.history(message.id).await.unwrap();
    let told: Vec<_> = history.iter().skip(2).map(|step| (step.state, step.at)).collect();
    use MessageState::{Accepted, Delivered, Sent};
    assert_eq!(told, [(Accepted, at(9)), (Sent, at(2)), (Delivered, at(1))]);
}

#[tokio::test]
async fn what_is_proved_to_be_sent_is_not_sent_again() {
    let (folder, store, id) = store().await;
    // The answer is lost; the report comes while the message waits to be tried again,
    let waiting = send(&store, id, to(1, "a"), START).await;
    store.begin_attempt(waiting.id, START).await.unwrap();
    store
        .finish_attempt(waiting.id, &unclear_again(at(50)), None, at(5))
        .await
        .unwrap();
    assert_eq!(store.next_due(id, at(60)).await.unwrap().unwrap().id, waiting.id);
    tell(&store, id, waiting.client_id.as_str(), MessageState::Sent, 6).await;
    let now = store.message(waiting.id).await.unwrap();
    assert_eq!(
        (now.state, now.next_attempt_at, now.reason),
        (MessageState::Sent, None, None)
    );
    assert_eq!(store.next_due(id, at(60)).await.unwrap(), Err(None));
    assert!(store.begin_attempt(waiting.id, at(61)).await.is_err());

    // while it is under way, and the program ends,
    let flying = send(&store, id, to(2, "b"), START).await;
    store.begin_attempt(flying.id, at(70)).await.unwrap();
    tell(&store, id, flying.client_id.as_str(), MessageState::Sent, 71).await;
    store.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(store.interrupted().await.unwrap().len(), 1);
    let done = store
        .finish_attempt(flying.id, &unclear_again(at(100)), None, at(90))
        .await
        .unwrap();
    assert_eq!((done.state, done.next_attempt_at), (MessageState::Sent, None));

    // or after it was given up as unknown, or accepted by inference only.
    let unknown = sent_as(&store, id, 3, "c", MessageState::Unknown).await;
    tell(
        &store,
        id,
        unknown.client_id.as_str(),
        MessageState::Delivered,
        91,
    )
    .await;
    assert_eq!(state(&store, unknown.id).await, MessageState::Delivered);
    let inferred = send(&store, id, to(4, "d"), START).await;
    store.begin_attempt(inferred.id, START).await.unwrap();
    let by_inference = Transition {
        reason: Some(Reason::new(ReasonKind::AlreadyKnown)),
        ..becomes(MessageState::Accepted)
    };
    store
        .finish_attempt(inferred.id, &by_inference, None, at(2))
        .await
        .unwrap();
    tell(&store, id, inferred.client_id.as_str(), MessageState::Sent, 92).await;
    assert_eq!(store.unconfirmed(at(1_000_000)).await.unwrap(), []);
    assert_eq!(store.outbox(id, 10).await.unwrap(), []);
}

#[tokio::test]
async fn nobody_can_report_what_was_never_tried() {
    let (_folder, store, id) = store().await;
    let message = send(&store, id, to(1, "x"), START).await;
    tell(&store, id, message.client_id.as_str(), MessageState::Read, 1).await;
    assert_eq!(state(&store, message.id).await, MessageState::Queued);
    assert_eq!(store.next_due(id, at(2)).await.unwrap().unwrap().id, message.id);
}

#[tokio::test]
async fn a_report_with_both_names_teaches_the_gateways() {
    let (_folder, store, id) = store().await;
    let message = sent_as(&store, id, 1, "x", MessageState::Unknown).await;
    tell(&store, id, "g5", MessageState::Delivered, 2).await;
    assert_eq!(state(&store, message.id).await, MessageState::Unknown);
    let both = report("g5", Some(message.client_id.as_str()), MessageState::Sent);
    let came = receive(&store, id, vec![both], at(3)).await;
    assert_eq!(came.changed, [(message.id, message.conversation)]);
    let now = store.message(message.id).await.unwrap();
    assert_eq!(
        (now.state, now.gateway_id.as_deref()),
        (MessageState::Delivered, Some("g5"))
    );
    tell(&store, id, "g5", MessageState::Read, 4).await;
    assert_eq!(state(&store, message.id).await, MessageState::Read);
}

#[tokio::test]
async fn a_report_that_waited_is_known_when_it_comes_with_a_better_name() {
    let (_folder, store, id) = store().await;
    let message = sent_as(&store, id, 1, "x", MessageState::Accepted).await;
    tell(&store, id, "g5", MessageState::Sent, 2).await;
    let both = report("g5", Some(message.client_id.as_str()), MessageState::Sent);
    receive(&store, id, vec![both], at(3)).await;
    assert_eq!(state(&store, message.id).await, MessageState::Sent);
    assert_eq!(number(&store, "SELECT count(*) FROM reports").await, 1);
}

/// How the reports of one case name the message.
#[derive(Debug, Clone, Copy)]
enum Names {
    Ours,
    Gateways,
    BothOrOurs,
    BothOrGateways,
}

#[derive(Debug, Clone)]
struct Case {
    names: Names,
    reports: Vec<(MessageState, bool)>,
    unclear_attempts: usize,
    end: MessageState,
    /// Where in the course of the attempts each report comes, some of them twice.
    course: Vec<(usize, usize)>,
    restarts: Vec<usize>,
}

fn case() -> impl Strategy<Value = Case> {
    use MessageState::{Accepted, Delivered, Read, Rejected, Sent, Unknown};
    let names = proptest::sample::select(vec![
        Names::Ours,
        Names::Gateways,
        Names::BothOrOurs,
        Names::BothOrGateways,
    ]);
    // What contradicts itself is the hard part: "sent" and "failed", with nothing that settles it.
    let reported = prop_oneof![4 => Just(Sent), 4 => Just(Rejected), 1 => Just(Delivered), 1 => Just(Read)];
    let end = proptest::sample::select(vec![Accepted, Accepted, Unknown, Rejected]);
    let reports = proptest::collection::vec((reported, any::<bool>()), 1..5);
    (names, reports, 0..3_usize, end).prop_flat_map(|(names, reports, unclear_attempts, end)| {
        let count = reports.len();
        // A report may come at any of these moments: before and after each beginning and each end of an attempt.
        let moments = 1..(unclear_attempts + 1) * 2 + 1;
        let all: Vec<usize> = (0..count).collect();
        let again = proptest::collection::vec(0..count, 0..6);
        (Just(all), again, proptest::collection::vec(1..8_usize, 0..2))
            .prop_flat_map(move |(all, again, restarts)| {
                let order: Vec<usize> = all.into_iter().chain(again).collect();
                let places = proptest::collection::vec(moments.clone(), order.len());
                (Just(order).prop_shuffle(), places, Just(restarts))
            })
            .prop_map({
                let reports = reports.clone();
                move |(order, places, restarts)| Case {
                    names,
                    reports: reports.clone(),
                    unclear_attempts,
                    end,
                    course: places.into_iter().zip(order).collect(),
                    restarts,
                }
            })
    })
}

struct Course {
    folder: TempDir,
    store: Store,
    account: AccountId,
    message: Message,
    furthest: u8,
}

impl Course {
    async fn new() -> Self {
        let (folder, store, account) = store().await;
        let message = send(&store, account, to(1, "x"), START).await;
        Self {
            folder,
            store,
            account,
            message,
            furthest: 0,
        }
    }

    async fn report(&mut self, case: &Case, index: usize) {
        let (state, both) = case.reports[index];
        let ours = self.message.client_id.as_str();
        let part = match (case.names, both) {
            (Names::Ours, _) | (Names::BothOrOurs, false) => report(ours, None, state),
            (Names::Gateways, _) | (Names::BothOrGateways, false) => report("g1", None, state),
            (Names::BothOrOurs | Names::BothOrGateways, true) => report("g1", Some(ours), state),
        };
        receive(&self.store, self.account, vec![part], at(5)).await;
        self.look().await;
    }

    /// An attempt begins (even steps) or ends (odd ones), if that is still to be done.
    async fn step(&mut self, case: &Case, step: usize) {
        let id = self.message.id;
        let attempt = step / 2;
        if step.is_multiple_of(2) {
            // Taken from the queue in the meantime: what has been reported is not tried again.
            let begun = self.store.begin_attempt(id, at(1)).await;
            assert_eq!(begun.is_ok(), self.furthest == 0);
        } else if state(&self.store, id).await == MessageState::InFlight {
            let transition = match case.end {
                _ if attempt < case.unclear_attempts => unclear_again(at(1)),
                MessageState::Accepted => accepted("g1"),
                other => becomes(other),
            };
            self.store
                .finish_attempt(id, &transition, None, at(2))
                .await
                .unwrap();
        }
        self.look().await;
    }

    async fn look(&mut self) {
        let now = state(&self.store, self.message.id).await;
        let settled = !matches!(now, MessageState::Queued | MessageState::InFlight);
        // Refuted failures and unknown ends aside, it goes one way.
        let weight = match now.progress() {
            Some(progress) if settled => progress,
            _ => u8::from(settled),
        };
        if weight > 1 || self.furthest > 3 {
            assert!(weight >= self.furthest, "{now:?} after {}", self.furthest);
        }
        self.furthest = self.furthest.max(weight);
        let history = self.store.history(self.message.id).await.unwrap();
        assert_eq!(history.last().map(|step| step.state), Some(now));
    }

    async fn restart(&mut self) {
        self.store.close().await;
        self.store = Store::open(self.folder.path()).await.unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_and_repetition_of_reports_ends_in_the_same_state(case in case()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let steps = (case.unclear_attempts + 1) * 2;
            let mut plain = Course::new().await;
            for step in 0..steps {
                plain.step(&case, step).await;
            }
            for index in 0..case.reports.len() {
                plain.report(&case, index).await;
            }
            let mut mixed = Course::new().await;
            for step in 0..=steps {
                for (place, index) in &case.course {
                    if *place == step {
                        mixed.report(&case, *index).await;
                    }
                }
                if case.restarts.contains(&step) {
                    mixed.restart().await;
                }
                if step < steps {
                    mixed.step(&case, step).await;
                }
            }
            let ends = (
                state(&plain.store, plain.message.id).await,
                state(&mixed.store, mixed.message.id).await,
            );
            assert_eq!(ends.0, ends.1);
        });
    }
}
