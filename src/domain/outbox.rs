//! What follows from the outcome of a send: the rules by which a message is neither lost nor sent twice.

use super::health::{Limits, Read};
use super::message::{Message, MessageState, Reason, ReasonKind};
use super::time::Timestamp;
use std::time::Duration;

/// What one attempt to send came to, as the gateway's client classed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendVerdict {
    /// The gateway has it.
    Accepted {
        /// Its identifier at the gateway.
        gateway_id: Option<String>,
    },
    /// The gateway says that it knows this client identifier already.
    AlreadyKnown {
        /// Its words.
        words: String,
    },
    /// The gateway's own documented error: it has not been sent and will not be.
    Rejected(Reason),
    /// Not sent, and worth another try after a while ([`ReasonKind::QuotaExhausted`], [`ReasonKind::RateLimited`],
    /// [`ReasonKind::PaymentNeeded`]).
    Wait {
        /// Which of them, and the gateway's words.
        reason: Reason,
        /// How long the gateway asks to wait.
        retry_after: Option<Duration>,
    },
    /// The credentials are refused: not sent; the account's queue holds.
    CredentialsRefused {
        /// The gateway's words.
        words: String,
    },
    /// No byte of the request left: not sent.
    NotSent {
        /// What the system said.
        words: String,
    },
    /// A byte may have left and nothing certain came back.
    Ambiguous(Reason),
}

/// The next state of a message and what goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// The state.
    pub state: MessageState,
    /// Why.
    pub reason: Option<Reason>,
    /// When to try again, for [`MessageState::Queued`].
    pub next_attempt_at: Option<Timestamp>,
    /// The gateway's identifier, when it told one.
    pub gateway_id: Option<String>,
    /// Whether this attempt's outcome is unclear (its time is then kept in [`Message::first_unclear_at`]).
    pub unclear: bool,
    /// Whether the whole account should stop trying until something changes.
    pub holds_account: bool,
}

/// How long a gateway that recognises repeated identifiers is asked again after an unclear outcome.
pub const REPEAT_WINDOW: Duration = Duration::from_secs(60 * 60);

/// How long an acceptance by inference waits for a confirmation.
pub const CONFIRMATION_WINDOW: Duration = Duration::from_secs(10 * 60);

/// How long to wait after the given number of attempts: 2, 4, 8 … seconds, at most five minutes, spread by `jitter`
/// (0 to 1) over half of that so that many messages do not come back at once.
#[must_use]
pub fn backoff(attempts: u32, jitter: f64) -> Duration {
    let base = 2_f64
        .powi(i32::try_from(attempts.clamp(1, 9)).unwrap_or(9))
        .min(300.0);
    Duration::from_secs_f64(base * (0.5 + 0.5 * jitter.clamp(0.0, 1.0)))
}

/// How long an account's queue rests the first time that its credentials are refused …
const FIRST_HOLD: Duration = Duration::from_secs(60);
/// … and at most, whatever it is refused for.
const HOLD_MAX: Duration = Duration::from_secs(15 * 60);

/// How long an account's queue rests that was refused as a whole for the `refusals`th time in a row (from 1), if one
/// attempt by itself would wait for `wait`: longer each time, for each attempt leaves its line in a history. A gateway that
/// names a longer time is heeded.
#[must_use]
pub fn hold_for(kind: ReasonKind, refusals: u32, wait: Duration) -> Duration {
    let doubled = |first: Duration| first.saturating_mul(1 << refusals.clamp(1, 9).saturating_sub(1));
    let grown = match kind {
        ReasonKind::CredentialsRefused => doubled(FIRST_HOLD),
        // The first time the wait of the attempt itself will do.
        _ if refusals < 2 => Duration::ZERO,
        _ => doubled(Duration::from_secs(4)),
    };
    wait.max(grown.min(HOLD_MAX))
}

