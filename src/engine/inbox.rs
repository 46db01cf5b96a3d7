//! The inbox: what the listener brings is read, committed and told, in this order.

use super::protocol::{InboxCommand, InboxView, Notice};
use super::shared::{Shared, lock, without_secrets, without_secrets_in};
use crate::domain::inbox::WebhookPath;
use crate::domain::incoming::{Inbound, InboundReport};
use crate::domain::{AccountId, ConversationId, Secret, Timestamp};
use crate::gateway::inbound::{self, ReceiveError, WebhookBody, WebhookCall};
use crate::listener::{DeliveredBody, Delivery, HostedAttachment, Reception, Refusal};
use crate::platform::logging;
use crate::store::{NewDelivery, Received, StoreError};
use futures_util::future::BoxFuture;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;
use subtle::ConstantTimeEq as _;
use tokio::sync::Notify;

/// Counts are read again this long after something came: in a storm, once for many.
const COUNT_AFTER: Duration = Duration::from_millis(50);
/// How long an account's raw bodies that were read are kept.
const RAW_KEPT: Duration = Duration::from_secs(30 * 24 * 3_600);

/// What the inbox remembers beside the database.
#[derive(Default)]
pub(super) struct InboxState {
    /// Every path that is answered.
    paths: Mutex<Vec<WebhookPath>>,
    /// Accounts whose counts have to be read again.
    dirty: Mutex<BTreeSet<AccountId>>,
    something_came: Notify,
    /// When each account was last called, not yet written down.
    called: Mutex<BTreeMap<String, Timestamp>>,
    /// The conversation the operator is looking at.
    pub(super) showing: Mutex<Option<ConversationId>>,
}

/// The folder of files that came, and of our copies of those that go.
pub(super) fn media_folder(shared: &Shared) -> PathBuf {
    shared.publisher.live().folder.join("media")
}

/// Makes the folders for what comes in, before anything can come. What cannot be made now is tried again when it is needed.
pub(super) fn make_folders(data: &Path) {
    for folder in ["media", "spool"].map(|name| data.join(name)) {
        if let Err(error) = crate::platform::folders::make_private(&folder) {
            tracing::error!(%error, path = %folder.display(), "a folder for what comes in cannot be made");
        }
    }
}

fn path_in_use(path: &WebhookPath) -> Option<String> {
    path.valid_until.is_none().then(|| format!("/w/{}", path.token))
}

/// What the listener knows of the engine. It does not keep the engine alive.
pub(super) struct Door(pub(super) Weak<Shared>);

impl Reception for Door {
    fn account_of(&self, token: &str) -> Option<AccountId> {
        let shared = self.0.upgrade()?;
        let now = shared.clock.now();
        let mut found = None;
        // Every path is compared, also after one has matched: the time taken tells nothing.
        for path in lock(&shared.inbox.paths).iter() {
            let same = bool::from(path.token.as_bytes().ct_eq(token.as_bytes()));
            if same && path.valid_until.is_none_or(|until| now < until) {
                found = Some(path.account);
            }
        }
        let account = found.filter(|account| shared.running(*account).is_some())?;
        lock(&shared.inbox.called).insert(token.to_owned(), now);
        Some(account)
    }

    fn attachment(&self, token: &str) -> Option<HostedAttachment> {
        self.0.upgrade()?.hosted_attachment(token)
    }

    fn spool_folder(&self) -> PathBuf {
        self.0.upgrade().map_or_else(std::env::temp_dir, |shared| {
            shared.publisher.live().folder.join("spool")
        })
    }

    fn take(&self, delivery: Delivery) -> BoxFuture<'_, Result<(), Refusal>> {
        Box::pin(async move {
            match self.0.upgrade() {
                Some(shared) => shared.take_delivery(delivery).await,
                None => Err(Refusal::NotNow),
            }
        })
    }
}

