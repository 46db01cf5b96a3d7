//! The demo: the same program with its own temporary data folder and the gateways played inside it.

use super::demo_gateways::{Accounts, Gateways, Pace};
use super::demo_past::conversation_with;
use super::service::{Service, to_desktop};
use super::{demo_decision, demo_devino, demo_world, headless, interrupted, pictures, say, say_error};
use crate::domain::{AccountId, ConversationId, Timestamp};
use crate::engine::{EngineOptions, Live};
use crate::launch::cli::DemoOptions;
use crate::platform::{display, logging};
use crate::secrets::Secrets;
use crate::store::Store;
use crate::ui::app::AppOptions;
use crate::ui::text::{Language, Localizer};
use crate::ui::window::{self, Start, WindowOptions};
use anyhow::Context as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::sync::watch;
use url::Url;

/// Runs the demo as its options ask for.
pub(super) fn run(options: DemoOptions) -> anyhow::Result<ExitCode> {
    let language = match options.language.as_deref() {
        Some(key) => Language::from_key(key).with_context(|| format!("{key:?} is none of pt-BR, es, en"))?,
        None => Language::of_system(),
    };
    let text = Localizer::new(language);
    let stage = Stage::set(options.seed, language, &Pace::lively())?;
    interrupted::remove_when_asked_to_end(stage.runtime.handle(), stage.folder.path());
    if let Some(folder) = &options.screenshots {
        return pictures::draw_all(&stage, folder, &text).map(|()| ExitCode::SUCCESS);
    }
    if options.headless || !display::is_there() {
        if !options.headless {
            say(&text.get("demo-no-display"));
        }
        return headless::run(&stage, &text).map(|()| ExitCode::SUCCESS);
    }
    in_window(stage, &text)
}

/// Everything the demo needs besides a place to be shown: gateways, data folder, secrets.
pub(super) struct Stage {
    pub(super) seed: u64,
    pub(super) gateways: Option<Gateways>,
    pub(super) secrets: Secrets,
    /// The account the demo opens with: its gateway works with a phone.
    pub(super) account: AccountId,
    /// The account whose gateway tells what people write, and has templates.
    pub(super) devino: AccountId,
    /// The account whose gateway tells nothing of what people write, and has templates.
    pub(super) decision: AccountId,
    /// The conversation the demo opens.
    pub(super) conversation: Option<ConversationId>,
    /// Conversations of the other accounts that a picture shows.
    pub(super) shown: ShownConversations,
    pub(super) folder: tempfile::TempDir,
    runtime: tokio::runtime::Runtime,
    _logs: Option<logging::Logging>,
}

/// Conversations of the accounts with templates.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ShownConversations {
    /// With somebody who may be written to freely.
    pub(super) open: Option<ConversationId>,
    /// With somebody who has not written for more than a day.
    pub(super) closed: Option<ConversationId>,
    /// With somebody to whom the gateway refused free text.
    pub(super) refused: Option<ConversationId>,
}

impl Stage {
    pub(super) fn set(seed: u64, language: Language, pace: &Pace) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("recado-demo-")
            .tempdir()
            .context("no temporary folder")?;
        let logs = logging::start(folder.path()).ok();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("recado-demo")
            .enable_all()
            .build()
            .context("no background threads")?;
        let secrets = Secrets::session();
        let text = Localizer::new(language);
        let (gateways, accounts, conversation, shown) = runtime.block_on(async {
            let gateways = Gateways::start(seed, pace).await?;
            let now = Timestamp::now();
            let accounts = gateways.accounts(&text, now);
            gateways.put_secrets(&secrets, &accounts).await?;
            let store = Store::open(folder.path()).await?;
            let (conversation, shown) = fill(&store, folder.path(), &gateways, &accounts, seed, now).await?;
            let settings = crate::domain::settings::Settings {
                language: Some(language.key().to_owned()),
                quick_replies: demo_world::quick_replies(),
                ..crate::domain::settings::Settings::default()
            };
            store.put_settings(&settings).await?;
            // Somebody has listened all the while: who has not written for a day is known to get a template only.
            store
                .listened(
                    now.minus(std::time::Duration::from_secs(4 * 86_400)),
                    Timestamp::now(),
                )
                .await?;
            store.close().await;
            anyhow::Ok((gateways, accounts, conversation, shown))
        })?;
        Ok(Self {
            seed,
            gateways: Some(gateways),
            secrets,
            account: accounts.solutek.id,
            devino: accounts.devino.id,
            decision: accounts.decision.id,
            conversation,
            shown,
            folder,
            runtime,
            _logs: logs,
        })
    }

    /// How the engine is started on this stage.
    pub(super) fn engine_options(&self) -> EngineOptions {
        EngineOptions::new(self.folder.path().to_path_buf(), self.secrets.clone())
    }

    /// The vendors' panels into which an address is entered: those of the gateways that tell what people write.
    pub(super) fn panels(&self) -> Vec<VendorPanel> {
        let Some(gateways) = &self.gateways else {
            return Vec::new();
        };
        let (solutek, devino) = (gateways.solutek.control(), gateways.devino.control());
        let runtime = self.runtime.handle();
        vec![
            VendorPanel::new(self.account, runtime, move |url| solutek.set_webhook(url)),
            VendorPanel::new(self.devino, runtime, move |url| devino.set_webhook(url)),
        ]
    }

    /// Ends the played gateways.
    pub(super) fn clear(mut self) {
        if let Some(gateways) = self.gateways.take() {
            self.runtime.block_on(gateways.shutdown());
        }
    }
}

