//! One message in a thread: laid out once, then measured and painted from what was laid out.

use super::formatting::{Span, spans};
use crate::domain::MediaKind;
use crate::domain::message::{Message, MessageState};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{self, Theme, Type, Weight, icons, radius, space};
use crate::ui::widgets::text::{layout, paint_icon};
use crate::ui::words;
use egui::epaint::text::{LayoutJob, TextFormat};
use egui::{Color32, CornerRadius, FontId, Galley, Pos2, Rect, Stroke, StrokeKind, Ui, pos2, vec2};
use std::sync::Arc;

/// Largest share of the thread's width that a bubble takes.
const SHARE: f32 = 0.72;
/// A text of more characters than this is shown cut, with a way to see it whole.
pub(super) const SHOWN_MAX: usize = 6_000;

/// The icon and the colour of a state.
pub(super) fn tick(theme: &Theme, state: MessageState) -> (&'static str, Color32) {
    let colors = &theme.colors;
    match state {
        MessageState::Queued | MessageState::InFlight => (icons::CLOCK, colors.faint),
        MessageState::Accepted | MessageState::Sent => (icons::CHECK, colors.faint),
        MessageState::Delivered => (icons::CHECK_CHECK, colors.faint),
        MessageState::Read => (icons::CHECK_CHECK, colors.info),
        MessageState::Rejected => (icons::ALERT, colors.bad),
        MessageState::Unknown => (icons::QUESTION, colors.warn),
        MessageState::Cancelled => (icons::BAN, colors.faint),
    }
}

