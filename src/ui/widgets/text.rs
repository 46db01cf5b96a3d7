//! Words and icons.

use crate::ui::theme::{self, Theme, Type, Weight};
use egui::epaint::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Color32, FontFamily, FontId, Galley, Pos2, Response, Sense, Ui, vec2};
use std::sync::Arc;

/// Lays a text out in a font of the scale: at most `rows` rows of `width` points, elided with an ellipsis.
pub fn layout(
    ui: &Ui,
    text: impl Into<String>,
    kind: Type,
    weight: Weight,
    color: Color32,
    width: f32,
    rows: usize,
) -> Arc<Galley> {
    let mut job = LayoutJob::single_section(
        text.into(),
        TextFormat {
            font_id: theme::font(kind, weight),
            color,
            line_height: Some(kind.line_height()),
            ..Default::default()
        },
    );
    job.wrap = TextWrapping {
        max_width: width,
        max_rows: rows,
        break_anywhere: rows == 1,
        overflow_character: Some('…'),
    };
    job.break_on_newline = rows > 1;
    ui.painter().layout_job(job)
}

/// Paints an icon in the middle of a place already taken.
pub fn paint_icon(ui: &Ui, center: Pos2, icon: &str, size: f32, color: Color32) {
    ui.painter().text(
        center,
        Align2::CENTER_CENTER,
        icon,
        FontId::new(size, FontFamily::Name(theme::ICONS.into())),
        color,
    );
}

/// An icon. It is decoration: the word beside it says what it means.
pub fn icon(ui: &mut Ui, _theme: &Theme, icon: &str, size: f32, color: Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(size, size), Sense::hover());
    if ui.is_rect_visible(rect) {
        paint_icon(ui, rect.center(), icon, size, color);
    }
    response
}

/// A text in a font of the scale. It wraps where there is no more room.
pub fn label(
    ui: &mut Ui,
    theme: &Theme,
    text: impl Into<String>,
    kind: Type,
    weight: Weight,
    color: Color32,
) -> Response {
    ui.label(theme.rich(text, kind, weight, color))
}

/// The title of a screen.
pub fn title(ui: &mut Ui, theme: &Theme, text: impl Into<String>) -> Response {
    label(
        ui,
        theme,
        text,
        Type::ScreenTitle,
        Weight::Semibold,
        theme.colors.text,
    )
}

/// A faint explanation that wraps.
pub fn hint(ui: &mut Ui, theme: &Theme, text: impl Into<String>) -> Response {
    let text = theme.rich(text, Type::Hint, Weight::Regular, theme.colors.faint);
    ui.add(egui::Label::new(text).wrap())
}

/// One line of at most `width` points, elided with an ellipsis. The whole text shows under the pointer.
pub fn fading_line(
    ui: &mut Ui,
    _theme: &Theme,
    text: impl Into<String>,
    kind: Type,
    weight: Weight,
    color: Color32,
    width: f32,
) -> Response {
    fading_lines(ui, text, kind, weight, color, (width, 1))
}

/// At most so many lines of at most `width` points, elided with an ellipsis. The whole text shows under the pointer.
pub fn fading_lines(
    ui: &mut Ui,
    text: impl Into<String>,
    kind: Type,
    weight: Weight,
    color: Color32,
    (width, lines): (f32, usize),
) -> Response {
    let text = text.into();
    let galley = layout(ui, text.clone(), kind, weight, color, width.max(8.0), lines);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    let elided = galley.elided;
    if ui.is_rect_visible(rect) {
        ui.painter().galley(rect.min, galley, color);
    }
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &text));
    if elided {
        response.on_hover_text(text)
    } else {
        response
    }
}
