//! Dialogs over the window.

use super::text::label;
use crate::ui::theme::{Theme, Type, Weight, backdrop, radius, shadow, space};
use egui::{
    Context, CornerRadius, FocusDirection, Frame, Id, Key, Margin, Modal, Modifiers, Role, ScrollArea,
    Stroke, Ui, vec2,
};

/// How wide a dialog is, in points, where the window allows.
pub const DIALOG_WIDTH: f32 = 440.0;

/// Room for the focus ring of controls at the edge of what scrolls, in points.
const RING: i8 = 4;

/// Room for the bar of what scrolls, beside its contents, in points.
const BAR: i8 = 12;

/// What became of a dialog in this frame.
#[derive(Debug)]
pub struct DialogResponse<R> {
    /// What its contents answered.
    pub inner: Option<R>,
    /// Whether the operator wants it closed: Esc, or a click beside it.
    pub should_close: bool,
}

/// Shows a dialog. The window behind it can't be reached; Esc closes it. The keyboard goes to its first control.
pub fn dialog<R>(
    context: &Context,
    theme: &Theme,
    id: impl std::hash::Hash + std::fmt::Debug,
    title: impl Into<String>,
    add: impl FnOnce(&mut Ui) -> R,
) -> DialogResponse<R> {
    dialog_sized(context, theme, id, title, DIALOG_WIDTH, add)
}

/// Shows a dialog of another width.
pub fn dialog_sized<R>(
    context: &Context,
    theme: &Theme,
    id: impl std::hash::Hash + std::fmt::Debug,
    title: impl Into<String>,
    width: f32,
    add: impl FnOnce(&mut Ui) -> R,
) -> DialogResponse<R> {
    let id = Id::unique(("dialog", id));
    let title = title.into();
    let window = context.content_rect().size();
    let width = width.min(window.x - 2.0 * space::XL).max(120.0);
    let frame = Frame::new()
        .fill(theme.colors.panel)
        .stroke(Stroke::new(1.0, theme.colors.line))
        .corner_radius(CornerRadius::same(radius::CARD))
        .inner_margin(Margin {
            right: 24 - RING - BAR,
            ..Margin::same(24 - RING)
        })
        .shadow(shadow(theme.dark));
    let shown = Modal::new(id)
        .frame(frame)
        .backdrop_color(backdrop(theme.dark))
        .show(context, |ui| {
            ui.set_width((width - f32::from(2 * (24 - RING) - BAR)).max(80.0));
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                node.set_role(Role::Dialog);
                node.set_modal();
                node.set_label(title.as_str());
            });
            ui.spacing_mut().item_spacing = vec2(space::S, space::M - f32::from(RING));
            let margin = Margin::symmetric(RING, 0);
            Frame::new().inner_margin(margin).show(ui, |ui| {
                let color = theme.colors.text;
                label(
                    ui,
                    theme,
                    title.as_str(),
                    Type::PaneTitle,
                    Weight::Semibold,
                    color,
                );
            });
            ScrollArea::vertical()
                .max_height((window.y - 160.0).max(120.0))
                // An area keeps the height of the frame before; without this the contents could not grow.
                .min_scrolled_height((window.y - 160.0).max(120.0))
                .content_margin(Margin {
                    right: RING + BAR,
                    ..Margin::same(RING)
                })
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    ui.spacing_mut().item_spacing = vec2(space::S, space::M);
                    focus_inside(ui, id);
                    add(ui)
                })
                .inner
        });
    DialogResponse {
        should_close: shown.should_close(),
        inner: Some(shown.inner),
    }
}

/// In the frame in which a dialog appears, the keyboard goes to its first control (unless one asks for it), and the key
/// that opened the dialog does not press that control too. To be called before the contents are drawn.
fn focus_inside(ui: &Ui, id: Id) {
    let context = ui.ctx();
    let frame = context.cumulative_frame_nr();
    let seen = id.with("seen");
    let before: Option<u64> = context.data(|data| data.get_temp(seen));
    let fresh = before.is_none_or(|before| frame > before + 1);
    let focused = context.memory(egui::Memory::focused);
    if fresh && let Some(focused) = focused {
        context.data_mut(|data| data.insert_temp(before_dialog(), focused));
    }
    if ui.is_sizing_pass() {
        // The pass in which egui only measures, and in which nothing can have the keyboard.
        return;
    }
    context.data_mut(|data| data.insert_temp(seen, frame));
    if !fresh {
        return;
    }
    context.input_mut(|input| {
        input.consume_key(Modifiers::NONE, Key::Enter);
        input.consume_key(Modifiers::NONE, Key::Space);
    });
    context.memory_mut(|memory| {
        if let Some(focused) = focused {
            memory.surrender_focus(focused);
        }
        memory.move_focus(FocusDirection::Next);
    });
}

fn before_dialog() -> Id {
    Id::unique("what had the keyboard before a dialog")
}

/// Gives the keyboard back to the widget that had it before a dialog, once the dialog is gone and nothing else has
/// taken it.
pub(super) fn return_focus(ui: &Ui, response: &egui::Response) {
    let context = ui.ctx();
    let waiting: Option<Id> = context.data(|data| data.get_temp(before_dialog()));
    if waiting != Some(response.id) {
        return;
    }
    let free = context.memory(|memory| memory.top_modal_layer().is_none() && memory.focused().is_none());
    if free {
        context.data_mut(|data| data.remove::<Id>(before_dialog()));
        response.request_focus();
    }
}