impl Shared {
    /// Reads and commits one delivery; `Ok` only when it is on the disk.
    async fn take_delivery(self: Arc<Self>, delivery: Delivery) -> Result<(), Refusal> {
        let Some(kind) = self.account(delivery.account).map(|account| account.gateway) else {
            return Err(Refusal::NotNow);
        };
        let folder = media_folder(&self);
        // Without the addresses we are called at before it is read: of words that are shortened then, the rest could not be told
        // any more. Nothing else is cut: a password may be a word that a customer writes.
        let clean = match &delivery.body {
            DeliveredBody::Memory(body) => self.without_paths(body),
            DeliveredBody::Spooled { .. } => Vec::new(),
        };
        let (body, bytes) = match &delivery.body {
            DeliveredBody::Memory(body) => (WebhookBody::Memory(&clean), body.len() as u64),
            DeliveredBody::Spooled { file, bytes } => (WebhookBody::File(file), *bytes),
        };
        let call = WebhookCall {
            content_type: delivery.content_type.as_deref(),
            body,
            about: delivery.about.as_ref(),
        };
        let parts = match inbound::read_webhook(kind, call, &folder).await {
            Ok(parts) => parts,
            Err(error) => {
                tracing::error!(%error, "what came could not be taken");
                self.publisher.notice(Notice::Failed(error.to_string()));
                return Err(match error {
                    ReceiveError::NoRoom => Refusal::NoRoom,
                    ReceiveError::Failed { .. } => Refusal::NotNow,
                });
            }
        };
        let stored_names: Vec<String> = parts.iter().filter_map(stored_name).collect();
        let came_with_file = !stored_names.is_empty();
        let body = match &delivery.body {
            // A file stands beside the database; its text form a second time in it would only be large.
            DeliveredBody::Memory(_) if !came_with_file => Some(raw_body(&clean)),
            _ => None,
        };
        let new = NewDelivery {
            account: delivery.account,
            received_at: self.clock.now(),
            content_type: delivery.content_type.clone(),
            body,
            bytes,
            parts: parts.into_iter().map(without_our_secrets).collect(),
        };
        match self.store.receive(new).await {
            Ok(received) => {
                self.delivered(delivery.account, received).await;
                Ok(())
            }
            Err(error) => {
                for name in stored_names {
                    remove_media(&folder, &name).await;
                }
                // Removed in this very moment: nobody is left to take it, and nobody to tell.
                if !matches!(error, StoreError::NotFound) {
                    self.store_failed(&error);
                }
                Err(Refusal::NotNow)
            }
        }
    }

    /// A body without the addresses at which the gateways call us.
    fn without_paths(&self, body: &[u8]) -> Vec<u8> {
        let Ok(text) = std::str::from_utf8(body) else {
            return body.to_vec();
        };
        let paths = lock(&self.inbox.paths);
        let clean = paths.iter().fold(text.to_owned(), |text, path| {
            Secret::new(path.token.clone()).redact(&text)
        });
        clean.into_bytes()
    }

    /// Tells what a committed delivery has changed.
    async fn delivered(self: &Arc<Self>, account: AccountId, received: Received) {
        let folder = media_folder(self);
        for name in &received.files_not_needed {
            remove_media(&folder, name).await;
        }
        self.publisher
            .messages_changed(received.new_messages.iter().chain(&received.changed).copied());
        self.announce(account, &received.new_messages);
        self.inbox_changed(account);
        self.files_may_end();
        if let Some(running) = self.running(account) {
            self.follow_confirmed(&running, &received.changed).await;
            // A report may have settled what the dispatcher was going to repeat.
            running.outbox_wake.notify_one();
        }
    }

    /// Has the counts of an account read again soon.
    pub(super) fn inbox_changed(&self, account: AccountId) {
        lock(&self.inbox.dirty).insert(account);
        self.inbox.something_came.notify_one();
    }

    /// Keeps the counts in the live picture true, and the times of the last calls in the database.
    pub(super) async fn keep_inbox_counts(self: Arc<Self>) {
        loop {
            let accounts = std::mem::take(&mut *lock(&self.inbox.dirty));
            for account in accounts {
                self.read_inbox_counts(account).await;
            }
            tokio::select! {
                () = self.inbox.something_came.notified() => {}
                () = self.stopping.cancelled() => return,
            }
            tokio::time::sleep(COUNT_AFTER).await;
        }
    }

