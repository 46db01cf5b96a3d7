//! What the tests of the screens stand on: a screen with a live picture made by hand, and what it asked for.

use crate::domain::health::{PhoneStatus, Read};
use crate::domain::settings::Settings;
use crate::domain::{Account, AccountId, Connection, GatewayKind, Health, Pairing, Timestamp};
use crate::engine::{AccountView, Answer, Command, Event, Live, Ticket};
use crate::gateway::{Capabilities, capabilities};
use crate::secrets::{SecretPlace, SecretStatus};
use crate::store::OutboxCounts;
use crate::ui::context::{Requests, UiAction, UiContext};
use crate::ui::outside::DialogAnswer;
use crate::ui::read_model::ReadModel;
use crate::ui::text::{Language, Localizer};
use crate::ui::theme::{self, Theme};
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use std::path::PathBuf;
use std::sync::Arc;
use uuid::Uuid;

/// The time of every test: an afternoon.
pub const NOW: Timestamp = Timestamp(1_795_282_327_000);

/// A screen and everything around it.
pub struct Stage<S> {
    pub screen: S,
    pub draw: fn(&mut S, &mut egui::Ui, &UiContext<'_>),
    pub live: Live,
    pub model: ReadModel,
    pub requests: Requests,
    pub now: Timestamp,
    pub theme: Theme,
    pub text: Localizer,
    pub narrow: bool,
    pub chosen: Option<AccountId>,
    /// What the screen has asked for since [`Stage::taken`].
    pub actions: Vec<UiAction>,
    /// When it wants to be drawn again, as of the last frame.
    pub wake_at: Option<Timestamp>,
    /// What the operator answers in the system's dialog for choosing files.
    pub picked: Option<(Ticket, DialogAnswer<Vec<PathBuf>>)>,
}

impl<S: Default> Stage<S> {
    pub fn new(draw: fn(&mut S, &mut egui::Ui, &UiContext<'_>), accounts: Vec<AccountView>) -> Self {
        Self {
            screen: S::default(),
            draw,
            chosen: accounts.first().map(|view| view.account.id),
            live: live(accounts),
            model: ReadModel::default(),
            requests: Requests::default(),
            now: NOW,
            theme: Theme::new(false),
            text: Localizer::new(Language::Portuguese),
            narrow: false,
            actions: Vec::new(),
            wake_at: None,
            picked: None,
        }
    }
}

impl<S> Stage<S> {
    /// Draws a frame.
    pub fn ui(&mut self, ui: &mut egui::Ui) {
        let account = self.chosen.and_then(|id| self.live.account(id));
        let ctx = UiContext::new(
            &self.theme,
            &self.text,
            &self.live,
            &self.model,
            account,
            self.now,
            self.narrow,
            &self.requests,
        );
        if let Some((ticket, answer)) = self.picked.take() {
            ctx.keep_picked(ticket, answer);
        }
        (self.draw)(&mut self.screen, ui, &ctx);
        let (actions, _, wake_at) = self.requests.take();
        self.wake_at = wake_at;
        for action in actions {
            if let UiAction::SelectAccount(id) = action {
                self.chosen = Some(id);
            }
            self.actions.push(action);
        }
    }

    /// Takes what the screen has asked for.
    pub fn taken(&mut self) -> Vec<UiAction> {
        std::mem::take(&mut self.actions)
    }

    /// Takes the commands among it.
    pub fn commands(&mut self) -> Vec<Command> {
        self.taken()
            .into_iter()
            .filter_map(|action| match action {
                UiAction::Command(command) => Some(command),
                _ => None,
            })
            .collect()
    }

    pub fn answer(&mut self, ticket: Ticket, answer: Answer) {
        self.model.apply(Event::Answer(ticket, answer));
    }

    /// Changes the account of this place in the list.
    pub fn change(&mut self, index: usize, change: impl FnOnce(&mut AccountView)) {
        change(&mut self.live.accounts[index]);
    }

