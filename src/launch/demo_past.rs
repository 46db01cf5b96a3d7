//! How what an account of the demo has been through is written down: through the same store the program uses, before the
//! engine starts.

use super::demo_answers::{self, Heard};
use super::demo_files::{self, ShopFile};
use super::demo_library::ShopTemplate;
use crate::domain::conversation::ConversationFilter;
use crate::domain::incoming::{Inbound, InboundReport};
use crate::domain::message::{Message, MessageState, Reason, ReasonKind};
use crate::domain::outbox::Transition;
use crate::domain::{AccountId, Attachment, ConversationId, PhoneNumber, TemplateMessage, Timestamp};
use crate::store::{NewDelivery, NewMessage, Store, StoreError};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::path::Path;
use std::time::Duration;

/// A day.
pub(super) const DAY: Duration = Duration::from_secs(24 * 3_600);

/// Number, name, and what was written, the oldest first.
pub(super) type Person = (&'static str, &'static str, &'static [Past]);

/// One message of the past.
#[derive(Clone, Copy)]
pub(super) enum Past {
    /// We wrote: minutes ago, what became of it, its text.
    Out(u64, MessageState, &'static str),
    /// We sent a file: minutes ago, what became of it, the text with it, the file.
    File(u64, MessageState, &'static str, ShopFile),
    /// We sent a template: minutes ago, what became of it, the values.
    Template(u64, MessageState, &'static ShopTemplate, &'static [&'static str]),
    /// We wrote, and it was refused: minutes ago, why, its text.
    Refused(u64, Refusal, &'static str),
    /// They wrote: minutes ago, and what.
    In(u64, Heard),
}

/// Why a gateway refused a message.
#[derive(Clone, Copy)]
pub(super) struct Refusal {
    /// The class.
    pub(super) kind: ReasonKind,
    /// The key of the sentence for a documented code.
    pub(super) detail: Option<&'static str>,
    /// The gateway's words.
    pub(super) words: &'static str,
}

impl Refusal {
    fn reason(self) -> Reason {
        let reason = Reason::with_words(self.kind, self.words);
        match self.detail {
            Some(detail) => reason.detailed(detail),
            None => reason,
        }
    }
}

/// What becomes of a message, and why.
struct End {
    state: MessageState,
    reason: Option<Reason>,
}

impl End {
    fn of(state: MessageState) -> Self {
        let reason = (state == MessageState::Unknown).then(|| Reason::new(ReasonKind::TimedOut));
        Self { state, reason }
    }
}

/// Something to send, as it was then.
struct Sending<'a> {
    minutes: u64,
    end: End,
    text: String,
    template: Option<TemplateMessage>,
    file: Option<&'a ShopFile>,
}

/// The conversation of an account with a person.
pub(super) async fn conversation_with(
    store: &Store,
    account: AccountId,
    number: &str,
) -> Result<Option<ConversationId>, StoreError> {
    let filter = ConversationFilter {
        account: Some(account),
        ..ConversationFilter::default()
    };
    let rows = store.conversations(&filter, None, 100).await?;
    let conversations = rows.into_iter().map(|row| row.conversation);
    Ok(conversations
        .filter(|conversation| conversation.phone.digits() == number)
        .map(|conversation| conversation.id)
        .next())
}

/// What the gateway called a message that it took, given what became of it; `None` if it refused it at once, or gives none.
pub(super) type GatewayId<'a> = &'a dyn Fn(&Message, MessageState) -> Option<String>;

/// An account that is written about.
pub(super) struct Shop<'a> {
    /// Where.
    pub(super) store: &'a Store,
    /// The data folder.
    pub(super) folder: &'a Path,
    /// The account; it is in the store.
    pub(super) account: AccountId,
    /// The time.
    pub(super) now: Timestamp,
    /// What the gateway called the messages that it took.
    pub(super) gateway_id: GatewayId<'a>,
}

impl Shop<'_> {
    fn ago(&self, minutes: u64) -> Timestamp {
        self.now.minus(Duration::from_secs(minutes * 60))
    }

    /// Writes down what was written to and by these people. Answers the conversation last written to.
    pub(super) async fn live_through(&self, people: &[Person]) -> anyhow::Result<Option<ConversationId>> {
        let mut newest = None;
        for (number, name, messages) in people {
            let Ok(to) = PhoneNumber::from_digits(number) else {
                continue;
            };
            for past in *messages {
                let (minutes, end, text, file) = match past {
                    Past::Out(minutes, state, text) => (*minutes, End::of(*state), *text, None),
                    Past::File(minutes, state, text, file) => (*minutes, End::of(*state), *text, Some(file)),
                    Past::Refused(minutes, refusal, text) => {
                        let (state, reason) = (MessageState::Rejected, Some(refusal.reason()));
                        (*minutes, End { state, reason }, *text, None)
                    }
                    Past::Template(minutes, state, template, values) => {
                        let (template, text) = template.filled(values)?;
                        let sending = Sending {
                            minutes: *minutes,
                            end: End::of(*state),
                            text,
                            template: Some(template),
                            file: None,
                        };
                        newest = self.send(&to, name, sending).await?.or(newest);
                        continue;
                    }
                    Past::In(minutes, heard) => {
                        let (account, at) = (self.account, self.ago(*minutes));
                        demo_answers::hear(self.store, self.folder, account, &to, name, *heard, at).await?;
                        continue;
                    }
                };
                let sending = Sending {
                    minutes,
                    end,
                    text: text.to_owned(),
                    template: None,
                    file,
                };
                newest = self.send(&to, name, sending).await?.or(newest);
            }
        }
        Ok(newest)
    }

    async fn send(
        &self,
        to: &PhoneNumber,
        name: &str,
        sending: Sending<'_>,
    ) -> anyhow::Result<Option<ConversationId>> {
        let (store, at) = (self.store, self.ago(sending.minutes));
        let taken = match sending.file {
            Some(file) => Some(demo_files::take_in(store, self.folder, self.account, *file, at).await?),
            None => None,
        };
        let message = NewMessage {
            template: sending.template,
            to: to.clone(),
            text: sending.text,
            attachment: taken.as_ref().map(Attachment::from_file),
            not_before: None,
        };
        let mut written_to = None;
        for message in store.enqueue(self.account, vec![message], at).await? {
            if !name.is_empty() {
                store.rename_conversation(message.conversation, name).await?;
            }
            if let Some(taken) = &taken {
                demo_files::put_up(store, taken, at).await?;
            }
            self.play(&message, &sending.end, at).await?;
            if let Some(taken) = &taken {
                demo_files::take_away(store, taken, at).await?;
            }
            written_to = Some(message.conversation);
        }
        Ok(written_to)
    }

    /// What the account sends all day long: `written` gives text and template.
    pub(super) async fn write_all_day(
        &self,
        seed: u64,
        written: impl Fn(&mut StdRng) -> anyhow::Result<(String, Option<TemplateMessage>)>,
    ) -> anyhow::Result<()> {
        let mut random = StdRng::seed_from_u64(seed);
        for hour in 1..11_u64 {
            for _ in 0..random.random_range(1..5_u32) {
                let minutes = hour * 60 + random.random_range(0..55_u64);
                let number = format!("55119000000{}", random.random_range(60..90_u32));
                let Ok(to) = PhoneNumber::from_digits(&number) else {
                    continue;
                };
                let (text, template) = written(&mut random)?;
                let state = if random.random_bool(0.7) {
                    MessageState::Read
                } else {
                    MessageState::Delivered
                };
                let sending = Sending {
                    minutes,
                    end: End::of(state),
                    text,
                    template,
                    file: None,
                };
                self.send(&to, "", sending).await?;
            }
        }
        Ok(())
    }

    /// Lets a message go its way as it would have gone then.
    async fn play(&self, message: &Message, end: &End, at: Timestamp) -> Result<(), StoreError> {
        let store = self.store;
        let later = |secs| at.plus(Duration::from_secs(secs));
        store.begin_attempt(message.id, later(1)).await?;
        let unclear = end.state == MessageState::Unknown;
        let gateway_id = (!unclear)
            .then(|| (self.gateway_id)(message, end.state))
            .flatten();
        // What was refused under an identifier had been taken before.
        let at_once = unclear || (end.state == MessageState::Rejected && gateway_id.is_none());
        let transition = Transition {
            state: if at_once {
                end.state
            } else {
                MessageState::Accepted
            },
            reason: end.reason.clone().filter(|_| at_once),
            next_attempt_at: None,
            gateway_id: gateway_id.clone(),
            unclear,
            holds_account: false,
        };
        store
            .finish_attempt(message.id, &transition, None, later(2))
            .await?;
        if at_once {
            return Ok(());
        }
        if end.state == MessageState::Rejected {
            return self.move_on(message, gateway_id.as_deref(), end, later(4)).await;
        }
        for (next, secs) in [
            (MessageState::Sent, 3),
            (MessageState::Delivered, 5),
            (MessageState::Read, 60),
        ] {
            if next.progress() <= end.state.progress() {
                let (next, id) = (End::of(next), gateway_id.as_deref());
                self.move_on(message, id, &next, later(secs)).await?;
            }
        }
        Ok(())
    }

    /// A message came further: reported by the gateway under its identifier, if it has one.
    async fn move_on(
        &self,
        message: &Message,
        gateway_id: Option<&str>,
        to: &End,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(gateway_id) = gateway_id else {
            let from = [
                MessageState::Accepted,
                MessageState::Sent,
                MessageState::Delivered,
            ];
            self.store
                .change_state(message.id, &from, to.state, to.reason.clone(), at)
                .await?;
            return Ok(());
        };
        let report = InboundReport {
            reference: gateway_id.to_owned(),
            other_reference: None,
            state: to.state,
            reason: to.reason.clone(),
            words: to.reason.as_ref().and_then(|reason| reason.words.clone()),
        };
        self.store
            .receive(NewDelivery {
                account: self.account,
                received_at: at,
                content_type: None,
                body: None,
                bytes: 0,
                parts: vec![Inbound::Report(report)],
            })
            .await?;
        Ok(())
    }
}
