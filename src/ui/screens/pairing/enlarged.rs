//! The code as large as the window: to be scanned from across the room.

use super::PairingScreen;
use super::during::stale_ui;
use super::parts::is_stale;
use crate::domain::pairing::PairingPhase;
use crate::engine::AccountView;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Type, Weight, icons, space};
use crate::ui::widgets::{Button, label};
use egui::{Align, Context, Frame, Id, Layout, Margin, Modal, Role, vec2};

impl PairingScreen {
    pub(super) fn enlarged_ui(&mut self, context: &Context, ctx: &UiContext<'_>, view: &AccountView) {
        if !self.enlarged {
            return;
        }
        let PairingPhase::Code {
            code, received_at, ..
        } = &view.pairing.phase
        else {
            return;
        };
        let window = context.content_rect().size();
        let frame = Frame::new()
            .fill(ctx.theme.colors.bg)
            .inner_margin(Margin::same(20));
        let shown = Modal::new(Id::unique("enlarged-pairing-code"))
            .frame(frame)
            .show(context, |ui| {
                let inside = window - vec2(40.0, 40.0);
                ui.set_min_size(inside);
                ui.set_max_size(inside);
                ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                    node.set_role(Role::Dialog);
                    node.set_modal();
                    node.set_label(t!(ctx, "pairing-code-image"));
                });
                let age = t!(
                    ctx,
                    "pairing-code-age",
                    age = ctx.text.duration(ctx.now.since(*received_at))
                );
                let mut close = false;
                ui.horizontal(|ui| {
                    ui.set_width(inside.x);
                    let colors = &ctx.theme.colors;
                    label(ui, ctx.theme, age, Type::PaneTitle, Weight::Medium, colors.text);
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        close = Button::secondary(t!(ctx, "pairing-shrink-code"))
                            .icon(icons::COLLAPSE)
                            .shortcut("Esc")
                            .show(ui, ctx.theme)
                            .clicked();
                    });
                });
                ui.add_space(space::S);
                let room = ui.available_size();
                let side = room.x.min(room.y).max(64.0);
                let old = is_stale(*received_at, ctx.now);
                ui.vertical_centered(|ui| {
                    let name = t!(ctx, "pairing-code-image-large");
                    let place = self.enlarged_painter.show(ui, code, side, &name, old).rect;
                    if old {
                        stale_ui(ui, ctx, place);
                    }
                });
                close
            });
        if shown.inner || shown.should_close() {
            self.enlarged = false;
        }
    }
}
