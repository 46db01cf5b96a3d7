//! Which gateway a new account belongs to, and in which way its credentials are sent.

use super::choice::{choice_ui, group_ui};
use super::fields::error_ui;
use super::form::AccountForm;
use crate::engine::Ticket;
use crate::gateway::{Capabilities, capabilities};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Type, Weight};
use crate::ui::widgets::{label, select};
use egui::Ui;

impl AccountForm {
    /// Draws the gateways to choose from.
    pub(super) fn gateway_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let error = self.error(ctx, "gateway");
        group_ui(ui, t!(ctx, "accounts-gateway"), |ui| {
            let color = ctx.theme.colors.text;
            let words = t!(ctx, "accounts-gateway");
            label(ui, ctx.theme, words, Type::Secondary, Weight::Medium, color);
            for kind in ctx.live.gateways {
                let known = capabilities(*kind);
                let means = means(ctx, known);
                let selected = self.values.gateway == Some(*kind);
                let response = choice_ui(ui, ctx, known.vendor, &means, selected);
                if response.clicked() && !selected {
                    self.forget_typing(ui.ctx());
                    self.values.choose_gateway(*kind);
                    self.outcome = None;
                }
                self.take_focus("gateway", &response);
            }
            if let Some(error) = error {
                error_ui(ui, ctx, error);
            }
        });
    }

    /// Draws the ways of sending the credentials, where there are several.
    ///
    /// Returns the ticket of a secret that nobody looks at any more: its field may go with another choice.
    pub(super) fn auth_form_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        known: &'static Capabilities,
    ) -> Option<Ticket> {
        let mut chosen = self.values.auth_form(known)?;
        let options: Vec<(&'static str, String)> = known
            .auth_forms
            .iter()
            .map(|form| (*form, ctx.text.get(&format!("auth-{form}"))))
            .collect();
        let words = t!(ctx, "accounts-auth-form");
        if !select(ui, ctx.theme, words, &mut chosen, &options).changed() {
            return None;
        }
        self.values.choose_auth_form(chosen);
        self.release()
    }
}

/// What a gateway is about, in a line.
fn means(ctx: &UiContext<'_>, known: &Capabilities) -> String {
    let sender = if known.pairing {
        t!(ctx, "accounts-gateway-phone")
    } else {
        t!(ctx, "accounts-gateway-number")
    };
    let templates = known.templates.map(|_| t!(ctx, "accounts-gateway-templates"));
    let deaf = (!known.incoming).then(|| t!(ctx, "accounts-gateway-deaf"));
    let words: Vec<String> = std::iter::once(sender).chain(templates).chain(deaf).collect();
    words.join(" ")
}
