//! The program's window without the window: takes what the engine tells, draws the frame and the chosen screen, and
//! does what they ask for. Only egui, so that tests and pictures need no display.

use super::banners::{self, LinkState};
use super::context::{Requests, ToastKind, UiAction, UiContext};
use super::dialogs::Dialogs;
use super::link::EngineLink;
use super::outside::{Desktop, Outside, SaveSource, System};
use super::pairing_way::PairingWay;
use super::palette::{self, Palette};
use super::read_model::ReadModel;
use super::screens::Screen;
use super::screens::accounts::AccountsScreen;
use super::screens::conversations::ConversationsScreen;
use super::screens::dashboard::DashboardScreen;
use super::screens::new_message::NewMessageScreen;
use super::screens::pairing::PairingScreen;
use super::screens::queue::QueueScreen;
use super::screens::settings::SettingsScreen;
use super::shortcuts::{self, Shortcut};
use super::text::{Language, Localizer};
use super::theme::{self, Theme, size};
use super::toasts::Toasts;
use super::voices::{SystemPlayer, VoicePlayer};
use super::{notices, rail, strip};
use crate::domain::settings::{Settings, ThemeChoice};
use crate::domain::time::Clock;
use crate::domain::{AccountId, ConversationId, PhoneNumber, Timestamp};
use crate::engine::{
    AccountCommand, Command, Event, HealthCommand, InboxCommand, IncomingNotice, Live, Notice,
};
use egui::{CentralPanel, Context, Frame, Key, Modifiers, Panel, Stroke, Ui};
use std::sync::Arc;
use std::time::Duration;

/// How long until a command that found no room is tried again.
const RETRY: Duration = Duration::from_millis(50);
/// How many screens `Esc` remembers.
const WAY_BACK: usize = 16;

/// What the frame itself can do, by a key, the palette, or a button in strip and banners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameAction {
    /// Opens the palette, or closes it.
    OpenPalette,
    /// Reads the chosen account now.
    Refresh,
    /// Composes a new message.
    NewMessage,
    /// Pauses or resumes sending of the chosen account.
    SetPaused(bool),
    /// Light, dark or the system's.
    Theme(ThemeChoice),
    /// Another language.
    Language(Language),
    /// Everything larger or smaller by so many percent.
    Scale(i16),
    /// Everything in its usual size.
    UsualScale,
    /// Opens the data folder.
    OpenDataFolder,
    /// Shows the list of keys.
    ShowShortcuts,
    /// Asks for the passphrase of the vault.
    OpenVault,
}

/// How the app is made.
pub struct AppOptions {
    /// The time.
    pub clock: Clock,
    /// The system around the window.
    pub system: Arc<dyn System>,
    /// What plays voice notes.
    pub player: Arc<dyn VoicePlayer>,
    /// Whether the system asks for less motion.
    pub reduced_motion: bool,
    /// Longer, accented words, to see where a text does not fit or is not translated.
    pub pseudo_words: bool,
}

impl Default for AppOptions {
    fn default() -> Self {
        Self {
            clock: Clock::system(),
            system: Arc::new(Desktop),
            player: Arc::new(SystemPlayer::default()),
            reduced_motion: false,
            pseudo_words: false,
        }
    }
}

/// The screens with what they remember.
struct Screens {
    conversations: ConversationsScreen,
    new_message: NewMessageScreen,
    pairing: PairingScreen,
    dashboard: DashboardScreen,
    queue: QueueScreen,
    accounts: AccountsScreen,
    settings: SettingsScreen,
}

impl Screens {
    fn new(player: Arc<dyn VoicePlayer>) -> Self {
        Self {
            conversations: ConversationsScreen::new(player),
            new_message: NewMessageScreen::default(),
            pairing: PairingScreen::default(),
            dashboard: DashboardScreen::default(),
            queue: QueueScreen::default(),
            accounts: AccountsScreen::default(),
            settings: SettingsScreen::default(),
        }
    }

