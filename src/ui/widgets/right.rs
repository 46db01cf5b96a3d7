//! A row that ends at the right edge, with its parts in the order in which they are written.

use egui::{Align, Id, InnerResponse, Layout, Rect, Ui, UiBuilder, vec2};

/// Draws `add` from left to right so that it ends at the right edge of `rect`. The width is that of the pass before;
/// when it was another one, the pass is drawn again. Returns what was drawn and where.
pub(crate) fn right_aligned<R>(
    ui: &mut Ui,
    id: Id,
    rect: Rect,
    add: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    let known: Option<f32> = ui.data(|data| data.get_temp(id));
    let left = rect.right() - known.unwrap_or(rect.width());
    // More room than there is, or a text that grew would be elided instead of measured.
    let room = Rect::from_min_size(egui::pos2(left, rect.top()), vec2(rect.width(), rect.height()));
    let mut child = ui.new_child(
        UiBuilder::new()
            .id_salt(id)
            .max_rect(room)
            .layout(Layout::left_to_right(Align::Center)),
    );
    child.spacing_mut().item_spacing.x = crate::ui::theme::space::S;
    let inner = add(&mut child);
    let width = child.min_rect().width();
    if known.is_none_or(|known| (known - width).abs() > 0.5) {
        ui.data_mut(|data| data.insert_temp(id, width));
        ui.ctx().request_discard("a row at the right edge was measured");
    }
    InnerResponse::new(inner, child.response())
}