/// Decides what becomes of `message` (in flight, its attempt already counted) after `verdict`.
///
/// `repeatable` says whether the gateway recognises a repeated client identifier; `jitter` is 0 to 1.
#[must_use]
pub fn after_attempt(
    message: &Message,
    verdict: SendVerdict,
    repeatable: bool,
    now: Timestamp,
    jitter: f64,
) -> Transition {
    let earlier_unclear = message.first_unclear_at;
    let plain = |state, reason| Transition {
        state,
        reason,
        next_attempt_at: None,
        gateway_id: None,
        unclear: false,
        holds_account: false,
    };
    let again = |reason: Reason, wait: Duration| Transition {
        next_attempt_at: Some(now.plus(wait)),
        ..plain(MessageState::Queued, Some(reason))
    };
    match verdict {
        SendVerdict::Accepted { gateway_id } => Transition {
            gateway_id,
            ..plain(MessageState::Accepted, None)
        },
        SendVerdict::AlreadyKnown { words } if earlier_unclear.is_some() => plain(
            MessageState::Accepted,
            Some(Reason::with_words(ReasonKind::AlreadyKnown, words)),
        ),
        // The first attempt cannot be a repetition: the identifier is random. Someone else's data is at odds; ask the operator.
        SendVerdict::AlreadyKnown { words } => plain(
            MessageState::Unknown,
            Some(Reason::with_words(ReasonKind::AlreadyKnown, words)),
        ),
        // An error on a repetition says nothing certain about the first copy, unless it concerns the message itself.
        SendVerdict::Rejected(reason)
            if earlier_unclear.is_some() && reason.kind == ReasonKind::RejectedByGateway =>
        {
            plain(
                MessageState::Unknown,
                Some(Reason {
                    kind: ReasonKind::ErrorAfterUnclearAttempt,
                    words: reason.words,
                    detail: None,
                }),
            )
        }
        SendVerdict::Rejected(reason) => plain(MessageState::Rejected, Some(reason)),
        SendVerdict::Wait { reason, retry_after } => {
            let usual = match reason.kind {
                // Money is not there sooner than the next day's messages are.
                ReasonKind::QuotaExhausted | ReasonKind::PaymentNeeded => HOLD_MAX,
                _ => backoff(message.attempts + 2, jitter),
            };
            again(reason, retry_after.unwrap_or(usual))
        }
        SendVerdict::CredentialsRefused { words } => Transition {
            holds_account: true,
            ..again(
                Reason::with_words(ReasonKind::CredentialsRefused, words),
                FIRST_HOLD,
            )
        },
        SendVerdict::NotSent { words } => again(
            Reason::with_words(ReasonKind::NoConnection, words),
            backoff(message.attempts, jitter),
        ),
        SendVerdict::Ambiguous(reason) => unclear(message, reason, repeatable, now, jitter),
    }
}

/// Whether the gateway's limit of the day is used up: its own figure of what is left, less what it has accepted since that
/// was read. A figure of another day says nothing, and neither does none.
#[must_use]
pub fn day_is_full(limits: Option<&Read<Limits>>, accepted_since: u64, now: Timestamp) -> bool {
    let Some(read) = limits else { return false };
    if read.at.local().date() != now.local().date() {
        return false;
    }
    let counted = read
        .value
        .daily
        .zip(read.value.used)
        .map(|(daily, used)| daily.saturating_sub(used));
    read.value
        .left
        .or(counted)
        .is_some_and(|left| left <= accepted_since)
}

/// When the next message of an account may leave, if one left at `last` and `delay_secs` are to lie between two. A clock
/// that was set back does not make it wait longer than the delay.
#[must_use]
pub fn paced_until(last: Option<Timestamp>, delay_secs: Option<u32>, now: Timestamp) -> Option<Timestamp> {
    let delay = Duration::from_secs(u64::from(delay_secs.filter(|secs| *secs > 0)?));
    let until = last?.plus(delay);
    (now < until && until.since(now) <= delay).then_some(until)
}

/// Decides what becomes of a message that was in flight when the program ended.
#[must_use]
pub fn after_restart(message: &Message, repeatable: bool, now: Timestamp) -> Transition {
    unclear(
        message,
        Reason::new(ReasonKind::ProgramEnded),
        repeatable,
        now,
        0.0,
    )
}

fn unclear(message: &Message, reason: Reason, repeatable: bool, now: Timestamp, jitter: f64) -> Transition {
    let since = message.first_unclear_at.unwrap_or(message.updated_at);
    let wait = backoff(message.attempts, jitter);
    // A clock that was set back must not stretch the window for ever; `since` then yields zero and attempts bound it.
    let within = now.plus(wait).since(since) <= REPEAT_WINDOW && message.attempts < 40;
    if repeatable && within {
        Transition {
            state: MessageState::Queued,
            reason: Some(reason),
            next_attempt_at: Some(now.plus(wait)),
            gateway_id: None,
            unclear: true,
            holds_account: false,
        }
    } else {
        Transition {
            state: MessageState::Unknown,
            reason: Some(reason),
            next_attempt_at: None,
            gateway_id: None,
            unclear: true,
            holds_account: false,
        }
    }
}

/// What the operator may do with a message in a given state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Allowed {
    /// Take it back: nothing of it has left.
    pub cancel: bool,
    /// Try it now.
    pub retry: bool,
    /// Say that it arrived, or send it again as a new message at the risk of a second copy.
    pub resolve: bool,
    /// Send it again as a new message: it was definitely not sent.
    pub resend: bool,
}

