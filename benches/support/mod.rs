//! What the benches share: a world to measure in, and medians.
//!
//! Every bench compares within one run and prints ratios: a number alone says more about the machine than about the
//! program.

// Each bench uses a part of it.
#![allow(dead_code, clippy::unwrap_used, clippy::print_stdout)]

pub mod past;
pub mod scrolling;
pub mod writer;

use egui::{Pos2, RawInput, Rect, Vec2};
use recado::domain::message::MessageState;
use recado::domain::outbox::Transition;
use recado::domain::settings::Settings;
use recado::domain::{Account, AccountId, GatewayKind, PhoneNumber, Timestamp};
use recado::engine::{AccountView, Command, Event, Live};
use recado::gateway::{Credentials, capabilities};
use recado::secrets::{SecretPlace, SecretStatus, SecretVault as _, Secrets};
use recado::simulator::{SimulatorConfig, SolutekSimulator, Timing};
use recado::store::{NewMessage, Store};
use recado::ui::app::{AppOptions, RecadoApp};
use recado::ui::link::EngineLink;
use recado::ui::theme;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, watch};

/// The window that is drawn, in points.
pub const WINDOW: Vec2 = egui::vec2(1_280.0, 800.0);

/// The middle one of some measurements.
pub fn median(mut values: Vec<f64>) -> f64 {
    assert!(!values.is_empty(), "nothing was measured");
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len().is_multiple_of(2) {
        f64::midpoint(values[middle - 1], values[middle])
    } else {
        values[middle]
    }
}

/// The value below which this part of the measurements lies.
pub fn quantile(values: &[f64], part: f64) -> f64 {
    assert!(!values.is_empty(), "nothing was measured");
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * part).round() as usize]
}

/// How long one of many pieces of the same work takes, in milliseconds. The median leaves out those during which the
/// system did something else.
pub fn time_of_one(count: usize, mut work: impl FnMut()) -> f64 {
    let time = |()| {
        let begun = Instant::now();
        work();
        begun.elapsed().as_secs_f64() * 1_000.0
    };
    median(std::iter::repeat_n((), count).map(time).collect())
}

/// The account of the benches; `base_url` is that of its gateway.
pub fn account(base_url: &str) -> Account {
    Account {
        hosting: Default::default(),
        id: AccountId::new(),
        gateway: GatewayKind::Solutek,
        name: "Loja Centro".to_owned(),
        identity: BTreeMap::from([
            ("email".to_owned(), "demo@recado.example".to_owned()),
            ("idapp".to_owned(), "1".to_owned()),
        ]),
        base_url: Some(base_url.to_owned()),
        default_country: "BR".to_owned(),
        paused: false,
        delay_secs: None,
        created_at: Timestamp::now(),
    }
}

/// A played gateway, an account at it and a data folder.
pub struct World {
    pub runtime: Runtime,
    pub simulator: SolutekSimulator,
    pub secrets: Secrets,
    pub account: Account,
    pub folder: tempfile::TempDir,
}

impl World {
    pub fn new() -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let config = SimulatorConfig {
            timing: Timing::fast(),
            daily_limit: 10_000_000,
            ..SimulatorConfig::default()
        };
        let token = config.credentials.token.clone();
        let simulator = runtime.block_on(SolutekSimulator::start(config)).unwrap();
        let secrets = Secrets::session();
        let account = account(simulator.base_url().as_str());
        let folder = tempfile::tempdir().unwrap();
        runtime.block_on(async {
            secrets.put(account.id, "token", token).await.unwrap();
            let store = Store::open(folder.path()).await.unwrap();
            store.put_account(&account).await.unwrap();
            store.close().await;
        });
        Self {
            runtime,
            simulator,
            secrets,
            account,
            folder,
        }
    }

    /// What a client of this gateway needs.
    pub fn credentials(&self) -> Credentials {
        let token = self.runtime.block_on(self.secrets.get(self.account.id, "token"));
        let identity = self.account.identity.iter();
        let mut fields: BTreeMap<_, _> = identity
            .map(|(key, value)| (key.clone(), recado::domain::Secret::new(value.clone())))
            .collect();
        fields.insert("token".to_owned(), token.unwrap());
        Credentials {
            base_url: self.simulator.base_url().clone(),
            fields,
        }
    }

    /// Writes a past into the data folder: so many people, each with so many messages, nearly all of them read.
    pub fn fill(&self, people: usize, messages: usize) {
        self.runtime.block_on(async {
            let store = Store::open(self.folder.path()).await.unwrap();
            let now = Timestamp::now();
            for person in 0..people {
                let texts = (0..messages).map(|number| NewMessage {
                    template: None,
                    to: number_of(person),
                    text: format!(
                        "Olá! O pedido *{number}* está pronto 📦: https://loja.example/{person}/{number}"
                    ),
                    attachment: None,
                    not_before: None,
                });
                let at = now.minus(Duration::from_secs(3_600 + 60 * person as u64));
                let stored = store.enqueue(self.account.id, texts.collect(), at).await.unwrap();
                for (index, message) in stored.iter().enumerate() {
                    store.begin_attempt(message.id, at).await.unwrap();
                    let end = if index % 20 == 7 {
                        MessageState::Rejected
                    } else {
                        MessageState::Accepted
                    };
                    let transition = Transition {
                        state: end,
                        reason: None,
                        next_attempt_at: None,
                        gateway_id: None,
                        unclear: false,
                        holds_account: false,
                    };
                    store
                        .finish_attempt(message.id, &transition, None, at)
                        .await
                        .unwrap();
                    if end == MessageState::Accepted {
                        store
                            .change_state(message.id, &[end], MessageState::Read, None, at)
                            .await
                            .unwrap();
                    }
                }
            }
            store.close().await;
        });
    }
}

