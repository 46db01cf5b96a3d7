//! A stage for the tests of single screens: a screen over a picture of the engine, its questions answered out of what
//! the test laid out, its commands kept.

use crate::domain::attachment::{Attachment, MediaKind};
use crate::domain::health::{ConnectionChange, HealthSample};
use crate::domain::message::{Message, MessageState, MessageStep, Reason, ReasonKind};
use crate::domain::settings::{Settings, ThemeChoice};
use crate::domain::time::Clock;
use crate::domain::{ClientMessageId, Connection, ConversationId, MessageId, PhoneNumber, Timestamp};
use crate::engine::{AccountView, Answer, Command, DashboardData, Event, Live, Question};
use crate::store::HourlyCount;
use crate::ui::app::{AppOptions, RecadoApp};
use crate::ui::context::{Requests, UiAction, UiContext};
use crate::ui::offscreen;
use crate::ui::read_model::{ReadModel, Want};
use crate::ui::screens::Screen;
use crate::ui::testing::{self, NOW};
use crate::ui::text::{Language, Localizer};
use crate::ui::theme::{self, Theme};
use egui::Vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use std::sync::Arc;
use std::time::Duration;

/// What the engine would answer.
#[derive(Clone, Default)]
pub(super) struct Stored {
    pub(super) outbox: Vec<Message>,
    pub(super) dashboard: Option<DashboardData>,
    pub(super) history: Vec<MessageStep>,
}

impl Stored {
    pub(super) fn answer(&self, question: &Question) -> Option<Answer> {
        Some(match question {
            Question::Outbox(_) => Answer::Outbox(self.outbox.clone()),
            Question::Dashboard { .. } => Answer::Dashboard(Box::new(self.dashboard.clone()?)),
            Question::History(_) => Answer::History(self.history.clone()),
            _ => return None,
        })
    }
}

