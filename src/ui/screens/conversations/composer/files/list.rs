//! The list of files above the text, and what is said about all of them.

use super::super::text::note;
use super::card::Act;
use super::{FILES_MAX, Files, Said};
use crate::engine::AccountView;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::pictures::Pictures;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets;
use egui::{ScrollArea, Ui};

/// Height from which on the files scroll, in points: three of them and a half.
const HEIGHT_MAX: f32 = 204.0;
/// The same as a share of the window, where that is low.
const SHARE_MAX: f32 = 0.22;
/// Widest, so that name and buttons stay together, in points.
const WIDTH_MAX: f32 = 640.0;

impl Files {
    /// Draws the files and does what the operator wants done with them. `locked` while they are being sent.
    pub(in super::super) fn ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        pictures: &mut Pictures,
        account: &AccountView,
        locked: bool,
    ) {
        if self.slots.is_empty() {
            self.said_ui(ui, ctx);
            return;
        }
        let count = self.slots.len();
        let mut wanted = None;
        let height = HEIGHT_MAX.min(ui.ctx().content_rect().height() * SHARE_MAX);
        let reveal = self.reveal.take();
        ScrollArea::vertical()
            .id_salt("files")
            .max_width(ui.available_width().min(WIDTH_MAX))
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::XS;
                for (index, slot) in self.slots.iter().enumerate() {
                    let place = (index, count);
                    let drawn = ui.push_id(slot.key, |ui| {
                        let act = slot.ui(ui, ctx, pictures, account, place, locked);
                        if let Some(act) = act {
                            wanted = Some((index, act));
                        }
                    });
                    if reveal == Some(slot.key) {
                        drawn.response.scroll_to_me(None);
                    }
                }
            });
        if count > 1 {
            widgets::hint(ui, ctx.theme, t!(ctx, "composer-files-each", count = count));
        }
        self.said_ui(ui, ctx);
        let Some((index, act)) = wanted.filter(|_| !locked) else {
            return;
        };
        let account = account.account.id;
        match act {
            Act::Remove => self.remove(index),
            Act::Earlier => self.slots.swap(index, index.saturating_sub(1)),
            Act::Later => self.slots.swap(index, (index + 1).min(count - 1)),
            Act::Smaller => self.make_smaller(ctx, account, index),
            Act::Undo => self.undo(index),
            Act::Change(change) => self.change(ctx, account, index, change),
        }
    }

    fn said_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let words = match &self.said {
            Some(Said::TooMany(count)) => {
                t!(ctx, "composer-files-left-out", max = FILES_MAX, count = *count)
            }
            Some(Said::Same(name)) => t!(ctx, "composer-file-same", name = name.as_str()),
            None => return,
        };
        note(ui, ctx.theme, Tone::Warn, words);
    }
}
