//! How things stand: nothing there yet, still reading, this much of it; and who it is.

use super::choice::track_color;
use super::text::{label, layout, paint_icon};
use super::{Button, room};
use crate::ui::theme::{Theme, Tone, Type, Weight, icons, mix, radius, space};
use egui::{
    Align, Color32, CornerRadius, Layout, Pos2, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo,
    vec2,
};
use std::f32::consts::TAU;
use std::time::Duration;
use unicode_segmentation::UnicodeSegmentation;

/// What stands where there is nothing yet: what it will be, and how to begin. Returns whether the action was chosen.
pub fn empty_state(
    ui: &mut Ui,
    theme: &Theme,
    icon: &str,
    title: impl Into<String>,
    body: impl Into<String>,
    action: Option<&str>,
) -> bool {
    let colors = &theme.colors;
    let room = ui.available_size();
    let expected = if action.is_some() { 190.0 } else { 140.0 };
    let above = if room.y.is_finite() {
        ((room.y - expected) * 0.42).clamp(space::L, 240.0)
    } else {
        space::XL
    };
    ui.allocate_ui_with_layout(vec2(room.x, 0.0), Layout::top_down(Align::Center), |ui| {
        ui.add_space(above);
        ui.spacing_mut().item_spacing.y = space::S;
        let (rect, _) = ui.allocate_exact_size(vec2(48.0, 48.0), Sense::hover());
        ui.painter().circle_filled(rect.center(), 24.0, colors.sunk);
        paint_icon(ui, rect.center(), icon, 22.0, colors.dim);
        ui.add_space(space::XS);
        label(ui, theme, title, Type::PaneTitle, Weight::Semibold, colors.text);
        let width = (ui.available_width() - 2.0 * space::L).clamp(120.0, 400.0);
        let body: String = body.into();
        if !body.is_empty() {
            ui.scope(|ui| {
                ui.set_max_width(width);
                let words = theme.rich(body, Type::Body, Weight::Regular, colors.dim);
                ui.add(egui::Label::new(words).wrap().halign(Align::Center));
            });
        }
        let Some(action) = action else { return false };
        ui.add_space(space::S);
        Button::primary(action).show(ui, theme).clicked()
    })
    .inner
}