    /// Runs the screen in a window of this size.
    pub fn in_window(self, width: f32, height: f32) -> Harness<'static, Self>
    where
        S: 'static,
    {
        let theme = self.theme.clone();
        let egui_theme = if theme.dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        };
        Harness::builder()
            .with_size(egui::vec2(width, height))
            .with_theme(egui_theme)
            .with_max_steps(12)
            .with_context_setup(move |context| {
                theme::install(context);
                theme::apply(context, &theme);
            })
            .build_ui_state(|ui, stage: &mut Self| stage.ui(ui), self)
    }
}

/// A window's worth of things with these accounts.
pub fn live(accounts: Vec<AccountView>) -> Live {
    Live {
        preparing: Arc::default(),
        fetching: Arc::default(),
        accounts,
        settings: Arc::new(Settings::default()),
        listener: crate::engine::ListenerView {
            state: crate::engine::ListenerState::Off,
            gap: None,
            unbroken_since: None,
        },
        secrets: SecretStatus::Ready {
            place: SecretPlace::Keyring,
            name: "GNOME Keyring".to_owned(),
        },
        folder: std::path::PathBuf::from("/tmp/recado"),
        loaded: true,
        gateways: GatewayKind::ALL,
    }
}

/// A saved account; `number` tells one from another.
pub fn account(number: u8, name: &str, connection: Connection) -> AccountView {
    account_with(number, name, connection, capabilities(GatewayKind::Solutek))
}

/// A saved account of this gateway, with its usual way of sending the credentials.
pub fn account_of(number: u8, name: &str, gateway: GatewayKind) -> AccountView {
    let known = capabilities(gateway);
    let connection = if known.status {
        Connection::Ready
    } else {
        Connection::Answers
    };
    let mut view = account_with(number, name, connection, known);
    let account = Arc::make_mut(&mut view.account);
    account.gateway = gateway;
    let form = known.auth_forms.first();
    account.identity = form
        .map(|form| (crate::gateway::AUTH_FORM.to_owned(), (*form).to_owned()))
        .into_iter()
        .chain([("sender".to_owned(), "LojaCentro".to_owned())])
        .collect();
    if !known.queue {
        Arc::make_mut(&mut view.health).queue_length = None;
    }
    view
}

pub fn account_with(
    number: u8,
    name: &str,
    connection: Connection,
    capabilities: &'static Capabilities,
) -> AccountView {
    let identity = [("email", "contato@lojacentro.example"), ("idapp", "48213")];
    AccountView {
        figures: Default::default(),
        account: Arc::new(Account {
            hosting: Default::default(),
            id: AccountId(Uuid::from_u128(u128::from(number))),
            gateway: GatewayKind::Solutek,
            name: name.to_owned(),
            identity: identity
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .into(),
            base_url: None,
            default_country: "BR".to_owned(),
            paused: false,
            delay_secs: None,
            created_at: Timestamp(0),
        }),
        capabilities,
        health: Arc::new(health(connection)),
        pairing: Arc::new(Pairing::default()),
        outbox: OutboxCounts::default(),
        held: None,
        paced_until: None,
        inbox: crate::engine::InboxView::default(),
    }
}

/// The health of an account that stands so, as it was read twelve seconds ago.
pub fn health(connection: Connection) -> Health {
    let at = NOW.minus(std::time::Duration::from_secs(12));
    let phone = match connection {
        Connection::Ready | Connection::PhoneOffline => Some(reception(connection == Connection::Ready)),
        Connection::MustPair => Some(PhoneStatus::default()),
        _ => None,
    };
    Health {
        connection,
        phone: phone.map(|value| Read { value, at }),
        queue_length: Some(Read { value: 12, at }),
        read_at: Some(at),
        ..Health::default()
    }
}

/// The phone of the examples.
pub fn reception(online: bool) -> PhoneStatus {
    PhoneStatus {
        paired: true,
        online,
        name: Some("Recepção".to_owned()),
        number: Some("5511900000012".to_owned()),
        battery_percent: Some(68),
    }
}

/// Chooses the one of this name among several.
pub fn choose<S>(harness: &mut Harness<'_, S>, name: &str) {
    harness.get_by_role_and_label(Role::RadioButton, name).click();
    harness.run_steps(4);
}

/// Presses the button of this name.
pub fn press<S>(harness: &mut Harness<'_, S>, name: &str) {
    harness.get_by_role_and_label(Role::Button, name).click();
    harness.run_steps(4);
}

/// The field of this name.
pub fn field<'h, S>(harness: &'h Harness<'_, S>, name: &'h str) -> Node<'h> {
    harness.get_by(move |node| {
        matches!(
            node.role(),
            Role::TextInput | Role::MultilineTextInput | Role::PasswordInput
        ) && node.label().as_deref() == Some(name)
    })
}

/// Types into the field of this name.
pub fn type_into<S>(harness: &mut Harness<'_, S>, name: &str, text: &str) {
    field(harness, name).focus();
    harness.run_steps(2);
    field(harness, name).type_text(text);
    harness.run_steps(2);
}

/// Whether some text on the screen contains these words.
pub fn says<S>(harness: &Harness<'_, S>, words: &str) -> bool {
    everything(harness).iter().any(|text| text.contains(words))
}

/// Every label and value that a screen reader would meet.
pub fn everything<S>(harness: &Harness<'_, S>) -> Vec<String> {
    harness
        .query_all_by(|_| true)
        .flat_map(|node| {
            let node = node.accesskit_node();
            [node.label(), node.value()]
        })
        .flatten()
        .collect()
}

/// Draws the screen into a picture, without a window.
pub fn picture<S>(stage: &mut Stage<S>, width: f32, height: f32, pixels_per_point: f32) -> image::RgbaImage {
    let context = egui::Context::default();
    theme::install(&context);
    theme::apply(&context, &stage.theme);
    context.all_styles_mut(|style| style.animation_time = 0.0);
    let mut textures = crate::ui::offscreen::Textures::default();
    let size = egui::vec2(width, height);
    let mut drawn = None;
    for frame in 0..6 {
        let mut input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size)),
            time: Some(f64::from(frame) * 0.1),
            ..egui::RawInput::default()
        };
        if let Some(viewport) = input.viewports.get_mut(&egui::ViewportId::ROOT) {
            viewport.native_pixels_per_point = Some(pixels_per_point);
        }
        let mut output = context.run_ui(input, |ui| stage.ui(ui));
        if frame == 5 {
            drawn = Some(output);
        } else {
            textures.apply(&output.textures_delta);
            output.textures_delta.clear();
        }
    }
    crate::ui::offscreen::render(&context, drawn.unwrap(), size, pixels_per_point, &mut textures)
}
