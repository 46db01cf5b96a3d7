//! A small check box without a visible word, for rows.

use crate::ui::theme::{Theme, icons, mix};
use crate::ui::widgets::focus_ring;
use crate::ui::widgets::text::paint_icon;
use egui::{CornerRadius, CursorIcon, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

/// How a check box stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// Nothing is selected.
    Off,
    /// A part is.
    Some,
    /// Everything is.
    On,
}

/// Draws a check box; `name` is what a screen reader says.
pub(super) fn checkbox(ui: &mut Ui, theme: &Theme, name: &str, check: Check) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(24.0, 24.0), Sense::click());
    let enabled = ui.is_enabled();
    let on = check != Check::Off;
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, on, name));
    if ui.is_rect_visible(rect) {
        let colors = &theme.colors;
        let inner = Rect::from_center_size(rect.center(), vec2(16.0, 16.0));
        let border = mix(colors.line, colors.faint, 0.6);
        let (fill, line) = match (on, response.hovered()) {
            (true, _) => (colors.accent, colors.accent),
            (false, true) => (theme.hovered(colors.panel), colors.faint),
            (false, false) => (colors.panel, border),
        };
        let corner = CornerRadius::same(4);
        ui.painter()
            .rect(inner, corner, fill, Stroke::new(1.0, line), StrokeKind::Inside);
        match check {
            Check::Off => {}
            Check::On => paint_icon(ui, inner.center(), icons::CHECK, 12.0, colors.accent_on),
            Check::Some => {
                let bar = Rect::from_center_size(inner.center(), vec2(8.0, 2.0));
                ui.painter()
                    .rect_filled(bar, CornerRadius::same(1), colors.accent_on);
            }
        }
    }
    focus_ring(ui, theme, &response, 6);
    response.on_hover_cursor(CursorIcon::PointingHand)
}
