//! Beside the form: how the account stands, and whether it sends.

use super::list::tone;
use super::webhook::WebhookWish;
use crate::domain::PhoneNumber;
use crate::domain::text::shown_name;
use crate::engine::{AccountCommand, AccountView, Command};
use crate::gateway::Capabilities;
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::screens::Screen;
use crate::ui::theme::{Type, Weight, icons, size, space};
use crate::ui::widgets::{Button, card_sized, icon, label, pill};
use crate::ui::words;
use egui::{Align, Layout, Ui, vec2};

/// Draws it; what its card about the webhook asks for. `gateway`: what the gateway of a new account can do, once chosen.
pub(super) fn side_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    view: Option<&AccountView>,
    gateway: Option<&Capabilities>,
    width: f32,
) -> Option<WebhookWish> {
    let mut wish = None;
    match view {
        Some(view) => {
            card_sized(ui, ctx.theme, width, 0.0, |ui| connection_ui(ui, ctx, view));
            card_sized(ui, ctx.theme, width, 0.0, |ui| sending_ui(ui, ctx, view));
            card_sized(ui, ctx.theme, width, 0.0, |ui| {
                wish = super::webhook::webhook_ui(ui, ctx, view);
            });
        }
        None => {
            card_sized(ui, ctx.theme, width, 0.0, |ui| advice_ui(ui, ctx, gateway));
        }
    }
    wish
}

pub(super) fn head_ui(ui: &mut Ui, ctx: &UiContext<'_>, words: String, end: impl FnOnce(&mut Ui)) {
    let color = ctx.theme.colors.text;
    let size = vec2(ui.available_width(), 22.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        label(ui, ctx.theme, words, Type::Body, Weight::Semibold, color);
        ui.with_layout(Layout::right_to_left(Align::Center), end);
    });
}

fn text_ui(ui: &mut Ui, ctx: &UiContext<'_>, words: String) {
    let color = ctx.theme.colors.dim;
    label(ui, ctx.theme, words, Type::Secondary, Weight::Regular, color);
}

fn connection_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
    let colors = &ctx.theme.colors;
    let connection = view.health.connection;
    ui.spacing_mut().item_spacing.y = space::M;
    head_ui(ui, ctx, t!(ctx, "accounts-connection"), |ui| {
        let (tone, sign) = tone(connection);
        let state = words::connection(ctx.text, connection);
        pill(ui, ctx.theme, tone, Some(sign), state);
    });
    let phone = view.health.phone.as_ref().map(|read| &read.value);
    if let Some(phone) = phone.filter(|phone| phone.paired) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            icon(ui, ctx.theme, icons::PHONE, size::ICON_RAIL, colors.dim);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let name = phone.name.as_deref().map(shown_name).unwrap_or_default();
                if !name.is_empty() {
                    label(ui, ctx.theme, name, Type::Body, Weight::Medium, colors.text);
                }
                if let Some(number) = &phone.number {
                    let number = PhoneNumber::from_digits(number)
                        .map_or_else(|_| shown_name(number), |number| number.to_string());
                    text_ui(ui, ctx, number);
                }
            });
        });
    }
    text_ui(ui, ctx, words::connection_hint(ctx.text, connection));
    if let Some(failure) = &view.health.failure
        && !failure.words.trim().is_empty()
    {
        text_ui(ui, ctx, words::their_words(ctx.text, &failure.words));
    }
    if view.capabilities.pairing {
        let pair = Button::secondary(t!(ctx, "accounts-pair")).icon(icons::QR);
        if pair.show(ui, ctx.theme).clicked() {
            ctx.act(UiAction::Go(Screen::Pairing));
        }
    }
}

fn sending_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
    let paused = view.account.paused;
    ui.spacing_mut().item_spacing.y = space::M;
    let (state, action, sign) = if paused {
        (
            t!(ctx, "accounts-sending-paused", count = view.outbox.queued),
            t!(ctx, "accounts-resume"),
            icons::PLAY,
        )
    } else {
        (
            t!(ctx, "accounts-sending-on"),
            t!(ctx, "accounts-pause"),
            icons::PAUSE,
        )
    };
    head_ui(ui, ctx, t!(ctx, "accounts-sending"), |_| {});
    text_ui(ui, ctx, state);
    if Button::secondary(action).icon(sign).show(ui, ctx.theme).clicked() {
        ctx.send(Command::Account(AccountCommand::SetPaused {
            id: view.account.id,
            paused: !paused,
        }));
    }
}

/// What helps with a new account.
fn advice_ui(ui: &mut Ui, ctx: &UiContext<'_>, gateway: Option<&Capabilities>) {
    let colors = &ctx.theme.colors;
    ui.spacing_mut().item_spacing.y = space::M;
    head_ui(ui, ctx, t!(ctx, "accounts-advice"), |_| {});
    let pair = gateway.is_some_and(|gateway| gateway.pairing);
    let window = gateway.and_then(|gateway| gateway.window_hours);
    let advice = [
        Some((icons::KEY, t!(ctx, "accounts-advice-find"))),
        Some((icons::PLUG, t!(ctx, "accounts-advice-test"))),
        Some((icons::SHIELD_CHECK, t!(ctx, "accounts-advice-secret"))),
        pair.then(|| (icons::QR, t!(ctx, "accounts-advice-pair"))),
        window.map(|hours| (icons::TIMER, t!(ctx, "accounts-advice-window", hours = hours))),
    ];
    for (sign, words) in advice.into_iter().flatten() {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            icon(ui, ctx.theme, sign, size::ICON_BUTTON, colors.accent);
            ui.vertical(|ui| text_ui(ui, ctx, words));
        });
    }
}
