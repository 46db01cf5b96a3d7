//! Before a message that may have arrived is sent again: what that may do.

use crate::domain::{AccountId, MessageId};
use crate::engine::{Command, OutboxCommand};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Type, Weight, space};
use crate::ui::widgets::{self, Button};
use egui::Ui;

/// The message whose second sending is being considered.
#[derive(Default)]
pub(super) struct Risk(Option<MessageId>);

impl Risk {
    /// Asks about a message.
    pub(super) fn consider(&mut self, id: MessageId) {
        self.0 = Some(id);
    }

    /// Draws the dialog, if something is being considered.
    pub(super) fn ui(&mut self, ui: &Ui, ctx: &UiContext<'_>, account: AccountId) {
        let Some(id) = self.0 else { return };
        let has_phone = ctx
            .live
            .account(account)
            .is_some_and(|view| view.capabilities.pairing);
        let body = if has_phone {
            t!(ctx, "conversations-risk-body")
        } else {
            t!(ctx, "conversations-risk-body-ask")
        };
        let title = t!(ctx, "conversations-risk-title");
        let shown = widgets::dialog(ui.ctx(), ctx.theme, "risk", title, |ui| {
            let color = ctx.theme.colors.text;
            widgets::label(ui, ctx.theme, body, Type::Body, Weight::Regular, color);
            ui.add_space(space::M);
            ui.horizontal(|ui| {
                let cancel = Button::secondary(t!(ctx, "cancel")).show(ui, ctx.theme).clicked();
                let again = Button::danger(t!(ctx, "conversations-risk-send"))
                    .show(ui, ctx.theme)
                    .clicked();
                (cancel, again)
            })
            .inner
        });
        let (cancel, again) = shown.inner.unwrap_or_default();
        if again {
            ctx.send(Command::Outbox(OutboxCommand::SendAgain(id)));
        }
        if again || cancel || shown.should_close {
            self.0 = None;
        }
    }
}
