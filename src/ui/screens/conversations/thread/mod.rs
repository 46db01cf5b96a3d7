//! The thread: bubbles of different heights, of which only the visible ones are laid out and painted. It stays where
//! the reader is when older entries are read, new ones come, or pages far away are dropped.

mod entry;
mod lines;
mod measure;
mod place;
mod preparing;
mod risk;

use super::bubble::{Around, Tools, Wish};
use super::composer::window::free_text;
use super::fetches::Fetches;
use crate::domain::window::FreeText;
use crate::domain::{Conversation, MessageId, Timestamp};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::read_model::{Thread, Want};
use crate::ui::theme::{Tone, icons};
use crate::ui::widgets::{self, Button};
use egui::{Align, Layout, Rect, ScrollArea, Ui, vec2};
use entry::Signature;
use measure::{Look, Measured, above, new_day};
use std::collections::HashMap;
use std::time::Duration;

/// Room between two bubbles.
const GAP: f32 = 6.0;
/// Room at both ends.
const MARGIN: f32 = 20.0;
/// Room at the sides.
const GUTTER: f32 = 20.0;
/// From this far on more is read.
const NEAR: f32 = 400.0;
/// Farther from the end than this, a button leads there.
const FAR: f32 = 160.0;
/// How long an entry that was jumped to is marked.
const MARKED: Duration = Duration::from_millis(1_600);

/// The thread that is shown: what was measured, so that an entry is laid out again only when it or the room has
/// changed, and where the reader is.
#[derive(Default)]
pub(super) struct ThreadView {
    heights: HashMap<MessageId, (Signature, f32)>,
    /// The top of every entry and the end of the last, and what they were measured for.
    tops: Vec<f32>,
    measured: Option<Measured>,
    width: f32,
    look: Option<Look>,
    /// The first entry in sight, and how far below the top of what is seen its bubble begins.
    anchor: Option<(MessageId, f32)>,
    /// Whether the reader saw the end of the last entry in the last frame, and whether it was the newest.
    at_end: bool,
    had_newer: bool,
    opened: bool,
    to_end: bool,
    /// The operator wants the newest entry, which is not read yet.
    follow: bool,
    /// Something was sent when this was the newest entry: whatever comes after it is shown.
    sent_after: Option<Option<MessageId>>,
    /// The newest entry, and how much of the thread is seen, in points, in the last frame.
    newest: Option<MessageId>,
    view: f32,
    /// What is looked for further up.
    seeking: Option<MessageId>,
    marked: Option<(MessageId, Timestamp)>,
    /// The first entry that had not been seen when the conversation was opened.
    unseen_from: Option<MessageId>,
    /// Up to which entry it was told that it has been seen.
    seen: Option<MessageId>,
    risk: risk::Risk,
}

/// Whose thread it is.
#[derive(Clone, Copy)]
pub(super) struct Whose<'a> {
    /// The conversation.
    pub(super) conversation: &'a Conversation,
    /// How many of its messages have not been seen; `None` while no list that has been read tells.
    pub(super) unread: Option<u32>,
    /// Files that were asked for.
    pub(super) fetches: &'a Fetches,
}

/// What the screen around the thread is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ThreadWish {
    /// The history of a message.
    History(MessageId),
    /// A picture, large.
    View(MessageId),
    /// The file of a message, from where it is.
    Fetch(MessageId),
    /// That file is not wanted any more.
    StopFetching(MessageId),
    /// A template in place of a text that would be refused again.
    Template,
}

impl ThreadView {
    /// Shows the end with the next frame.
    pub(super) fn go_to_end(&mut self) {
        self.to_end = true;
        self.follow = true;
        self.seeking = None;
    }

    /// Something was sent: shows the end, and what was sent as soon as it is read.
    pub(super) fn follow_sent(&mut self) {
        self.go_to_end();
        self.sent_after = Some(self.newest);
    }

    /// Shows a message, however far up it is.
    pub(super) fn seek(&mut self, message: MessageId) {
        self.seeking = Some(message);
        self.to_end = false;
        self.sent_after = None;
        self.follow = false;
    }

