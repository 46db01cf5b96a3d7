//! Pairing a phone: which one is connected now, the code to scan, and what came of it.

mod after;
mod before;
mod code;
mod during;
mod enlarged;
mod parts;
#[cfg(test)]
mod tests;

use super::Screen;
use crate::domain::pairing::PairingPhase;
use crate::domain::{AccountId, Timestamp};
use crate::engine::{AccountView, Command, PairingCommand};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::theme::icons;
use crate::ui::widgets::{empty_state, screen_frame, screen_header};
use code::CodePainter;

/// The pairing screen. Pairing itself goes on in the engine, whatever screen is shown.
#[derive(Default)]
pub struct PairingScreen {
    painter: CodePainter,
    enlarged_painter: CodePainter,
    /// Whether the code fills the window.
    enlarged: bool,
    /// Which phone the pairing that goes on has disconnected.
    disconnected: Option<Disconnected>,
}

struct Disconnected {
    account: AccountId,
    started_at: Timestamp,
    phone: Option<String>,
}

impl PairingScreen {
    /// Draws the screen.
    pub fn ui(&mut self, ui: &mut egui::Ui, ctx: &UiContext<'_>) {
        let Some(view) = ctx.account else {
            self.enlarged = false;
            screen_frame(ui, ctx.theme, |ui| no_account_ui(ui, ctx));
            return;
        };
        if !view.capabilities.pairing {
            self.enlarged = false;
            screen_frame(ui, ctx.theme, |ui| not_needed_ui(ui, ctx, view));
            return;
        }
        self.remember_phone(ctx, view);
        self.enlarged &= matches!(view.pairing.phase, PairingPhase::Code { .. });
        screen_frame(ui, ctx.theme, |ui| {
            self.header_ui(ui, ctx, view);
            match &view.pairing.phase {
                PairingPhase::Idle => before::before_ui(ui, ctx, view),
                PairingPhase::Starting
                | PairingPhase::WaitingForCode
                | PairingPhase::Code { .. }
                | PairingPhase::WaitingForConfirmation { .. } => self.during_ui(ui, ctx, view),
                PairingPhase::Connected { name, number, .. } => {
                    after::connected_ui(ui, ctx, view, name.as_deref(), number.as_deref());
                }
                PairingPhase::Cancelled => {
                    after::ended_ui(ui, ctx, view, &after::cancelled(ctx, self.phone_gone(view)));
                }
                PairingPhase::TimedOut => {
                    after::ended_ui(ui, ctx, view, &after::timed_out(ctx));
                }
                PairingPhase::Failed { kind, words } => {
                    after::ended_ui(ui, ctx, view, &after::failed(ctx, *kind, words));
                }
            }
        });
        self.enlarged_ui(ui.ctx(), ctx, view);
        if view.pairing.is_active() {
            parts::wake_every_second(ctx, &view.pairing);
        }
    }

    fn header_ui(&self, ui: &mut egui::Ui, ctx: &UiContext<'_>, view: &AccountView) {
        let subtitle = t!(
            ctx,
            "pairing-subtitle",
            account = view.account.name.as_str(),
            vendor = view.capabilities.vendor
        );
        screen_header(ui, ctx.theme, t!(ctx, "pairing-title"), subtitle, |ui| {
            if view.pairing.is_active() {
                let cancel = crate::ui::widgets::Button::secondary(t!(ctx, "pairing-cancel")).icon(icons::X);
                if cancel.show(ui, ctx.theme).clicked() {
                    ctx.send(Command::Pairing(PairingCommand::Cancel(view.account.id)));
                }
            }
        });
    }

    /// Keeps in mind which phone was connected when pairing began: the next reading of the health no longer knows it.
    fn remember_phone(&mut self, ctx: &UiContext<'_>, view: &AccountView) {
        let Some(started_at) = view.pairing.started_at else {
            self.disconnected = None;
            return;
        };
        let known = self
            .disconnected
            .as_ref()
            .is_some_and(|gone| gone.account == view.account.id && gone.started_at == started_at);
        if !known {
            let phone = view
                .health
                .phone
                .as_ref()
                .filter(|read| read.value.paired && read.at <= started_at)
                .map(|read| parts::phone_words(ctx, &read.value));
            self.disconnected = Some(Disconnected {
                account: view.account.id,
                started_at,
                phone,
            });
        }
    }

    /// The phone that this pairing has disconnected, in words.
    fn phone_gone(&self, view: &AccountView) -> Option<&str> {
        let gone = self.disconnected.as_ref()?;
        (gone.account == view.account.id)
            .then_some(gone.phone.as_deref())
            .flatten()
    }
}

fn no_account_ui(ui: &mut egui::Ui, ctx: &UiContext<'_>) {
    let action = t!(ctx, "pairing-no-account-action");
    let chosen = empty_state(
        ui,
        ctx.theme,
        icons::QR,
        t!(ctx, "pairing-no-account"),
        t!(ctx, "pairing-no-account-body"),
        Some(action.as_str()),
    );
    if chosen {
        ctx.act(UiAction::Go(Screen::Accounts));
    }
}

fn not_needed_ui(ui: &mut egui::Ui, ctx: &UiContext<'_>, view: &AccountView) {
    let action = t!(ctx, "pairing-not-needed-action");
    let chosen = empty_state(
        ui,
        ctx.theme,
        icons::QR,
        t!(ctx, "pairing-not-needed"),
        t!(ctx, "pairing-not-needed-body", vendor = view.capabilities.vendor),
        Some(action.as_str()),
    );
    if chosen {
        ctx.act(UiAction::Go(Screen::Dashboard));
    }
}
