//! The gateway's side: how long its queue is and how to clear it, and the delay between two messages.

use super::delay;
use crate::domain::AccountId;
use crate::domain::health;
use crate::engine::{AccountView, Answer, CallError, Command, OutboxCommand, Ticket};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::screens::grid::{compact, grid};
use crate::ui::screens::stale::{stale, stale_ui};
use crate::ui::theme::{Tone, Type, Weight, icons, space};
use crate::ui::widgets::{self, Button};
use crate::ui::words;
use egui::{Align, Layout, Ui, vec2};
use std::time::Duration;

/// Why a command to the gateway did not succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// The gateway did not agree, or was not reached.
    Call(CallError),
    /// The program itself could not do it; what the system said.
    System(String),
}

impl Failure {
    /// In a person's words.
    pub(super) fn words(&self, ctx: &UiContext<'_>) -> String {
        match self {
            Self::Call(error) => words::call(ctx.text, error),
            Self::System(said) => t!(ctx, "queue-command-failed", words = said),
        }
    }
}

/// The way of clearing the gateway's queue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Clearing {
    /// Nothing is under way.
    #[default]
    Idle,
    /// The operator is being asked.
    Asking,
    /// The gateway is being asked.
    Running(Ticket),
    /// How many were deleted there, and how many of ours became uncertain; or why not.
    Done(Result<(u64, usize), Failure>),
}

impl Clearing {
    /// Takes the answer in when it has come.
    pub(super) fn take_answer(&mut self, ctx: &UiContext<'_>) {
        let Self::Running(ticket) = self else { return };
        let Some(answer) = ctx.take_answer(*ticket) else {
            return;
        };
        *self = Self::Done(match answer {
            Answer::QueueCleared(Ok(counts)) => Ok(counts),
            Answer::QueueCleared(Err(error)) => Err(Failure::Call(error)),
            Answer::Failed(said) => Err(Failure::System(said)),
            _ => Err(Failure::System(String::new())),
        });
    }

    /// The question before it is done.
    pub(super) fn dialog(&mut self, context: &egui::Context, ctx: &UiContext<'_>, view: &AccountView) {
        if *self != Self::Asking {
            return;
        }
        let length = length(view);
        let title = t!(ctx, "queue-clear-title");
        let shown = widgets::dialog(context, ctx.theme, "clear-queue", title, |ui| {
            question_ui(ui, ctx, length)
        });
        match shown.inner.flatten() {
            Some(true) => *self = Self::Running(clear(ctx, view.account.id)),
            Some(false) => *self = Self::Idle,
            None if shown.should_close => *self = Self::Idle,
            None => {}
        }
    }
}

fn length(view: &AccountView) -> Option<u64> {
    view.health.queue_length.as_ref().map(|read| read.value)
}

fn clear(ctx: &UiContext<'_>, account: AccountId) -> Ticket {
    let ticket = ctx.ticket();
    ctx.send(Command::Outbox(OutboxCommand::ClearGatewayQueue {
        ticket,
        account,
    }));
    ticket
}

/// What clearing means; whether it was confirmed or declined.
fn question_ui(ui: &mut Ui, ctx: &UiContext<'_>, length: Option<u64>) -> Option<bool> {
    let theme = ctx.theme;
    let what = match length {
        Some(count) => t!(ctx, "queue-clear-what", count = count),
        None => t!(ctx, "queue-clear-what-unknown"),
    };
    let colors = &theme.colors;
    widgets::label(ui, theme, what, Type::Body, Weight::Regular, colors.text);
    for consequence in [t!(ctx, "queue-clear-limit"), t!(ctx, "queue-clear-uncertain")] {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            widgets::icon(ui, theme, icons::WARNING, 18.0, colors.warn);
            let text = theme.rich(consequence, Type::Body, Weight::Regular, colors.dim);
            ui.add(egui::Label::new(text).wrap());
        });
    }
    ui.add_space(space::XS);
    let confirm = match length {
        Some(count) => t!(ctx, "queue-clear-confirm", count = count),
        None => t!(ctx, "queue-clear-confirm-unknown"),
    };
    ui.horizontal_wrapped(|ui| {
        // The harmless one first: the keyboard begins there.
        let declined = Button::secondary(t!(ctx, "cancel")).show(ui, theme).clicked();
        let confirmed = Button::danger(confirm)
            .icon(icons::TRASH)
            .show(ui, theme)
            .clicked();
        match (confirmed, declined) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        }
    })
    .inner
}

/// The cards that the gateway can fill.
pub(super) fn ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    view: &AccountView,
    clearing: &mut Clearing,
    form: &mut delay::Form,
) {
    #[derive(Clone, Copy)]
    enum Card {
        Queue,
        Delay,
    }
    let cards: Vec<Card> = [
        (view.capabilities.queue, Card::Queue),
        (view.capabilities.delay, Card::Delay),
    ]
    .into_iter()
    .filter_map(|(there, card)| there.then_some(card))
    .collect();
    let columns = if ui.available_width() >= 820.0 { 2 } else { 1 };
    grid(
        ui,
        ctx,
        "queue-cards",
        columns,
        cards.len(),
        |ui, index| match cards.get(index) {
            Some(Card::Queue) => queue_ui(ui, ctx, view, clearing),
            Some(Card::Delay) => delay::ui(ui, ctx, view, form),
            None => {}
        },
    );
}

