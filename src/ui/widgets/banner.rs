//! Banners: what needs to be known before anything else on a screen.

use super::right::right_aligned;
use super::text::{layout, paint_icon};
use crate::ui::theme::{Theme, Tone, Type, Weight, radius, size};
use egui::{
    Color32, CornerRadius, Galley, InnerResponse, Pos2, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};
use std::sync::Arc;

/// A banner over the whole width: what is the matter, what it means, and what can be done (buttons, from left to
/// right; give them the colour of the tone with [`super::Button::color`]).
pub fn banner<R>(
    ui: &mut Ui,
    theme: &Theme,
    tone: Tone,
    icon: &str,
    title: impl Into<String>,
    body: impl Into<String>,
    buttons: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    let (title, body) = (title.into(), body.into());
    let (color, ground) = theme.tone(tone);
    let start = ui.available_rect_before_wrap().min;
    let width = ui.available_width();
    let id = ui.next_auto_id().with("buttons");
    let buttons_width: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(0.0);

    let room = width - 2.0 * PADDING - BEFORE_WORDS;
    let beside = room - buttons_width - 16.0;
    // Where there is no room for words beside the buttons, the buttons go below.
    let stacked = buttons_width > 0.0 && beside < 240.0;
    let words_width = if buttons_width > 0.0 && !stacked {
        beside
    } else {
        room
    };
    let words = Words::new(ui, &title, &body, color, words_width.max(80.0));
    let inside = if stacked {
        words.height + 8.0 + size::CONTROL
    } else if buttons_width > 0.0 {
        words.height.max(size::CONTROL)
    } else {
        words.height
    };
    let rect = Rect::from_min_size(start, vec2(width, inside + 2.0 * ABOVE));
    let response: Response = ui.allocate_rect(rect, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Alert, true, format!("{title} {body}")));

    ui.painter()
        .rect_filled(rect, CornerRadius::same(radius::ROW), ground);
    let (top, buttons_middle) = if stacked {
        (rect.top() + ABOVE, rect.bottom() - ABOVE - size::CONTROL / 2.0)
    } else {
        (rect.center().y - words.height / 2.0, rect.center().y)
    };
    let icon_center = pos2(rect.left() + PADDING + 9.0, top + Type::Body.line_height() / 2.0);
    paint_icon(ui, icon_center, icon, size::ICON_BUTTON, color);
    words.paint(ui, pos2(rect.left() + PADDING + BEFORE_WORDS, top), color);
    let row = Rect::from_center_size(
        pos2(rect.center().x, buttons_middle),
        vec2(width - 2.0 * PADDING, size::CONTROL),
    );
    let inner = right_aligned(ui, id, row, buttons).inner;
    InnerResponse::new(inner, response)
}

/// Left and right, in points.
const PADDING: f32 = 14.0;
/// Above and below, in points.
const ABOVE: f32 = 12.0;
/// The icon and what is free behind it, in points.
const BEFORE_WORDS: f32 = 30.0;

/// Title and body, in one line where they fit, else below each other.
struct Words {
    title: Arc<Galley>,
    body: Arc<Galley>,
    body_at: Vec2,
    height: f32,
}

impl Words {
    fn new(ui: &Ui, title: &str, body: &str, color: Color32, width: f32) -> Self {
        let one_title = layout(ui, title, Type::Body, Weight::Semibold, color, f32::INFINITY, 1);
        let one_body = layout(ui, body, Type::Body, Weight::Regular, color, f32::INFINITY, 1);
        if one_title.size().x + 6.0 + one_body.size().x <= width {
            return Self {
                body_at: vec2(one_title.size().x + 6.0, 0.0),
                height: one_title.size().y,
                title: one_title,
                body: one_body,
            };
        }
        let title = layout(ui, title, Type::Body, Weight::Semibold, color, width, 3);
        let empty = body.is_empty();
        let body = layout(ui, body, Type::Secondary, Weight::Regular, color, width, 6);
        let body_height = if empty { 0.0 } else { body.size().y };
        Self {
            body_at: vec2(0.0, title.size().y),
            height: title.size().y + body_height,
            title,
            body,
        }
    }

    fn paint(self, ui: &Ui, at: Pos2, color: Color32) {
        ui.painter().galley(at, self.title, color);
        ui.painter().galley(at + self.body_at, self.body, color);
    }
}
