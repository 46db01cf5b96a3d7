//! What became of messages, asked where a gateway answers that: one task per account, one question at a time, slower and
//! slower, on over restarts. A report that comes by itself is as good and ends it as well.

use super::protocol::Notice;
use super::shared::{Running, Shared, without_secrets_in};
use crate::domain::message::{Message, MessageState};
use crate::domain::{AccountId, ConversationId, MessageId, Timestamp};
use crate::gateway::{self, GatewayError, StateAnswer};
use crate::store::{DuePoll, StoreError};
use std::sync::Arc;
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);

/// How long after the question of this number (from 0) the next one is put. The first is put 30 seconds after acceptance.
const WAITS: [Duration; 6] = [
    MINUTE,
    MINUTE.saturating_mul(2),
    MINUTE.saturating_mul(5),
    MINUTE.saturating_mul(10),
    MINUTE.saturating_mul(30),
    HOUR,
];
/// How long after all later ones.
const LATER: Duration = HOUR.saturating_mul(3);
/// A message is not asked about any more so long after it was accepted. The clock alone does not say so: it may have been
/// set ahead, if only for a minute. So the question that is put after that time must have been meant for it as well, that
/// is, the one before was put when the time was nearly over; what was set is set right until then.
const FOLLOWED_FOR: Duration = HOUR.saturating_mul(5 * 24);
/// A due time is looked at again after this long even if it has not come: the clock may have been set.
const LOOK_AGAIN: Duration = Duration::from_secs(20);
/// How long the account rests after a gateway that gave no answer, at least and at most, in the paces of its questions: of
/// a second each, half a minute and half an hour.
const REST: (u32, u32) = (30, 1_800);

/// When a message is asked about next, after this question; `None` if it is at its end. On the phone it is only waited for
/// to be read: that is never asked sooner than in an hour.
fn next_question(state: Option<MessageState>, poll: &DuePoll, now: Timestamp) -> Option<Timestamp> {
    let usual = usize::try_from(poll.tries)
        .ok()
        .and_then(|tries| WAITS.get(tries))
        .copied()
        .unwrap_or(LATER);
    let wait = match state {
        Some(MessageState::Read | MessageState::Rejected | MessageState::Cancelled) => return None,
        Some(MessageState::Delivered) => usual.max(HOUR),
        _ => usual,
    };
    let next = now.plus(wait);
    // A question that was put in its time shows that the clock is right.
    let is_last = now.since(poll.due_at) <= LATER && next.since(poll.since) > FOLLOWED_FOR;
    (!is_last && !is_over(poll, now)).then_some(next)
}

/// Whether the time in which a message is asked about is over. See [`FOLLOWED_FOR`].
fn is_over(poll: &DuePoll, now: Timestamp) -> bool {
    let is_late = |at: Timestamp| at.since(poll.since) > FOLLOWED_FOR;
    is_late(now) && is_late(poll.due_at)
}

impl Shared {
    /// Whether the gateway of an account answers what became of a message.
    fn answers_states(&self, account: AccountId) -> bool {
        self.account(account)
            .is_some_and(|account| gateway::capabilities(account.gateway).message_state)
    }

    /// Begins to ask about a message that the gateway has accepted, if it answers such questions.
    pub(super) async fn follow(&self, running: &Running, message: &Message) {
        if !self.answers_states(message.account)
            || message.state != MessageState::Accepted
            || message.gateway_id.is_none()
        {
            return;
        }
        match self
            .store
            .follow(message.id, message.account, self.clock.now())
            .await
        {
            Ok(()) => running.follow_wake.notify_one(),
            Err(error) => self.store_failed(&error),
        }
    }

    /// Begins to ask about messages of which only a report has said that they were accepted.
    pub(super) async fn follow_confirmed(&self, running: &Running, changed: &[(MessageId, ConversationId)]) {
        if !self.answers_states(running.id) {
            return;
        }
        for (id, _) in changed {
            match self.store.message(*id).await {
                Ok(message) => self.follow(running, &message).await,
                Err(error) => tracing::warn!(%error, "a message that was reported could not be read"),
            }
        }
    }

