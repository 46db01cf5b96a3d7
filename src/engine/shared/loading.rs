//! How the engine begins: everything small is read, and what was under way when the program ended is taken up.

use super::super::arrivals::ARRIVALS_MAX;
use super::super::attachments::AttachmentState;
use super::super::fetching::FetchState;
use super::super::figures::FiguresState;
use super::super::inbox::{InboxState, make_folders};
use super::super::protocol::{AccountView, Event, InboxView, ListenerState, ListenerView, Live};
use super::super::publisher::Publisher;
use super::super::{EngineOptions, StartError};
use super::Shared;
use crate::domain::health::{Connection, Health};
use crate::domain::outbox::after_restart;
use crate::domain::settings::Settings;
use crate::domain::{GatewayKind, Pairing, Timestamp};
use crate::gateway;
use crate::store::{Store, StoreError};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use tokio::sync::{Notify, mpsc, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

impl Shared {
    /// Reads everything small from the store and takes up messages that were under way when the program ended.
    pub(in crate::engine) async fn load(
        store: Store,
        options: EngineOptions,
        events: mpsc::Sender<Event>,
    ) -> Result<(Arc<Self>, watch::Receiver<Arc<Live>>), StartError> {
        make_folders(&options.folder);
        take_up(&store, options.clock.now()).await?;
        let settings = store.settings().await?.clamped();
        let accounts = account_views(&store, &settings, options.clock.now()).await?;
        let live = Live {
            accounts,
            settings: Arc::new(settings),
            listener: ListenerView {
                state: ListenerState::Starting,
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
