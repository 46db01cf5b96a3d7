//! What the frame and the screens ask for, done.

use super::{RETRY, RecadoApp};
use crate::domain::settings::ThemeChoice;
use crate::domain::{PhoneNumber, Timestamp};
use crate::engine::{AccountCommand, Command, HealthCommand};
use crate::ui::context::{ToastKind, UiAction};
use crate::ui::outside::SaveSource;
use crate::ui::screens::Screen;
use crate::ui::text::Language;
use egui::Context;
use std::time::Duration;

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

impl RecadoApp {
    pub(super) fn frame_action(&mut self, egui: &Context, action: FrameAction) {
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

    /// Does what was asked for during the frame.
    pub(super) fn perform(&mut self, egui: &Context, now: Timestamp) {
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
}
