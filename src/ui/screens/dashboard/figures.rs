//! Cards about what we know of the messages ourselves, where the gateway tells nothing of phone, limits or queue.

use super::cards::{figure, line};
use super::heading;
use crate::domain::Timestamp;
use crate::engine::AccountView;
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::screens::Screen;
use crate::ui::screens::status::age;
use crate::ui::theme::{Tone, icons, space};
use crate::ui::widgets;
use egui::Ui;
use std::time::Duration;

/// When the gateway last took a message, and when it last reported about one.
pub(super) fn activity_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
    let figures = &view.figures;
    heading(ui, ctx, icons::SEND, t!(ctx, "dashboard-accepted"), Tone::Neutral);
    let colors = &ctx.theme.colors;
    match figures.accepted_at {
        Some(at) => figure(ui, ctx, age(ctx, at), colors.text),
        None => figure(ui, ctx, "—", colors.faint),
    }
    let reported = figures
        .reported_at
        .into_iter()
        .chain(view.inbox.last_called_at)
        .max();
    line(ui, ctx, reported_words(ctx, reported));
}

fn reported_words(ctx: &UiContext<'_>, at: Option<Timestamp>) -> String {
    match at {
        Some(at) => t!(ctx, "dashboard-reported", age = age(ctx, at)),
        None => t!(ctx, "dashboard-never-reported"),
    }
}

/// How many messages of today were rejected or are uncertain.
pub(super) fn problems_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
    let count = u64::from(view.figures.problems_today);
    let tone = if count > 0 { Tone::Warn } else { Tone::Neutral };
    heading(ui, ctx, icons::ALERT, t!(ctx, "dashboard-problems"), tone);
    let color = if count > 0 {
        ctx.theme.colors.warn
    } else {
        ctx.theme.colors.text
    };
    figure(ui, ctx, ctx.text.number(count), color);
    if count == 0 {
        return line(ui, ctx, t!(ctx, "dashboard-problems-none"));
    }
    line(ui, ctx, t!(ctx, "dashboard-problems-some"));
    ui.add_space(space::XS);
    if widgets::link(ui, ctx.theme, t!(ctx, "dashboard-open-queue")).clicked() {
        ctx.act(UiAction::Go(Screen::Queue));
    }
}

/// How long half of the messages took at most.
pub(super) fn delivery_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
    heading(
        ui,
        ctx,
        icons::TIMER,
        t!(ctx, "dashboard-delivery"),
        Tone::Neutral,
    );
    match view.figures.median_delivery_ms {
        Some(milliseconds) => {
            // Less than a second is told as one: a report is not more exact.
            let time = Duration::from_millis(milliseconds.max(1_000));
            figure(ui, ctx, ctx.text.duration(time), ctx.theme.colors.text);
            line(ui, ctx, t!(ctx, "dashboard-delivery-half"));
        }
        None => {
            figure(ui, ctx, "—", ctx.theme.colors.faint);
            line(ui, ctx, t!(ctx, "dashboard-delivery-none"));
        }
    }
}