    fn ui(&mut self, screen: Screen, ui: &mut Ui, ctx: &UiContext<'_>) {
        match screen {
            Screen::Conversations => self.conversations.ui(ui, ctx),
            Screen::NewMessage => self.new_message.ui(ui, ctx),
            Screen::Pairing => self.pairing.ui(ui, ctx),
            Screen::Dashboard => self.dashboard.ui(ui, ctx),
            Screen::Queue => self.queue.ui(ui, ctx),
            Screen::Accounts => self.accounts.ui(ui, ctx),
            Screen::Settings => self.settings.ui(ui, ctx),
        }
    }

    fn keep_drafts(&mut self, ctx: &UiContext<'_>, at_once: bool) {
        self.conversations.keep_drafts(ctx, at_once);
        self.new_message.keep_drafts(ctx, at_once);
    }
}

/// Where the operator is and was.
struct Place {
    screen: Screen,
    back: Vec<Screen>,
    account: Option<AccountId>,
    /// Whether the accounts screen has been opened because there is no account.
    welcomed: bool,
}

impl Place {
    fn go(&mut self, screen: Screen) {
        if screen != self.screen {
            if self.back.len() >= WAY_BACK {
                self.back.remove(0);
            }
            self.back.push(self.screen);
            self.screen = screen;
        }
    }
}

/// The window's contents.
pub struct RecadoApp {
    link: EngineLink,
    live: Arc<Live>,
    /// Settings sent and not yet seen in the engine's picture: what the picture had, and what was sent.
    sent_settings: Option<(Arc<Settings>, Arc<Settings>)>,
    model: ReadModel,
    requests: Requests,
    options: AppOptions,
    theme: Theme,
    applied: Option<(bool, u16)>,
    text: Localizer,
    place: Place,
    screens: Screens,
    toasts: Toasts,
    palette: Palette,
    dialogs: Dialogs,
    outside: Outside,
    notices: Vec<Notice>,
    visible: bool,
    /// The conversation the operator is looking at, as the engine knows it.
    showing: Option<ConversationId>,
    was_typing: bool,
}

impl RecadoApp {
    /// The contents of a window that talks to this engine.
    #[must_use]
    pub fn new(link: EngineLink, options: AppOptions) -> Self {
        let live = link.live();
        let text = localizer(&live.settings, &options);
        Self {
            outside: Outside::new(options.system.clone()),
            sent_settings: None,
            model: ReadModel::default(),
            requests: Requests::default(),
            theme: Theme::new(false),
            applied: None,
            place: Place {
                screen: Screen::Conversations,
                back: Vec::new(),
                account: None,
                welcomed: false,
            },
            screens: Screens::new(options.player.clone()),
            toasts: Toasts::default(),
            palette: Palette::default(),
            dialogs: Dialogs::default(),
            notices: Vec::new(),
            visible: true,
            showing: None,
            was_typing: false,
            text,
            live,
            link,
            options,
        }
    }

    /// Opens a screen.
    pub fn go(&mut self, screen: Screen) {
        self.place.go(screen);
    }

    /// The screen that is shown.
    #[must_use]
    pub fn screen(&self) -> Screen {
        self.place.screen
    }

    /// Opens a conversation on the conversations screen.
    pub fn open_conversation(&mut self, id: ConversationId) {
        self.screens.conversations.open(id);
        self.place.go(Screen::Conversations);
    }

    /// Chooses an account.
    pub fn choose(&mut self, account: AccountId) {
        self.place.account = Some(account);
    }