    /// Asks about the messages of an account until it is stopped. Ends at once where the gateway answers no questions.
    pub(super) async fn follow_up(self: Arc<Self>, running: Arc<Running>) {
        if !self.answers_states(running.id) {
            return;
        }
        if let Err(error) = self.follow_forgotten(running.id).await {
            self.store_failed(&error);
        }
        let mut failures = 0_u32;
        loop {
            let asked = tokio::select! {
                () = running.stop.cancelled() => return,
                asked = self.ask_next(&running, failures) => asked,
            };
            let rest = match asked {
                Ok(Asked::Answered) => {
                    failures = 0;
                    // Another message that was accepted does not hurry the next question.
                    tokio::select! {
                        () = running.stop.cancelled() => return,
                        () = tokio::time::sleep(self.question_pace) => {}
                    }
                    continue;
                }
                Ok(Asked::Nothing(rest)) => rest.min(LOOK_AGAIN),
                Ok(Asked::NoAnswer(rest)) => {
                    failures = failures.saturating_add(1);
                    rest
                }
                Err(error) => {
                    self.store_failed(&error);
                    LOOK_AGAIN
                }
            };
            let resting = tokio::time::sleep(rest);
            if failures > 0 {
                // Another message that was accepted does not mean that questions are answered.
                tokio::select! {
                    () = running.stop.cancelled() => return,
                    () = resting => {}
                }
            } else {
                tokio::select! {
                    () = running.stop.cancelled() => return,
                    () = running.follow_wake.notified() => {}
                    () = resting => {}
                }
            }
        }
    }

    /// Messages that were accepted just before the program ended, and are asked about by nobody.
    async fn follow_forgotten(&self, account: AccountId) -> Result<(), StoreError> {
        let now = self.clock.now();
        for message in self
            .store
            .not_followed(account, now.minus(FOLLOWED_FOR.saturating_sub(LATER)))
            .await?
        {
            self.store.follow(message, account, now).await?;
        }
        Ok(())
    }

    /// Puts the next question, after so many that the gateway gave no answer to.
    async fn ask_next(&self, running: &Running, failures: u32) -> Result<Asked, StoreError> {
        let now = self.clock.now();
        let due = self.store.polls_due(running.id, now, 1).await?;
        let Some(poll) = due.into_iter().next() else {
            let next = self.store.next_poll(running.id).await?;
            let rest = next.map_or(LOOK_AGAIN, |next| next.since(now));
            return Ok(Asked::Nothing(rest.max(Duration::from_millis(5))));
        };
        let Ok(client) = self.client(running).await else {
            // Nobody was asked: the credentials cannot be read yet.
            return Ok(Asked::Nothing(LOOK_AGAIN));
        };
        let told = match client.message_state(&poll.gateway_id).await {
            Ok(told) => Some(told),
            Err(error) => match nature(&error) {
                Nature::OfTheMessage => None,
                Nature::OfTheGateway(wait) => {
                    tracing::debug!(%error, "a message could not be asked about");
                    let rest = rest_after(failures, wait, self.question_pace);
                    // The next question is about another message, and the time of this one goes on: it may be this very
                    // message that the gateway cannot be asked about.
                    let now = self.clock.now();
                    let next = (!is_over(&poll, now)).then(|| now.plus(rest));
                    self.store.put_off_poll(poll.message, next).await?;
                    return Ok(Asked::NoAnswer(rest));
                }
            },
        };
        let state = told.as_ref().and_then(|told| told.state);
        let now = self.clock.now();
        let told =
            told.and_then(|StateAnswer { state, reason }| Some((state?, reason.map(without_secrets_in))));
        let next = next_question(state, &poll, now);
        match self.store.polled(poll.message, told, next, now).await {
            Ok(Some(changed)) => {
                self.message_changed(&changed).await;
                if changed.state.is_problem()
                    && let Some(reason) = changed.reason.clone()
                {
                    self.publisher.notice(Notice::Problem(changed.id, reason));
                }
            }
            Ok(None) | Err(StoreError::NotFound) => {}
            Err(error) => return Err(error),
        }
        Ok(Asked::Answered)
    }
}

/// What a question came to.
enum Asked {
    /// The next one may be put at once.
    Answered,
    /// There is none to be put for this long.
    Nothing(Duration),
    /// The gateway gives no answers at the moment: it is left in peace for this long.
    NoAnswer(Duration),
}