type Draw = Box<dyn FnMut(&mut egui::Ui, &UiContext<'_>)>;

/// Everything around a screen.
pub(super) struct Around {
    pub(super) live: Live,
    pub(super) stored: Stored,
    pub(super) now: Timestamp,
    pub(super) acted: Vec<UiAction>,
    pub(super) wake_at: Option<Timestamp>,
    model: ReadModel,
    requests: Requests,
    theme: Theme,
    text: Localizer,
    draw: Draw,
}

/// A screen in a harness.
pub(super) struct Stage {
    pub(super) harness: Harness<'static, Around>,
}

impl Stage {
    pub(super) fn new(
        live: Live,
        stored: Stored,
        size: [f32; 2],
        draw: impl FnMut(&mut egui::Ui, &UiContext<'_>) + 'static,
    ) -> Self {
        let around = Around {
            live,
            stored,
            now: NOW,
            acted: Vec::new(),
            wake_at: None,
            model: ReadModel::default(),
            requests: Requests::default(),
            theme: Theme::new(false),
            text: Localizer::new(Language::Portuguese),
            draw: Box::new(draw),
        };
        let harness = Harness::builder()
            .with_size(size)
            .with_context_setup(|context| {
                theme::install(context);
                theme::apply(context, &Theme::new(false));
            })
            .build_ui_state(Around::frame, around);
        let mut stage = Self { harness };
        stage.settle();
        stage
    }

    pub(super) fn settle(&mut self) {
        self.harness.run_steps(4);
    }

    pub(super) fn around(&mut self) -> &mut Around {
        self.harness.state_mut()
    }

    pub(super) fn account(&mut self) -> &mut AccountView {
        &mut self.around().live.accounts[0]
    }

    pub(super) fn shows(&self, words: &str) -> bool {
        self.harness.query_all_by_label(words).next().is_some()
    }

    /// Whether something shown has these words in it. Blanks that do not break count as blanks.
    pub(super) fn tells(&self, words: &str) -> bool {
        self.texts().iter().any(|text| text.contains(words))
    }

    /// The names of everything shown.
    pub(super) fn texts(&self) -> Vec<String> {
        use egui_kittest::kittest::NodeT as _;
        fn walk(node: egui_kittest::Node<'_>, into: &mut Vec<String>) {
            let own = node.accesskit_node();
            for text in [own.label(), own.value()].into_iter().flatten() {
                into.push(text.replace('\u{a0}', " ").replace('\u{2011}', "-"));
            }
            for child in node.children() {
                walk(child, into);
            }
        }
        let mut texts = Vec::new();
        walk(self.harness.root(), &mut texts);
        texts
    }

    pub(super) fn click(&mut self, name: &str) {
        self.harness.get_by_label(name).click();
        self.settle();
    }

    /// Puts `text` in the place of what stands in the field.
    pub(super) fn type_into(&mut self, name: &str, text: &str) {
        let field = |stage: &Self| -> egui::Rect {
            stage
                .harness
                .get_by_role_and_label(egui::accesskit::Role::TextInput, name)
                .rect()
        };
        let _ = field(self);
        self.harness
            .get_by_role_and_label(egui::accesskit::Role::TextInput, name)
            .focus();
        self.settle();
        self.harness
            .key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        self.settle();
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.settle();
    }

    /// The commands sent since the last call.
    pub(super) fn sent(&mut self) -> Vec<Command> {
        let acted = std::mem::take(&mut self.around().acted);
        acted
            .into_iter()
            .filter_map(|action| match action {
                UiAction::Command(command) => Some(command),
                _ => None,
            })
            .collect()
    }

    /// Everything asked for since the last call.
    pub(super) fn acted(&mut self) -> Vec<UiAction> {
        std::mem::take(&mut self.around().acted)
    }

    pub(super) fn answer(&mut self, ticket: crate::engine::Ticket, answer: Answer) {
        self.around().model.apply(Event::Answer(ticket, answer));
        self.settle();
    }

    /// Lays out another list and has it read.
    pub(super) fn change_outbox(&mut self, outbox: Vec<Message>) {
        let around = self.around();
        around.stored.outbox = outbox;
        around.model.apply(Event::Overflow);
        self.settle();
    }
}

impl Around {
    fn frame(ui: &mut egui::Ui, around: &mut Self) {
        let context = UiContext::new(
            &around.theme,
            &around.text,
            &around.live,
            &around.model,
            around.live.accounts.first(),
            around.now,
            ui.available_width() < 1_000.0,
            &around.requests,
        );
        (around.draw)(ui, &context);
        let (acted, wants, wake_at) = around.requests.take();
        around.acted.extend(acted);
        around.wake_at = wake_at;
        around.read(wants);
    }

    fn read(&mut self, wants: Vec<Want>) {
        // Far from the tickets that screens hand out.
        let mut next = 1_000_000;
        let questions = self.model.ask(wants, || {
            next += 1;
            crate::engine::Ticket(next)
        });
        for question in questions {
            if let Command::Ask(ticket, question) = question
                && let Some(answer) = self.stored.answer(&question)
            {
                self.model.apply(Event::Answer(ticket, answer));
            }
        }
    }
}

/// A message of the first account's queue.
pub(super) fn message(state: MessageState, last_digits: u8, text: &str) -> Message {
    let at = NOW.minus(Duration::from_secs(600));
    Message {
        template: None,
        id: MessageId::new(),
        account: crate::domain::AccountId::new(),
        conversation: ConversationId::new(),
        to: PhoneNumber::from_digits(&format!("55119000000{last_digits:02}")).unwrap(),
        text: text.into(),
        attachment: None,
        client_id: ClientMessageId::random(),
        gateway_id: None,
        state,
        reason: None,
        attempts: 0,
        next_attempt_at: None,
        first_unclear_at: None,
        not_before: None,
        created_at: at,
        updated_at: at,
    }
}

/// A queue with a message of every kind.
pub(super) fn outbox() -> Vec<Message> {
    let because = |kind, words: &str| Some(Reason::with_words(kind, words));
    vec![
        Message {
            attempts: 1,
            reason: because(ReasonKind::TimedOut, ""),
            first_unclear_at: Some(NOW),
            ..message(MessageState::Unknown, 21, "Seu pedido saiu para entrega")
        },
        Message {
            attempts: 1,
            reason: because(ReasonKind::InvalidAttachment, "tipo não aceito"),
            attachment: Some(Attachment {
                url: "https://example.com/catalogo.webp".into(),
                name: "catálogo.webp".into(),
                kind: MediaKind::Image,
                file: None,
            }),
            ..message(MessageState::Rejected, 77, "")
        },
        Message {
            attempts: 1,
            ..message(
                MessageState::InFlight,
                22,
                "Por nada! Qualquer dúvida é só chamar.",
            )
        },
        Message {
            attempts: 2,
            next_attempt_at: Some(NOW.plus(Duration::from_secs(4))),
            reason: because(ReasonKind::NoConnection, "dns error"),
            ..message(
                MessageState::Queued,
                23,
                "Lembrete da consulta de amanhã às 15h30, na unidade do centro",
            )
        },
        message(MessageState::Queued, 24, "Segue o endereço: Rua das Flores, 120"),
        Message {
            not_before: Some(NOW.plus(Duration::from_secs(20 * 3_600))),
            reason: because(ReasonKind::Scheduled, ""),
            ..message(
                MessageState::Queued,
                25,
                "Bom dia! Passando para confirmar o horário",
            )
        },
    ]
}

/// A day of readings and messages.
pub(super) fn dashboard() -> DashboardData {
    let back = |minutes: i64| Timestamp(NOW.0 - minutes * 60_000);
    let samples = (0..=24 * 12)
        .rev()
        .map(|index: i64| {
            let minutes = index * 5;
            let hours = minutes as f64 / 60.0;
            // Charged until ten hours ago, since then in use; the program was closed for a while.
            let battery = if hours > 14.0 {
                40.0 + (24.0 - hours) * 6.0
            } else {
                100.0 - (14.0 - hours) * 2.3
            };
            let queue = (6.0 + 9.0 * (hours * 0.9).sin() + 3.0 * (hours * 2.3).cos()).max(0.0);
            (minutes, battery, queue)
        })
        .filter(|(minutes, ..)| !(610..680).contains(minutes))
        .map(|(minutes, battery, queue)| HealthSample {
            at: back(minutes),
            battery_percent: Some(battery as u8),
            queue_length: Some(queue as u64),
            limit_used: Some(u64::try_from(823 - (minutes * 2).min(823)).unwrap()),
        })
        .collect();
    let delivered = [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 12, 20, 28, 36, 26, 22, 31, 41, 39, 34, 18, 4,
    ];
    let hours = delivered
        .iter()
        .enumerate()
        .map(|(index, count)| HourlyCount {
            hour: back((23 - i64::try_from(index).unwrap()) * 60),
            accepted: if index >= 22 { 5 } else { 0 },
            delivered: *count,
            read: count / 3,
            problems: if index == 16 || index == 18 { 5 } else { 0 },
        })
        .collect();
    let change = |minutes, connection, name: Option<&str>| ConnectionChange {
        at: back(minutes),
        connection,
        phone_name: name.map(str::to_owned),
    };
    DashboardData {
        since: back(24 * 60),
        samples,
        hours,
        changes: vec![
            change(54, Connection::Ready, Some("Recepção")),
            change(58, Connection::PhoneOffline, Some("Recepção")),
            change(341, Connection::Ready, Some("Recepção")),
            change(349, Connection::MustPair, None),
            change(700, Connection::Ready, Some("Recepção")),
            change(702, Connection::GatewayUnreachable, None),
        ],
    }
}

/// The steps of a message whose outcome is unknown.
pub(super) fn history() -> Vec<MessageStep> {
    let step = |seconds: u64, state, attempt, reason: Option<Reason>, raw: Option<&str>| MessageStep {
        at: NOW.minus(Duration::from_secs(900 - seconds)),
        state,
        attempt,
        reason,
        raw: raw.map(str::to_owned),
    };
    vec![
        step(0, MessageState::Queued, 0, None, None),
        step(1, MessageState::InFlight, 1, None, None),
        step(
            21,
            MessageState::Queued,
            1,
            Some(Reason::with_words(ReasonKind::GatewayFailure, "HTTP 502")),
            Some("HTTP 502\n<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"),
        ),
        step(25, MessageState::InFlight, 2, None, None),
        step(
            45,
            MessageState::Unknown,
            2,
            Some(Reason::new(ReasonKind::TimedOut)),
            None,
        ),
    ]
}

/// Draws the whole window with this screen; kept where `RECADO_PICTURES` says.
pub(super) fn picture(
    name: &str,
    screen: Screen,
    mut live: Live,
    stored: &Stored,
    (dark, scale, size): (bool, f32, Vec2),
    clicks: &[egui::Pos2],
) -> image::RgbaImage {
    live.settings = Arc::new(Settings {
        theme: if dark {
            ThemeChoice::Dark
        } else {
            ThemeChoice::Light
        },
        ..Settings::clone(&live.settings)
    });
    let (link, mut engine) = testing::link(live, 256);
    let options = AppOptions {
        clock: Clock::held(NOW),
        ..AppOptions::default()
    };
    let mut app = RecadoApp::new(link, options);
    let context = egui::Context::default();
    theme::install(&context);
    let mut textures = offscreen::Textures::default();
    let mut picture = image::RgbaImage::default();
    let mut events: Vec<Vec<egui::Event>> = vec![Vec::new(); 6];
    for pos in clicks {
        let pos = *pos;
        let button = |pressed| egui::Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        };
        events.push(vec![egui::Event::PointerMoved(pos)]);
        events.push(vec![button(true)]);
        events.push(vec![button(false)]);
        events.extend(vec![Vec::new(); 4]);
    }
    for (frame, events) in events.into_iter().enumerate() {
        let mut input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size)),
            time: Some(frame as f64 * 0.25),
            events,
            focused: true,
            ..Default::default()
        };
        if let Some(viewport) = input.viewports.get_mut(&egui::ViewportId::ROOT) {
            viewport.native_pixels_per_point = Some(scale);
        }
        if frame == 1 {
            app.go(screen);
        }
        let output = context.run_ui(input, |ui| app.frame(ui));
        picture = offscreen::render(&context, output, size, scale, &mut textures);
        for (ticket, question) in engine.asked() {
            if let Some(answer) = stored.answer(&question) {
                engine.events.try_send(Event::Answer(ticket, answer)).unwrap();
            }
        }
    }
    if let Ok(folder) = std::env::var("RECADO_PICTURES") {
        std::fs::create_dir_all(&folder).unwrap();
        picture.save(format!("{folder}/{name}.png")).unwrap();
    }
    picture
}

/// Whether pictures are drawn for the eye; without, one of each screen is enough.
pub(super) fn for_the_eye() -> bool {
    std::env::var_os("RECADO_PICTURES").is_some()
}

/// The looks in which a screen is drawn: name, dark, scale, size in points.
pub(super) fn looks() -> Vec<(&'static str, bool, f32, Vec2)> {
    let all = vec![
        ("small", false, 1.0, egui::vec2(560.0, 720.0)),
        ("light", false, 1.0, egui::vec2(1_280.0, 800.0)),
        ("dark", true, 1.0, egui::vec2(1_280.0, 800.0)),
        ("narrow", false, 1.0, egui::vec2(900.0, 600.0)),
        ("scaled", true, 1.5, egui::vec2(854.0, 534.0)),
    ];
    let count = if for_the_eye() { all.len() } else { 1 };
    all.into_iter().take(count).collect()
}