fn queue_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView, clearing: &mut Clearing) {
    const BUTTON: f32 = 180.0;
    let whole = ui.available_width();
    let left = whole - BUTTON - space::S;
    if left < 120.0 {
        length_ui(ui, ctx, view);
        ui.add_space(space::XS);
        clear_button_ui(ui, ctx, view, clearing);
    } else {
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(vec2(left, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(left);
                compact(ui);
                length_ui(ui, ctx, view);
            });
            // Of its own height: in the middle of the card's it would make the card grow with what comes below.
            let size = vec2(BUTTON, 72.0);
            ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
                ui.set_min_size(size);
                clear_button_ui(ui, ctx, view, clearing);
            });
        });
    }
    if let Clearing::Done(result) = clearing {
        result_ui(ui, ctx, result);
    }
}

fn clear_button_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView, clearing: &mut Clearing) {
    let length = length(view);
    let words = match length {
        Some(count) => t!(ctx, "queue-clear-button", count = count),
        None => t!(ctx, "queue-clear-button-unknown"),
    };
    let button = Button::danger(words)
        .icon(icons::TRASH)
        .enabled(length != Some(0))
        .busy(matches!(clearing, Clearing::Running(_)));
    if button.show(ui, ctx.theme).clicked() {
        *clearing = Clearing::Asking;
    }
}

fn length_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
    let theme = ctx.theme;
    let colors = &theme.colors;
    caption(ui, ctx, t!(ctx, "queue-at-gateway"));
    let Some(read) = view.health.queue_length.as_ref() else {
        let color = colors.faint;
        widgets::label(ui, theme, "—", Type::Figure, Weight::Semibold, color);
        line(ui, ctx, t!(ctx, "queue-length-unknown"));
        return;
    };
    let stale = stale(ctx, view, read.at);
    let color = if stale.is_some() {
        colors.faint
    } else {
        colors.text
    };
    let number = ctx.text.number(read.value);
    widgets::label(ui, theme, number, Type::Figure, Weight::Semibold, color);
    line(ui, ctx, drain_words(ctx, view, read.value));
    stale_ui(ui, ctx, stale.as_ref());
}

fn drain_words(ctx: &UiContext<'_>, view: &AccountView, length: u64) -> String {
    if length == 0 {
        return t!(ctx, "queue-drained");
    }
    let delay = view.account.delay_secs;
    let time: Duration = health::time_to_drain(length, delay);
    let time = ctx.text.duration(time);
    match delay {
        Some(_) => t!(ctx, "queue-drains", time = time),
        None => t!(ctx, "queue-drains-at-least", time = time),
    }
}

/// How it went.
fn result_ui(ui: &mut Ui, ctx: &UiContext<'_>, result: &Result<(u64, usize), Failure>) {
    let (tone, icon, words) = match result {
        Ok((deleted, 0)) => (
            Tone::Ok,
            icons::CIRCLE_CHECK,
            t!(ctx, "queue-cleared", deleted = *deleted),
        ),
        Ok((deleted, uncertain)) => {
            let deleted = t!(ctx, "queue-cleared", deleted = *deleted);
            let uncertain = t!(ctx, "queue-cleared-uncertain", count = *uncertain);
            (Tone::Warn, icons::QUESTION, format!("{deleted} {uncertain}"))
        }
        Err(failure) => (Tone::Bad, icons::ALERT, failure.words(ctx)),
    };
    outcome_ui(ui, ctx, tone, icon, words);
}

/// What came of a command, in a line of its own.
pub(super) fn outcome_ui(ui: &mut Ui, ctx: &UiContext<'_>, tone: Tone, icon: &str, words: String) {
    let (color, _) = ctx.theme.tone(tone);
    ui.add_space(space::XS);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        widgets::icon(ui, ctx.theme, icon, 16.0, color);
        let text = ctx.theme.rich(words, Type::Secondary, Weight::Regular, color);
        ui.add(egui::Label::new(text).wrap());
    });
}

/// The small words above a figure.
pub(super) fn caption(ui: &mut Ui, ctx: &UiContext<'_>, words: String) {
    let color = ctx.theme.colors.dim;
    widgets::label(ui, ctx.theme, words, Type::Secondary, Weight::Regular, color);
}

/// The words under a figure.
pub(super) fn line(ui: &mut Ui, ctx: &UiContext<'_>, words: String) {
    let color = ctx.theme.colors.dim;
    widgets::label(ui, ctx.theme, words, Type::Secondary, Weight::Regular, color);
}
