//! A played engine for the tests of the window: channels whose other ends a test holds, and pictures to show.

use super::link::EngineLink;
use super::offscreen;
use super::voices::tests::PlayedPlayer;
use crate::domain::health::{Limits, PhoneStatus, Read};
use crate::domain::settings::Settings;
use crate::domain::{Account, AccountId, Connection, GatewayKind, Health, Pairing, Timestamp};
use crate::engine::{AccountView, Command, Event, Live, Question, Ticket};
use crate::gateway::solutek;
use crate::secrets::{SecretPlace, SecretStatus};
use crate::store::OutboxCounts;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, watch};

/// The engine's ends of the channels.
pub struct PlayedEngine {
    /// What the window sent.
    pub commands: mpsc::Receiver<Command>,
    /// What the window is told.
    pub events: mpsc::Sender<Event>,
    /// The picture it reads.
    pub live: watch::Sender<Arc<Live>>,
}

impl PlayedEngine {
    /// The commands the window has sent since the last call, without its questions.
    pub fn sent(&mut self) -> Vec<Command> {
        self.taken()
            .filter(|command| !matches!(command, Command::Ask(..)))
            .collect()
    }

    /// The questions the window has asked since the last call.
    pub fn asked(&mut self) -> Vec<(Ticket, Question)> {
        self.taken()
            .filter_map(|command| match command {
                Command::Ask(ticket, question) => Some((ticket, question)),
                _ => None,
            })
            .collect()
    }

    fn taken(&mut self) -> impl Iterator<Item = Command> + '_ {
        std::iter::from_fn(|| self.commands.try_recv().ok())
    }

    /// Changes the picture.
    pub fn change(&self, change: impl FnOnce(&mut Live)) {
        let mut live = Live::clone(&self.live.borrow());
        change(&mut live);
        self.live.send_replace(Arc::new(live));
    }
}

/// A link to a played engine, with room for so many commands.
pub fn link(live: Live, room: usize) -> (EngineLink, PlayedEngine) {
    let (commands_in, commands) = mpsc::channel(room);
    let (events, events_out) = mpsc::channel(256);
    let (live, live_out) = watch::channel(Arc::new(live));
    (
        EngineLink::new(commands_in, events_out, live_out),
        PlayedEngine {
            commands,
            events,
            live,
        },
    )
}

/// The time of the pictures: 21 November 2026, about noon.
pub const NOW: Timestamp = Timestamp(1_795_262_400_000);

/// A picture with so many accounts that are ready.
pub fn live(accounts: usize) -> Live {
    let names = ["Loja Centro", "Clínica Aurora", "Oficina Norte"];
    Live {
        preparing: Arc::default(),
        fetching: Arc::default(),
        accounts: (0..accounts)
            .map(|index| account(names[index % names.len()]))
            .collect(),
        settings: Arc::new(Settings {
            language: Some("pt-BR".into()),
            ..Settings::default()
        }),
        listener: crate::engine::ListenerView {
            state: crate::engine::ListenerState::Off,
            gap: None,
            unbroken_since: None,
        },
        secrets: SecretStatus::Ready {
            place: SecretPlace::Keyring,
            name: "GNOME Keyring".into(),
        },
        folder: "/home/operator/.local/share/recado".into(),
        loaded: true,
        gateways: &[GatewayKind::Solutek],
    }
}

/// Everything that customers wrote to an account in the last days has come: silence says that they have not written.
pub fn heard_for_days(live: &mut Live, index: usize) {
    const DAY: Duration = Duration::from_secs(86_400);
    live.listener.unbroken_since = Some(NOW.minus(2 * DAY));
    change_account(live, index, |view| {
        view.inbox.first_message_at = Some(NOW.minus(3 * DAY));
        view.inbox.last_message_at = Some(NOW.minus(Duration::from_secs(3_600)));
    });
}

/// An account that is ready, read twelve seconds before [`NOW`].
pub fn account(name: &str) -> AccountView {
    let at = NOW.minus(Duration::from_secs(12));
    AccountView {
        figures: Default::default(),
        account: Arc::new(Account {
            hosting: Default::default(),
            id: AccountId::new(),
            gateway: GatewayKind::Solutek,
            name: name.into(),
            identity: BTreeMap::new(),
            base_url: None,
            default_country: "BR".into(),
            paused: false,
            delay_secs: Some(5),
            created_at: NOW.minus(Duration::from_secs(86_400)),
        }),
        capabilities: &solutek::CAPABILITIES,
        health: Arc::new(health(at)),
        pairing: Arc::new(Pairing::default()),
        outbox: OutboxCounts {
            queued: 2,
            accepted: 14,
            rejected: 1,
            unknown: 1,
            ..OutboxCounts::default()
        },
        held: None,
        paced_until: None,
        inbox: crate::engine::InboxView::default(),
    }
}

fn health(at: Timestamp) -> Health {
    Health {
        connection: Connection::Ready,
        since: Some(at.minus(Duration::from_secs(22_320))),
        phone: Some(Read {
            value: PhoneStatus {
                paired: true,
                online: true,
                name: Some("Recepção".into()),
                number: Some("5511900000012".into()),
                battery_percent: Some(68),
            },
            at,
        }),
        limits: Some(Read {
            value: Limits {
                daily: Some(2_000),
                used: Some(823),
                left: Some(1_177),
                expires: None,
            },
            at,
        }),
        queue_length: Some(Read { value: 14, at }),
        failure: None,
        read_at: Some(at),
        reading: false,
        interval_secs: 30,
    }
}

