//! What stands between and over the bubbles: day lines, the line before what has not been seen, the way to the end, and
//! what could not be read.

use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{self, Type, Weight, icons, radius, shadow, space};
use crate::ui::widgets;
use crate::ui::widgets::text::{layout, paint_icon};
use egui::{
    Align, CornerRadius, CursorIcon, Frame, Layout, Margin, Rect, Role, Sense, Stroke, Ui, UiBuilder, Vec2,
    WidgetInfo, pos2, vec2,
};

/// Height of a day line.
pub(super) const DAY: f32 = 40.0;
/// Height of the line before what has not been seen.
pub(super) const UNSEEN: f32 = 36.0;
/// Diameter of the button that leads to the end.
const END: f32 = 38.0;

/// A day, in the middle of `place`.
pub(super) fn day_ui(ui: &Ui, ctx: &UiContext<'_>, words: String, place: Rect) {
    let color = ctx.theme.colors.faint;
    let line = layout(ui, words, Type::Hint, Weight::Regular, color, place.width(), 1);
    let at = place.center() - line.size() / 2.0;
    ui.painter().galley(at, line, color);
}

/// The line before what has not been seen.
pub(super) fn unseen_ui(ui: &Ui, ctx: &UiContext<'_>, place: Rect) {
    let color = ctx.theme.colors.accent;
    let words = t!(ctx, "thread-unread-line");
    let line = layout(
        ui,
        words.as_str(),
        Type::Hint,
        Weight::Medium,
        color,
        place.width(),
        1,
    );
    let middle = place.center();
    let half = line.size().x / 2.0 + space::M;
    let stroke = Stroke::new(1.0, theme::faded(color, 0.45));
    ui.painter()
        .hline(place.left()..=middle.x - half, middle.y, stroke);
    ui.painter()
        .hline(middle.x + half..=place.right(), middle.y, stroke);
    ui.painter().galley(middle - line.size() / 2.0, line, color);
    let response = ui.interact(place, ui.scope_id().with("unseen line"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
}

/// The button that leads to the end, with how many have come that were not seen; whether it was pressed.
pub(super) fn to_end_ui(ui: &Ui, ctx: &UiContext<'_>, view: Rect, unseen: u32) -> bool {
    let colors = &ctx.theme.colors;
    let center = pos2(
        view.right() - space::L - END / 2.0,
        view.bottom() - space::L - END / 2.0,
    );
    let rect = Rect::from_center_size(center, Vec2::splat(END));
    let response = ui.interact(rect, ui.scope_id().with("to the end"), Sense::click());
    let name = t!(ctx, "thread-to-end", count = unseen);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let painter = ui.painter();
    let corners = CornerRadius::same((END / 2.0) as u8);
    painter.add(shadow(ctx.theme.dark).as_shape(rect, corners));
    let ground = if response.hovered() {
        ctx.theme.hovered(colors.panel)
    } else {
        colors.panel
    };
    painter.circle(center, END / 2.0, ground, Stroke::new(1.0, colors.line));
    paint_icon(ui, center, icons::ARROW_DOWN, 18.0, colors.text);
    if unseen > 0 {
        let at = pos2(rect.right() - 6.0, rect.top() + 4.0);
        widgets::paint_badge(ui, ctx.theme, at, unseen as usize);
    }
    widgets::focus_ring(ui, ctx.theme, &response, (END / 2.0) as u8);
    response
        .on_hover_text(name)
        .on_hover_cursor(CursorIcon::PointingHand)
        .clicked()
}

/// That a page could not be read, over the end of the thread where it is missing; whether it is to be tried again.
pub(super) fn unreadable_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: Rect, at_top: bool, said: &str) -> bool {
    let (foreground, ground) = ctx.theme.tone(theme::Tone::Bad);
    let height = 48.0;
    let top = if at_top {
        view.top() + space::S
    } else {
        view.bottom() - space::S - height
    };
    let place = Rect::from_min_size(
        pos2(view.left() + space::L, top),
        vec2(view.width() - 2.0 * space::L, height),
    );
    let builder = UiBuilder::new().id_salt(("unreadable", at_top)).max_rect(place);
    ui.scope_builder(builder, |ui| {
        Frame::new()
            .fill(ground)
            .corner_radius(CornerRadius::same(radius::ROW))
            .inner_margin(Margin::symmetric(12, 7))
            .show(ui, |ui| {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let again = widgets::Button::secondary(t!(ctx, "try-again"))
                        .small()
                        .color(foreground)
                        .show(ui, ctx.theme)
                        .clicked();
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        widgets::icon(ui, ctx.theme, icons::ALERT, 16.0, foreground);
                        let words = if at_top {
                            t!(ctx, "thread-older-unreadable", words = said)
                        } else {
                            t!(ctx, "thread-newer-unreadable", words = said)
                        };
                        let room = ui.available_width();
                        let color = ctx.theme.colors.text;
                        widgets::fading_line(
                            ui,
                            ctx.theme,
                            words,
                            Type::Secondary,
                            Weight::Regular,
                            color,
                            room,
                        );
                    });
                    again
                })
                .inner
            })
            .inner
    })
    .inner
}
