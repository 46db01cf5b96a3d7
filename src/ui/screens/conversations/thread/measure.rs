//! How high the entries are: measured once, and again only when they or the room have changed.

use super::super::bubble::Around;
use super::{GAP, MARGIN, ThreadView, entry, lines};
use crate::domain::{MessageId, ThreadEntry};
use crate::ui::context::UiContext;
use crate::ui::read_model::Thread;
use crate::ui::text::Language;
use egui::Ui;

/// What the heights depend on besides the entries.
pub(super) type Look = (bool, u32, Language);

/// What the tops were measured for: revisions of the thread, of the files and of what is fetched, first and last entry,
/// how many, the line before the unseen.
pub(super) type Measured = ([u64; 3], MessageId, MessageId, usize, Option<MessageId>);

impl ThreadView {
    /// Measures what has changed since the last frame; whether anything has.
    pub(super) fn measure(&mut self, ui: &Ui, ctx: &UiContext<'_>, around: &Around<'_>) -> bool {
        let pixels = ui.ctx().pixels_per_point().to_bits();
        let look = Some((ctx.theme.dark, pixels, ctx.text.language()));
        if (self.width - around.width).abs() > 0.5 || self.look != look {
            self.heights.clear();
            self.measured = None;
            (self.width, self.look) = (around.width, look);
        }
        let thread = around.thread;
        let ends = thread.entries.first().zip(thread.entries.last());
        let measured = ends.map(|(first, last)| {
            let length = thread.entries.len();
            let revisions = [
                thread.revision,
                ctx.model.files_revision(),
                around.fetches.revision(),
            ];
            (revisions, first.id(), last.id(), length, self.unseen_from)
        });
        if measured.is_some() && self.measured == measured {
            return false;
        }
        if self.heights.len() > 2 * thread.entries.len() + 1_000 {
            self.heights.clear();
        }
        let mut tops = Vec::with_capacity(thread.entries.len() + 1);
        let mut at = MARGIN;
        for (index, entry) in thread.entries.iter().enumerate() {
            tops.push(at);
            let signature = entry::signature(ctx, entry, around.fetches);
            let known = self.heights.get(&entry.id());
            let height = match known.filter(|(known, _)| *known == signature) {
                Some((_, height)) => *height,
                None => {
                    let height = entry::height(ui, ctx, entry, around);
                    self.heights.insert(entry.id(), (signature, height));
                    height
                }
            };
            at += above(self.unseen_from, thread, index) + height + GAP;
        }
        tops.push(at);
        (self.tops, self.measured) = (tops, measured);
        true
    }
}

/// The room for lines above an entry.
pub(super) fn above(unseen_from: Option<MessageId>, thread: &Thread, index: usize) -> f32 {
    let day = if new_day(thread, index) { lines::DAY } else { 0.0 };
    let unseen = unseen_from.is_some() && thread.entries.get(index).map(ThreadEntry::id) == unseen_from;
    if unseen { day + lines::UNSEEN } else { day }
}

pub(super) fn new_day(thread: &Thread, index: usize) -> bool {
    let day = |index: usize| Some(thread.entries.get(index)?.at().local().date());
    let before = index.checked_sub(1).and_then(day);
    before.is_none() || before != day(index)
}
