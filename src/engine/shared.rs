//! What all duties share: the store, the secrets, the accounts as they run, the way out to the window.

use super::arrivals::{ARRIVALS_MAX, Arrival};
use super::attachments::AttachmentState;
use super::fetching::FetchState;
use super::figures::FiguresState;
use super::inbox::InboxState;
use super::protocol::{
    AccountView, CallError, CallErrorKind, Command, InboxView, Live, Notice, OutboxCommand,
};
use super::publisher::Publisher;
use super::{Connect, EngineOptions, OnAlert, OnArrival, StartError};
use crate::domain::health::{AlertState, Connection, Health, PhoneStatus};
use crate::domain::message::Reason;
use crate::domain::outbox::after_restart;
use crate::domain::settings::Settings;
use crate::domain::time::Clock;
use crate::domain::{Account, AccountId, GatewayKind, Pairing, Secret, Timestamp};
use crate::gateway::{self, AUTH_FORM, Credentials, Gateway, GatewayError};
use crate::listener::Listener;
use crate::secrets::{SecretError, SecretVault as _, Secrets};
use crate::store::{Store, StoreError};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, mpsc, watch};
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

/// One account while it runs.
pub(super) struct Running {
    pub(super) id: AccountId,
    /// Cancelled when the account is removed or the engine stops.
    pub(super) stop: CancellationToken,
    /// Something may be due for the dispatcher.
    pub(super) outbox_wake: Notify,
    /// A file may be due to be prepared.
    pub(super) prepare_wake: Notify,
    /// What files waited for may have come: all of them are due.
    pub(super) prepare_all: AtomicBool,
    /// A message may be due to be asked about.
    pub(super) follow_wake: Notify,
    /// The health is to be read now.
    pub(super) health_wake: Notify,
    /// Held by whoever changes what is under way at the gateway: an attempt, or clearing its queue.
    pub(super) gate: tokio::sync::Mutex<()>,
    /// When an attempt last began: the next one keeps the delay from it.
    pub(super) last_attempt: Mutex<Option<Timestamp>>,
    /// How many messages the gateway has accepted since its limits were read at that time.
    pub(super) accepted_since: Mutex<(Option<Timestamp>, u64)>,
    /// Set while nothing of the account is tried, whatever wakes the dispatcher.
    pub(super) hold: Mutex<Option<Hold>>,
    pub(super) refused: Mutex<Refused>,
    pub(super) alerts: Mutex<AlertState>,
    pub(super) pairing_stop: Mutex<Option<CancellationToken>>,
    client: tokio::sync::Mutex<Option<Arc<dyn Gateway>>>,
}

/// A time in which nothing of an account is tried, because the gateway refuses the account as a whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hold {
    pub(super) since: Timestamp,
    pub(super) until: Timestamp,
}

/// How often the account as a whole was refused, since a message was last taken.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Refused {
    /// In a row.
    pub(super) times: u32,
    /// Messages leave one by one until one is taken: what refuses one refuses all.
    pub(super) probes: bool,
    /// A queue went on because a read was answered, and was refused all the same: reads say nothing about sending.
    pub(super) reads_mislead: bool,
    /// The queue goes on because a read was answered.
    pub(super) tried_for_a_read: bool,
}

impl Refused {
    /// After one more refusal.
    pub(super) fn again(self) -> Self {
        Self {
            times: self.times.saturating_add(1),
            probes: true,
            reads_mislead: self.reads_mislead || self.tried_for_a_read,
            tried_for_a_read: false,
        }
    }
}

impl Hold {
    /// How long it still lasts. It is over as well when the clock has been set back behind its beginning: its end means
    /// nothing any more then.
    fn rest(self, now: Timestamp) -> Option<Duration> {
        (self.since <= now.plus(Duration::from_secs(60)) && now < self.until).then(|| self.until.since(now))
    }
}

impl Running {
    /// How long nothing may be tried yet.
    pub(super) fn rest_of_hold(&self, now: Timestamp) -> Option<Duration> {
        lock(&self.hold).and_then(|hold| hold.rest(now))
    }

    /// Lets the dispatcher try at once again, as if nothing had been refused before: the operator wishes it, or there are
    /// other credentials.
    pub(super) fn release(&self) {
        let mut refused = lock(&self.refused);
        *refused = Refused {
            probes: refused.probes,
            ..Refused::default()
        };
        drop(refused);
        self.try_again();
    }

    /// Lets the dispatcher try at once again. If it is refused again, it rests longer than before.
    pub(super) fn try_again(&self) {
        *lock(&self.hold) = None;
        self.outbox_wake.notify_one();
    }