/// Writes what the accounts have been through.
async fn fill(
    store: &Store,
    folder: &Path,
    gateways: &Gateways,
    accounts: &Accounts,
    seed: u64,
    now: Timestamp,
) -> anyhow::Result<(Option<ConversationId>, ShownConversations)> {
    let conversation = demo_world::fill(store, folder, &accounts.solutek, seed, now).await?;
    let devino = gateways.devino.control();
    demo_devino::fill(store, folder, &accounts.devino, &devino, seed, now).await?;
    let decision = gateways.decision.control();
    demo_decision::fill(store, folder, &accounts.decision, &decision, seed, now).await?;
    let (devino, decision) = (accounts.devino.id, accounts.decision.id);
    let shown = ShownConversations {
        open: conversation_with(store, devino, demo_devino::NEWEST).await?,
        closed: conversation_with(store, devino, demo_devino::SILENT).await?,
        refused: conversation_with(store, decision, demo_decision::SILENT).await?,
    };
    Ok((conversation, shown))
}

/// Does what the operator does in the vendor's panel: enters the webhook's address.
#[derive(Clone)]
pub(super) struct VendorPanel {
    enter: Arc<dyn Fn(Option<Url>) + Send + Sync>,
    account: AccountId,
    runtime: tokio::runtime::Handle,
}

impl VendorPanel {
    fn new(
        account: AccountId,
        runtime: &tokio::runtime::Handle,
        enter: impl Fn(Option<Url>) + Send + Sync + 'static,
    ) -> Self {
        Self {
            enter: Arc::new(enter),
            account,
            runtime: runtime.clone(),
        }
    }

    /// Enters the address as soon as there is one, and again whenever it is another.
    pub(super) fn follow(&self, mut live: watch::Receiver<Arc<Live>>) {
        let (enter, account) = (Arc::clone(&self.enter), self.account);
        self.runtime.spawn(async move {
            let mut entered = None;
            loop {
                let url = {
                    let live = live.borrow_and_update();
                    live.account(account).and_then(|view| live.webhook_url(view))
                };
                let url = url.and_then(|url| url.parse().ok());
                if url != entered {
                    enter(url.clone());
                    entered = url;
                }
                if live.changed().await.is_err() {
                    return;
                }
            }
        });
    }
}

fn in_window(stage: Stage, text: &Localizer) -> anyhow::Result<ExitCode> {
    let service = Arc::new(Service::default());
    let (folder, secrets) = (stage.folder.path().to_path_buf(), stage.secrets.clone());
    let starting = Arc::clone(&service);
    let panels = stage.panels();
    let app = AppOptions::default();
    let desktop = to_desktop(Arc::clone(&app.player));
    let start: Start = Arc::new(move |wake| {
        starting.stop();
        let mut options = EngineOptions::new(folder.clone(), secrets.clone());
        options.wake = wake;
        options.on_alert = Arc::clone(&desktop.on_alert);
        options.on_arrival = Arc::clone(&desktop.on_arrival);
        let link = starting.start(options)?;
        desktop.live.fill(link.watch_live());
        for panel in &panels {
            panel.follow(link.watch_live());
        }
        Ok(link)
    });
    say(&text.get("demo-begins"));
    let title = text.get("demo-title");
    let mut options = WindowOptions::new(title, stage.folder.path().to_path_buf(), app);
    options.on_ready = stage.conversation.map(|open| {
        let show: window::OnReady = Box::new(move |app| app.open_conversation(open));
        show
    });
    let ran = window::run(options, start);
    service.stop();
    if let Err(error) = &ran {
        say_error(&text.with("window-failed", &[("words", error.to_string().into())]));
        say(&text.get("demo-no-window"));
        headless::run(&stage, text)?;
    }
    stage.clear();
    Ok(ExitCode::SUCCESS)
}
