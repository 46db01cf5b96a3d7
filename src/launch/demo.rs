//! The demo: the same program with its own temporary data folder and a gateway played inside it.

use super::service::{Service, to_desktop};
use super::{demo_world, headless, interrupted, pictures, say, say_error};
use crate::domain::Timestamp;
use crate::engine::{EngineOptions, Live};
use crate::launch::cli::DemoOptions;
use crate::platform::{display, logging};
use crate::secrets::{SecretVault as _, Secrets};
use crate::simulator::{Control, PairedPhone, SimulatorConfig, SolutekSimulator};
use crate::store::Store;
use crate::ui::app::AppOptions;
use crate::ui::text::{Language, Localizer};
use crate::ui::window::{self, Start, WindowOptions};
use anyhow::Context as _;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::sync::watch;

/// Runs the demo as its options ask for.
pub(super) fn run(options: DemoOptions) -> anyhow::Result<ExitCode> {
    let language = match options.language.as_deref() {
        Some(key) => Language::from_key(key).with_context(|| format!("{key:?} is none of pt-BR, es, en"))?,
        None => Language::of_system(),
    };
    let text = Localizer::new(language);
    let stage = Stage::set(options.seed, language)?;
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

/// The gateway of the demo: the shop's phone is paired, a good part of the day's limit is used.
fn played_gateway(seed: u64) -> SimulatorConfig {
    let expires = Timestamp::now()
        .plus(std::time::Duration::from_secs(27 * 24 * 3_600))
        .local();
    SimulatorConfig {
        paired: Some(PairedPhone::new(demo_world::PHONE_NAME, demo_world::PHONE_NUMBER)),
        scanning_phone: PairedPhone::new("Balcão", "5511900000014"),
        battery_percent: 68,
        daily_limit: 2_000,
        daily_used: 823,
        delay_secs: 3,
        expiry: expires.strftime("%d/%m/%Y").to_string(),
        ..crate::simulator::demo::config(seed)
    }
}

/// Everything the demo needs besides a place to be shown: gateway, data folder, secrets.
pub(super) struct Stage {
    pub(super) seed: u64,
    pub(super) simulator: Option<SolutekSimulator>,
    pub(super) secrets: Secrets,
    pub(super) account: crate::domain::AccountId,
    /// The conversation the demo opens.
    pub(super) conversation: Option<crate::domain::ConversationId>,
    pub(super) folder: tempfile::TempDir,
    runtime: tokio::runtime::Runtime,
    _logs: Option<logging::Logging>,
}

impl Stage {
    fn set(seed: u64, language: Language) -> anyhow::Result<Self> {
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
        let config = played_gateway(seed);
        let credentials = config.credentials.clone();
        let secrets = Secrets::session();
        let (simulator, account, conversation) = runtime.block_on(async {
            let simulator = SolutekSimulator::start(config)
                .await
                .context("the played gateway did not start")?;
            let now = Timestamp::now();
            let account = demo_world::account(
                simulator.base_url().as_str(),
                &credentials.email,
                &credentials.application_id,
                now,
            );
            secrets.put(account.id, "token", credentials.token).await?;
            let store = Store::open(folder.path()).await?;
            let conversation = demo_world::fill(&store, folder.path(), &account, seed, now).await?;
            let settings = crate::domain::settings::Settings {
                language: Some(language.key().to_owned()),
                quick_replies: demo_world::quick_replies(),
                ..crate::domain::settings::Settings::default()
            };
            store.put_settings(&settings).await?;
            store.close().await;
            anyhow::Ok((simulator, account.id, conversation))
        })?;
        Ok(Self {
            seed,
            simulator: Some(simulator),
            secrets,
            account,
            conversation,
            folder,
            runtime,
            _logs: logs,
        })
    }

    /// How the engine is started on this stage.
    pub(super) fn engine_options(&self) -> EngineOptions {
        EngineOptions::new(self.folder.path().to_path_buf(), self.secrets.clone())
    }

    /// What tells the played gateway where to call.
    pub(super) fn panel(&self) -> Option<VendorPanel> {
        Some(VendorPanel {
            control: self.simulator.as_ref()?.control(),
            account: self.account,
            runtime: self.runtime.handle().clone(),
        })
    }

    /// Ends the played gateway.
    pub(super) fn clear(mut self) {
        if let Some(simulator) = self.simulator.take() {
            self.runtime.block_on(simulator.shutdown());
        }
    }
}

/// Does what the operator does in the vendor's panel: enters the webhook's address.
#[derive(Clone)]
pub(super) struct VendorPanel {
    control: Control,
    account: crate::domain::AccountId,
    runtime: tokio::runtime::Handle,
}

impl VendorPanel {
    /// Enters the address as soon as there is one, and again whenever it is another.
    pub(super) fn follow(&self, mut live: watch::Receiver<Arc<Live>>) {
        let (control, account) = (self.control.clone(), self.account);
        self.runtime.spawn(async move {
            let mut entered = None;
            loop {
                let url = {
                    let live = live.borrow_and_update();
                    live.account(account).and_then(|view| live.webhook_url(view))
                };
                let url = url.and_then(|url| url.parse().ok());
                if url != entered {
                    control.set_webhook(url.clone());
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
    let panel = stage.panel();
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
        if let Some(panel) = &panel {
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