    /// The account that is chosen.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        self.place.account
    }

    /// How many entries of a thread are kept.
    #[cfg(test)]
    pub fn kept_entries(&self, id: ConversationId) -> usize {
        let thread = self.model.thread(id).and_then(|thread| thread.value.as_ref());
        thread.map_or(0, |thread| thread.entries.len())
    }

    /// One frame: [`Self::logic`] and [`Self::ui`].
    pub fn frame(&mut self, ui: &mut Ui) {
        let egui = ui.ctx().clone();
        self.logic(&egui);
        self.ui(ui);
    }

    /// Takes what has happened. Draws nothing, so it can be called while the window is hidden.
    pub fn logic(&mut self, egui: &Context) {
        if self.link.waiting() > 0 && self.link.flush() > 0 && !self.link.is_closed() {
            egui.request_repaint_after(RETRY);
        }
        let (events, more) = self.link.take_events();
        for event in events {
            match event {
                Event::Notice(notice) => self.notices.push(notice),
                event => self.model.apply(event),
            }
        }
        if more {
            egui.request_repaint();
        }
        if let Some(live) = self.link.changed_live() {
            self.take_live(live);
        }
        self.choose_account();
        if !self.is_open(self.place.screen) {
            self.place.screen = Screen::Dashboard;
        }
        if self.live.loaded && self.live.accounts.is_empty() && !self.place.welcomed {
            self.place.welcomed = true;
            self.place.screen = Screen::Accounts;
        }
        self.tell_visibility(egui);
        self.tell_showing(egui);
    }

    /// Whether the chosen account has this screen.
    fn is_open(&self, screen: Screen) -> bool {
        let chosen = self.place.account.and_then(|id| self.live.account(id));
        screen != Screen::Pairing || PairingWay::of(&self.live, chosen) == PairingWay::Open
    }

    /// Opens a screen where the chosen account has it. The way to a pairing that goes on leads to its account.
    fn enter(&mut self, screen: Screen) {
        let chosen = self.place.account.and_then(|id| self.live.account(id));
        match PairingWay::of(&self.live, chosen) {
            _ if screen != Screen::Pairing => {}
            PairingWay::Open => {}
            PairingWay::Elsewhere(id) => self.select_account(id),
            PairingWay::Closed | PairingWay::Needless => {
                let vendor = chosen.map_or("", |view| view.capabilities.vendor);
                let words = self
                    .text
                    .with("pairing-not-needed-body", &[("vendor", vendor.into())]);
                self.toasts.say(ToastKind::Info, words, self.options.clock.now());
                return;
            }
        }
        self.place.go(screen);
    }

    fn select_account(&mut self, id: AccountId) {
        self.place.account = Some(id);
        self.change_settings(|settings| settings.last_account = Some(id.to_string()));
    }

    fn take_live(&mut self, live: Arc<Live>) {
        // The engine may publish something else before it has taken our settings: until then ours hold.
        let ours = self
            .sent_settings
            .take()
            .filter(|(before, sent)| live.settings == *before && *before != *sent);
        self.live = match ours {
            Some((before, sent)) => {
                let patched = Live {
                    settings: sent.clone(),
                    ..Live::clone(&live)
                };
                self.sent_settings = Some((before, sent));
                Arc::new(patched)
            }
            None => live,
        };
    }

    fn choose_account(&mut self) {
        let known = |id: &AccountId| self.live.account(*id).is_some();
        if self.place.account.as_ref().is_some_and(known) {
            return;
        }
        let last = self.live.settings.last_account.as_deref();
        self.place.account = last
            .and_then(AccountId::parse)
            .filter(known)
            .or_else(|| self.live.accounts.first().map(|view| view.account.id));
    }

    fn tell_visibility(&mut self, egui: &Context) {
        let visible = egui.input(|input| input.viewport().visible()).unwrap_or(true);
        if visible != self.visible {
            self.visible = visible;
            self.link
                .send(Command::Health(HealthCommand::WindowVisible(visible)));
        }
    }

    /// Tells the engine which conversation is being looked at, when it is another: nothing is announced of it.
    fn tell_showing(&mut self, egui: &Context) {
        let looked_at =
            self.visible && self.place.screen == Screen::Conversations && egui.input(|input| input.focused);
        let showing = looked_at.then(|| self.screens.conversations.open_id()).flatten();
        if showing != self.showing {
            self.showing = showing;
            self.link.send(Command::Inbox(InboxCommand::Showing(showing)));
        }
    }

    /// Draws the frame and the chosen screen, and does what they ask for.
    pub fn ui(&mut self, ui: &mut Ui) {
        let egui = ui.ctx().clone();
        self.apply_looks(&egui);
        let now = self.options.clock.now();
        let mut asked: Vec<FrameAction> = Vec::new();
        let keys = shortcuts::take(&egui);
        self.keys(keys, &mut asked);

        let live = self.live.clone();
        let account = self.place.account.and_then(|id| live.account(id));
        let narrow = egui.content_rect().width() < 1_000.0;
        let ctx = UiContext::new(
            &self.theme,
            &self.text,
            &live,
            &self.model,
            account,
            now,
            narrow,
            &self.requests,
        );
        for notice in std::mem::take(&mut self.notices) {
            // It may have come before the engine knew what is shown.
            let seen = |notice: &IncomingNotice| self.showing == Some(notice.conversation);
            if matches!(&notice, Notice::Incoming(notice) if seen(notice)) {
                continue;
            }
            notices::say(&ctx, &notice, &mut self.dialogs);
        }
        self.dialogs.take(&egui, &ctx, &self.outside);

        asked.extend(strip_panel(ui, &ctx));
        rail_panel(ui, &ctx, self.place.screen);
        let link = LinkState {
            waiting: self.link.waiting(),
            closed: self.link.is_closed(),
        };
        let (screens, screen) = (&mut self.screens, self.place.screen);
        CentralPanel::no_frame()
            .frame(Frame::new().fill(self.theme.colors.bg))
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                asked.extend(banners::ui(ui, &ctx, link));
                let rest = ui.available_rect_before_wrap();
                ui.scope_builder(egui::UiBuilder::new().max_rect(rest).id_salt(screen), |ui| {
                    ui.set_clip_rect(rest);
                    ui.reset_style();
                    screens.ui(screen, ui, &ctx);
                    // A window that closes may draw no other frame.
                    let closes = ui.input(|input| input.viewport().close_requested());
                    screens.keep_drafts(&ctx, closes);
                });
            });
        self.dialogs.ui(&egui, &ctx, &self.outside);
        if let Some(choice) = self.palette.ui(&egui, &ctx) {
            asked.extend(palette::act(&ctx, choice));
        }
        self.toasts.ui(&egui, &ctx);
        super::drops::ui(&egui, &ctx);

        self.requests.forget_focus_search();
        asked.extend(self.requests.take_frame_actions());
        for action in asked {
            self.frame_action(&egui, action);
        }
        self.go_back(&egui);
        self.perform(&egui, now);
        self.tell_showing(&egui);
    }

    fn keys(&mut self, keys: Vec<Shortcut>, asked: &mut Vec<FrameAction>) {
        for key in keys {
            // Behind a dialog nothing changes; the palette closes by its own key.
            if self.dialogs.any_open() || (self.palette.is_open() && key != Shortcut::Palette) {
                continue;
            }
            match key {
                Shortcut::Palette => asked.push(FrameAction::OpenPalette),
                Shortcut::NewMessage => asked.push(FrameAction::NewMessage),
                Shortcut::Screen(screen) => self.enter(screen),
                Shortcut::Search => self.requests.ask_focus_search(),
                Shortcut::Refresh => asked.push(FrameAction::Refresh),
                Shortcut::Help => asked.push(FrameAction::ShowShortcuts),
                Shortcut::Larger => asked.push(FrameAction::Scale(10)),
                Shortcut::Smaller => asked.push(FrameAction::Scale(-10)),
                Shortcut::UsualSize => asked.push(FrameAction::UsualScale),
            }
        }
    }

    /// `Esc` goes back, unless a field, a menu or a dialog has had it.
    fn go_back(&mut self, egui: &Context) {
        let typing = std::mem::replace(&mut self.was_typing, egui.text_edit_focused());
        let free = !typing && !self.was_typing && !self.dialogs.any_open() && !self.palette.is_open();
        if free
            && !egui.any_popup_open()
            && egui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
        {
            while let Some(screen) = self.place.back.pop() {
                // Another account may have been chosen since, which does not have it.
                if self.is_open(screen) && screen != self.place.screen {
                    self.place.screen = screen;
                    egui.request_repaint();
                    break;
                }
            }
        }
    }

    fn write_to(&mut self, phone: &PhoneNumber, name: &str) {
        let Some(account) = self.place.account else {
            return;
        };
        match self.model.conversation_with(account, phone) {
            Some(id) => self.open_conversation(id),
            None => {
                self.screens.new_message.write_to(account, phone, name);
                self.place.go(Screen::NewMessage);
            }
        }
    }

    fn frame_action(&mut self, egui: &Context, action: FrameAction) {
        match action {
            FrameAction::OpenPalette => self.palette.toggle(),
            FrameAction::Refresh => {
                if let Some(id) = self.place.account {
                    self.link.send(Command::Health(HealthCommand::Refresh(id)));
                }
            }
            FrameAction::NewMessage => self.place.go(Screen::NewMessage),
            FrameAction::SetPaused(paused) => {
                if let Some(id) = self.place.account {
                    self.link
                        .send(Command::Account(AccountCommand::SetPaused { id, paused }));
                }
            }
            FrameAction::Theme(theme) => self.change_settings(|settings| settings.theme = theme),
            FrameAction::Language(language) => {
                self.change_settings(|settings| settings.language = Some(language.key().to_owned()));
            }
            FrameAction::Scale(step) => self.change_settings(|settings| {
                settings.scale_percent = settings.scale_percent.saturating_add_signed(step);
            }),
            FrameAction::UsualScale => self.change_settings(|settings| settings.scale_percent = 100),
            FrameAction::OpenDataFolder => self.outside.open(egui, self.live.folder.clone().into()),
            FrameAction::ShowShortcuts => self.dialogs.shortcuts = true,
            FrameAction::OpenVault => self.dialogs.ask_for_passphrase(),
        }
        egui.request_repaint();
    }

    fn change_settings(&mut self, change: impl FnOnce(&mut Settings)) {
        let mut settings = Settings::clone(&self.live.settings);
        change(&mut settings);
        self.send_settings(settings.clamped());
    }

    /// Settings hold at once; the engine stores them and comes back with the same.
    fn send_settings(&mut self, settings: Settings) {
        if settings == *self.live.settings {
            return;
        }
        let sent = Arc::new(settings);
        let before = match self.sent_settings.take() {
            Some((before, _)) => before,
            None => self.live.settings.clone(),
        };
        self.sent_settings = Some((before, sent.clone()));
        self.live = Arc::new(Live {
            settings: sent.clone(),
            ..Live::clone(&self.live)
        });
        self.link
            .send(Command::Settings(Box::new(Settings::clone(&sent))));
    }

    /// Does what was asked for during the frame.
    fn perform(&mut self, egui: &Context, now: Timestamp) {
        let (actions, wants, wake_at) = self.requests.take();
        let acted = !actions.is_empty();
        for action in actions {
            self.action(egui, action, now);
        }
        let questions = {
            let requests = &self.requests;
            self.model.ask(wants, || requests.ticket())
        };
        let mut again = false;
        for question in questions {
            let Command::Ask(ticket, _) = &question else {
                continue;
            };
            let ticket = *ticket;
            if !self.link.ask(question) {
                self.model.not_asked(ticket);
                again = true;
            }
        }
        if acted {
            // What was done shows with the next frame: a toast, another screen, an account.
            egui.request_repaint();
        }
        if (again || self.link.waiting() > 0) && !self.link.is_closed() {
            egui.request_repaint_after(RETRY);
        }
        if let Some(at) = wake_at {
            egui.request_repaint_after(at.since(now).max(Duration::from_millis(16)));
        }
    }

    fn action(&mut self, egui: &Context, action: UiAction, now: Timestamp) {
        match action {
            UiAction::Command(Command::Settings(settings)) => self.send_settings(settings.clamped()),
            UiAction::Command(command) => {
                self.link.send(command);
            }
            UiAction::Go(screen) => self.enter(screen),
            UiAction::SelectAccount(id) => self.select_account(id),
            UiAction::OpenConversation(id) => self.open_conversation(id),
            UiAction::NewMessage => self.place.go(Screen::NewMessage),
            UiAction::Toast(kind, words) => self.toasts.say(kind, words, now),
            UiAction::CopyText(text) => {
                egui.copy_text(text);
                let words = self.text.get("copied");
                self.toasts.say(ToastKind::Done, words, now);
            }
            UiAction::CopyImage(image) => {
                egui.copy_image(image);
                let words = self.text.get("copied");
                self.toasts.say(ToastKind::Done, words, now);
            }
            UiAction::SaveFile(name, bytes) => {
                let source = SaveSource::Bytes(bytes.into());
                let folder = self.live.settings.downloads_folder.clone();
                self.dialogs
                    .saving
                    .ask(egui, &self.outside, folder, &name, source);
            }
            UiAction::SaveStoredFile { path, name } => {
                let source = SaveSource::File(path);
                let folder = self.live.settings.downloads_folder.clone();
                self.dialogs
                    .saving
                    .ask(egui, &self.outside, folder, &name, source);
            }
            UiAction::PickFiles(ticket) => {
                let folder = self.live.settings.pick_folder.clone();
                self.outside.ask_which_files(egui, ticket, folder);
            }
            UiAction::OpenFile { path, name } => self.outside.open_copy(egui, path, &name),
            UiAction::WriteTo(phone, name) => self.write_to(&phone, &name),
            UiAction::OpenUrl(address) => {
                if !self.dialogs.ask_about_address(&address) {
                    let words = self.text.get("address-not-web");
                    self.toasts.say(ToastKind::Problem, words, now);
                }
            }
            UiAction::OpenFolder(folder) => self.outside.open(egui, folder.into()),
        }
    }

    /// Brings language, theme and scale to what the settings say.
    fn apply_looks(&mut self, egui: &Context) {
        let settings = &self.live.settings;
        let language = Language::of_setting(settings.language.as_deref());
        if language != self.text.language() {
            self.text = localizer(settings, &self.options);
        }
        let dark = match settings.theme {
            ThemeChoice::Light => false,
            ThemeChoice::Dark => true,
            ThemeChoice::System => egui.system_theme() == Some(egui::Theme::Dark),
        };
        let wanted = (dark, settings.scale_percent);
        let before = self.applied.replace(wanted);
        if before.map(|(dark, _)| dark) != Some(dark) {
            self.theme = Theme {
                reduced_motion: self.options.reduced_motion,
                ..Theme::new(dark)
            };
            theme::apply(egui, &self.theme);
        }
        if before.is_none() {
            // The keys for the scale change the setting; egui's own would change it behind its back.
            egui.options_mut(|options| options.zoom_with_keyboard = false);
            let waker = egui.clone();
            self.options
                .player
                .begin(Arc::new(move || waker.request_repaint()));
        }
        if before.map(|(_, scale)| scale) != Some(settings.scale_percent) {
            egui.set_zoom_factor(f32::from(settings.scale_percent) / 100.0);
        }
    }
}