    async fn read_inbox_counts(&self, account: AccountId) {
        self.recount(account).await;
        let called = std::mem::take(&mut *lock(&self.inbox.called));
        for (token, at) in called {
            match self.store.path_called(&token, at).await {
                Ok(()) => {
                    if let Some(path) = lock(&self.inbox.paths)
                        .iter_mut()
                        .find(|path| path.token == token)
                    {
                        path.last_called_at = path.last_called_at.max(Some(at));
                    }
                }
                Err(error) => tracing::warn!(%error, "the time of a call could not be kept"),
            }
        }
        let heard = match self.store.first_and_last_message_at(account).await {
            Ok(heard) => heard,
            Err(error) => return self.store_failed(&error),
        };
        match self.store.inbox_counts(account).await {
            Ok((unread, unreadable)) => self.update_account(account, |view| {
                let before = view.inbox.clone();
                view.inbox.first_message_at = heard.map(|(first, _)| first);
                view.inbox.last_message_at = heard.map(|(_, last)| last);
                view.inbox.unread = unread;
                view.inbox.unreadable = unreadable;
                self.fill_paths(account, &mut view.inbox);
                view.inbox != before
            }),
            Err(error) => self.store_failed(&error),
        }
    }

    fn fill_paths(&self, account: AccountId, view: &mut InboxView) {
        let paths = lock(&self.inbox.paths);
        let own = || paths.iter().filter(move |path| path.account == account);
        view.path = own().find_map(path_in_use).unwrap_or_default();
        let now = self.clock.now();
        view.older_until = own()
            .filter_map(|path| path.valid_until)
            .filter(|until| *until > now)
            .max();
        view.last_called_at = own().filter_map(|path| path.last_called_at).max();
    }

    /// The path of an account that is in use, beginning with a slash; `None` until it is made.
    pub(super) fn webhook_path(&self, account: AccountId) -> Option<String> {
        let paths = lock(&self.inbox.paths);
        paths
            .iter()
            .filter(|path| path.account == account)
            .find_map(path_in_use)
    }

