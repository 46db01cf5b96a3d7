//! Says that somebody wrote: in the window at once, on the desktop once for what comes in a moment, and not for the
//! conversation that is being looked at.

use super::protocol::{IncomingNotice, Notice};
use super::shared::{Shared, lock};
use crate::domain::{AccountId, ConversationId, MessageId, text};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// What comes within this time is told together.
const TOGETHER: Duration = Duration::from_millis(600);
/// Two notifications of the desktop are at least this far apart.
const APART: Duration = Duration::from_secs(4);
/// How many arrivals may wait to be told; in a storm the rest is only counted.
pub(super) const ARRIVALS_MAX: usize = 256;
/// Longest text of a notice, in visible characters.
const TEXT_MAX: usize = 160;

/// What the desktop is told of what came in a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrivals {
    /// How many messages.
    pub messages: usize,
    /// From how many people.
    pub people: usize,
    /// The newest of them.
    pub newest: IncomingNotice,
    /// The account's name.
    pub account_name: String,
    /// Whether the text may be shown.
    pub show_text: bool,
    /// Whether the desktop shows it; otherwise only the sound is played.
    pub show: bool,
    /// Whether the sound is played.
    pub sound: bool,
}

/// A message that came.
pub(super) type Arrival = (AccountId, MessageId, ConversationId);

impl Shared {
    /// Hands new messages to [`Shared::tell_arrivals`]. Never waits.
    pub(super) fn announce(&self, account: AccountId, new: &[(MessageId, ConversationId)]) {
        for (message, conversation) in new {
            if self
                .arrivals
                .try_send((account, *message, *conversation))
                .is_err()
            {
                tracing::debug!("more arrives than can be told");
                return;
            }
        }
    }

    /// Tells what arrives until the engine stops.
    pub(super) async fn tell_arrivals(self: Arc<Self>, mut arrivals: tokio::sync::mpsc::Receiver<Arrival>) {
        while let Some(first) = arrivals.recv().await {
            tokio::time::sleep(TOGETHER).await;
            let mut all = vec![first];
            while let Ok(next) = arrivals.try_recv() {
                all.push(next);
            }
            let showing = *lock(&self.inbox.showing);
            let visible = |conversation: ConversationId| showing == Some(conversation) && !self.is_hidden();
            all.retain(|(_, _, conversation)| !visible(*conversation));
            if self.tell_together(&all).await {
                tokio::time::sleep(APART).await;
            }
        }
    }

    async fn tell_together(&self, all: &[Arrival]) -> bool {
        let Some((account, message, conversation)) = all.last().copied() else {
            return false;
        };
        let Some(newest) = self.notice_of(account, message, conversation).await else {
            return false;
        };
        self.publisher.notice(Notice::Incoming(Box::new(newest.clone())));
        let settings = self.settings();
        let now = self.clock.now().local();
        let minute = u16::try_from(i32::from(now.hour()) * 60 + i32::from(now.minute())).unwrap_or(0);
        let quiet = settings.is_quiet(minute);
        let told = Arrivals {
            messages: all.len(),
            people: all.iter().map(|arrival| arrival.2).collect::<BTreeSet<_>>().len(),
            account_name: self
                .account(account)
                .map(|account| account.name.clone())
                .unwrap_or_default(),
            newest,
            show_text: settings.notification_text,
            show: settings.notifications && !quiet,
            sound: settings.sound && !quiet,
        };
        if told.show || told.sound {
            (self.on_arrival)(&told);
        }
        true
    }

    async fn notice_of(
        &self,
        account: AccountId,
        message: MessageId,
        conversation: ConversationId,
    ) -> Option<IncomingNotice> {
        let stored = self.store.incoming_message(message).await;
        let person = self.store.conversation(conversation).await;
        match (stored, person) {
            (Ok(stored), Ok(person)) => Some(IncomingNotice {
                account,
                conversation,
                message,
                name: person
                    .shown_name()
                    .map_or_else(|| person.phone.to_string(), ToOwned::to_owned),
                kind: stored.kind,
                text: text::one_line(&stored.text, TEXT_MAX),
            }),
            (Err(error), _) | (_, Err(error)) => {
                tracing::warn!(%error, "what came could not be told");
                None
            }
        }
    }
}
