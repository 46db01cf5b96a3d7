//! Values that may no longer hold: how old they are and why.

use super::status::age;
use crate::domain::Timestamp;
use crate::engine::AccountView;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Type, Weight, icons, space};
use crate::ui::widgets;
use crate::ui::words;
use egui::Ui;
use std::time::Duration;

/// Why a value may no longer hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// Its age, and the reason if there is one.
    pub words: String,
    /// What the system or the gateway said.
    pub details: Option<String>,
}

/// Whether a value read at `at` may no longer hold: its last reading failed, or it has not been read for long.
#[must_use]
pub fn stale(ctx: &UiContext<'_>, view: &AccountView, at: Timestamp) -> Option<Stale> {
    let health = &view.health;
    if let Some(failure) = health.failure.as_ref().filter(|failure| failure.at >= at) {
        let why = words::connection(ctx.text, failure.connection);
        return Some(Stale {
            words: t!(ctx, "status-stale-why", age = age(ctx, at), why = why),
            details: (!failure.words.trim().is_empty()).then(|| words::their_words(ctx.text, &failure.words)),
        });
    }
    let patience = u64::from(health.interval_secs.max(60)) * 3;
    (ctx.now.since(at) > Duration::from_secs(patience)).then(|| Stale {
        words: t!(ctx, "status-stale", age = age(ctx, at)),
        details: None,
    })
}

/// Says so in a line, if it is so.
pub fn stale_ui(ui: &mut Ui, ctx: &UiContext<'_>, stale: Option<&Stale>) {
    let Some(stale) = stale else { return };
    let theme = ctx.theme;
    let row = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        widgets::icon(ui, theme, icons::CLOCK, 14.0, theme.colors.warn);
        let color = theme.colors.warn;
        widgets::label(ui, theme, &stale.words, Type::Hint, Weight::Regular, color);
    });
    if let Some(details) = &stale.details {
        row.response.on_hover_text(details);
    }
}
