//! Pills, dots and counters.

use super::text::{layout, paint_icon};
use super::{focus_ring, room};
use crate::ui::theme::{Theme, Tone, Type, Weight, radius};
use egui::{Color32, CornerRadius, CursorIcon, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

const HEIGHT: f32 = 22.0;
const PADDING: f32 = 8.0;
const ICON: f32 = 14.0;
const GAP: f32 = 6.0;

fn paint(
    ui: &mut Ui,
    icon: Option<&str>,
    text: &str,
    color: Color32,
    ground: impl FnOnce(&Response) -> Color32,
    sense: Sense,
) -> (Response, bool) {
    let icon_width = if icon.is_some() { ICON + GAP } else { 0.0 };
    let inside = (room(ui) - 2.0 * PADDING - icon_width).max(8.0);
    let galley = layout(
        ui,
        text,
        Type::Hint,
        Weight::Medium,
        Color32::PLACEHOLDER,
        inside,
        1,
    );
    let elided = galley.elided;
    let width = 2.0 * PADDING + icon_width + galley.size().x;
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), sense);
    if ui.is_rect_visible(rect) {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(radius::PILL), ground(&response));
        if let Some(icon) = icon {
            let center = pos2(rect.left() + PADDING + ICON / 2.0, rect.center().y);
            paint_icon(ui, center, icon, ICON, color);
        }
        let at = pos2(
            rect.left() + PADDING + icon_width,
            rect.center().y - galley.size().y / 2.0,
        );
        ui.painter().galley(at, galley, color);
    }
    (response, elided)
}

/// A state, in a word, on the soft ground of its tone.
pub fn pill(ui: &mut Ui, theme: &Theme, tone: Tone, icon: Option<&str>, text: impl Into<String>) -> Response {
    let text = text.into();
    let (color, ground) = theme.tone(tone);
    let (response, elided) = paint(ui, icon, &text, color, |_| ground, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    if elided {
        response.on_hover_text(text)
    } else {
        response
    }
}

/// A filter that is on or off.
pub fn filter_pill(ui: &mut Ui, theme: &Theme, text: impl Into<String>, selected: bool) -> Response {
    let text = text.into();
    let (color, ground) = theme.tone(if selected { Tone::Accent } else { Tone::Neutral });
    let ground = |response: &Response| {
        if response.is_pointer_button_down_on() {
            theme.pressed(ground)
        } else if response.hovered() {
            theme.hovered(ground)
        } else {
            ground
        }
    };
    let (response, _) = paint(ui, None, &text, color, ground, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), selected, &text));
    focus_ring(ui, theme, &response, radius::PILL);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// A dot in the colour of a tone. The word beside it says what it means.
pub fn dot(ui: &mut Ui, theme: &Theme, tone: Tone) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(8.0, 8.0), Sense::hover());
    if ui.is_rect_visible(rect) {
        ui.painter().circle_filled(rect.center(), 4.0, theme.tone(tone).0);
    }
    response
}

/// A counter on the accent. Nothing for zero; more than 99 shows as `99+`.
pub fn badge(ui: &mut Ui, theme: &Theme, count: usize) -> Option<Response> {
    if count == 0 {
        return None;
    }
    let galley = badge_galley(ui, theme, count);
    let (rect, response) = ui.allocate_exact_size(badge_size(&galley), Sense::hover());
    if ui.is_rect_visible(rect) {
        paint_badge_galley(ui, theme, rect, galley);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, count));
    Some(response)
}

/// Paints a counter around `center`, over something else.
pub fn paint_badge(ui: &Ui, theme: &Theme, center: egui::Pos2, count: usize) {
    if count == 0 {
        return;
    }
    let galley = badge_galley(ui, theme, count);
    let rect = egui::Rect::from_center_size(center, badge_size(&galley));
    paint_badge_galley(ui, theme, rect, galley);
}

fn badge_galley(ui: &Ui, theme: &Theme, count: usize) -> std::sync::Arc<egui::Galley> {
    let text = if count > 99 {
        "99+".to_owned()
    } else {
        count.to_string()
    };
    let mut font = crate::ui::theme::font(Type::Hint, Weight::Semibold);
    font.size = 10.0;
    ui.painter().layout_no_wrap(text, font, theme.colors.accent_on)
}

fn badge_size(galley: &egui::Galley) -> egui::Vec2 {
    vec2((galley.size().x + 9.0).max(16.0), 16.0)
}

fn paint_badge_galley(ui: &Ui, theme: &Theme, rect: egui::Rect, galley: std::sync::Arc<egui::Galley>) {
    ui.painter()
        .rect_filled(rect, CornerRadius::same(8), theme.colors.accent);
    let at = rect.center() - galley.size() / 2.0;
    ui.painter().galley(at, galley, theme.colors.accent_on);
}