/// The place of something that is still being read.
pub fn skeleton(ui: &mut Ui, theme: &Theme, size: Vec2) -> Response {
    let size = vec2(size.x.min(room(ui)), size.y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    if ui.is_rect_visible(rect) {
        let color = mix(theme.colors.panel, theme.colors.line, 0.7);
        let corner = if size.y > 24.0 {
            radius::CONTROL
        } else {
            radius::PILL
        };
        ui.painter().rect_filled(rect, CornerRadius::same(corner), color);
    }
    response
}

/// A bar filled to `share` (0 to 1), as wide as there is room.
pub fn progress(ui: &mut Ui, theme: &Theme, share: f32, color: Color32) -> Response {
    progress_sized(ui, theme, share, color, vec2(ui.available_width(), 8.0))
}

/// A bar filled to `share` (0 to 1), of this size.
pub fn progress_sized(ui: &mut Ui, theme: &Theme, share: f32, color: Color32, size: Vec2) -> Response {
    let share = if share.is_finite() {
        share.clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| {
        let mut info = WidgetInfo::new(Role::ProgressIndicator);
        info.value = Some(f64::from((share * 100.0).round()));
        info
    });
    if ui.is_rect_visible(rect) {
        let corner = CornerRadius::same((size.y / 2.0) as u8);
        ui.painter().rect_filled(rect, corner, track_color(theme));
        if share > 0.0 {
            let mut filled = rect;
            filled.max.x = rect.left() + (rect.width() * share).max(size.y);
            ui.painter().rect_filled(filled, corner, color);
        }
    }
    response
}

/// A ring closed to `share` (0 to 1), clockwise from the top.
pub fn ring(ui: &mut Ui, theme: &Theme, share: f32, size: f32, color: Color32) -> Response {
    let share = if share.is_finite() {
        share.clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (rect, response) = ui.allocate_exact_size(vec2(size, size), Sense::hover());
    if ui.is_rect_visible(rect) {
        let width = (size / 8.0).max(2.0);
        let radius = size / 2.0 - width / 2.0;
        ui.painter()
            .circle_stroke(rect.center(), radius, Stroke::new(width, track_color(theme)));
        arc(ui, rect.center(), radius, 0.0, share, Stroke::new(width, color));
    }
    response
}

/// Something turning, for steps under way. (Buttons have their own: [`Button::busy`].)
pub fn spinner(ui: &mut Ui, theme: &Theme, size: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(size, size), Sense::hover());
    if ui.is_rect_visible(rect) {
        paint_spinner(ui, theme, rect.center(), size, theme.colors.accent);
    }
    response
}

/// Paints something turning around `center`. It stands still when the system asks for less motion.
pub(crate) fn paint_spinner(ui: &Ui, theme: &Theme, center: Pos2, size: f32, color: Color32) {
    let turn = if theme.reduced_motion {
        0.0
    } else {
        ui.ctx().request_repaint_after(Duration::from_millis(33));
        (ui.input(|input| input.time) % 1.0) as f32
    };
    let width = (size / 9.0).max(1.5);
    arc(
        ui,
        center,
        size / 2.0 - width,
        turn,
        0.72,
        Stroke::new(width, color),
    );
}

/// A part of a circle, in turns clockwise from the top.
fn arc(ui: &Ui, center: Pos2, radius: f32, from: f32, length: f32, stroke: Stroke) {
    if length <= 0.0 {
        return;
    }
    let steps = ((64.0 * length).ceil()).max(2.0);
    let points = (0..=steps as usize)
        .map(|step| {
            let angle = (from + length * step as f32 / steps - 0.25) * TAU;
            center + radius * Vec2::angled(angle)
        })
        .collect();
    ui.painter().add(Shape::line(points, stroke));
}

/// A person or an account, as initials in a circle. Without initials it shows a figure.
pub fn avatar(ui: &mut Ui, theme: &Theme, initials: &str, size: f32) -> Response {
    avatar_toned(ui, theme, Tone::Neutral, initials, size)
}

/// Initials in a circle of this tone: the accent is for the account that is open.
pub fn avatar_toned(ui: &mut Ui, theme: &Theme, tone: Tone, initials: &str, size: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(size, size), Sense::hover());
    if ui.is_rect_visible(rect) {
        let (color, ground) = theme.tone(tone);
        ui.painter().circle_filled(rect.center(), size / 2.0, ground);
        if initials.is_empty() {
            paint_icon(ui, rect.center(), icons::USER, size * 0.5, color);
        } else {
            let mut font = crate::ui::theme::font(Type::Body, Weight::Semibold);
            font.size = (size * 0.36).clamp(9.0, 20.0);
            let galley = ui.painter().layout_no_wrap(initials.to_owned(), font, color);
            let galley = if galley.size().x > size * 0.86 {
                layout(ui, initials, Type::Hint, Weight::Semibold, color, size, 1)
            } else {
                galley
            };
            ui.painter()
                .galley(rect.center() - galley.size() / 2.0, galley, color);
        }
    }
    response
}

/// The initials of a name: of the first and the last word, or the first two letters of the only one. Of a number, its
/// country code.
#[must_use]
pub fn initials(name: &str) -> String {
    let name = name.trim();
    if name.starts_with('+') {
        return name
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .chars()
            .take(4)
            .collect();
    }
    let words: Vec<&str> = name
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect();
    let letters = |word: &str, count: usize| -> String {
        word.graphemes(true)
            .filter(|grapheme| grapheme.chars().all(char::is_alphanumeric) || grapheme.len() > 1)
            .take(count)
            .collect()
    };
    let short = match words.as_slice() {
        [] => name.graphemes(true).take(1).collect(),
        [only] => letters(only, 2),
        [first, .., last] => letters(first, 1) + &letters(last, 1),
    };
    short.to_uppercase()
}
