//! What several phases of pairing show alike.

use crate::domain::health::PhoneStatus;
use crate::domain::pairing::{PairingPhase, STALE_AFTER};
use crate::domain::text::shown_name;
use crate::domain::{Pairing, PhoneNumber, Timestamp};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Tone, Type, Weight, font, space};
use crate::ui::widgets::label;
use egui::{Align2, Sense, Ui, vec2};
use std::time::Duration;

/// Width of the left card where there is room, in points.
pub(super) const CARD_WIDTH: f32 = 420.0;
/// Between the card and the column beside it, in points.
pub(super) const COLUMN_GAP: f32 = 40.0;

/// How the two columns lie: the width of the left one, and of the right one, `None` where they stand one below the
/// other.
pub(super) fn columns(available: f32) -> (f32, Option<f32>) {
    let card = if available < 860.0 { 340.0 } else { CARD_WIDTH };
    let gap = if available < 860.0 { space::XL } else { COLUMN_GAP };
    let rest = available - card - gap;
    if rest < 260.0 {
        (available.min(CARD_WIDTH), None)
    } else {
        (card, Some(rest))
    }
}

/// Two columns, or one below the other where it is narrow.
pub(super) fn columns_ui<S>(
    ui: &mut Ui,
    state: &mut S,
    left: impl FnOnce(&mut S, &mut Ui, f32),
    right: impl FnOnce(&mut S, &mut Ui),
) {
    let available = ui.available_width();
    let (card, rest) = columns(available);
    match rest {
        None => {
            left(state, ui, card);
            ui.add_space(space::S);
            right(state, ui);
        }
        Some(rest) => {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                left(state, ui, card);
                ui.add_space(available - card - rest);
                ui.vertical(|ui| {
                    ui.set_width(rest);
                    right(state, ui);
                });
            });
        }
    }
}

/// A number as a person reads it.
pub(super) fn number_words(number: &str) -> String {
    PhoneNumber::from_digits(number).map_or_else(|_| shown_name(number), |number| number.to_string())
}

/// The name of a phone, or its number where it has none.
pub(super) fn short_name(ctx: &UiContext<'_>, name: Option<&str>, number: Option<&str>) -> String {
    let name = name.map(shown_name).filter(|name| !name.is_empty());
    let number = || number.map(number_words).filter(|number| !number.is_empty());
    name.or_else(number)
        .unwrap_or_else(|| t!(ctx, "pairing-phone-unnamed"))
}

/// Name and number of a phone in one piece: `Recepção (+55 11 90000-0012)`.
pub(super) fn phone_words(ctx: &UiContext<'_>, phone: &PhoneStatus) -> String {
    let name = phone
        .name
        .as_deref()
        .map(shown_name)
        .filter(|name| !name.is_empty());
    match (name, &phone.number) {
        (Some(name), Some(number)) => t!(
            ctx,
            "pairing-phone-and-number",
            name = name,
            number = number_words(number)
        ),
        _ => short_name(ctx, phone.name.as_deref(), phone.number.as_deref()),
    }
}

/// A sentence that may begin with the words for a phone without a name: with a capital then.
pub(super) fn sentence(ctx: &UiContext<'_>, words: String) -> String {
    if !words.starts_with(&t!(ctx, "pairing-phone-unnamed")) {
        return words;
    }
    let mut rest = words.chars();
    rest.next()
        .map(|first| first.to_uppercase().chain(rest).collect())
        .unwrap_or_default()
}

/// The three things to do on the phone.
pub(super) fn steps_ui(ui: &mut Ui, ctx: &UiContext<'_>) {
    let steps = [
        (t!(ctx, "pairing-step-open"), t!(ctx, "pairing-step-open-hint")),
        (
            t!(ctx, "pairing-step-devices"),
            t!(ctx, "pairing-step-devices-hint"),
        ),
        (t!(ctx, "pairing-step-scan"), t!(ctx, "pairing-step-scan-hint")),
    ];
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 18.0;
        for (index, (words, hint)) in steps.into_iter().enumerate() {
            step_ui(ui, ctx, index + 1, words, hint);
        }
    });
}

fn step_ui(ui: &mut Ui, ctx: &UiContext<'_>, number: usize, words: String, hint: String) {
    let colors = &ctx.theme.colors;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let (rect, _) = ui.allocate_exact_size(vec2(26.0, 26.0), Sense::hover());
        let (color, ground) = ctx.theme.tone(Tone::Accent);
        ui.painter().circle_filled(rect.center(), 13.0, ground);
        ui.painter().text(
            rect.center(),
            Align2::CENTER_CENTER,
            number.to_string(),
            font(Type::Secondary, Weight::Semibold),
            color,
        );
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            label(ui, ctx.theme, words, Type::Body, Weight::Medium, colors.text);
            label(ui, ctx.theme, hint, Type::Secondary, Weight::Regular, colors.dim);
        });
    });
}

/// Whether the code shown is too old to be trusted.
pub(super) fn is_stale(received_at: Timestamp, now: Timestamp) -> bool {
    now.since(received_at) >= STALE_AFTER
}

/// The whole seconds until `at`, rounded up: `0` when it has come.
pub(super) fn seconds_until(at: Timestamp, now: Timestamp) -> u64 {
    u64::try_from(at.since(now).as_millis().div_ceil(1_000)).unwrap_or(u64::MAX)
}

/// Draws again when one of the numbers shown changes.
pub(super) fn wake_every_second(ctx: &UiContext<'_>, pairing: &Pairing) {
    let since = match &pairing.phase {
        PairingPhase::Code { received_at, .. } => Some(*received_at),
        PairingPhase::WaitingForConfirmation { since } => Some(*since),
        _ => pairing.started_at,
    };
    if let Some(since) = since {
        let next = Duration::from_secs(ctx.now.since(since).as_secs() + 1);
        ctx.wake_at(since.plus(next).max(ctx.now.plus(Duration::from_millis(20))));
    }
    if let Some(poll) = pairing.next_poll_at.filter(|poll| *poll > ctx.now) {
        let left = seconds_until(poll, ctx.now);
        let next = poll.minus(Duration::from_secs(left.saturating_sub(1)));
        ctx.wake_at(next.max(ctx.now.plus(Duration::from_millis(20))));
    }
}
