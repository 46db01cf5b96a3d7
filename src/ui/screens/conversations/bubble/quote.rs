//! The beginning of the message that is answered, above the answer.

use super::super::formatting::spans;
use super::{Tools, Wish};
use crate::domain::{MessageId, ThreadEntry};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::read_model::Thread;
use crate::ui::theme::{self, Type, Weight, radius};
use crate::ui::widgets;
use crate::ui::widgets::text::layout;
use crate::ui::words;
use egui::{CornerRadius, CursorIcon, Galley, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use std::sync::Arc;

/// Its height, whether what is answered has been read or not: nothing may move when it is.
pub(super) const HEIGHT: f32 = 46.0;
/// Room between it and what follows.
pub(super) const GAP: f32 = 6.0;
const PADDING: f32 = 10.0;
/// Widest, where the answer itself is narrower.
const WIDEST: f32 = 340.0;

pub(super) struct Quote {
    answered: MessageId,
    author: Arc<Galley>,
    line: Arc<Galley>,
    spoken: String,
}

impl Quote {
    pub(super) fn new(
        ui: &Ui,
        ctx: &UiContext<'_>,
        thread: &Thread,
        answered: MessageId,
        contact: &str,
        width: f32,
    ) -> Self {
        let colors = &ctx.theme.colors;
        let entry = thread.entry(answered);
        let author = match entry {
            Some(ThreadEntry::Outgoing(_)) => t!(ctx, "thread-you"),
            Some(ThreadEntry::Incoming(_)) => contact.to_owned(),
            None => t!(ctx, "thread-reply"),
        };
        let line = match entry {
            Some(ThreadEntry::Outgoing(message)) if message.text.is_empty() => message
                .attachment
                .as_ref()
                .map(|attachment| attachment.name.clone())
                .unwrap_or_default(),
            Some(ThreadEntry::Outgoing(message)) => message.text.clone(),
            Some(ThreadEntry::Incoming(message)) => {
                words::incoming_line(ctx.text, message.kind, &message.text)
            }
            None => t!(ctx, "thread-reply-earlier"),
        };
        let line: String = spans(&line).into_iter().map(|span| span.text).collect();
        let line = crate::domain::text::one_line(&line, 80);
        let room = width.min(WIDEST) - 2.0 * PADDING;
        Self {
            answered,
            spoken: t!(
                ctx,
                "thread-reply-to",
                author = author.as_str(),
                line = line.as_str()
            ),
            author: layout(ui, author, Type::Hint, Weight::Semibold, colors.accent, room, 1),
            line: layout(ui, line, Type::Secondary, Weight::Regular, colors.dim, room, 1),
        }
    }

    pub(super) fn width(&self) -> f32 {
        self.author.size().x.max(self.line.size().x) + 2.0 * PADDING
    }

    pub(super) fn show(&self, ui: &Ui, ctx: &UiContext<'_>, tools: &mut Tools<'_>, rect: Rect) {
        let colors = &ctx.theme.colors;
        let corners = CornerRadius::same(radius::PILL);
        let response = ui.interact(rect, ui.scope_id().with("quote"), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &self.spoken));
        let ground = if response.hovered() { 0.09 } else { 0.05 };
        let painter = ui.painter();
        painter.rect_filled(rect, corners, theme::faded(colors.text, ground));
        let bar = Rect::from_min_size(rect.min + vec2(0.0, 4.0), vec2(3.0, rect.height() - 8.0));
        painter.rect_filled(bar, CornerRadius::same(1), colors.accent);
        let at = pos2(rect.left() + PADDING, rect.top() + 6.0);
        painter.galley(at, Arc::clone(&self.author), colors.accent);
        painter.galley(at + vec2(0.0, 17.0), Arc::clone(&self.line), colors.dim);
        widgets::focus_ring(ui, ctx.theme, &response, radius::PILL);
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            tools.wishes.push(Wish::JumpTo(self.answered));
        }
    }
}
