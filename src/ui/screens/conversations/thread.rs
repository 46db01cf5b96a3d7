//! The thread: bubbles of different heights, of which only the visible ones are laid out and painted. It stays where
//! the reader is when older messages are read or new ones come.

use super::bubble::Bubble;
use crate::domain::message::{Message, MessageState};
use crate::domain::outbox::allowed;
use crate::domain::{ConversationId, MessageId};
use crate::engine::{Command, OutboxCommand};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::read_model::{Thread, Want};
use crate::ui::text::Language;
use crate::ui::theme::{Type, Weight, icons, space};
use crate::ui::widgets::text::layout;
use crate::ui::widgets::{self, Button};
use crate::ui::words;
use egui::{Align, Layout, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use std::collections::HashMap;

/// Room between two bubbles.
const GAP: f32 = 6.0;
/// Height of a day line.
const DAY: f32 = 40.0;
/// Height of the buttons below a message that needs the operator.
const BUTTONS: f32 = 40.0;
/// Room at both ends and at the sides.
const MARGIN: f32 = 20.0;

/// What was measured, so that a message is laid out again only when it or the room has changed.
#[derive(Default)]
pub(super) struct ThreadView {
    heights: HashMap<MessageId, (MessageState, i64, f32)>,
    /// The top of every message and the end of the last, and what they were measured for.
    tops: (Option<Measured>, Vec<f32>),
    width: f32,
    look: Option<Look>,
    first: Option<(MessageId, f32)>,
    offset: f32,
    to_end: bool,
    /// The message whose second sending is being considered.
    risk: Option<MessageId>,
}

/// What the heights depend on besides the messages.
type Look = (bool, u32, Language);

/// What the tops were measured for: revision, first and last message, how many.
type Measured = (u64, MessageId, MessageId, usize);

impl ThreadView {
    /// Shows the end with the next frame.
    pub(super) fn go_to_end(&mut self) {
        self.to_end = true;
    }

    /// Draws the thread; answers the message whose history is asked for.
    pub(super) fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, id: ConversationId) -> Option<MessageId> {
        ctx.want(Want::Thread(id));
        let loaded = ctx.model.thread(id)?;
        let Some(thread) = &loaded.value else {
            match &loaded.error {
                Some(words) => {
                    let title = t!(ctx, "conversations-unreadable");
                    widgets::banner(
                        ui,
                        ctx.theme,
                        crate::ui::theme::Tone::Bad,
                        icons::ALERT,
                        title,
                        words,
                        |_| {},
                    );
                }
                None => skeleton_ui(ui, ctx),
            }
            return None;
        };
        if thread.messages.is_empty() {
            let (title, body) = (
                t!(ctx, "conversations-thread-empty"),
                t!(ctx, "conversations-thread-empty-body"),
            );
            widgets::empty_state(ui, ctx.theme, icons::MESSAGES, title, body, None);
            return None;
        }
        self.messages_ui(ui, ctx, id, thread)
    }

    fn messages_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        id: ConversationId,
        thread: &Thread,
    ) -> Option<MessageId> {
        let width = ui.available_width() - 2.0 * MARGIN;
        let pixels = ui.ctx().pixels_per_point().to_bits();
        let look = Some((ctx.theme.dark, pixels, ctx.text.language()));
        if (self.width - width).abs() > 0.5 || self.look != look {
            self.heights.clear();
            self.tops.0 = None;
            (self.width, self.look) = (width, look);
        }
        self.measure(ui, ctx, thread);
        let tops = std::mem::take(&mut self.tops.1);
        let total = tops.last().copied().unwrap_or_default() + MARGIN;
        // Opened just now: at its end from the first frame on, or the older messages would be read for nothing.
        self.to_end |= self.first.is_none();
        let moved = self.keep_place(thread, &tops);
        let mut asked = None;
        let view = ui.available_height();
        let area = ScrollArea::vertical()
            .id_salt(("thread", id.0))
            .auto_shrink(false)
            .animated(false)
            .stick_to_bottom(true);
        let target = if std::mem::take(&mut self.to_end) {
            Some(total)
        } else {
            moved
        };
        let shown = area.show_viewport(ui, |ui, viewport| {
            // A short thread stands at the bottom, where the next message will be.
            let lead = (view - total).max(0.0);
            ui.set_height(total.max(view));
            let origin = ui.max_rect().min + vec2(0.0, lead);
            if let Some(target) = target {
                // Not by the area's offset: what lies beyond its bounds of the last frame would be sprung back. This
                // is in effect after the frame, which is drawn again.
                ui.scroll_with_delta(vec2(0.0, viewport.top() - target));
                ui.ctx().request_discard("the thread is shown elsewhere");
            } else if viewport.top() < 400.0 && thread.has_older {
                ctx.want(Want::Older(id));
            }
            let from = tops
                .partition_point(|top| *top + lead < viewport.top())
                .saturating_sub(1);
            let mut previous = from.checked_sub(1).map(|before| &thread.messages[before]);
            for (message, top) in thread.messages.iter().zip(&tops).skip(from) {
                if *top + lead > viewport.bottom() {
                    break;
                }
                let place = Place {
                    left: origin.x,
                    top: origin.y + top,
                    width,
                };
                if self.message_ui(ui, ctx, message, previous, place) {
                    asked = Some(message.id);
                }
                previous = Some(message);
            }
        });
        self.tops.1 = tops;
        self.offset = shown.state.clamped_offset().y;
        self.risk_ui(ui, ctx);
        asked
    }

    /// Measures what has changed since the last frame; nothing, when nothing has.
    fn measure(&mut self, ui: &Ui, ctx: &UiContext<'_>, thread: &Thread) {
        let ends = thread.messages.first().zip(thread.messages.last());
        let measured = ends.map(|(first, last)| (thread.revision, first.id, last.id, thread.messages.len()));
        if measured.is_some() && self.tops.0 == measured {
            return;
        }
        let mut tops = Vec::with_capacity(thread.messages.len() + 1);
        let mut at = MARGIN;
        let mut previous: Option<&Message> = None;
        for message in &thread.messages {
            tops.push(at);
            if new_day(previous, message) {
                at += DAY;
            }
            let known = self.heights.get(&message.id);
            let height = match known {
                Some((state, changed, height))
                    if *state == message.state && *changed == message.updated_at.0 =>
                {
                    *height
                }
                _ => {
                    let height = Bubble::new(ui, ctx, message, self.width).height
                        + if has_buttons(message) { BUTTONS } else { 0.0 };
                    self.heights
                        .insert(message.id, (message.state, message.updated_at.0, height));
                    height
                }
            };
            at += height + GAP;
            previous = Some(message);
        }
        tops.push(at);
        self.tops = (measured, tops);
    }

    /// When older messages were put before the first one, the place of the reader moves down with it: answers where to.
    fn keep_place(&mut self, thread: &Thread, tops: &[f32]) -> Option<f32> {
        // The bubble is what must not move; its day line may go when older messages of that day come.
        let bubble_top = |index: usize| {
            let previous = index
                .checked_sub(1)
                .and_then(|before| thread.messages.get(before));
            let message = thread.messages.get(index)?;
            let day = if new_day(previous, message) { DAY } else { 0.0 };
            Some(tops.get(index)? + day)
        };
        let before = self.first;
        self.first = thread
            .messages
            .first()
            .map(|message| message.id)
            .zip(bubble_top(0));
        let (first, top) = before?;
        let index = thread
            .messages
            .iter()
            .position(|message| message.id == first)
            .filter(|index| *index > 0)?;
        Some(self.offset + bubble_top(index)? - top)
    }

    /// Before a message that may have arrived is sent again: what that may do.
    fn risk_ui(&mut self, ui: &Ui, ctx: &UiContext<'_>) {
        let Some(id) = self.risk else { return };
        let title = t!(ctx, "conversations-risk-title");
        let shown = widgets::dialog(ui.ctx(), ctx.theme, "risk", title, |ui| {
            let color = ctx.theme.colors.text;
            widgets::label(
                ui,
                ctx.theme,
                t!(ctx, "conversations-risk-body"),
                Type::Body,
                Weight::Regular,
                color,
            );
            ui.add_space(space::M);
            ui.horizontal(|ui| {
                let cancel = Button::secondary(t!(ctx, "cancel")).show(ui, ctx.theme).clicked();
                let again = Button::danger(t!(ctx, "conversations-risk-send"))
                    .show(ui, ctx.theme)
                    .clicked();
                (cancel, again)
            })
            .inner
        });
        let (cancel, again) = shown.inner.unwrap_or_default();
        if again {
            ctx.send(Command::Outbox(OutboxCommand::SendAgain(id)));
        }
        if again || cancel || shown.should_close {
            self.risk = None;
        }
    }

    fn message_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        message: &Message,
        previous: Option<&Message>,
        place: Place,
    ) -> bool {
        let theme = ctx.theme;
        let Place { left, mut top, width } = place;
        if new_day(previous, message) {
            let day = ctx.text.day_line(message.created_at, ctx.now);
            let line = layout(ui, day, Type::Hint, Weight::Regular, theme.colors.faint, width, 1);
            let at = pos2(left + MARGIN + (width - line.size().x) / 2.0, top + 10.0);
            ui.painter().galley(at, line, theme.colors.faint);
            top += DAY;
        }
        let bubble = Bubble::new(ui, ctx, message, self.width);
        let painted = bubble.paint(ui, theme, message.state, left + MARGIN + width, top);
        let id = ui.scope_id().with(message.id.0);
        let response = ui.interact(painted.ground, id, Sense::click());
        let state = words::state(ctx.text, message.state);
        let spoken = format!(
            "{} {}, {}",
            message.text,
            ctx.text.time(message.created_at),
            state
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
        let link = response
            .hover_pos()
            .and_then(|pointer| bubble.link_at(painted.ground, bubble.has_attachment(), pointer))
            .map(ToOwned::to_owned);
        if let Some(link) = link {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
            if response.clicked() {
                ctx.act(UiAction::OpenUrl(link));
            }
        }
        response.context_menu(|ui| message_menu(ui, ctx, message));
        let tick = ui.interact(painted.tick.expand(4.0), id.with("tick"), Sense::click());
        tick.widget_info(|| {
            WidgetInfo::labeled(
                Role::Button,
                true,
                t!(ctx, "conversations-history-of", state = state.as_str()),
            )
        });
        widgets::focus_ring(ui, theme, &tick, 4);
        let tick = tick
            .on_hover_text(&state)
            .on_hover_cursor(egui::CursorIcon::PointingHand);
        if has_buttons(message) {
            let rect = Rect::from_min_max(
                pos2(left + MARGIN, painted.below.y + space::XS),
                pos2(painted.below.x, painted.below.y + BUTTONS),
            );
            ui.scope_builder(
                UiBuilder::new()
                    .id_salt(("buttons", message.id.0))
                    .max_rect(rect)
                    .layout(Layout::right_to_left(Align::Center)),
                |ui| {
                    if buttons_ui(ui, ctx, message) {
                        self.risk = Some(message.id);
                    }
                },
            );
        }
        tick.clicked()
    }
}

