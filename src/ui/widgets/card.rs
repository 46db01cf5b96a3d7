//! Cards and the frame of a screen.

use super::right::right_aligned;
use super::text::fading_line;
use crate::ui::theme::{Theme, Type, Weight, radius, space};
use egui::{
    Align, CornerRadius, Frame, InnerResponse, Layout, Margin, Response, ScrollArea, Sense, Stroke, Ui,
    UiBuilder, vec2,
};

/// Left and right of a screen, in points.
pub const SCREEN_MARGIN: f32 = 28.0;
/// A screen does not become wider than this, in points.
pub const SCREEN_WIDTH: f32 = 1280.0;

fn frame(theme: &Theme) -> Frame {
    Frame::new()
        .fill(theme.colors.panel)
        .stroke(Stroke::new(1.0, theme.colors.line))
        .corner_radius(CornerRadius::same(radius::CARD))
        .inner_margin(Margin::same(16))
}

/// A card as wide as there is room.
pub fn card<R>(ui: &mut Ui, theme: &Theme, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    frame(theme).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(space::S, space::S);
        add(ui)
    })
}

/// A card of this width and at least this height, both with its border.
pub fn card_sized<R>(
    ui: &mut Ui,
    theme: &Theme,
    width: f32,
    min_height: f32,
    add: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    let frame = frame(theme);
    let margin = frame.total_margin().sum();
    ui.allocate_ui_with_layout(vec2(width, min_height), Layout::top_down(Align::Min), |ui| {
        frame
            .show(ui, |ui| {
                ui.set_width((width - margin.x).max(0.0));
                ui.set_min_height((min_height - margin.y).max(0.0));
                ui.spacing_mut().item_spacing = vec2(space::S, space::S);
                add(ui)
            })
            .inner
    })
}

/// A thin line across.
pub fn divider(ui: &mut Ui, theme: &Theme) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(
        rect.x_range(),
        rect.center().y,
        Stroke::new(1.0, theme.colors.line),
    );
    response
}

/// The head of a screen: what it is on the left, what can be done on the right (written from left to right).
pub fn screen_header<R>(
    ui: &mut Ui,
    theme: &Theme,
    text: impl Into<String>,
    subtitle: impl Into<String>,
    actions: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    let (text, subtitle) = (text.into(), subtitle.into());
    let height = if subtitle.is_empty() { 36.0 } else { 48.0 };
    let id = ui.next_auto_id().with("actions");
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let actions = right_aligned(ui, id, rect, actions);
    let mut words = rect;
    words.max.x = (actions.response.rect.left() - space::L).max(rect.left() + 80.0);
    let mut child = ui.new_child(
        UiBuilder::new()
            .max_rect(words)
            .layout(Layout::top_down(Align::Min)),
    );
    child.spacing_mut().item_spacing.y = 0.0;
    let width = words.width();
    let colors = &theme.colors;
    fading_line(
        &mut child,
        theme,
        text,
        Type::ScreenTitle,
        Weight::Semibold,
        colors.text,
        width,
    );
    if !subtitle.is_empty() {
        fading_line(
            &mut child,
            theme,
            subtitle,
            Type::Body,
            Weight::Regular,
            colors.dim,
            width,
        );
    }
    InnerResponse::new(actions.inner, response)
}

/// A whole screen: scrolls when it is higher than the window, keeps its margins, and does not become too wide to read.
pub fn screen_frame<R>(ui: &mut Ui, theme: &Theme, add: impl FnOnce(&mut Ui) -> R) -> R {
    Frame::new()
        .fill(theme.colors.bg)
        .show(ui, |ui| {
            ScrollArea::vertical()
                .auto_shrink([false, false])
                .show(ui, |ui| {
                    Frame::new()
                        .inner_margin(Margin {
                            left: 28,
                            right: 28,
                            top: 24,
                            bottom: 24,
                        })
                        .show(ui, |ui| {
                            ui.set_width(ui.available_width().min(SCREEN_WIDTH));
                            ui.spacing_mut().item_spacing = vec2(space::L, space::L);
                            add(ui)
                        })
                        .inner
                })
                .inner
        })
        .inner
}