/// A message laid out for a width.
pub(super) struct Bubble {
    body: Option<Arc<Galley>>,
    attachment: Option<(Arc<Galley>, Arc<Galley>, &'static str)>,
    reason: Option<Arc<Galley>>,
    time: Arc<Galley>,
    /// Size of the coloured ground.
    pub(super) size: egui::Vec2,
    /// Height with the reason below it.
    pub(super) height: f32,
    links: Vec<(std::ops::Range<usize>, String)>,
}

/// Where things of a painted bubble are.
pub(super) struct Painted {
    /// The coloured ground.
    pub(super) ground: Rect,
    /// The tick.
    pub(super) tick: Rect,
    /// Where the buttons of a message that needs the operator may stand.
    pub(super) below: Pos2,
}

#[cfg(test)]
thread_local! {
    /// How many messages were laid out on this thread.
    pub(super) static LAID_OUT: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

const PADDING: f32 = 12.0;
const TIME_ROW: f32 = 18.0;

impl Bubble {
    /// Lays a message out for a thread of `width` points.
    pub(super) fn new(ui: &Ui, ctx: &UiContext<'_>, message: &Message, width: f32) -> Self {
        #[cfg(test)]
        LAID_OUT.with(|count| count.set(count.get() + 1));
        let theme = ctx.theme;
        let colors = &theme.colors;
        let max = (width * SHARE - 2.0 * PADDING).clamp(120.0, 620.0);
        let (job, links) = job(theme, &shown_text(message), max);
        let body = (!message.text.is_empty()).then(|| ui.painter().layout_job(job));
        let attachment = message.attachment.as_ref().map(|attachment| {
            let (icon, kind) = media(ctx, attachment.kind);
            let name = layout(
                ui,
                attachment.name.clone(),
                Type::Body,
                Weight::Medium,
                colors.text,
                max - 44.0,
                1,
            );
            (
                name,
                layout(ui, kind, Type::Hint, Weight::Regular, colors.dim, max - 44.0, 1),
                icon,
            )
        });
        let time = layout(
            ui,
            ctx.text.time(message.created_at),
            Type::Hint,
            Weight::Regular,
            colors.faint,
            120.0,
            1,
        );
        let reason = message
            .reason
            .as_ref()
            .filter(|_| shows_reason(message.state))
            .map(|reason| {
                let color = if message.state == MessageState::Rejected {
                    colors.bad
                } else {
                    colors.dim
                };
                let color = if message.state == MessageState::Unknown {
                    colors.warn
                } else {
                    color
                };
                let sentence = words::reason(ctx.text, reason);
                layout(
                    ui,
                    sentence,
                    Type::Hint,
                    Weight::Regular,
                    color,
                    (width * SHARE).min(620.0),
                    4,
                )
            });
        let mut inner = vec2(time.size().x + 22.0, 0.0);
        if let Some((name, kind, _)) = &attachment {
            inner.x = inner
                .x
                .max(44.0 + name.size().x.max(kind.size().x))
                .max(180.0_f32.min(max));
            inner.y += 44.0;
        }
        if let Some(body) = &body {
            inner.x = inner.x.max(body.size().x);
            inner.y += body.size().y;
        }
        inner.y += TIME_ROW;
        let size = vec2(inner.x + 2.0 * PADDING, inner.y + 14.0);
        let height = size.y + reason.as_ref().map_or(0.0, |reason| reason.size().y + space::XS);
        Self {
            body,
            attachment,
            reason,
            time,
            size,
            height,
            links,
        }
    }

    /// Paints it with its right edge at `right` and its top at `top`.
    pub(super) fn paint(&self, ui: &Ui, theme: &Theme, state: MessageState, right: f32, top: f32) -> Painted {
        let colors = &theme.colors;
        let ground = Rect::from_min_size(pos2(right - self.size.x, top), self.size);
        let painter = ui.painter();
        painter.rect(
            ground,
            CornerRadius::same(radius::CARD),
            colors.bubble_out,
            Stroke::new(1.0, theme::mix(colors.bubble_out, colors.accent, 0.10)),
            StrokeKind::Inside,
        );
        let mut at = ground.min + vec2(PADDING, 9.0);
        if let Some((name, kind, icon)) = &self.attachment {
            paint_icon(ui, at + vec2(14.0, 18.0), icon, 24.0, colors.accent);
            painter.galley(at + vec2(40.0, 0.0), Arc::clone(name), colors.text);
            painter.galley(at + vec2(40.0, 20.0), Arc::clone(kind), colors.dim);
            at.y += 44.0;
        }
        if let Some(body) = &self.body {
            painter.galley(at, Arc::clone(body), colors.text);
        }
        let row = ground.bottom() - 7.0 - TIME_ROW;
        let tick_rect = Rect::from_min_size(pos2(ground.right() - PADDING - 16.0, row), vec2(16.0, TIME_ROW));
        let (icon, color) = tick(theme, state);
        paint_icon(ui, tick_rect.center(), icon, 14.0, color);
        painter.galley(
            pos2(tick_rect.left() - 4.0 - self.time.size().x, row + 1.0),
            Arc::clone(&self.time),
            colors.faint,
        );
        let mut below = pos2(ground.right(), ground.bottom() + space::XS);
        if let Some(reason) = &self.reason {
            painter.galley(
                pos2(ground.right() - reason.size().x, below.y),
                Arc::clone(reason),
                colors.dim,
            );
            below.y += reason.size().y;
        }
        Painted {
            ground,
            tick: tick_rect,
            below,
        }
    }

    /// The address of the link at this place of the bubble painted at `ground`.
    pub(super) fn link_at(&self, ground: Rect, attachment_height: bool, pointer: Pos2) -> Option<&str> {
        let body = self.body.as_ref()?;
        let top = 9.0 + if attachment_height { 44.0 } else { 0.0 };
        let inside = pointer - (ground.min + vec2(PADDING, top));
        if !body.rect.contains(inside.to_pos2()) {
            return None;
        }
        let index = body.cursor_from_pos(inside).index.0;
        self.links
            .iter()
            .find(|(range, _)| range.contains(&index))
            .map(|(_, link)| link.as_str())
    }

    /// Whether there is an attachment row.
    pub(super) fn has_attachment(&self) -> bool {
        self.attachment.is_some()
    }
}

fn shows_reason(state: MessageState) -> bool {
    matches!(
        state,
        MessageState::Queued | MessageState::Rejected | MessageState::Unknown | MessageState::Cancelled
    )
}

/// The text, cut where it is too long to be laid out in every frame.
fn shown_text(message: &Message) -> String {
    match message.text.char_indices().nth(SHOWN_MAX) {
        Some((end, _)) => format!("{}…", &message.text[..end]),
        None => message.text.clone(),
    }
}

/// The icon of a kind of file.
pub(super) fn media_icon(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => icons::IMAGE,
        MediaKind::Document => icons::FILE_TEXT,
        MediaKind::Audio => icons::MUSIC,
        MediaKind::Video => icons::VIDEO,
    }
}

fn media(ctx: &UiContext<'_>, kind: MediaKind) -> (&'static str, String) {
    let word = match kind {
        MediaKind::Image => t!(ctx, "media-image"),
        MediaKind::Document => t!(ctx, "media-document"),
        MediaKind::Audio => t!(ctx, "media-audio"),
        MediaKind::Video => t!(ctx, "media-video"),
    };
    (media_icon(kind), word)
}

fn job(theme: &Theme, text: &str, width: f32) -> (LayoutJob, Vec<(std::ops::Range<usize>, String)>) {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let mut links = Vec::new();
    let mut characters = 0;
    for span in spans(text) {
        job.append(&span.text, 0.0, format(theme, &span));
        let end = characters + span.text.chars().count();
        if let Some(link) = span.link {
            links.push((characters..end, link));
        }
        characters = end;
    }
    (job, links)
}

fn format(theme: &Theme, span: &Span) -> TextFormat {
    let colors = &theme.colors;
    let weight = if span.style.bold {
        Weight::Semibold
    } else {
        Weight::Regular
    };
    let font_id = if span.style.mono {
        FontId::monospace(13.0)
    } else {
        theme::font(Type::Body, weight)
    };
    let color = if span.link.is_some() {
        colors.info
    } else {
        colors.text
    };
    let line = Stroke::new(1.0, color);
    TextFormat {
        font_id,
        color,
        italics: span.style.italic,
        line_height: Some(Type::Body.line_height()),
        background: if span.style.mono {
            colors.sunk
        } else {
            Color32::TRANSPARENT
        },
        strikethrough: if span.style.strike { line } else { Stroke::NONE },
        underline: if span.link.is_some() { line } else { Stroke::NONE },
        ..TextFormat::default()
    }
}
