//! Cards side by side.

use crate::ui::context::UiContext;
use crate::ui::theme::space;
use crate::ui::widgets;
use egui::{Ui, vec2};

/// Cards in rows of at most `columns`, those of a row equally high.
pub fn grid(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    name: &str,
    columns: usize,
    count: usize,
    mut add: impl FnMut(&mut Ui, usize),
) {
    /// Inner margin and border, above and below.
    const FRAME: f32 = 34.0;
    let columns = columns.min(count).max(1);
    let gaps = space::L * (columns - 1) as f32;
    let width = ((ui.available_width() - gaps) / columns as f32).floor();
    for start in (0..count).step_by(columns) {
        let id = ui.unique_id().with((name, start, columns));
        let known: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(0.0);
        let mut tallest = 0.0_f32;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            for index in start..(start + columns).min(count) {
                widgets::card_sized(ui, ctx.theme, width, known, |ui| {
                    let drawn = ui.scope(|ui| {
                        compact(ui);
                        add(ui, index);
                    });
                    tallest = tallest.max(drawn.response.rect.height() + FRAME);
                });
            }
        });
        if (tallest - known).abs() > 0.5 {
            ui.data_mut(|data| data.insert_temp(id, tallest));
            ui.ctx().request_discard("the cards of a row were measured");
        }
    }
}

/// Rows in a card stand close, and are as high as their text.
pub fn compact(ui: &mut Ui) {
    ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
    ui.spacing_mut().interact_size.y = 18.0;
}
