//! Questions of a window, answered from the database.

use super::protocol::{Answer, DashboardData, Question, Ticket};
use super::shared::Shared;
use crate::store::StoreError;
use std::sync::Arc;
use std::time::Duration;

/// Points of a plot at most: more than a screen has columns for.
const SAMPLES_MAX: u32 = 1_500;
/// Rows of the queue screen at most.
const OUTBOX_MAX: u32 = 10_000;
/// Changes of connection that are shown.
const CHANGES_MAX: u32 = 50;
/// Raw bodies that are listed.
const RAW_MAX: u32 = 200;
/// A page is never larger than this, whatever was asked for.
const PAGE_MAX: u32 = 500;

impl Shared {
    /// Answers a question, beside whatever else goes on.
    pub(super) fn question(self: &Arc<Self>, ticket: Ticket, question: Question) {
        self.spawn("question", |shared| async move {
            let answer = match shared.find(question).await {
                Ok(answer) => answer,
                Err(error) => {
                    tracing::warn!(%error, "a question could not be answered");
                    Answer::Failed(error.to_string())
                }
            };
            shared.publisher.answer(ticket, answer);
        });
    }

    async fn find(&self, question: Question) -> Result<Answer, StoreError> {
        let store = &self.store;
        Ok(match question {
            Question::Conversations {
                filter,
                before,
                limit,
            } => Answer::Conversations(store.conversations(&filter, before, limit.min(PAGE_MAX)).await?),
            Question::Thread {
                conversation,
                before,
                limit,
            } => Answer::Thread(store.thread(conversation, before, limit.min(PAGE_MAX)).await?),
            Question::Conversation(id) => Answer::Conversation(Box::new(store.conversation(id).await?)),
            Question::DoNotWrite(account, numbers) => {
                Answer::DoNotWrite(store.not_to_be_written_to(account, numbers).await?)
            }
            Question::RawDeliveries(account) => {
                Answer::RawDeliveries(store.unreadable(account, RAW_MAX).await?)
            }
            Question::HostedFiles => Answer::HostedFiles(store.hosted_files().await?),
            Question::OutgoingFile(id) => Answer::OutgoingFile(Box::new(store.outgoing_file(id).await?)),
            Question::Templates(account) => Answer::Templates(store.templates(account).await?),
            Question::Backups => Answer::Backups(self.backups().await),
            Question::Message(id) => Answer::Message(Box::new(store.message(id).await?)),
            Question::History(id) => Answer::History(store.history(id).await?),
            Question::Outbox(account) => Answer::Outbox(store.outbox(account, OUTBOX_MAX).await?),
            Question::Drafts(account) => Answer::Drafts(store.drafts(account).await?),
            Question::Dashboard { account, hours } => {
                let since = self
                    .clock
                    .now()
                    .minus(Duration::from_secs(u64::from(hours) * 3_600));
                Answer::Dashboard(Box::new(DashboardData {
                    since,
                    samples: store.samples(account, since, SAMPLES_MAX).await?,
                    hours: store.hourly_counts(account, since).await?,
                    changes: store.connection_changes(account, CHANGES_MAX).await?,
                }))
            }
            Question::Strangers(account, numbers) => {
                Answer::Strangers(store.strangers(account, &numbers).await?)
            }
            Question::LastWrote(account, numbers) => {
                let found = store.last_wrote(account, numbers).await?;
                Answer::LastWrote(found.into_iter().map(|(_, at)| at).collect())
            }
        })
    }
}
