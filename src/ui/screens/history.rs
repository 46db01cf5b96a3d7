//! The history of a message: every step with its time, its reason and the raw answer.

use super::status::message_look;
use crate::domain::MessageId;
use crate::domain::message::MessageStep;
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::read_model::Want;
use crate::ui::theme::{Type, Weight, icons, radius, space};
use crate::ui::widgets::{self, Button};
use crate::ui::words;
use egui::{CornerRadius, Frame, Margin, RichText, ScrollArea, Ui, vec2};

/// How wide the dialog is, in points, where the window allows.
const WIDTH: f32 = 600.0;
/// The raw answer scrolls from this height on.
const RAW_HEIGHT: f32 = 132.0;

/// Shows the history of the message in `open`, if there is one; sets it to `None` when the dialog is closed. To be
/// called in every frame, after the screen is drawn.
pub fn history_dialog(context: &egui::Context, ctx: &UiContext<'_>, open: &mut Option<MessageId>) {
    let Some(id) = *open else { return };
    ctx.want(Want::History(id));
    let steps = ctx.model.history(id);
    let title = t!(ctx, "history-title");
    let shown = widgets::dialog::dialog_sized(context, ctx.theme, ("history", id), title, WIDTH, |ui| {
        match steps {
            Some([]) => {
                widgets::hint(ui, ctx.theme, t!(ctx, "history-empty"));
            }
            Some(steps) => steps_ui(ui, ctx, steps),
            None => skeleton_ui(ui, ctx),
        }
        buttons_ui(ui, ctx, steps)
    });
    if shown.should_close || shown.inner == Some(true) {
        *open = None;
    }
}

fn skeleton_ui(ui: &mut Ui, ctx: &UiContext<'_>) {
    for width in [220.0, 320.0, 260.0] {
        widgets::skeleton(ui, ctx.theme, vec2(width, 18.0));
    }
}

/// Whether the dialog was closed by its button.
fn buttons_ui(ui: &mut Ui, ctx: &UiContext<'_>, steps: Option<&[MessageStep]>) -> bool {
    let mut close = false;
    ui.add_space(space::S);
    ui.horizontal_wrapped(|ui| {
        let any = steps.is_some_and(|steps| !steps.is_empty());
        let copy = Button::secondary(t!(ctx, "history-copy"))
            .icon(icons::COPY)
            .enabled(any);
        if copy.show(ui, ctx.theme).clicked()
            && let Some(steps) = steps
        {
            ctx.act(UiAction::CopyText(as_text(ctx, steps)));
        }
        close = Button::secondary(t!(ctx, "close")).show(ui, ctx.theme).clicked();
    });
    close
}

/// The steps, oldest first, along a line.
fn steps_ui(ui: &mut Ui, ctx: &UiContext<'_>, steps: &[MessageStep]) {
    let mut last_day = None;
    let colors = &ctx.theme.colors;
    ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
    ui.spacing_mut().interact_size.y = 22.0;
    for (index, step) in steps.iter().enumerate() {
        let day = step.at.local().date();
        if last_day.replace(day) != Some(day) {
            let words = ctx.text.day_line(step.at, ctx.now);
            widgets::label(ui, ctx.theme, words, Type::Hint, Weight::Medium, colors.faint);
        }
        step_ui(ui, ctx, (index, index + 1 == steps.len()), step);
        ui.add_space(space::S);
    }
}

/// A step by its number; what can be done is told of the last one only, for the others are over.
pub(super) fn step_ui(ui: &mut Ui, ctx: &UiContext<'_>, (index, is_last): (usize, bool), step: &MessageStep) {
    let theme = ctx.theme;
    let colors = &theme.colors;
    ui.horizontal_wrapped(|ui| {
        let time = ctx.text.time_with_seconds(step.at);
        widgets::label(ui, theme, time, Type::Secondary, Weight::Regular, colors.dim);
        let (tone, icon) = message_look(step.state);
        widgets::pill(ui, theme, tone, Some(icon), words::state(ctx.text, step.state));
        if step.attempt > 0 {
            let words = t!(ctx, "history-attempt", attempt = step.attempt);
            widgets::label(ui, theme, words, Type::Hint, Weight::Regular, colors.faint);
        }
    });
    if let Some(reason) = &step.reason {
        let happened = words::reason_exactly(ctx.text, reason);
        let helps = is_last.then(|| words::reason_advice(ctx.text, reason));
        for sentence in std::iter::once(happened).chain(helps) {
            widgets::label(ui, theme, sentence, Type::Secondary, Weight::Regular, colors.text);
        }
        if let Some(said) = words::reason_said(ctx.text, reason) {
            widgets::label(ui, theme, said, Type::Secondary, Weight::Regular, colors.dim);
        }
    }
    if let Some(raw) = &step.raw {
        raw_ui(ui, ctx, index, raw);
    }
}

/// The gateway's answer as it came.
fn raw_ui(ui: &mut Ui, ctx: &UiContext<'_>, index: usize, raw: &str) {
    let theme = ctx.theme;
    let colors = &theme.colors;
    Frame::new()
        .fill(colors.sunk)
        .corner_radius(CornerRadius::same(radius::CONTROL))
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                let words = t!(ctx, "history-raw");
                widgets::label(ui, theme, words, Type::Hint, Weight::Medium, colors.faint);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if widgets::link(ui, theme, t!(ctx, "history-copy-raw")).clicked() {
                        ctx.act(UiAction::CopyText(raw.to_owned()));
                    }
                });
            });
            ScrollArea::vertical()
                .id_salt(("raw", index))
                .max_height(RAW_HEIGHT)
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    let text = RichText::new(raw).monospace().size(12.0).color(colors.text);
                    ui.add(egui::Label::new(text).wrap().selectable(true));
                });
        });
}

/// The whole history as plain text, for a support request.
fn as_text(ctx: &UiContext<'_>, steps: &[MessageStep]) -> String {
    let mut text = String::new();
    for step in steps {
        let local = step.at.local();
        text.push_str(&local.strftime("%Y-%m-%d %H:%M:%S%:z").to_string());
        text.push_str("  ");
        text.push_str(&words::state(ctx.text, step.state));
        if step.attempt > 0 {
            text.push_str(", ");
            text.push_str(&t!(ctx, "history-attempt", attempt = step.attempt));
        }
        text.push('\n');
        if let Some(reason) = &step.reason {
            let happened = words::reason_exactly(ctx.text, reason);
            for sentence in std::iter::once(happened).chain(words::reason_said(ctx.text, reason)) {
                text.push_str(&sentence);
                text.push('\n');
            }
        }
        if let Some(raw) = &step.raw {
            text.push_str(raw);
            text.push('\n');
        }
        text.push('\n');
    }
    text
}
