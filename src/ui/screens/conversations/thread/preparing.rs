//! Below a message whose file is being put where the gateway can fetch it: how far that is, and the ways out.

use crate::domain::message::{Message, ReasonKind};
use crate::engine::{Command, OutboxCommand};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::screens::status;
use crate::ui::theme::{Type, Weight, icons, space};
use crate::ui::widgets::{self, Button};
use crate::ui::words;
use egui::Ui;

/// Side of the ring.
const RING: f32 = 16.0;

/// The row, written from the right: what can be done, then how far it is. Nothing in it moves by itself.
pub(super) fn row_ui(ui: &mut Ui, ctx: &UiContext<'_>, message: &Message) {
    let step = status::preparing_step(ctx, message);
    let command = |command| ctx.send(Command::Outbox(command));
    let cancel = Button::secondary(t!(ctx, "conversations-cancel-message")).small();
    if cancel.show(ui, ctx.theme).clicked() {
        command(OutboxCommand::Cancel(message.id));
    }
    let waits = message
        .reason
        .as_ref()
        .is_some_and(|reason| reason.kind != ReasonKind::Scheduled);
    if step.is_none() && waits {
        let again = Button::secondary(t!(ctx, "conversations-retry")).small();
        if again.show(ui, ctx.theme).clicked() {
            command(OutboxCommand::Retry(message.id));
        }
        return;
    }
    if step.is_none() && message.reason.is_some() {
        return;
    }
    let colors = &ctx.theme.colors;
    let words = match step {
        Some(step) => words::preparing(ctx.text, step),
        None => t!(ctx, "preparing-turn"),
    };
    ui.add_space(space::XS);
    let room = (ui.available_width() - RING - space::M).max(40.0);
    widgets::fading_line(
        ui,
        ctx.theme,
        words,
        Type::Hint,
        Weight::Regular,
        colors.dim,
        room,
    );
    match step {
        Some(step) => {
            widgets::ring(ui, ctx.theme, status::preparing_share(step), RING, colors.accent);
        }
        None => {
            widgets::icon(ui, ctx.theme, icons::CLOCK, 14.0, colors.faint);
        }
    }
}