/// The phone number of somebody.
pub fn number_of(person: usize) -> PhoneNumber {
    PhoneNumber::from_digits(&format!("551190000{:04}", person % 100)).unwrap()
}

/// The program's contents without a window around them.
pub struct Studio {
    pub app: RecadoApp,
    pub egui: egui::Context,
    began: Instant,
    input: Vec<egui::Event>,
}

impl Studio {
    pub fn new(link: EngineLink) -> Self {
        let egui = egui::Context::default();
        theme::install(&egui);
        Self {
            app: RecadoApp::new(link, AppOptions::default()),
            egui,
            began: Instant::now(),
            input: Vec::new(),
        }
    }

    /// One frame.
    pub fn frame(&mut self) -> egui::FullOutput {
        let app = &mut self.app;
        let mut input = input(self.began);
        input.events = std::mem::take(&mut self.input);
        self.egui.run_ui(input, |ui| app.frame(ui))
    }

    /// One turn of the wheel over the thread, with the next frame.
    pub fn scroll(&mut self, delta: Vec2) {
        let over = egui::pos2(WINDOW.x * 0.7, WINDOW.y * 0.5);
        self.input.push(egui::Event::PointerMoved(over));
        self.input.push(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: egui::Modifiers::NONE,
        });
    }

    /// Frames until a few in a row want no other one soon; how many there were.
    pub fn settle(&mut self) -> usize {
        let (mut frames, mut at_rest) = (0, 0);
        let until = Instant::now() + Duration::from_secs(20);
        while at_rest < 12 && Instant::now() < until {
            let mut output = self.frame();
            output.textures_delta.clear();
            frames += 1;
            let mut delays = output.viewport_output.values().map(|output| output.repaint_delay);
            let rests = delays.all(|delay| delay > Duration::from_millis(150));
            at_rest = if rests { at_rest + 1 } else { 0 };
            std::thread::sleep(Duration::from_millis(5));
        }
        frames
    }
}

/// What a frame with nothing in it costs, in milliseconds.
pub fn empty_frame(frames: usize) -> f64 {
    let egui = egui::Context::default();
    theme::install(&egui);
    let began = Instant::now();
    time_of_one(frames, || {
        let output = egui.run_ui(input(began), |_| {});
        finish(&egui, output);
    })
}

/// What a window does with a frame before its triangles go to the graphics card.
pub fn finish(egui: &egui::Context, mut output: egui::FullOutput) {
    let triangles = egui.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point);
    std::hint::black_box(triangles);
    output.textures_delta.clear();
}

/// The input of a frame in which nobody does anything.
pub fn input(began: Instant) -> RawInput {
    let mut input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, WINDOW)),
        time: Some(began.elapsed().as_secs_f64()),
        ..RawInput::default()
    };
    if let Some(viewport) = input.viewports.get_mut(&egui::ViewportId::ROOT) {
        viewport.native_pixels_per_point = Some(1.0);
    }
    input
}

/// The engine's ends of the channels to a window, for a picture made by hand.
pub struct Strings {
    pub commands: mpsc::Receiver<Command>,
    pub events: mpsc::Sender<Event>,
    pub live: watch::Sender<Arc<Live>>,
}

/// A link whose other ends the bench holds, with one account in the picture.
pub fn link_by_hand() -> (EngineLink, Strings) {
    let account = account("http://127.0.0.1/");
    let view = AccountView {
        figures: Default::default(),
        capabilities: capabilities(account.gateway),
        account: Arc::new(account),
        health: Arc::default(),
        pairing: Arc::default(),
        outbox: recado::store::OutboxCounts::default(),
        held: None,
        paced_until: None,
        inbox: recado::engine::InboxView::default(),
    };
    let live = Live {
        preparing: std::sync::Arc::default(),
        fetching: Arc::default(),
        accounts: vec![view],
        settings: Arc::new(Settings::default()),
        listener: recado::engine::ListenerView {
            state: recado::engine::ListenerState::Off,
            gap: None,
            unbroken_since: None,
        },
        secrets: SecretStatus::Ready {
            place: SecretPlace::Session,
            name: String::new(),
        },
        folder: "/nowhere".into(),
        loaded: true,
        gateways: &[],
    };
    let (command_sender, commands) = mpsc::channel(64);
    let (events, event_receiver) = mpsc::channel(64);
    let (live, picture) = watch::channel(Arc::new(live));
    let link = EngineLink::new(command_sender, event_receiver, picture);
    (
        link,
        Strings {
            commands,
            events,
            live,
        },
    )
}