fn localizer(settings: &Settings, options: &AppOptions) -> Localizer {
    let language = Language::of_setting(settings.language.as_deref());
    if options.pseudo_words {
        Localizer::pseudo(language)
    } else {
        Localizer::new(language)
    }
}

fn strip_panel(ui: &mut Ui, ctx: &UiContext<'_>) -> Option<FrameAction> {
    let colors = &ctx.theme.colors;
    let shown = Panel::top("strip")
        .exact_size(size::STRIP)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(colors.panel))
        .show(ui, |ui| strip::ui(ui, ctx));
    let rect = shown.response.rect;
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, colors.line));
    shown.inner
}

fn rail_panel(ui: &mut Ui, ctx: &UiContext<'_>, screen: Screen) {
    let colors = &ctx.theme.colors;
    let shown = Panel::left("rail")
        .exact_size(size::RAIL)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(colors.panel))
        .show(ui, |ui| rail::ui(ui, ctx, screen));
    let rect = shown.response.rect;
    ui.painter()
        .vline(rect.right() - 0.5, rect.y_range(), Stroke::new(1.0, colors.line));
}

#[cfg(test)]
#[path = "app_files_tests.rs"]
mod files_tests;
#[cfg(test)]
#[path = "app_pairing_tests.rs"]
mod pairing_tests;
#[cfg(test)]
#[path = "app_tests.rs"]
mod tests;
