//! Small things that screens are made of. Each has an accessible name, can be reached by keyboard and shows its focus.
//! They take the theme and finished words; they know nothing of accounts or messages.

pub mod banner;
pub mod button;
pub mod card;
pub mod choice;
pub mod dialog;
pub mod field;
#[cfg(test)]
mod gallery;
pub mod menu;
pub mod pill;
mod right;
pub mod state;
#[cfg(test)]
mod tests;
pub mod text;

pub use banner::banner;
pub use button::{Button, icon_button, icon_button_enabled, link};
pub use card::{card, card_sized, divider, screen_frame, screen_header};
pub use choice::{segmented, select, select_bare, slider, toggle, toggle_row};
pub use dialog::{DialogResponse, dialog, dialog_sized};
pub use field::{Field, read_only_field, search_field};
pub use menu::{menu, menu_button, menu_frame, menu_item, menu_item_danger, option_item};
pub use pill::{badge, dot, filter_pill, paint_badge, pill};
pub use state::{
    avatar, avatar_toned, empty_state, initials, progress, progress_sized, ring, skeleton, spinner,
};
pub use text::{fading_line, fading_lines, hint, icon, label, title};

use super::theme::Theme;
use egui::{CornerRadius, Response, Stroke, StrokeKind, Ui};

/// Draws the focus ring around a widget that has the keyboard, outside of it.
pub fn focus_ring(ui: &Ui, theme: &Theme, response: &Response, corner_radius: u8) {
    dialog::return_focus(ui, response);
    if response.has_focus() {
        ui.painter().rect_stroke(
            response.rect.expand(1.0),
            CornerRadius::same(corner_radius.saturating_add(1)),
            Stroke::new(2.0, theme.colors.accent),
            StrokeKind::Outside,
        );
    }
}

/// How wide a thing may become where it is being put: the rest of the row, or a whole row where rows wrap.
pub(crate) fn room(ui: &Ui) -> f32 {
    let room = if ui.layout().is_horizontal() && ui.layout().main_wrap() {
        ui.max_rect().width()
    } else {
        ui.available_width()
    };
    room.max(24.0)
}