    fn new(id: AccountId, stop: CancellationToken) -> Self {
        Self {
            id,
            stop,
            outbox_wake: Notify::new(),
            prepare_wake: Notify::new(),
            // What kept a file waiting may be over since the program ended.
            prepare_all: AtomicBool::new(true),
            follow_wake: Notify::new(),
            health_wake: Notify::new(),
            gate: tokio::sync::Mutex::new(()),
            last_attempt: Mutex::default(),
            accepted_since: Mutex::default(),
            hold: Mutex::default(),
            refused: Mutex::default(),
            alerts: Mutex::default(),
            pairing_stop: Mutex::default(),
            client: tokio::sync::Mutex::new(None),
        }
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    /// Reads everything small from the store and takes up messages that were under way when the program ended.
    pub(super) async fn load(
        store: Store,
        options: EngineOptions,
        events: mpsc::Sender<super::Event>,
    ) -> Result<(Arc<Self>, watch::Receiver<Arc<Live>>), StartError> {
        super::inbox::make_folders(&options.folder);
        take_up(&store, options.clock.now()).await?;
        let settings = store.settings().await?.clamped();
        let accounts = account_views(&store, &settings, options.clock.now()).await?;
        let live = Live {
            accounts,
            settings: Arc::new(settings),
            listener: super::protocol::ListenerView {
                state: super::protocol::ListenerState::Starting,
                gap: None,
                unbroken_since: None,
            },
            preparing: Arc::default(),
            fetching: Arc::default(),
            secrets: options.secrets.current(),
            folder: options.folder,
            loaded: true,
            gateways: GatewayKind::ALL,
        };
        let (arrivals, arriving) = mpsc::channel(ARRIVALS_MAX);
        let shared = Arc::new(Self {
            store,
            secrets: options.secrets,
            clock: options.clock,
            publisher: Publisher::new(live, events, options.wake),
            on_alert: options.on_alert,
            on_arrival: options.on_arrival,
            inbox: InboxState::default(),
            attachments: AttachmentState::default(),
            fetches: FetchState::default(),
            figures: FiguresState::default(),
            arrivals,
            arriving: Mutex::new(Some(arriving)),
            listener: Mutex::default(),
            heard_until: Mutex::default(),
            listen_wake: Notify::new(),
            connect: options.connect,
            question_pace: options.question_pace,
            stopping: CancellationToken::new(),
            tasks: TaskTracker::new(),
            hidden: AtomicBool::new(false),
            backing_up: tokio::sync::Mutex::new(()),
            account_changes: tokio::sync::Mutex::new(()),
            settings_changes: tokio::sync::Mutex::new(()),
            counting: tokio::sync::Mutex::new(()),
            running: Mutex::default(),
        });
        shared.load_hosted().await?;
        let receiver = shared.publisher.subscribe();
        Ok((shared, receiver))
    }

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

    /// The client of an account, made from its secrets when there is none yet.
    pub(super) async fn client(&self, running: &Running) -> Result<Arc<dyn Gateway>, CallError> {
        let mut slot = running.client.lock().await;
        if let Some(client) = slot.as_ref() {
            return Ok(Arc::clone(client));
        }
        let account = self.account(running.id).ok_or_else(|| CallError {
            kind: CallErrorKind::CredentialsMissing,
            words: String::new(),
        })?;
        let fields = self.stored_fields(&account).await.map_err(|error| CallError {
            kind: CallErrorKind::CredentialsMissing,
            words: error.to_string(),
        })?;
        let client = self.connect_account(&account, fields)?;
        *slot = Some(Arc::clone(&client));
        Ok(client)
    }

    /// Makes a client of an account with these credentials.
    pub(super) fn connect_account(
        &self,
        account: &Account,
        fields: BTreeMap<String, Secret>,
    ) -> Result<Arc<dyn Gateway>, CallError> {
        let capabilities = gateway::capabilities(account.gateway);
        let address = account
            .base_url
            .as_deref()
            .unwrap_or(capabilities.default_base_url);
        let base_url = crate::domain::account::check_base_url(address).map_err(|_| CallError {
            kind: CallErrorKind::Unreachable,
            words: address.to_owned(),
        })?;
        (self.connect)(account.gateway, Credentials { base_url, fields }).map_err(|error| call_error(&error))
    }

    /// Every credential field of an account: what is no secret from its row, secrets from their place.
    pub(super) async fn stored_fields(
        &self,
        account: &Account,
    ) -> Result<BTreeMap<String, Secret>, SecretError> {
        let capabilities = gateway::capabilities(account.gateway);
        let form = account.identity.get(AUTH_FORM).map(String::as_str);
        let mut fields = BTreeMap::new();
        if let Some(form) = form {
            fields.insert(AUTH_FORM.to_owned(), Secret::new(form.to_owned()));
        }
        for field in capabilities.fields_of(form) {
            let value = if field.secret {
                let secret = self.secrets.get(account.id, field.key).await?;
                crate::platform::logging::hide(&secret);
                secret
            } else {
                Secret::new(account.identity.get(field.key).cloned().unwrap_or_default())
            };
            fields.insert(field.key.to_owned(), value);
        }
        Ok(fields)
    }

    /// Forgets an account's client: its credentials or address have changed.
    pub(super) async fn forget_client(&self, id: AccountId) {
        if let Some(running) = self.running(id) {
            *running.client.lock().await = None;
            running.health_wake.notify_one();
            running.outbox_wake.notify_one();
        }
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

/// Takes up what was under way when the program ended.
async fn take_up(store: &Store, now: Timestamp) -> Result<(), StoreError> {
    let accounts = store.accounts().await?;
    for message in store.interrupted().await? {
        // An account that is gone: nobody is left to repeat it.
        let repeatable = accounts
            .iter()
            .find(|account| account.id == message.account)
            .is_some_and(|account| gateway::capabilities(account.gateway).repeatable_send);
        let transition = after_restart(&message, repeatable, now);
        store.finish_attempt(message.id, &transition, None, now).await?;
    }
    let cleared = store.settle_clearings(now).await?;
    if !cleared.is_empty() {
        tracing::warn!(
            messages = cleared.len(),
            "the program ended while a gateway's queue was being cleared"
        );
    }
    Ok(())
}

/// The accounts as a window sees them before anything has been read.
async fn account_views(
    store: &Store,
    settings: &Settings,
    now: Timestamp,
) -> Result<Vec<AccountView>, StoreError> {
    let mut views = Vec::new();
    for account in store.accounts().await? {
        let outbox = store.outbox_counts(account.id).await?;
        let heard = store.first_and_last_message_at(account.id).await?;
        let inbox = InboxView {
            // Whether free text may be sent depends on it from the first message on.
            first_message_at: heard.map(|(first, _)| first),
            last_message_at: heard.map(|(_, last)| last),
            ..InboxView::default()
        };
        let figures = store.delivery_figures(account.id, now).await?;
        let health = Health {
            interval_secs: settings.health_interval_secs,
            connection: Connection::NotChecked,
            ..Health::default()
        };
        views.push(AccountView {
            figures,
            capabilities: gateway::capabilities(account.gateway),
            account: Arc::new(account),
            health: Arc::new(health),
            pairing: Arc::new(Pairing::default()),
            outbox,
            held: None,
            paced_until: None,
            inbox,
        });
    }
    Ok(views)
}

/// A gateway may put anything into its answers, also what it was sent: no secret is shown or kept because it came back as
/// somebody's name.
pub(super) fn without_secrets(text: Option<String>) -> Option<String> {
    text.map(|text| crate::platform::logging::redact(&text))
}

/// The same of the words of a reason.
pub(super) fn without_secrets_in(reason: Reason) -> Reason {
    Reason {
        words: without_secrets(reason.words),
        ..reason
    }
}

/// What a gateway tells about a phone, ready to be shown.
pub(super) fn shown_phone(phone: PhoneStatus) -> PhoneStatus {
    PhoneStatus {
        name: without_secrets(phone.name),
        ..phone
    }
}

/// A gateway's error as a window is told it.
pub(super) fn call_error(error: &GatewayError) -> CallError {
    let (kind, words) = match error {
        GatewayError::Unreachable { words, .. } => (CallErrorKind::Unreachable, words.as_str()),
        GatewayError::CredentialsRefused { words } => (CallErrorKind::CredentialsRefused, words.as_str()),
        GatewayError::RateLimited { words, .. } => (CallErrorKind::RateLimited, words.as_str()),
        GatewayError::Refused { words } => (CallErrorKind::Refused, words.as_str()),
        GatewayError::Unreadable { words } | GatewayError::Failing { words } => {
            (CallErrorKind::Unreadable, words.as_str())
        }
        GatewayError::Unsupported => (CallErrorKind::Unsupported, ""),
    };
    CallError {
        kind,
        words: crate::platform::logging::redact(words),
    }
}

/// How an account stands after a call failed that way.
pub(super) fn connection_after(kind: CallErrorKind) -> Connection {
    match kind {
        CallErrorKind::CredentialsRefused => Connection::CredentialsRefused,
        CallErrorKind::CredentialsMissing => Connection::CredentialsMissing,
        _ => Connection::GatewayUnreachable,
    }
}
