//! The row of things to do below a file, a place or a card.

use crate::ui::context::{UiAction, UiContext};
use crate::ui::theme::{Type, Weight, space};
use crate::ui::widgets::Button;
use crate::ui::widgets::text::layout;
use egui::{Align, Layout, Rect, Ui, UiBuilder, Vec2, vec2};

/// Height of the row, with the room above it.
const HEIGHT: f32 = 34.0;
/// How far the row begins left of what it belongs to, so that its icons stand below it and not its bare edges.
pub(super) const INDENT: f32 = 10.0;
/// What a button is wider than its word: the margins of a small one, its icon, and the gap between.
const AROUND_WORD: f32 = 2.0 * 12.0 + 16.0 + 8.0;

/// Something to do.
pub(super) struct Action {
    /// On the button.
    pub(super) word: String,
    /// Its accessible name: with what is done to which file.
    pub(super) name: String,
    /// Its icon.
    pub(super) icon: &'static str,
    /// What is asked of the program.
    pub(super) make: Box<dyn Fn() -> UiAction>,
}

/// The room a row of these takes.
pub(super) fn size(ui: &Ui, actions: &[Action]) -> Vec2 {
    if actions.is_empty() {
        return Vec2::ZERO;
    }
    let color = ui.visuals().text_color();
    let widths = actions.iter().map(|action| {
        let word = layout(
            ui,
            action.word.as_str(),
            Type::Body,
            Weight::Medium,
            color,
            400.0,
            1,
        );
        word.size().x + AROUND_WORD
    });
    let gaps = (actions.len() - 1) as f32 * space::XS;
    vec2(widths.sum::<f32>() + gaps, HEIGHT)
}

/// Draws the row into `rect`.
pub(super) fn show(ui: &mut Ui, ctx: &UiContext<'_>, actions: &[Action], rect: Rect) {
    if actions.is_empty() {
        return;
    }
    let builder = UiBuilder::new()
        .id_salt("actions")
        .max_rect(rect)
        .layout(Layout::left_to_right(Align::Max));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        for action in actions {
            let clicked = Button::ghost(action.word.as_str())
                .icon(action.icon)
                .name(action.name.as_str())
                .color(ctx.theme.colors.accent)
                .small()
                .show(ui, ctx.theme)
                .clicked();
            if clicked {
                ctx.act((action.make)());
            }
        }
    });
}
