//! Where the operator is, and the ways from there: another screen, another account, back.

use super::RecadoApp;
use crate::domain::AccountId;
use crate::ui::context::ToastKind;
use crate::ui::pairing_way::PairingWay;
use crate::ui::screens::Screen;
use egui::{Context, Key, Modifiers};

/// How many screens `Esc` remembers.
const WAY_BACK: usize = 16;

/// Where the operator is and was.
pub(super) struct Place {
    pub(super) screen: Screen,
    pub(super) back: Vec<Screen>,
    pub(super) account: Option<AccountId>,
    /// Whether the accounts screen has been opened because there is no account.
    pub(super) welcomed: bool,
}

impl Place {
    pub(super) fn new() -> Self {
        Self {
            screen: Screen::Conversations,
            back: Vec::new(),
            account: None,
            welcomed: false,
        }
    }

    pub(super) fn go(&mut self, screen: Screen) {
        if screen != self.screen {
            if self.back.len() >= WAY_BACK {
                self.back.remove(0);
            }
            self.back.push(self.screen);
            self.screen = screen;
        }
    }
}

impl RecadoApp {
    /// Whether the chosen account has this screen.
    pub(super) fn is_open(&self, screen: Screen) -> bool {
        let chosen = self.place.account.and_then(|id| self.live.account(id));
        screen != Screen::Pairing || PairingWay::of(&self.live, chosen) == PairingWay::Open
    }

    /// Opens a screen where the chosen account has it. The way to a pairing that goes on leads to its account.
    pub(super) fn enter(&mut self, screen: Screen) {
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

    pub(super) fn select_account(&mut self, id: AccountId) {
        self.place.account = Some(id);
        self.change_settings(|settings| settings.last_account = Some(id.to_string()));
    }

    pub(super) fn choose_account(&mut self) {
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

    /// `Esc` goes back, unless a field, a menu or a dialog has had it.
    pub(super) fn go_back(&mut self, egui: &Context) {
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
}