/// What may be done with `message` now.
#[must_use]
pub fn allowed(message: &Message) -> Allowed {
    match message.state {
        MessageState::Preparing => Allowed {
            cancel: true,
            retry: true,
            ..Allowed::default()
        },
        // With an unclear attempt behind it, taking it back would hide that it may have been sent.
        MessageState::Queued => Allowed {
            cancel: message.first_unclear_at.is_none(),
            retry: true,
            ..Allowed::default()
        },
        MessageState::Rejected | MessageState::Cancelled => Allowed {
            resend: true,
            ..Allowed::default()
        },
        MessageState::Unknown => Allowed {
            resolve: true,
            ..Allowed::default()
        },
        _ => Allowed::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AccountId, ClientMessageId, ConversationId, MessageId, PhoneNumber};

    fn message(attempts: u32, first_unclear_at: Option<i64>) -> Message {
        Message {
            template: None,
            id: MessageId::new(),
            account: AccountId::new(),
            conversation: ConversationId::new(),
            to: PhoneNumber::from_digits("5511900000012").unwrap(),
            text: "x".into(),
            attachment: None,
            client_id: ClientMessageId::random(),
            gateway_id: None,
            state: MessageState::InFlight,
            reason: None,
            attempts,
            next_attempt_at: None,
            first_unclear_at: first_unclear_at.map(Timestamp),
            not_before: None,
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
        }
    }

    fn ambiguous() -> SendVerdict {
        SendVerdict::Ambiguous(Reason::new(ReasonKind::TimedOut))
    }

    #[test]
    fn an_unclear_send_is_repeated_only_where_the_gateway_recognises_it() {
        let now = Timestamp(1_000);
        let next = after_attempt(&message(1, None), ambiguous(), true, now, 0.5);
        assert_eq!((next.state, next.unclear), (MessageState::Queued, true));
        assert!(next.next_attempt_at.unwrap() > now);
        let next = after_attempt(&message(1, None), ambiguous(), false, now, 0.5);
        assert_eq!((next.state, next.next_attempt_at), (MessageState::Unknown, None));
        assert_eq!(
            after_restart(&message(1, None), false, now).state,
            MessageState::Unknown
        );
        assert_eq!(
            after_restart(&message(1, None), true, now).state,
            MessageState::Queued
        );
    }

    #[test]
    fn after_an_hour_it_is_unknown() {
        let hour = Timestamp(0).plus(REPEAT_WINDOW);
        assert_eq!(
            after_attempt(&message(12, Some(0)), ambiguous(), true, hour, 0.5).state,
            MessageState::Unknown
        );
        let before = hour.minus(Duration::from_secs(600));
        assert_eq!(
            after_attempt(&message(12, Some(0)), ambiguous(), true, before, 0.5).state,
            MessageState::Queued
        );
        // A clock set back by a year does not make it repeat for ever.
        assert_eq!(
            after_attempt(&message(40, Some(i64::MAX)), ambiguous(), true, hour, 0.5).state,
            MessageState::Unknown
        );
    }

    #[test]
    fn a_known_identifier_means_accepted_only_after_an_unclear_attempt() {
        let known = || SendVerdict::AlreadyKnown {
            words: "ID repetido".into(),
        };
        let next = after_attempt(&message(2, Some(0)), known(), true, Timestamp(5), 0.5);
        assert_eq!(next.state, MessageState::Accepted);
        assert_eq!(next.reason.unwrap().kind, ReasonKind::AlreadyKnown);
        assert_eq!(
            after_attempt(&message(1, None), known(), true, Timestamp(5), 0.5).state,
            MessageState::Unknown
        );
    }

    #[test]
    fn an_unexplained_error_after_an_unclear_attempt_is_not_called_a_failure() {
        let no = || SendVerdict::Rejected(Reason::with_words(ReasonKind::RejectedByGateway, "erro 17"));
        assert_eq!(
            after_attempt(&message(1, None), no(), true, Timestamp(5), 0.5).state,
            MessageState::Rejected
        );
        assert_eq!(
            after_attempt(&message(2, Some(0)), no(), true, Timestamp(5), 0.5).state,
            MessageState::Unknown
        );
        let number = SendVerdict::Rejected(Reason::new(ReasonKind::InvalidRecipient));
        assert_eq!(
            after_attempt(&message(2, Some(0)), number, true, Timestamp(5), 0.5).state,
            MessageState::Rejected
        );
    }

    #[test]
    fn what_was_not_sent_comes_back_by_itself() {
        let not_sent = SendVerdict::NotSent { words: "dns".into() };
        let next = after_attempt(&message(3, None), not_sent, false, Timestamp(0), 1.0);
        assert_eq!((next.state, next.unclear), (MessageState::Queued, false));
        assert_eq!(next.next_attempt_at, Some(Timestamp(8_000)));
        let refused = SendVerdict::CredentialsRefused { words: String::new() };
        assert!(after_attempt(&message(1, None), refused, true, Timestamp(0), 0.5).holds_account);
        let wait = SendVerdict::Wait {
            reason: Reason::new(ReasonKind::RateLimited),
            retry_after: Some(Duration::from_secs(7)),
        };
        assert_eq!(
            after_attempt(&message(1, None), wait, true, Timestamp(0), 0.5).next_attempt_at,
            Some(Timestamp(7_000))
        );
    }

    #[test]
    fn a_queue_that_is_refused_again_and_again_rests_longer_and_longer() {
        let rests = |kind, wait: u64| -> Vec<u64> {
            (1..=8)
                .map(|refusals| hold_for(kind, refusals, Duration::from_secs(wait)).as_secs())
                .collect()
        };
        assert_eq!(
            rests(ReasonKind::CredentialsRefused, 60),
            [60, 120, 240, 480, 900, 900, 900, 900]
        );
        assert_eq!(
            rests(ReasonKind::RateLimited, 1),
            [1, 8, 16, 32, 64, 128, 256, 512]
        );
        assert_eq!(rests(ReasonKind::RateLimited, 3_600), [3_600; 8]);
        assert_eq!(
            hold_for(ReasonKind::RateLimited, u32::MAX, Duration::ZERO),
            HOLD_MAX
        );
        for kind in [ReasonKind::PaymentNeeded, ReasonKind::QuotaExhausted] {
            let wait = SendVerdict::Wait {
                reason: Reason::new(kind),
                retry_after: None,
            };
            let next = after_attempt(&message(1, None), wait, false, Timestamp(0), 0.5);
            assert_eq!(next.next_attempt_at, Some(Timestamp(15 * 60 * 1_000)));
        }
    }

    #[test]
    fn what_does_not_fit_into_the_day_waits_until_it_turns() {
        let noon = Timestamp(1_790_000_000_000);
        let read = |daily, used, left| Read {
            value: Limits {
                daily,
                used,
                left,
                expires: None,
            },
            at: noon,
        };
        assert!(!day_is_full(None, 1_000, noon));
        assert!(day_is_full(Some(&read(Some(100), Some(100), Some(0))), 0, noon));
        assert!(!day_is_full(Some(&read(Some(100), Some(98), Some(2))), 1, noon));
        assert!(day_is_full(Some(&read(Some(100), Some(98), Some(2))), 2, noon));
        assert!(day_is_full(Some(&read(Some(100), Some(100), None)), 0, noon));
        assert!(
            !day_is_full(Some(&read(Some(100), None, None)), 7, noon),
            "not known"
        );
        let tomorrow = noon.plus(Duration::from_secs(24 * 3_600));
        assert!(!day_is_full(
            Some(&read(Some(100), Some(100), Some(0))),
            0,
            tomorrow
        ));
    }

    #[test]
    fn two_messages_are_the_delay_apart() {
        let last = Some(Timestamp(10_000));
        assert_eq!(
            paced_until(last, Some(5), Timestamp(11_000)),
            Some(Timestamp(15_000))
        );
        assert_eq!(paced_until(last, Some(5), Timestamp(15_000)), None);
        assert_eq!(paced_until(last, Some(0), Timestamp(10_000)), None);
        assert_eq!(paced_until(last, None, Timestamp(10_000)), None);
        assert_eq!(paced_until(None, Some(5), Timestamp(10_000)), None);
        // The clock was set back by an hour.
        assert_eq!(
            paced_until(Some(Timestamp(3_610_000)), Some(5), Timestamp(10_000)),
            None
        );
    }

    #[test]
    fn the_wait_grows_and_is_bounded() {
        assert_eq!(backoff(1, 1.0), Duration::from_secs(2));
        assert_eq!(backoff(4, 1.0), Duration::from_secs(16));
        assert_eq!(backoff(4, 0.0), Duration::from_secs(8));
        assert_eq!(backoff(4_000, 1.0), Duration::from_secs(300));
    }

    #[test]
    fn the_operator_may_take_back_only_what_cannot_have_left() {
        let mut queued = message(0, None);
        queued.state = MessageState::Queued;
        assert!(allowed(&queued).cancel);
        queued.first_unclear_at = Some(Timestamp(1));
        assert!(!allowed(&queued).cancel && allowed(&queued).retry);
        queued.state = MessageState::InFlight;
        assert_eq!(allowed(&queued), Allowed::default());
        queued.state = MessageState::Unknown;
        assert!(allowed(&queued).resolve && !allowed(&queued).resend);
    }
}