    /// Draws a thread; answers what is asked of the screen around.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        whose: Whose<'_>,
        tools: &mut Tools<'_>,
    ) -> Option<ThreadWish> {
        let id = whose.conversation.id;
        ctx.want(Want::Thread(id));
        let loaded = ctx.model.thread(id)?;
        let Some(thread) = &loaded.value else {
            match &loaded.error {
                Some(words) => {
                    let title = t!(ctx, "conversations-unreadable");
                    widgets::banner(ui, ctx.theme, Tone::Bad, icons::ALERT, title, words, |ui| {
                        let again = Button::secondary(t!(ctx, "try-again")).small();
                        if again.show(ui, ctx.theme).clicked() {
                            ctx.want(Want::ThreadAgain(id));
                        }
                    });
                }
                None => skeleton_ui(ui, ctx),
            }
            return None;
        };
        if thread.entries.is_empty() {
            let (title, body) = (
                t!(ctx, "conversations-thread-empty"),
                t!(ctx, "conversations-thread-empty-body"),
            );
            widgets::empty_state(ui, ctx.theme, icons::MESSAGES, title, body, None);
            return None;
        }
        let view = ui.available_rect_before_wrap();
        self.entries_ui(ui, ctx, whose, thread, tools);
        self.over_ui(ui, ctx, whose, thread, (loaded.error.as_deref(), view));
        self.tell_seen(ui, ctx, whose, thread);
        self.risk.ui(ui, ctx, whose.conversation.account);
        self.take_wishes(tools)
    }

    fn entries_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        whose: Whose<'_>,
        thread: &Thread,
        tools: &mut Tools<'_>,
    ) {
        let id = whose.conversation.id;
        let contact = super::list::display_name(whose.conversation);
        let account = ctx.live.account(whose.conversation.account);
        let account = account.filter(|account| account.capabilities.templates.is_some());
        let around = Around {
            thread,
            contact: &contact,
            width: ui.available_width() - 2.0 * GUTTER,
            fetches: whose.fetches,
            free: account.map_or(FreeText::Always, |account| {
                free_text(ctx, account, whose.conversation)
            }),
        };
        self.note_unseen(whose, thread);
        let changed = self.measure(ui, ctx, &around);
        let tops = std::mem::take(&mut self.tops);
        let total = tops.last().copied().unwrap_or_default() + MARGIN;
        let view = ui.available_height();
        let target = self.target(ctx, id, thread, &tops, (changed, view));
        // Whoever is at the end of what is kept is not at the newest entry, and does not go along with the end.
        let stick = !thread.has_newer() && !self.had_newer && target.is_none();
        let area = ScrollArea::vertical()
            .id_salt(("thread", id.0))
            .auto_shrink(false)
            .animated(false)
            .stick_to_bottom(stick);
        area.show_viewport(ui, |ui, viewport| {
            // A short thread stands at the bottom, where the next message will be.
            let lead = (view - total).max(0.0);
            ui.set_height(total.max(view));
            let origin = ui.max_rect().min + vec2(GUTTER, lead);
            match target {
                Some(target) => {
                    // Not by the area's offset: what lies beyond its bounds of the last frame would be sprung back.
                    // This is in effect after the frame, which is drawn again.
                    let target = target.clamp(0.0, (total - view).max(0.0));
                    ui.scroll_with_delta(vec2(0.0, viewport.top() - target));
                    ui.ctx().request_discard("the thread is shown elsewhere");
                    self.note_place(thread, &tops, target, (view, total));
                }
                None => {
                    self.note_place(thread, &tops, viewport.top(), (view, total));
                    self.want_more(ctx, id, thread, (viewport, total));
                }
            }
            let from = tops
                .partition_point(|top| *top + lead < viewport.top())
                .saturating_sub(1);
            for (index, entry) in thread.entries.iter().enumerate().skip(from) {
                let Some(top) = tops.get(index).filter(|top| **top + lead <= viewport.bottom()) else {
                    break;
                };
                let corner = origin + vec2(0.0, *top);
                let corner = self.above_ui(ui, ctx, thread, index, (corner, around.width));
                let marked = self.marked.is_some_and(|(id, _)| id == entry.id());
                entry::entry_ui(ui, ctx, tools, entry, &around, (corner, marked));
            }
        });
        self.tops = tops;
        self.had_newer = thread.has_newer();
    }

    /// Draws the lines above an entry; answers where its bubble begins.
    fn above_ui(
        &self,
        ui: &Ui,
        ctx: &UiContext<'_>,
        thread: &Thread,
        index: usize,
        (corner, width): (egui::Pos2, f32),
    ) -> egui::Pos2 {
        let mut corner = corner;
        let Some(entry) = thread.entries.get(index) else {
            return corner;
        };
        if new_day(thread, index) {
            let words = ctx.text.day_line(entry.at(), ctx.now);
            let place = Rect::from_min_size(corner, vec2(width, lines::DAY));
            lines::day_ui(ui, ctx, words, place);
            corner.y += lines::DAY;
        }
        if Some(entry.id()) == self.unseen_from {
            let place = Rect::from_min_size(corner, vec2(width, lines::UNSEEN - GAP));
            lines::unseen_ui(ui, ctx, place);
            corner.y += lines::UNSEEN;
        }
        corner
    }

    /// What stands over the entries.
    fn over_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        whose: Whose<'_>,
        thread: &Thread,
        (error, view): (Option<&str>, Rect),
    ) {
        let id = whose.conversation.id;
        let marked_until = self.marked.map(|(_, until)| until);
        match marked_until {
            Some(until) if until > ctx.now => ctx.wake_at(until),
            _ => self.marked = None,
        }
        if self.seeking.is_some() && ui.input(|input| input.smooth_scroll_delta().y.abs() > 0.0) {
            self.seeking = None;
        }
        let end = self.tops.last().copied().unwrap_or_default() + MARGIN;
        let shown = self.anchor.and_then(|(anchor, below)| {
            let index = thread.position(anchor)?;
            Some(self.tops.get(index)? + above(self.unseen_from, thread, index) - below)
        });
        let left = shown.map_or(0.0, |top| end - top - view.height());
        if (left > FAR || thread.has_newer())
            && lines::to_end_ui(ui, ctx, view, whose.unread.unwrap_or_default())
        {
            self.go_to_end();
            ui.ctx().request_repaint();
        }
        let near_top = shown.is_some_and(|top| top < NEAR);
        if let Some(said) = thread.older_error.as_deref().filter(|_| near_top)
            && lines::unreadable_ui(ui, ctx, view, true, said)
        {
            ctx.want(Want::ThreadAgain(id));
        }
        let newer = thread.newer_error.as_deref().or(error);
        if let Some(said) = newer
            && lines::unreadable_ui(ui, ctx, view, false, said)
        {
            ctx.want(Want::ThreadAgain(id));
        }
    }

    fn take_wishes(&mut self, tools: &mut Tools<'_>) -> Option<ThreadWish> {
        let mut asked = None;
        for wish in tools.wishes.drain(..) {
            match wish {
                Wish::History(id) => asked = Some(ThreadWish::History(id)),
                Wish::View(id) => asked = Some(ThreadWish::View(id)),
                Wish::Fetch(id) => asked = Some(ThreadWish::Fetch(id)),
                Wish::StopFetching(id) => asked = Some(ThreadWish::StopFetching(id)),
                Wish::JumpTo(id) => self.seeking = Some(id),
                Wish::Risk(id) => self.risk.consider(id),
                Wish::Template => asked = Some(ThreadWish::Template),
                // Marked by hand: it is not counted as seen because it happens to be in sight.
                Wish::Unseen(newest) => self.seen = Some(newest),
            }
        }
        asked
    }
}

fn skeleton_ui(ui: &mut Ui, ctx: &UiContext<'_>) {
    let room = ui.available_width();
    ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
        ui.add_space(MARGIN);
        for (width, ours) in [(220.0, true), (320.0, false), (180.0, true), (260.0, false)] {
            ui.horizontal(|ui| {
                let lead = if ours { room - width - GUTTER } else { GUTTER };
                ui.add_space(lead.max(0.0));
                widgets::skeleton(ui, ctx.theme, vec2(width, 52.0));
            });
        }
    });
}