/// How long the account rests after a question without an answer, the first after so many others; the gateway may have
/// said how long.
fn rest_after(failures: u32, asked: Option<Duration>, pace: Duration) -> Duration {
    let (least, most) = (pace * REST.0, pace * REST.1);
    let usual = least.saturating_mul(1 << failures.min(6));
    asked.unwrap_or(usual).clamp(least, most)
}

/// What a failed question says something about.
enum Nature {
    /// The next question about this message is put in its time.
    OfTheMessage,
    /// All questions wait, this long if the gateway said so.
    OfTheGateway(Option<Duration>),
}

fn nature(error: &GatewayError) -> Nature {
    match error {
        GatewayError::Refused { .. } | GatewayError::Unreadable { .. } | GatewayError::Unsupported => {
            Nature::OfTheMessage
        }
        GatewayError::RateLimited { retry_after, .. } => Nature::OfTheGateway(*retry_after),
        GatewayError::Unreachable { .. }
        | GatewayError::Failing { .. }
        | GatewayError::CredentialsRefused { .. } => Nature::OfTheGateway(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poll(since: Timestamp, due_at: Timestamp, tries: usize) -> DuePoll {
        DuePoll {
            message: MessageId::new(),
            gateway_id: "554".to_owned(),
            since,
            tries: u32::try_from(tries).unwrap(),
            due_at,
        }
    }

    /// Every question about a message that goes on being told like this, in seconds after its acceptance.
    fn questions(state: Option<MessageState>) -> Vec<u64> {
        let since = Timestamp(0);
        let mut at = Some(since.plus(Duration::from_secs(30)));
        let mut asked = Vec::new();
        while let Some(now) = at {
            at = next_question(state, &poll(since, now, asked.len()), now);
            asked.push(now.since(since).as_secs());
        }
        asked
    }

    #[test]
    fn a_message_is_asked_about_slower_and_slower_for_five_days() {
        let pending = questions(None);
        assert_eq!(pending[..8], [30, 90, 210, 510, 1_110, 2_910, 6_510, 17_310]);
        assert!(pending.windows(2).all(|pair| pair[1] - pair[0] <= 3 * 3_600));
        let last = pending.last().unwrap();
        assert!((5 * 24 - 3) * 3_600 < *last && *last <= 5 * 24 * 3_600, "{last}");
    }

    #[test]
    fn what_is_on_the_phone_is_asked_about_by_the_hour_and_an_end_ends_it() {
        let delivered = questions(Some(MessageState::Delivered));
        assert_eq!(delivered[..3], [30, 3_630, 7_230]);
        assert_eq!(questions(Some(MessageState::Read)), [30]);
        assert_eq!(questions(Some(MessageState::Rejected)), [30]);
    }

    #[test]
    fn a_clock_set_ahead_for_a_moment_ends_nothing() {
        let since = Timestamp(0);
        let due_at = since.plus(MINUTE);
        let ahead = since.plus(FOLLOWED_FOR.saturating_mul(3));
        let next = next_question(None, &poll(since, due_at, 1), ahead);
        assert_eq!(next, Some(ahead.plus(WAITS[1])));
        // Set right again: what was meant for that time is asked now, and as before from then on.
        let now = since.plus(MINUTE.saturating_mul(2));
        let next = next_question(None, &poll(since, ahead.plus(WAITS[1]), 2), now);
        assert_eq!(next, Some(now.plus(WAITS[2])));
        // After as long in truth it is over.
        assert_eq!(
            next_question(None, &poll(since, ahead.plus(WAITS[1]), 2), ahead.plus(HOUR)),
            None
        );
    }

    #[test]
    fn the_rest_grows_and_is_what_the_gateway_asks_for() {
        let rest = |failures, asked| rest_after(failures, asked, Duration::from_secs(1));
        let rests: Vec<u64> = (0..9).map(|failures| rest(failures, None).as_secs()).collect();
        assert_eq!(rests, [30, 60, 120, 240, 480, 960, 1_800, 1_800, 1_800]);
        assert_eq!(rest(0, Some(HOUR)), Duration::from_secs(1_800));
        assert_eq!(rest(5, Some(MINUTE)), MINUTE);
        assert_eq!(rest(5, Some(Duration::ZERO)), Duration::from_secs(30));
    }
}
