//! What all duties share: the store, the secrets, the accounts as they run, the way out to the window.

mod clients;
mod loading;
mod running;
mod telling;

pub(super) use clients::{call_error, connection_after};
pub(super) use running::{Hold, Refused, Running};
pub(super) use telling::{shown_phone, without_secrets, without_secrets_in};

use super::arrivals::Arrival;
use super::attachments::AttachmentState;
use super::fetching::FetchState;
use super::figures::FiguresState;
use super::inbox::InboxState;
use super::protocol::{AccountView, Command, Notice, OutboxCommand};
use super::publisher::Publisher;
use super::{Connect, OnAlert, OnArrival};
use crate::domain::message::Reason;
use crate::domain::settings::Settings;
use crate::domain::time::Clock;
use crate::domain::{Account, AccountId, Timestamp};
use crate::listener::Listener;
use crate::secrets::Secrets;
use crate::store::{Store, StoreError};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Everything the duties share.
pub(super) struct Shared {
    pub(super) store: Store,
    pub(super) secrets: Secrets,
    pub(super) clock: Clock,
    pub(super) publisher: Publisher,
    pub(super) on_alert: Arc<OnAlert>,
    pub(super) on_arrival: Arc<OnArrival>,
    pub(super) inbox: InboxState,
    pub(super) attachments: AttachmentState,
    pub(super) fetches: FetchState,
    pub(super) figures: FiguresState,
    /// Messages that came and are to be told.
    pub(super) arrivals: mpsc::Sender<Arrival>,
    /// Those messages, until [`Shared::tell_arrivals`] takes them.
    arriving: Mutex<Option<mpsc::Receiver<Arrival>>>,
    pub(super) listener: Mutex<Option<Arc<Listener>>>,
    /// Until when it is written down that somebody listened.
    pub(super) heard_until: Mutex<Option<Timestamp>>,
    /// Listening is to be tried again now.
    pub(super) listen_wake: Notify,
    pub(super) connect: Arc<Connect>,
    /// Between two questions about what became of messages.
    pub(super) question_pace: Duration,
    /// Cancelled when the engine stops.
    pub(super) stopping: CancellationToken,
    pub(super) tasks: TaskTracker,
    pub(super) hidden: AtomicBool,
    /// Backups are made one at a time.
    pub(super) backing_up: tokio::sync::Mutex<()>,
    /// Accounts are saved and removed one at a time.
    pub(super) account_changes: tokio::sync::Mutex<()>,
    /// Settings are changed one at a time.
    pub(super) settings_changes: tokio::sync::Mutex<()>,
    /// Counts are read and published one at a time: an older count must not come after a newer one.
    counting: tokio::sync::Mutex<()>,
    running: Mutex<BTreeMap<AccountId, Arc<Running>>>,
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    /// Begins all duties and takes commands until the engine stops.
    pub(super) async fn run(self: Arc<Self>, mut commands: mpsc::Receiver<Command>) {
        for view in &self.publisher.live().accounts {
            self.begin_account(view.account.id);
        }
        self.spawn("events", |shared| async move { shared.publisher.pump().await });
        self.spawn("secrets", |shared| async move { shared.follow_secrets().await });
        self.spawn("confirmations", |shared| async move {
            shared.expire_inferences().await
        });
        self.spawn("daily backup", Self::back_up_daily);
        self.spawn("counts of the inbox", Self::keep_inbox_counts);
        self.spawn("figures", Self::keep_figures);
        if let Some(arriving) = lock(&self.arriving).take() {
            self.spawn("arrivals", |shared| shared.tell_arrivals(arriving));
        }
        self.begin_attachments();
        // Ends by itself, for it has to close what is open.
        self.tasks.spawn(Arc::clone(&self).listen());
        self.spawn("pruning", |shared| async move { shared.prune().await });
        loop {
            tokio::select! {
                () = self.stopping.cancelled() => break,
                command = commands.recv() => match command {
                    Some(command) => self.command(command).await,
                    None => break,
                },
            }
        }
        // What was sent before the end and only concerns the database is still done: a last draft, a last message.
        commands.close();
        while let Ok(command) = commands.try_recv() {
            if !matches!(command, Command::Outbox(OutboxCommand::ClearGatewayQueue { .. })) {
                self.command(command).await;
            }
        }
    }

