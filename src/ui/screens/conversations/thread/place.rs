//! Where the reader is, where the thread goes from there, and what has been seen.

use super::measure::above;
use super::{MARGIN, MARKED, NEAR, ThreadView, Whose, lines};
use crate::domain::{ConversationId, MessageId, ThreadEntry};
use crate::engine::{Command, InboxCommand};
use crate::t;
use crate::ui::context::{ToastKind, UiAction, UiContext};
use crate::ui::read_model::{Thread, Want};
use egui::{Rect, Ui};

impl ThreadView {
    /// Where what is seen has to begin, if that is elsewhere than in the last frame.
    pub(super) fn target(
        &mut self,
        ctx: &UiContext<'_>,
        id: ConversationId,
        thread: &Thread,
        tops: &[f32],
        (changed, view): (bool, f32),
    ) -> Option<f32> {
        let end = tops.last().copied().unwrap_or_default() + MARGIN - view;
        let unseen_from = self.unseen_from;
        let bubble_top = |wanted: MessageId| {
            let index = thread.position(wanted)?;
            Some(tops.get(index)? + above(unseen_from, thread, index))
        };
        if self.follow && thread.has_newer() {
            if ctx.model.thread(id).is_some_and(|thread| thread.error.is_none()) {
                ctx.want(Want::Newest(id));
            }
        } else {
            self.to_end |= std::mem::take(&mut self.follow);
        }
        if !std::mem::replace(&mut self.opened, true) {
            // At its end from the first frame on, or the older entries would be read for nothing; but nothing that has
            // not been seen is passed over.
            self.to_end = false;
            let unseen = self.unseen_from.and_then(bubble_top);
            return Some(unseen.map_or(end, |top| (top - lines::UNSEEN - lines::DAY).min(end)));
        }
        self.newest = thread.entries.last().map(ThreadEntry::id);
        if self.sent_after.is_some_and(|before| before != self.newest) {
            self.sent_after = None;
            self.to_end = true;
        }
        let resized = (std::mem::replace(&mut self.view, view) - view).abs() > 0.5;
        if std::mem::take(&mut self.to_end) {
            return Some(end);
        }
        if let Some(wanted) = self.seeking {
            if let Some(top) = bubble_top(wanted) {
                self.seeking = None;
                self.marked = Some((wanted, ctx.now.plus(MARKED)));
                return Some(top - view / 3.0);
            }
            if !thread.has_older || thread.older_error.is_some() {
                self.seeking = None;
                ctx.act(UiAction::Toast(ToastKind::Info, t!(ctx, "thread-not-found")));
            }
        }
        if self.at_end && !self.had_newer && !thread.has_newer() {
            // Whoever is at the end stays there, whether the newest entry grows or the composer takes room.
            return (changed || resized).then_some(end);
        }
        if !changed {
            return None;
        }
        let (anchor, below) = self.anchor?;
        Some(bubble_top(anchor)? - below)
    }

    /// Remembers where the reader is.
    pub(super) fn note_place(
        &mut self,
        thread: &Thread,
        tops: &[f32],
        offset: f32,
        (view, total): (f32, f32),
    ) {
        self.at_end = offset + view >= total - 2.0;
        let first = tops.partition_point(|top| *top <= offset).saturating_sub(1);
        let top = tops.get(first).zip(thread.entries.get(first));
        // The bubble is what must not move; the day line above it may go when older entries of that day come.
        self.anchor =
            top.map(|(top, entry)| (entry.id(), top + above(self.unseen_from, thread, first) - offset));
    }

    /// Asks for what is near, and tells where the reader is.
    pub(super) fn want_more(
        &mut self,
        ctx: &UiContext<'_>,
        id: ConversationId,
        thread: &Thread,
        (viewport, total): (Rect, f32),
    ) {
        let reader = match (self.seeking, self.anchor) {
            (Some(_), _) => thread.entries.first().map(ThreadEntry::id),
            _ if self.at_end && !thread.has_newer() => None,
            (None, anchor) => anchor.map(|(id, _)| id),
        };
        ctx.want(Want::Reader(id, reader));
        if thread.has_older && (viewport.top() < NEAR || self.seeking.is_some()) {
            ctx.want(Want::Older(id));
        }
        if thread.has_newer() && viewport.bottom() > total - NEAR {
            ctx.want(Want::Newer(id));
        }
    }

    /// Notes, when a conversation is opened, from where on it has not been seen.
    pub(super) fn note_unseen(&mut self, whose: Whose<'_>, thread: &Thread) {
        if self.opened {
            return;
        }
        let incoming = thread
            .entries
            .iter()
            .rev()
            .filter(|entry| entry.incoming().is_some());
        let nth = (whose.unread.unwrap_or_default() as usize).checked_sub(1);
        self.unseen_from = nth.and_then(|nth| incoming.map(ThreadEntry::id).nth(nth));
    }

    /// Tells once that the newest entry has been seen: when it is in sight of somebody.
    pub(super) fn tell_seen(&mut self, ui: &Ui, ctx: &UiContext<'_>, whose: Whose<'_>, thread: &Thread) {
        let newest = thread.entries.last().map(ThreadEntry::id);
        let in_sight = self.at_end && !thread.has_newer() && ui.input(|input| input.focused);
        let came_last = || {
            thread
                .entries
                .last()
                .is_some_and(|entry| entry.incoming().is_some())
        };
        if in_sight
            && self.seen != newest
            && whose.unread.map_or_else(came_last, |unread| unread > 0)
            && let Some(newest) = newest
        {
            self.seen = Some(newest);
            ctx.send(Command::Inbox(InboxCommand::Seen(whose.conversation.id, newest)));
        }
    }
}