/// Changes one account of a picture.
pub fn change_account(live: &mut Live, index: usize, change: impl FnOnce(&mut AccountView)) {
    change(&mut live.accounts[index]);
}

/// The system around the window, played: remembers what it was asked to open.
#[derive(Default)]
pub struct PlayedSystem {
    /// What was to be opened.
    pub opened: std::sync::Mutex<Vec<std::ffi::OsString>>,
    /// What the operator answers in the dialog for saving.
    pub save_to: std::sync::Mutex<Option<std::path::PathBuf>>,
    /// Where the dialogs were to begin, and the name that was suggested.
    pub asked: std::sync::Mutex<Vec<(Option<std::path::PathBuf>, String)>>,
    /// What the operator answers in the dialog for choosing files.
    pub pick: std::sync::Mutex<Option<Vec<std::path::PathBuf>>>,
}

impl super::outside::System for PlayedSystem {
    fn ask_where_to_save(
        &self,
        folder: Option<&std::path::Path>,
        suggested: &str,
    ) -> Option<std::path::PathBuf> {
        let asked = (folder.map(std::path::Path::to_path_buf), suggested.to_owned());
        self.asked.lock().unwrap().push(asked);
        self.save_to.lock().unwrap().clone()
    }

    fn ask_which_files(&self, folder: Option<&std::path::Path>) -> Option<Vec<std::path::PathBuf>> {
        let asked = (folder.map(std::path::Path::to_path_buf), String::new());
        self.asked.lock().unwrap().push(asked);
        self.pick.lock().unwrap().clone()
    }

    fn open(&self, target: &std::ffi::OsString) -> Result<(), String> {
        self.opened.lock().unwrap().push(target.clone());
        Ok(())
    }
}

/// A whole app in a harness, with its played engine, its clock and its system.
pub struct Played {
    /// The window.
    pub harness: egui_kittest::Harness<'static, super::app::RecadoApp>,
    /// The engine.
    pub engine: PlayedEngine,
    /// The clock.
    pub clock: crate::domain::time::Clock,
    /// The system.
    pub system: Arc<PlayedSystem>,
    /// What plays voice notes.
    pub player: Arc<PlayedPlayer>,
    /// What the window has drawn with so far.
    pub textures: Rc<RefCell<offscreen::Textures>>,
}

/// Keeps the textures of a harness, so that what it draws can be looked at.
struct KeepTextures(Rc<RefCell<offscreen::Textures>>);

impl egui_kittest::TestRenderer for KeepTextures {
    fn handle_delta(&mut self, delta: &mut egui::TexturesDelta) {
        let mut textures = self.0.borrow_mut();
        textures.apply(delta);
        textures.free(delta);
        delta.clear();
    }
}

impl Played {
    /// A window of this size over this picture, with room for so many commands.
    pub fn new(live: Live, size: impl Into<egui::Vec2>, room: usize) -> Self {
        let (link, engine) = link(live, room);
        let clock = crate::domain::time::Clock::held(NOW);
        let system = Arc::new(PlayedSystem::default());
        let player = Arc::new(PlayedPlayer::default());
        let textures = Rc::new(RefCell::new(offscreen::Textures::default()));
        let app = super::app::RecadoApp::new(
            link,
            super::app::AppOptions {
                clock: clock.clone(),
                system: system.clone(),
                player: player.clone(),
                ..super::app::AppOptions::default()
            },
        );
        let harness = egui_kittest::Harness::builder()
            .with_size(size)
            .with_os(egui::os::OperatingSystem::Nix)
            .with_context_setup(super::theme::install)
            .renderer(KeepTextures(textures.clone()))
            .build_ui_state(|ui, app: &mut super::app::RecadoApp| app.frame(ui), app);
        Self {
            harness,
            engine,
            clock,
            system,
            player,
            textures,
        }
    }

    /// Draws until nothing more is to be done at once.
    pub fn settle(&mut self) {
        self.harness.run_steps(3);
    }

    /// Presses a key, alone or with others, and settles.
    pub fn press(&mut self, modifiers: egui::Modifiers, key: egui::Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Types text into what has the keyboard, and settles.
    pub fn type_text(&mut self, text: &str) {
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.settle();
    }

    /// Clicks what has this accessible name, and settles.
    pub fn click(&mut self, name: &str) {
        use egui_kittest::kittest::Queryable as _;
        self.harness.get_by_label(name).click();
        self.settle();
    }

    /// What is drawn, as a picture.
    pub fn picture(&mut self) -> image::RgbaImage {
        let context = self.harness.ctx.clone();
        let (scale, size) = (context.pixels_per_point(), context.content_rect().size());
        let output = egui::FullOutput {
            shapes: self.harness.output().shapes.clone(),
            ..egui::FullOutput::default()
        };
        offscreen::render(&context, output, size, scale, &mut self.textures.borrow_mut())
    }

    /// Gives the keyboard to the field with this label.
    pub fn focus_field(&mut self, name: &str) {
        use egui::accesskit::Role;
        use egui_kittest::kittest::{NodeT as _, Queryable as _};
        self.harness
            .query_all_by_label(name)
            .find(|node| {
                matches!(
                    node.accesskit_node().role(),
                    Role::TextInput | Role::PasswordInput | Role::MultilineTextInput | Role::SearchInput
                )
            })
            .unwrap()
            .focus();
        self.settle();
    }

    /// Whether something has this accessible name.
    pub fn shows(&self, name: &str) -> bool {
        use egui_kittest::kittest::Queryable as _;
        self.harness.query_all_by_label(name).next().is_some()
    }
}