    /// Stops every duty; see [`super::Engine::shutdown`].
    pub(super) async fn stop(&self, patience: Duration) {
        self.stopping.cancel();
        self.tasks.close();
        if tokio::time::timeout(patience, self.tasks.wait()).await.is_err() {
            tracing::warn!(
                "stopping with calls under way; what became of them is looked into at the next start"
            );
        }
        self.store.close().await;
    }

    /// Runs a duty of the whole engine until it ends or the engine stops.
    pub(super) fn spawn<F>(self: &Arc<Self>, name: &'static str, duty: impl FnOnce(Arc<Self>) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let stopping = self.stopping.clone();
        let future = duty(Arc::clone(self));
        self.tasks.spawn(async move {
            if stopping.run_until_cancelled(future).await.is_some() {
                tracing::debug!(duty = name, "ended");
            }
        });
    }

    /// Begins the duties of an account.
    pub(super) fn begin_account(self: &Arc<Self>, id: AccountId) {
        let running = Arc::new(Running::new(id, self.stopping.child_token()));
        if let Some(old) = lock(&self.running).insert(id, Arc::clone(&running)) {
            old.stop.cancel();
        }
        self.tasks.spawn(Arc::clone(self).dispatch(Arc::clone(&running)));
        self.tasks.spawn(Arc::clone(self).prepare(Arc::clone(&running)));
        self.tasks.spawn(Arc::clone(self).follow_up(Arc::clone(&running)));
        self.tasks.spawn(Arc::clone(self).watch_health(running));
    }

    /// Ends the duties of an account.
    pub(super) fn end_account(&self, id: AccountId) {
        if let Some(running) = lock(&self.running).remove(&id) {
            running.stop.cancel();
        }
    }

    pub(super) fn running(&self, id: AccountId) -> Option<Arc<Running>> {
        lock(&self.running).get(&id).cloned()
    }

    pub(super) fn account(&self, id: AccountId) -> Option<Arc<Account>> {
        self.publisher
            .live()
            .account(id)
            .map(|view| Arc::clone(&view.account))
    }

    pub(super) fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.publisher.live().settings)
    }

    pub(super) fn is_hidden(&self) -> bool {
        self.hidden.load(Ordering::Relaxed)
    }

    /// Changes the view of one account in the live picture.
    pub(super) fn update_account(&self, id: AccountId, change: impl FnOnce(&mut AccountView) -> bool) {
        self.publisher.update(|live| {
            live.accounts
                .iter_mut()
                .find(|view| view.account.id == id)
                .is_some_and(change)
        });
    }

    /// Says why an account's queue holds, or that it holds no more.
    pub(super) fn set_held(&self, id: AccountId, held: Option<Reason>) {
        self.update_account(id, |view| {
            let different = view.held != held;
            view.held = held;
            different
        });
    }

    /// Reads the counts of an account's messages again.
    pub(super) async fn recount(&self, id: AccountId) {
        let _one_at_a_time = self.counting.lock().await;
        match self.store.outbox_counts(id).await {
            Ok(counts) => self.update_account(id, |view| {
                let different = view.outbox != counts;
                view.outbox = counts;
                different
            }),
            Err(error) => self.store_failed(&error),
        }
        self.figures_changed(id);
    }

    /// Says that the database could not do something. Nothing is lost by it: what was not stored was not done.
    pub(super) fn store_failed(&self, error: &StoreError) {
        tracing::error!(%error, "the database failed");
        self.publisher.notice(Notice::Failed(error.to_string()));
    }

    async fn follow_secrets(self: Arc<Self>) {
        let mut status = self.secrets.watch();
        loop {
            let now = status.borrow_and_update().clone();
            self.publisher.update(|live| {
                let different = live.secrets != now;
                live.secrets = now;
                different
            });
            if status.changed().await.is_err() {
                return;
            }
            let all: Vec<_> = lock(&self.running).values().cloned().collect();
            for running in all {
                running.health_wake.notify_one();
                running.outbox_wake.notify_one();
                running.follow_wake.notify_one();
            }
        }
    }

    async fn prune(self: Arc<Self>) {
        const KEPT: Duration = Duration::from_secs(60 * 24 * 3_600);
        loop {
            if let Err(error) = self.store.prune_samples(self.clock.now().minus(KEPT)).await {
                tracing::warn!(%error, "old health samples could not be removed");
            }
            tokio::time::sleep(Duration::from_secs(6 * 3_600)).await;
        }
    }
}
