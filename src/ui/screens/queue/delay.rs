//! The delay the gateway keeps between two messages.

use super::gateway::{Failure, caption, line, outcome_ui};
use crate::engine::{AccountView, Answer, Command, OutboxCommand, Ticket};
use crate::gateway::DelayChange;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::screens::grid::compact;
use crate::ui::theme::{Tone, Type, Weight, icons, space};
use crate::ui::widgets::{self, Button, Field};
use egui::{Align, Key, Layout, Ui, vec2};
use std::time::Duration;

/// The slider ends here; more can be typed.
const SLIDER_MAX_SECS: u32 = 60;

/// What the operator is doing with the delay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Form {
    text: String,
    /// The delay the text was taken from: when the account's is another one, the text follows.
    taken_from: Option<Option<u32>>,
    wrong: bool,
    ticket: Option<Ticket>,
    result: Option<Result<DelayChange, Failure>>,
}

impl Form {
    /// Takes the answer in when it has come.
    pub(super) fn take_answer(&mut self, ctx: &UiContext<'_>) {
        let Some(answer) = self.ticket.and_then(|ticket| ctx.take_answer(ticket)) else {
            return;
        };
        self.ticket = None;
        self.result = Some(match answer {
            Answer::DelaySet(Ok(change)) => Ok(change),
            Answer::DelaySet(Err(error)) => Err(Failure::Call(error)),
            Answer::Failed(said) => Err(Failure::System(said)),
            _ => Err(Failure::System(String::new())),
        });
    }

    fn follow(&mut self, known: Option<u32>) {
        if self.taken_from != Some(known) {
            self.taken_from = Some(known);
            self.text = known.map_or_else(String::new, |secs| secs.to_string());
            self.wrong = false;
        }
    }

    /// What was typed, if it is a delay that may be set.
    fn secs(&self, max: u32) -> Option<u32> {
        let text = self.text.trim();
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits
            .then(|| text.parse().ok())
            .flatten()
            .filter(|secs| *secs <= max)
    }

    fn apply(&mut self, ctx: &UiContext<'_>, view: &AccountView) {
        let Some(secs) = self.secs(view.capabilities.delay_max_secs) else {
            self.wrong = true;
            return;
        };
        let ticket = ctx.ticket();
        self.wrong = false;
        self.result = None;
        self.ticket = Some(ticket);
        ctx.send(Command::Outbox(OutboxCommand::SetDelay {
            ticket,
            account: view.account.id,
            secs,
        }));
    }
}

fn seconds(ctx: &UiContext<'_>, secs: u32) -> String {
    ctx.text.duration(Duration::from_secs(u64::from(secs)))
}

/// Draws the card.
pub(super) fn ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView, form: &mut Form) {
    const CONTROLS: f32 = 216.0;
    form.follow(view.account.delay_secs);
    let whole = ui.available_width();
    if whole < 2.0 * CONTROLS {
        now_ui(ui, ctx, view, form);
        ui.add_space(space::S);
        controls_ui(ui, ctx, view, form);
    } else {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::XL;
            let left = whole - CONTROLS - space::XL;
            ui.allocate_ui_with_layout(vec2(left, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(left);
                compact(ui);
                now_ui(ui, ctx, view, form);
            });
            ui.allocate_ui_with_layout(vec2(CONTROLS, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(CONTROLS);
                controls_ui(ui, ctx, view, form);
            });
        });
    }
    match &form.result {
        Some(Ok(change)) => {
            let words = change_words(ctx, change);
            outcome_ui(ui, ctx, Tone::Ok, icons::CIRCLE_CHECK, words);
        }
        Some(Err(failure)) => {
            outcome_ui(ui, ctx, Tone::Bad, icons::ALERT, failure.words(ctx));
        }
        None => {}
    }
}

fn change_words(ctx: &UiContext<'_>, change: &DelayChange) -> String {
    match (change.previous_secs, change.current_secs) {
        (Some(before), Some(now)) => t!(
            ctx,
            "queue-delay-changed",
            before = seconds(ctx, before),
            now = seconds(ctx, now)
        ),
        (None, Some(now)) => t!(ctx, "queue-delay-set", now = seconds(ctx, now)),
        (_, None) => t!(ctx, "queue-delay-taken"),
    }
}

fn now_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView, form: &Form) {
    let theme = ctx.theme;
    let colors = &theme.colors;
    caption(ui, ctx, t!(ctx, "queue-delay"));
    match view.account.delay_secs {
        Some(secs) => {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::M;
                let now = seconds(ctx, secs);
                widgets::label(ui, theme, now, Type::Figure, Weight::Semibold, colors.text);
                if let Some(Ok(DelayChange {
                    previous_secs: Some(before),
                    ..
                })) = &form.result
                {
                    let before = t!(ctx, "queue-delay-before", before = seconds(ctx, *before));
                    widgets::label(ui, theme, before, Type::Hint, Weight::Regular, colors.faint);
                }
            });
        }
        None => {
            widgets::label(ui, theme, "—", Type::Figure, Weight::Semibold, colors.faint);
            line(ui, ctx, t!(ctx, "queue-delay-unknown"));
        }
    }
    if let Some(above) = view.capabilities.advise_delay_above {
        let color = colors.dim;
        let words = t!(ctx, "queue-delay-advice", count = above);
        widgets::label(ui, theme, words, Type::Hint, Weight::Regular, color);
    }
}

fn controls_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView, form: &mut Form) {
    let theme = ctx.theme;
    let max = view.capabilities.delay_max_secs;
    ui.spacing_mut().item_spacing = vec2(space::S, space::S);
    let end = max.min(SLIDER_MAX_SECS);
    let mut secs = form.secs(max).unwrap_or(0).min(end);
    let name = t!(ctx, "queue-delay-slider");
    if widgets::slider(ui, theme, name, &mut secs, 0..=end, "").changed() {
        form.text = secs.to_string();
        form.wrong = false;
    }
    let error = form.wrong.then(|| t!(ctx, "queue-delay-wrong", max = max));
    let mut apply = false;
    ui.horizontal_top(|ui| {
        let button = 96.0;
        let width = (ui.available_width().min(320.0) - button - space::S).max(72.0);
        let field = Field::new(t!(ctx, "queue-delay-seconds"), &mut form.text)
            .width(width)
            .max_chars(6)
            .error(error)
            .show(ui, theme);
        if field.changed() {
            form.wrong = false;
        }
        apply = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        ui.vertical(|ui| {
            // Beside the box of the field, which stands under its label.
            ui.add_space(22.0);
            let button = Button::secondary(t!(ctx, "queue-delay-apply")).busy(form.ticket.is_some());
            apply |= button.show(ui, theme).clicked();
        });
    });
    if apply && form.ticket.is_none() {
        form.apply(ctx, view);
    }
}