fn new_day(previous: Option<&Message>, message: &Message) -> bool {
    previous.is_none_or(|before| before.created_at.local().date() != message.created_at.local().date())
}

fn has_buttons(message: &Message) -> bool {
    let may = allowed(message);
    message.state.is_problem() && (may.resolve || may.resend)
}

/// The buttons of a message that needs the operator; answers whether one was pressed that names a risk first.
fn buttons_ui(ui: &mut Ui, ctx: &UiContext<'_>, message: &Message) -> bool {
    let may = allowed(message);
    let command = |command| ctx.send(Command::Outbox(command));
    let again = Button::secondary(t!(ctx, "conversations-send-again"))
        .small()
        .show(ui, ctx.theme)
        .clicked();
    if again && !may.resolve {
        command(OutboxCommand::SendAgain(message.id));
    }
    if may.resolve
        && Button::secondary(t!(ctx, "conversations-arrived"))
            .small()
            .show(ui, ctx.theme)
            .clicked()
    {
        command(OutboxCommand::Arrived(message.id));
    }
    again && may.resolve
}

/// Where a message is to be drawn.
#[derive(Clone, Copy)]
struct Place {
    left: f32,
    top: f32,
    width: f32,
}

fn message_menu(ui: &mut Ui, ctx: &UiContext<'_>, message: &Message) {
    let may = allowed(message);
    if widgets::menu_item(ui, ctx.theme, icons::COPY, t!(ctx, "conversations-copy-text")).clicked() {
        ctx.act(UiAction::CopyText(message.text.clone()));
    }
    if may.cancel
        && widgets::menu_item(ui, ctx.theme, icons::BAN, t!(ctx, "conversations-cancel-message")).clicked()
    {
        ctx.send(Command::Outbox(OutboxCommand::Cancel(message.id)));
    }
    if may.retry
        && widgets::menu_item(ui, ctx.theme, icons::REFRESH, t!(ctx, "conversations-retry")).clicked()
    {
        ctx.send(Command::Outbox(OutboxCommand::Retry(message.id)));
    }
}

fn skeleton_ui(ui: &mut Ui, ctx: &UiContext<'_>) {
    ui.with_layout(Layout::bottom_up(Align::Max), |ui| {
        ui.add_space(MARGIN);
        for width in [220.0, 320.0, 180.0] {
            ui.horizontal(|ui| {
                ui.add_space((ui.available_width() - width - MARGIN).max(0.0));
                widgets::skeleton(ui, ctx.theme, vec2(width, 52.0));
            });
        }
    });
}
