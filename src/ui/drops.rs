//! Files that are dragged over the window: what will become of them is written across it, and where nothing takes them
//! that is said.

use super::context::{ToastKind, UiAction, UiContext};
use super::theme::{Type, Weight, faded, icons, radius};
use super::widgets::text::{layout, paint_icon};
use crate::t;
use egui::{
    Context, CornerRadius, Id, LayerId, Order, Rect, Role, Sense, Stroke, StrokeKind, WidgetInfo, vec2,
};

/// Draws what will become of files over the window, after the screen has taken what was dropped on it.
pub fn ui(egui: &Context, ctx: &UiContext<'_>) {
    let taken = ctx.take_drop_words();
    let (hovering, dropped) = egui.input_mut(|input| {
        let dropped = std::mem::take(&mut input.raw.dropped_files);
        (!input.raw.hovered_files.is_empty(), !dropped.is_empty())
    });
    if dropped {
        ctx.act(UiAction::Toast(ToastKind::Info, t!(ctx, "drop-nowhere")));
    }
    if !hovering {
        return;
    }
    let (words, icon, is_taken) = match taken {
        Some(words) => (words, icons::PAPERCLIP, true),
        None => (t!(ctx, "drop-nowhere"), icons::BAN, false),
    };
    overlay_ui(egui, ctx, words, icon, is_taken);
}

fn overlay_ui(egui: &Context, ctx: &UiContext<'_>, words: String, icon: &str, is_taken: bool) {
    let colors = &ctx.theme.colors;
    let whole = egui.content_rect();
    let color = if is_taken { colors.accent } else { colors.dim };
    egui::Area::new(Id::unique("drop overlay"))
        .order(Order::Foreground)
        .fixed_pos(whole.min)
        .interactable(false)
        .show(egui, |ui| {
            let painter = ui.painter();
            painter.rect_filled(whole, 0.0, faded(colors.bg, 0.72));
            let frame = whole.shrink(12.0);
            let corners = CornerRadius::same(radius::CARD);
            let line = Stroke::new(2.0, color);
            painter.rect_stroke(frame, corners, line, StrokeKind::Inside);
            let width = (frame.width() - 120.0).clamp(120.0, 520.0);
            let galley = layout(
                ui,
                words.as_str(),
                Type::PaneTitle,
                Weight::Semibold,
                colors.text,
                width,
                3,
            );
            let size = galley.size() + vec2(56.0, 76.0);
            let card = Rect::from_center_size(whole.center(), size);
            let painter = ui.painter();
            painter.rect_filled(card, corners, colors.panel);
            painter.rect_stroke(card, corners, Stroke::new(1.0, colors.line), StrokeKind::Inside);
            paint_icon(ui, card.center_top() + vec2(0.0, 30.0), icon, 24.0, color);
            let at = card.center_bottom() - vec2(galley.size().x / 2.0, galley.size().y + 20.0);
            ui.painter().galley(at, galley, colors.text);
            let response = ui.allocate_rect(whole, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Alert, true, &words));
        });
    egui.move_to_top(LayerId::new(Order::Foreground, Id::unique("drop overlay")));
}
