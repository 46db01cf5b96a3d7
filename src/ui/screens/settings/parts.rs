//! What the settings are made of: cards, rows, places for controls.

use crate::ui::context::UiContext;
use crate::ui::theme::{Type, Weight, space};
use crate::ui::widgets;
use egui::{Align, Layout, Ui, pos2, vec2};

/// A card with a title.
pub(super) fn section(ui: &mut Ui, ctx: &UiContext<'_>, key: &str, add: impl FnOnce(&mut Ui)) {
    let theme = ctx.theme;
    widgets::card(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = space::M;
        let title = ctx.text.get(key);
        widgets::label(
            ui,
            theme,
            title,
            Type::PaneTitle,
            Weight::Semibold,
            theme.colors.text,
        );
        add(ui);
    });
}

/// What it is and what it does on the left, the control on the right.
pub(super) fn row(ui: &mut Ui, ctx: &UiContext<'_>, title: &str, help: &str, control: impl FnOnce(&mut Ui)) {
    let theme = ctx.theme;
    let id = ui.next_auto_id().with(title);
    let known: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(240.0);
    let width = ui.available_width();
    let room = (width - known - space::L).max(120.0);
    let words = |ui: &Ui, text: &str, kind, weight, color| {
        widgets::text::layout(ui, text, kind, weight, color, room, 4)
    };
    let without_help = help.is_empty();
    let title = words(ui, title, Type::Body, Weight::Medium, theme.colors.text);
    let help = words(ui, help, Type::Hint, Weight::Regular, theme.colors.faint);
    let help_height = if without_help { 0.0 } else { help.size().y };
    let words_height = title.size().y + help_height;
    let (rect, response) = ui.allocate_exact_size(vec2(width, words_height.max(36.0)), egui::Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(
            egui::Role::Label,
            true,
            format!("{} {}", title.text(), help.text()).trim(),
        )
    });
    let top = rect.center().y - words_height / 2.0;
    let below = top + title.size().y;
    ui.painter()
        .galley(pos2(rect.left(), top), title, theme.colors.text);
    ui.painter()
        .galley(pos2(rect.left(), below), help, theme.colors.faint);

    // The control is as wide as it was in the frame before, so that it ends at the right edge.
    let mut place = rect;
    place.min.x = rect.right() - known;
    let mut child = ui.new_child(
        egui::UiBuilder::new()
            .id_salt(id)
            .max_rect(place)
            .layout(Layout::left_to_right(Align::Center)),
    );
    child.spacing_mut().item_spacing.x = space::S;
    control(&mut child);
    let used = child.min_rect().width();
    if (used - known).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(id, used));
        ui.ctx().request_discard("the control of a setting was measured");
    }
}

/// A place of a fixed width, for a control that takes all the width there is.
pub(super) fn control(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(width, 36.0), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        add(ui);
    });
}
