//! Our own outbox by state.

use super::card_title;
use crate::domain::message::MessageState;
use crate::engine::AccountView;
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::screens::Screen;
use crate::ui::screens::grid::compact;
use crate::ui::screens::status::message_look;
use crate::ui::theme::{Type, Weight, space};
use crate::ui::widgets;
use egui::{Ui, vec2};

/// Draws the card.
pub(super) fn ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView, width: f32) {
    let counts = view.outbox;
    let states = [
        (MessageState::Queued, counts.queued + counts.preparing),
        (MessageState::InFlight, counts.in_flight),
        (MessageState::Accepted, counts.accepted),
        (MessageState::Sent, counts.sent),
        (MessageState::Delivered, counts.delivered),
        (MessageState::Read, counts.read),
        (MessageState::Rejected, counts.rejected),
        (MessageState::Unknown, counts.unknown),
    ];
    widgets::card_sized(ui, ctx.theme, width, 0.0, |ui| {
        compact(ui);
        ui.spacing_mut().item_spacing.y = space::S;
        ui.horizontal(|ui| {
            card_title(ui, ctx, t!(ctx, "dashboard-outbox"));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if widgets::link(ui, ctx.theme, t!(ctx, "dashboard-open-outbox")).clicked() {
                    ctx.act(UiAction::Go(Screen::Queue));
                }
            });
        });
        let columns = if ui.available_width() >= 560.0 { 4 } else { 2 };
        let gap = space::XL;
        let cell = ((ui.available_width() - gap * (columns - 1) as f32) / columns as f32).floor();
        // Column by column, so that the way of a message reads downwards.
        let rows = states.len().div_ceil(columns);
        for row in 0..rows {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = gap;
                for (state, count) in states.iter().skip(row).step_by(rows) {
                    count_ui(ui, ctx, *state, *count, cell);
                }
            });
        }
    });
}

fn count_ui(ui: &mut Ui, ctx: &UiContext<'_>, state: MessageState, count: u64, width: f32) {
    let theme = ctx.theme;
    let words = ctx.text.get(&format!("dashboard-outbox-{}", state.key()));
    let number = ctx.text.number(count);
    let (tone, icon) = message_look(state);
    let colors = &theme.colors;
    let quiet = count == 0;
    let icon_color = if quiet { colors.faint } else { theme.tone(tone).0 };
    ui.allocate_ui_with_layout(
        vec2(width, 20.0),
        egui::Layout::right_to_left(egui::Align::Center),
        |ui| {
            ui.set_min_width(width);
            ui.spacing_mut().item_spacing.x = space::S;
            let color = if quiet { colors.faint } else { colors.text };
            widgets::label(ui, theme, number, Type::Secondary, Weight::Semibold, color);
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                widgets::icon(ui, theme, icon, 14.0, icon_color);
                let room = ui.available_width();
                let color = if quiet { colors.faint } else { colors.dim };
                widgets::fading_line(ui, theme, words, Type::Secondary, Weight::Regular, color, room);
            });
        },
    );
}
