//! Menus: a button that opens one, and what stands in it.

use super::icon_button;
use super::text::{layout, paint_icon};
use crate::ui::theme::{Theme, Type, Weight, faded, icons, radius, shadow, size};
use egui::{
    Color32, CornerRadius, Frame, InnerResponse, Margin, Popup, Response, Role, Sense, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

/// Between a button and its menu, in points.
pub(crate) const MENU_GAP: f32 = 4.0;

/// The frame of menus and other things that hang over the window.
pub fn menu_frame(theme: &Theme) -> Frame {
    Frame::new()
        .fill(theme.colors.panel)
        .stroke(Stroke::new(1.0, theme.colors.line))
        .corner_radius(CornerRadius::same(radius::ROW))
        .inner_margin(Margin::same(6))
        .shadow(shadow(theme.dark))
}

/// A button that is an icon and opens a menu. Returns the button's response and, while it is open, the menu's answer.
pub fn menu_button<R>(
    ui: &mut Ui,
    theme: &Theme,
    icon: &str,
    name: impl Into<String>,
    items: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<Option<R>> {
    let name = name.into();
    let response = icon_button(ui, theme, icon, name.as_str());
    let inner = menu(theme, &response, name, items);
    InnerResponse::new(inner, response)
}

/// Hangs a menu under anything that can be clicked.
pub fn menu<R>(
    theme: &Theme,
    response: &Response,
    name: impl Into<String>,
    items: impl FnOnce(&mut Ui) -> R,
) -> Option<R> {
    Popup::menu(response)
        .accessible_name(name)
        .gap(MENU_GAP)
        .frame(menu_frame(theme))
        .show(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.set_min_width(180.0);
            items(ui)
        })
        .map(|shown| shown.inner)
}

/// Something to do, in a menu.
pub fn menu_item(ui: &mut Ui, theme: &Theme, icon: &str, text: impl Into<String>) -> Response {
    let colors = (theme.colors.text, theme.colors.dim);
    item(ui, theme, Some(icon), text.into(), colors, None)
}

/// Something to do that destroys, in a menu.
pub fn menu_item_danger(ui: &mut Ui, theme: &Theme, icon: &str, text: impl Into<String>) -> Response {
    let colors = (theme.colors.bad, theme.colors.bad);
    item(ui, theme, Some(icon), text.into(), colors, None)
}

/// One of several to choose from, in a menu.
pub fn option_item(ui: &mut Ui, theme: &Theme, text: impl Into<String>, selected: bool) -> Response {
    let colors = (theme.colors.text, theme.colors.accent);
    let icon = selected.then_some(icons::CHECK);
    item(ui, theme, icon, text.into(), colors, Some(selected))
}

fn item(
    ui: &mut Ui,
    theme: &Theme,
    icon: Option<&str>,
    text: String,
    (color, icon_color): (Color32, Color32),
    selected: Option<bool>,
) -> Response {
    const PADDING: f32 = 10.0;
    const ICON: f32 = 16.0;
    let enabled = ui.is_enabled();
    let before = PADDING + ICON + 10.0;
    let width = ui.ctx().content_rect().width() - 48.0 - before;
    let galley = layout(
        ui,
        text.clone(),
        Type::Body,
        Weight::Regular,
        color,
        width.clamp(80.0, 420.0),
        1,
    );
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let desired = vec2(before + galley.size().x + PADDING, size::CONTROL);
    let (rect, response) = ui.allocate_at_least(desired, sense);
    response.widget_info(|| match selected {
        Some(selected) => WidgetInfo::selected(Role::MenuItemRadio, enabled, selected, &text),
        None => WidgetInfo::labeled(Role::MenuItem, enabled, &text),
    });
    if ui.is_rect_visible(rect) {
        let over = enabled && (response.hovered() || response.has_focus());
        if over {
            ui.painter().rect_filled(
                rect,
                CornerRadius::same(radius::PILL),
                faded(theme.colors.text, 0.06),
            );
        }
        if response.has_focus() {
            ui.painter().rect_stroke(
                rect,
                CornerRadius::same(radius::PILL),
                Stroke::new(2.0, theme.colors.accent),
                egui::StrokeKind::Inside,
            );
        }
        let (color, icon_color) = if enabled {
            (color, icon_color)
        } else {
            (theme.colors.faint, theme.colors.faint)
        };
        if let Some(icon) = icon {
            let center = pos2(rect.left() + PADDING + ICON / 2.0, rect.center().y);
            paint_icon(ui, center, icon, ICON, icon_color);
        }
        let at = pos2(rect.left() + before, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley_with_override_text_color(at, galley, color);
    }
    if response.clicked() {
        ui.close();
    }
    response
}
