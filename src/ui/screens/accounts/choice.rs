//! One of several things to choose from, with what it means: a round mark, its name, and a line below.

use crate::ui::context::UiContext;
use crate::ui::theme::{Type, Weight, radius, space};
use crate::ui::widgets::focus_ring;
use crate::ui::widgets::text::layout;
use egui::{CursorIcon, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

/// The mark with what is free behind it, in points.
const BEFORE: f32 = 26.0;
/// Above and below the words, in points.
const ABOVE: f32 = 4.0;

/// Draws it. The name is its accessible name, the line below its description.
pub(super) fn choice_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    name: &str,
    means: &str,
    selected: bool,
) -> Response {
    let colors = &ctx.theme.colors;
    let width = ui.available_width();
    let room = (width - BEFORE).max(60.0);
    let title = layout(ui, name, Type::Body, Weight::Medium, colors.text, room, 2);
    let below = layout(ui, means, Type::Hint, Weight::Regular, colors.faint, room, 5);
    let height = title.size().y + below.size().y + 2.0 * ABOVE;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), selected, name));
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_description(means));
    if ui.is_rect_visible(rect) {
        let center = pos2(rect.left() + 9.0, rect.top() + ABOVE + title.size().y / 2.0);
        let color = if selected {
            colors.accent
        } else if response.hovered() {
            colors.text
        } else {
            colors.faint
        };
        let painter = ui.painter();
        painter.circle_stroke(center, 7.0, Stroke::new(1.5, color));
        if selected {
            painter.circle_filled(center, 3.5, color);
        }
        let at = pos2(rect.left() + BEFORE, rect.top() + ABOVE);
        let next = pos2(at.x, at.y + title.size().y);
        painter.galley(at, title, colors.text);
        painter.galley(next, below, colors.faint);
    }
    focus_ring(ui, ctx.theme, &response, radius::PILL);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// The group of them: what a screen reader says before the first.
pub(super) fn group_ui<R>(ui: &mut Ui, name: String, add: impl FnOnce(&mut Ui) -> R) -> R {
    let group = ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        add(ui)
    });
    ui.ctx().accesskit_node_builder(group.response.id, |node| {
        node.set_role(Role::RadioGroup);
        node.set_label(name);
    });
    group.inner
}
