//! The screens with what they remember.

use crate::ui::context::UiContext;
use crate::ui::screens::Screen;
use crate::ui::screens::accounts::AccountsScreen;
use crate::ui::screens::conversations::ConversationsScreen;
use crate::ui::screens::dashboard::DashboardScreen;
use crate::ui::screens::new_message::NewMessageScreen;
use crate::ui::screens::pairing::PairingScreen;
use crate::ui::screens::queue::QueueScreen;
use crate::ui::screens::settings::SettingsScreen;
use crate::ui::voices::VoicePlayer;
use egui::Ui;
use std::sync::Arc;

/// The screens with what they remember.
pub(super) struct Screens {
    pub(super) conversations: ConversationsScreen,
    pub(super) new_message: NewMessageScreen,
    pairing: PairingScreen,
    dashboard: DashboardScreen,
    queue: QueueScreen,
    accounts: AccountsScreen,
    settings: SettingsScreen,
}

impl Screens {
    pub(super) fn new(player: Arc<dyn VoicePlayer>) -> Self {
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

    pub(super) fn ui(&mut self, screen: Screen, ui: &mut Ui, ctx: &UiContext<'_>) {
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

    pub(super) fn keep_drafts(&mut self, ctx: &UiContext<'_>, at_once: bool) {
        self.conversations.keep_drafts(ctx, at_once);
        self.new_message.keep_drafts(ctx, at_once);
    }
}
