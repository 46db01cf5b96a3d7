//! The program's window without the window: takes what the engine tells, draws the frame and the chosen screen, and
//! does what they ask for. Only egui, so that tests and pictures need no display.

mod actions;
mod looks;
mod options;
mod place;
mod screens;
mod settings;

pub use actions::FrameAction;
pub use options::AppOptions;

use super::banners::{self, LinkState};
use super::context::{Requests, UiContext};
use super::dialogs::Dialogs;
use super::link::EngineLink;
use super::outside::Outside;
use super::palette::{self, Palette};
use super::read_model::ReadModel;
use super::screens::Screen;
use super::shortcuts::{self, Shortcut};
use super::text::Localizer;
use super::theme::{Theme, size};
use super::toasts::Toasts;
use super::{notices, rail, strip};
use crate::domain::settings::Settings;
use crate::domain::{AccountId, ConversationId};
use crate::engine::{Command, Event, HealthCommand, InboxCommand, IncomingNotice, Live, Notice};
use egui::{CentralPanel, Context, Frame, Panel, Stroke, Ui};
use looks::localizer;
use place::Place;
use screens::Screens;
use std::sync::Arc;
use std::time::Duration;

/// How long until a command that found no room is tried again.
const RETRY: Duration = Duration::from_millis(50);

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
            place: Place::new(),
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