    /// Sees to it that every account has a path, and knows all of them.
    pub(super) async fn load_paths(&self) -> Result<(), StoreError> {
        let accounts: Vec<AccountId> = self
            .publisher
            .live()
            .accounts
            .iter()
            .map(|view| view.account.id)
            .collect();
        for account in &accounts {
            match self
                .store
                .ensure_path(*account, &new_token(), self.clock.now())
                .await
            {
                // Removed in this very moment.
                Ok(_) | Err(StoreError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        let paths = self.store.webhook_paths().await?;
        for path in &paths {
            logging::hide(&crate::domain::Secret::new(path.token.clone()));
        }
        *lock(&self.inbox.paths) = paths;
        for account in accounts {
            self.inbox_changed(account);
        }
        Ok(())
    }

    /// Removes files whose delivery was never committed, and old raw bodies.
    pub(super) async fn tidy_inbox(&self) {
        let now = self.clock.now();
        if let Err(error) = self.store.prune_deliveries(now.minus(RAW_KEPT)).await {
            tracing::warn!(%error, "old raw bodies could not be removed");
        }
        let known = match self.store.stored_file_names().await {
            Ok(known) => known,
            Err(error) => return tracing::warn!(%error, "the list of files could not be read"),
        };
        let known: BTreeSet<String> = known.into_iter().collect();
        let folder = media_folder(self);
        let orphans = tokio::task::spawn_blocking(move || orphans_of(&folder, &known)).await;
        for path in orphans.unwrap_or_default() {
            match tokio::fs::remove_file(&path).await {
                Ok(()) => tracing::info!(path = %path.display(), "removed a file that belongs to nothing"),
                Err(error) => tracing::warn!(%error, "a file that belongs to nothing could not be removed"),
            }
        }
    }

    /// Carries out a command about what comes in.
    pub(super) async fn inbox_command(self: &Arc<Self>, command: InboxCommand) {
        match command {
            InboxCommand::Seen(conversation, message) => {
                let done = self.store.seen(conversation, message).await;
                self.conversation_seen(conversation, done).await;
            }
            InboxCommand::Unseen(conversation) => {
                let done = self.store.unseen(conversation).await;
                self.conversation_seen(conversation, done).await;
            }
            InboxCommand::FetchContent(ticket, message) => {
                self.spawn("fetching a file", move |shared| async move {
                    let fetched = shared.fetch_content(message).await;
                    let answer = super::protocol::Answer::ContentFetched(fetched);
                    shared.publisher.answer(ticket, answer);
                });
            }
            InboxCommand::StopFetching(message) => self.fetches.stop(message),
            InboxCommand::Showing(conversation) => *lock(&self.inbox.showing) = conversation,
            InboxCommand::RotatePath(account) => {
                let now = self.clock.now();
                let until = now.plus(super::PATH_OVERLAP);
                match self.store.rotate_path(account, &new_token(), now, until).await {
                    Ok(paths) => {
                        for path in &paths {
                            logging::hide(&crate::domain::Secret::new(path.token.clone()));
                        }
                        *lock(&self.inbox.paths) = paths;
                        self.inbox_changed(account);
                    }
                    Err(error) => self.store_failed(&error),
                }
            }
            InboxCommand::CheckFromOutside(ticket) => {
                self.spawn("check from outside", move |shared| async move {
                    let outcome = shared.check_from_outside().await;
                    shared.publisher.answer(ticket, super::Answer::Outside(outcome));
                });
            }
            InboxCommand::GapSeen => self.publisher.update(|live| live.listener.gap.take().is_some()),
            InboxCommand::ListenAgain => self.listen_wake.notify_one(),
        }
    }

    async fn conversation_seen(&self, conversation: ConversationId, done: Result<AccountId, StoreError>) {
        match done {
            Ok(account) => {
                self.publisher.emit(super::Event::Messages {
                    ids: Vec::new(),
                    conversations: vec![conversation],
                });
                self.inbox_changed(account);
            }
            Err(StoreError::NotFound) => {}
            Err(error) => self.store_failed(&error),
        }
    }
}

/// 256 random bits in hexadecimal digits.
pub(super) fn new_token() -> String {
    rand::random::<[u8; 32]>()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The file that a part brought.
fn stored_name(part: &Inbound) -> Option<String> {
    match part {
        Inbound::File(file) => Some(file.file.stored_name.clone()),
        Inbound::Message(_) | Inbound::Report(_) | Inbound::Unreadable { .. } => None,
    }
}

/// What was read, with the gateway's words cleaned of what it was sent: the address it calls is a secret.
fn without_our_secrets(part: Inbound) -> Inbound {
    match part {
        Inbound::Report(report) => Inbound::Report(InboundReport {
            words: without_secrets(report.words),
            reason: report.reason.map(without_secrets_in),
            ..report
        }),
        Inbound::Unreadable { why } => Inbound::Unreadable {
            why: logging::redact(&why),
        },
        part => part,
    }
}

/// A raw body as it is kept: a secret that was sent back is cut out.
fn raw_body(body: &[u8]) -> Vec<u8> {
    match std::str::from_utf8(body) {
        Ok(text) => logging::redact(text).into_bytes(),
        Err(_) => body.to_vec(),
    }
}

async fn remove_media(folder: &std::path::Path, name: &str) {
    if let Err(error) = tokio::fs::remove_file(folder.join(name)).await {
        tracing::warn!(%error, "a file that is not needed could not be removed");
    }
}

/// Files that no row names and that have lain there for a while.
fn orphans_of(folder: &std::path::Path, known: &BTreeSet<String>) -> Vec<PathBuf> {
    const QUIET: Duration = Duration::from_secs(3_600);
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter(|entry| {
            let old = entry
                .metadata()
                .ok()
                .filter(std::fs::Metadata::is_file)
                .and_then(|metadata| metadata.modified().ok())
                .and_then(|modified| modified.elapsed().ok())
                .is_some_and(|age| age > QUIET);
            old && !known.contains(&*entry.file_name().to_string_lossy())
        })
        .map(|entry| entry.path())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_long_and_differ() {
        let (one, other) = (new_token(), new_token());
        assert_eq!(one.len(), 64);
        assert!(one.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_ne!(one, other);
    }

    #[test]
    fn only_old_files_that_nothing_names_are_orphans() {
        let folder = tempfile::tempdir().unwrap();
        let old = std::time::SystemTime::now() - Duration::from_secs(7_200);
        for (name, is_old) in [("known", true), ("lost", true), ("new", false)] {
            let file = std::fs::File::create(folder.path().join(name)).unwrap();
            if is_old {
                file.set_modified(old).unwrap();
            }
        }
        let known = BTreeSet::from(["known".to_owned()]);
        assert_eq!(orphans_of(folder.path(), &known), [folder.path().join("lost")]);
        assert!(orphans_of(&folder.path().join("missing"), &known).is_empty());
    }
}
