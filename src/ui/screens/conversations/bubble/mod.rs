//! One entry of a thread: laid out once, then measured and painted from what was laid out. Each kind of content is a
//! [`Part`] with a file of its own.

mod actions;
pub(super) mod card;
mod document;
mod own;
mod picture;
mod place;
mod quote;
mod remote;
pub(in crate::ui::screens) mod text;
mod tile;
mod voice;

pub(super) use document::media_icon;

use super::fetches::Fetches;
use crate::domain::message::{Message, MessageState};
use crate::domain::window::FreeText;
use crate::domain::{IncomingKind, IncomingMessage, MessageId, ThreadEntry, Timestamp};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::pictures::Pictures;
use crate::ui::presence::Presence;
use crate::ui::read_model::Thread;
use crate::ui::theme::{self, Theme, Type, Weight, icons, radius, space};
use crate::ui::voices::Voices;
use crate::ui::widgets::text::{layout, paint_icon};
use crate::ui::words;
use egui::{Color32, CornerRadius, Galley, Pos2, Rect, Stroke, StrokeKind, Ui, UiBuilder, Vec2, pos2, vec2};
use quote::Quote;
use std::path::PathBuf;
use std::sync::Arc;
use text::Text;

/// Largest share of the thread's width that a bubble takes.
const SHARE: f32 = 0.72;
/// The share in a thread narrower than this.
const NARROW: f32 = 560.0;
const NARROW_SHARE: f32 = 0.86;
/// Widest text.
const WIDEST: f32 = 620.0;
const PADDING: f32 = 12.0;
/// Room beside a picture, which takes nearly the whole bubble.
const BLEED: f32 = 5.0;
const TIME_ROW: f32 = 18.0;
/// Room between a file and the words below it.
const CAPTION_GAP: f32 = 6.0;

/// What the parts of bubbles use and ask for.
pub(super) struct Tools<'a> {
    pub(super) pictures: &'a mut Pictures,
    pub(super) voices: &'a mut Voices,
    pub(super) presence: &'a mut Presence,
    /// What was asked for in this frame.
    pub(super) wishes: Vec<Wish>,
}

/// What an entry may ask of the screen around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// Show the history of this message.
    History(MessageId),
    /// Show this picture large.
    View(MessageId),
    /// Fetch the file of this message from where it is.
    Fetch(MessageId),
    /// The file that is being fetched for this message is not wanted any more.
    StopFetching(MessageId),
    /// Go to this message.
    JumpTo(MessageId),
    /// Sending this message again has to be thought about first.
    Risk(MessageId),
    /// Choose a template to send: free text would be refused.
    Template,
    /// The conversation, whose newest entry this is, was marked as not seen.
    Unseen(MessageId),
}

/// What a bubble holds besides words.
trait Part {
    /// The room it takes.
    fn size(&self) -> Vec2;

    /// Whether it comes nearer to the bubble's edge than words do.
    fn bleeds(&self) -> bool {
        false
    }

    /// How wide its last row is, if the time of the message may stand at the right of that row.
    fn last_row(&self) -> Option<f32> {
        None
    }

    /// Draws it.
    fn show(&self, ui: &mut Ui, ctx: &UiContext<'_>, tools: &mut Tools<'_>, rect: Rect);
}

/// The icon and the colour of a state.
pub(super) fn tick(theme: &Theme, state: MessageState) -> (&'static str, Color32) {
    let colors = &theme.colors;
    match state {
        MessageState::Preparing => (icons::UPLOAD, colors.faint),
        MessageState::Queued | MessageState::InFlight => (icons::CLOCK, colors.faint),
        MessageState::Accepted | MessageState::Sent => (icons::CHECK, colors.faint),
        MessageState::Delivered => (icons::CHECK_CHECK, colors.faint),
        MessageState::Read => (icons::CHECK_CHECK, colors.info),
        MessageState::Rejected => (icons::ALERT, colors.bad),
        MessageState::Unknown => (icons::QUESTION, colors.warn),
        MessageState::Cancelled => (icons::BAN, colors.faint),
    }
}

/// Where the files that came are.
pub(super) fn media_folder(ctx: &UiContext<'_>) -> PathBuf {
    ctx.live.folder.join("media")
}

/// An entry laid out for a width.
pub(super) struct Bubble {
    /// The state, for one of ours.
    state: Option<MessageState>,
    quote: Option<Quote>,
    /// A line of its own above the rest: deleted, or of an unknown kind.
    heading: Option<(&'static str, Arc<Galley>)>,
    part: Option<Box<dyn Part>>,
    body: Option<Text>,
    reason: Option<Arc<Galley>>,
    time: Arc<Galley>,
    /// Size of the coloured ground.
    size: Vec2,
    /// Height with the reason below it.
    pub(super) height: f32,
}

/// Where things of a painted bubble are.
pub(super) struct Painted {
    /// The tick, of one of ours.
    pub(super) tick: Option<Rect>,
    /// Where the words are.
    body: Pos2,
    /// Where the buttons of a message that needs the operator may stand.
    pub(super) below: Pos2,
}

#[cfg(test)]
thread_local! {
    /// How many messages were laid out on this thread.
    pub(super) static LAID_OUT: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// What a bubble is laid out from.
pub(super) struct Around<'a> {
    /// The thread it stands in.
    pub(super) thread: &'a Thread,
    /// The name of the person.
    pub(super) contact: &'a str,
    /// The width of the thread, in points.
    pub(super) width: f32,
    /// Files that were asked for.
    pub(super) fetches: &'a Fetches,
    /// Until when free text may be sent to the person, where there may be a template instead.
    pub(super) free: FreeText,
}

impl Bubble {
    /// Lays an entry out.
    pub(super) fn new(ui: &Ui, ctx: &UiContext<'_>, entry: &ThreadEntry, around: &Around<'_>) -> Self {
        #[cfg(test)]
        LAID_OUT.with(|count| count.set(count.get() + 1));
        let share = if around.width < NARROW {
            NARROW_SHARE
        } else {
            SHARE
        };
        let width = (around.width * share - 2.0 * PADDING).clamp(120.0, WIDEST);
        let time = ctx.text.time(entry.at());
        let faint = ctx.theme.colors.faint;
        let time = layout(ui, time, Type::Hint, Weight::Regular, faint, 120.0, 1);
        let mut bubble = Self {
            state: None,
            quote: None,
            heading: None,
            part: None,
            body: None,
            reason: None,
            time,
            size: Vec2::ZERO,
            height: 0.0,
        };
        match entry {
            ThreadEntry::Outgoing(message) => bubble.outgoing(ui, ctx, message, width),
            ThreadEntry::Incoming(message) => {
                let name = spoken(ctx, message.kind, entry.at());
                bubble.incoming(ui, ctx, message, around, (name, width));
            }
        }
        bubble.measure();
        bubble
    }

    fn outgoing(&mut self, ui: &Ui, ctx: &UiContext<'_>, message: &Message, width: f32) {
        let colors = &ctx.theme.colors;
        self.state = Some(message.state);
        self.body = Text::new(ui, ctx.theme, &message.text, width, colors.text);
        self.part = own::part(ui, ctx, message, width);
        self.heading = message.template.as_ref().map(|template| {
            let words = t!(ctx, "thread-template", key = template.key.as_str());
            let (color, room) = (colors.dim, width - 22.0);
            let galley = layout(ui, words, Type::Hint, Weight::Regular, color, room, 1);
            (icons::SQUARE_PEN, galley)
        });
        let reason = message.reason.as_ref();
        self.reason = reason.filter(|_| shows_reason(message.state)).map(|reason| {
            let color = match message.state {
                MessageState::Rejected => colors.bad,
                MessageState::Unknown => colors.warn,
                _ => colors.dim,
            };
            let sentence = words::reason_exactly(ctx.text, reason);
            let room = width + 2.0 * PADDING;
            layout(ui, sentence, Type::Hint, Weight::Regular, color, room, 4)
        });
    }

    fn incoming(
        &mut self,
        ui: &Ui,
        ctx: &UiContext<'_>,
        message: &IncomingMessage,
        around: &Around<'_>,
        (name, width): (String, f32),
    ) {
        let colors = &ctx.theme.colors;
        self.quote = message
            .reply_to
            .map(|answered| Quote::new(ui, ctx, around.thread, answered, around.contact, width));
        self.part = part(ui, ctx, message, name, (around.fetches, width));
        let deleted = message.revoked_at.is_some() || message.kind == IncomingKind::Revoked;
        let kind = words::incoming_kind(ctx.text, message.kind);
        let heading = match (deleted, message.kind) {
            (true, _) => Some((icons::BAN, t!(ctx, "thread-deleted"))),
            (false, IncomingKind::Unknown) => Some((icons::QUESTION, kind)),
            // What came could not be read as what it is said to be; it stands below as it came.
            (false, IncomingKind::ContactCard) if self.part.is_none() => Some((icons::CONTACT, kind)),
            (false, IncomingKind::Place) if self.part.is_none() => Some((icons::MAP_PIN, kind)),
            _ => None,
        };
        self.heading = heading.map(|(icon, words)| {
            let (color, room) = (colors.dim, width - 22.0);
            let galley = layout(ui, words, Type::Secondary, Weight::Regular, color, room, 1);
            (icon, galley)
        });
        let is_card = self.part.is_some() && message.kind == IncomingKind::ContactCard;
        if !is_card {
            let quiet = deleted || message.kind == IncomingKind::Unknown;
            let color = if quiet { colors.dim } else { colors.text };
            self.body = Text::new(ui, ctx.theme, &message.text, width, color);
        }
    }

    fn measure(&mut self) {
        let tick = if self.state.is_some() { 22.0 } else { 0.0 };
        let mut inner = vec2(self.time.size().x + tick, 0.0);
        if let Some(quote) = &self.quote {
            inner = vec2(inner.x.max(quote.width()), inner.y + quote::HEIGHT + quote::GAP);
        }
        if let Some((_, words)) = &self.heading {
            inner = vec2(inner.x.max(words.size().x + 22.0), inner.y + words.size().y + 2.0);
        }
        if let Some(part) = &self.part {
            let size = part.size();
            let bleeding = if part.bleeds() {
                2.0 * (PADDING - BLEED)
            } else {
                0.0
            };
            inner = vec2(inner.x.max(size.x - bleeding), inner.y + size.y);
            if part.bleeds() && self.quote.is_none() && self.heading.is_none() {
                inner.y -= 9.0 - BLEED;
            }
            if self.body.is_some() {
                inner.y += CAPTION_GAP;
            }
        }
        if let Some(body) = &self.body {
            inner = vec2(inner.x.max(body.size().x), inner.y + body.size().y);
        }
        let last_row = self.part.as_ref().and_then(|part| part.last_row());
        match last_row.filter(|_| self.body.is_none()) {
            Some(row) => inner.x = inner.x.max(row + space::M + self.time.size().x + tick),
            None => inner.y += TIME_ROW,
        }
        self.size = vec2(inner.x + 2.0 * PADDING, inner.y + 14.0);
        let reason = self.reason.as_ref();
        self.height = self.size.y + reason.map_or(0.0, |reason| reason.size().y + space::XS);
    }

    /// Where its ground is in a thread of `width` points that begins at `corner`.
    pub(super) fn ground(&self, corner: Pos2, width: f32) -> Rect {
        let left = if self.state.is_some() {
            corner.x + width - self.size.x
        } else {
            corner.x
        };
        Rect::from_min_size(pos2(left, corner.y), self.size)
    }

    /// Paints its ground and words.
    pub(super) fn paint(&self, ui: &Ui, theme: &Theme, ground: Rect) -> Painted {
        let colors = &theme.colors;
        let (fill, line) = match self.state {
            Some(_) => (
                colors.bubble_out,
                theme::mix(colors.bubble_out, colors.accent, 0.10),
            ),
            None => (colors.bubble_in, colors.line),
        };
        let painter = ui.painter();
        painter.rect(
            ground,
            CornerRadius::same(radius::CARD),
            fill,
            Stroke::new(1.0, line),
            StrokeKind::Inside,
        );
        let row = ground.bottom() - 7.0 - TIME_ROW;
        let right = ground.right() - PADDING;
        let tick_rect = self.state.map(|state| {
            let rect = Rect::from_min_size(pos2(right - 16.0, row), vec2(16.0, TIME_ROW));
            let (icon, color) = tick(theme, state);
            paint_icon(ui, rect.center(), icon, 14.0, color);
            rect
        });
        let time_right = tick_rect.map_or(right, |tick| tick.left() - 4.0);
        let time_at = pos2(time_right - self.time.size().x, row + 1.0);
        painter.galley(time_at, Arc::clone(&self.time), colors.faint);
        let mut below = pos2(ground.right(), ground.bottom() + space::XS);
        if let Some(reason) = &self.reason {
            let at = pos2(ground.right() - reason.size().x, below.y);
            painter.galley(at, Arc::clone(reason), colors.dim);
            below.y += reason.size().y;
        }
        let body = self.body.as_ref().map_or(0.0, |body| body.size().y);
        let body_at = pos2(ground.left() + PADDING, row - body);
        if let Some(body) = &self.body {
            body.paint(ui, body_at);
        }
        Painted {
            tick: tick_rect,
            body: body_at,
            below,
        }
    }

    /// Draws what in it can be used by itself: over the ground, which has to be interacted with before.
    pub(super) fn parts_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>, tools: &mut Tools<'_>, ground: Rect) {
        let left = ground.left() + PADDING;
        let right = ground.right() - PADDING;
        let mut top = ground.top() + 9.0;
        if let Some(quote) = &self.quote {
            let rect = Rect::from_min_max(pos2(left, top), pos2(right, top + quote::HEIGHT));
            quote.show(ui, ctx, tools, rect);
            top = rect.bottom() + quote::GAP;
        }
        if let Some((icon, words)) = &self.heading {
            let color = ctx.theme.colors.dim;
            let middle = top + words.size().y / 2.0;
            paint_icon(ui, pos2(left + 8.0, middle), icon, 15.0, color);
            ui.painter()
                .galley(pos2(left + 22.0, top), Arc::clone(words), color);
            top += words.size().y + 2.0;
        }
        let Some(part) = &self.part else { return };
        let size = part.size();
        let rect = if part.bleeds() {
            if self.quote.is_none() && self.heading.is_none() {
                top = ground.top() + BLEED;
            }
            Rect::from_min_max(
                pos2(ground.left() + BLEED, top),
                pos2(ground.right() - BLEED, top + size.y),
            )
        } else {
            Rect::from_min_max(pos2(left, top), pos2(right, top + size.y))
        };
        let builder = UiBuilder::new().id_salt("part").max_rect(rect);
        ui.scope_builder(builder, |ui| part.show(ui, ctx, tools, rect));
    }

    /// The address of the link under the pointer.
    pub(super) fn link_at(&self, painted: &Painted, pointer: Pos2) -> Option<&str> {
        self.body.as_ref()?.link_at(painted.body, pointer)
    }

    /// The addresses in its words.
    pub(super) fn links(&self) -> Vec<String> {
        self.body.as_ref().map(Text::links).unwrap_or_default()
    }
}

/// The part of an incoming message that is more than words.
fn part(
    ui: &Ui,
    ctx: &UiContext<'_>,
    message: &IncomingMessage,
    name: String,
    (fetches, width): (&Fetches, f32),
) -> Option<Box<dyn Part>> {
    let media = message.media.as_ref();
    let remote = media.and_then(|media| remote::Remote::new(ui, ctx, message, media, (fetches, width)));
    if let Some(remote) = remote {
        return Some(Box::new(remote));
    }
    let file = media.and_then(|media| media.file.as_ref());
    Some(match (message.kind, media, file) {
        (IncomingKind::Text | IncomingKind::Revoked | IncomingKind::Unknown, ..) => return None,
        (IncomingKind::Place, ..) => Box::new(place::PlacePart::new(ui, ctx, message, width)?),
        (IncomingKind::ContactCard, ..) => Box::new(card::Cards::new(ui, ctx, &message.text, width)?),
        (IncomingKind::Image, Some(media), _) => {
            let facts = picture::incoming(ctx, message, media, name);
            Box::new(picture::Picture::new(ctx, facts, width))
        }
        (IncomingKind::Voice | IncomingKind::Audio, _, Some(file)) if is_voice(&file.mime) => {
            let path = file.path(&media_folder(ctx));
            Box::new(voice::Voice::new(message.id, path, name, width))
        }
        (_, _, Some(file)) => Box::new(document::file_tile(ui, ctx, message, file, width)),
        (_, media, None) => {
            let nothing = crate::domain::incoming::IncomingMedia::default();
            Box::new(document::missing_tile(
                ui,
                ctx,
                message,
                media.unwrap_or(&nothing),
                width,
            ))
        }
    })
}

/// Draws a text as a bubble of ours shows it, in at most `room` points; above it the name of a picture, if there is one.
pub(super) fn preview_ui(ui: &mut Ui, theme: &Theme, text: &str, picture: Option<&str>, room: f32) {
    let colors = &theme.colors;
    let width = (room - 2.0 * PADDING).clamp(60.0, WIDEST);
    let words = Text::new(ui, theme, text, width, colors.text);
    let heading = picture.map(|name| {
        let room = width - 22.0;
        layout(ui, name, Type::Secondary, Weight::Regular, colors.dim, room, 1)
    });
    let above = heading.as_ref().map_or(Vec2::ZERO, |heading| {
        vec2(heading.size().x + 22.0, heading.size().y + CAPTION_GAP)
    });
    let inner = words.as_ref().map_or(Vec2::ZERO, Text::size);
    let inner = vec2(inner.x.max(above.x), inner.y + above.y);
    let size = inner + vec2(2.0 * PADDING, 18.0);
    let (ground, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    let line = theme::mix(colors.bubble_out, colors.accent, 0.10);
    let corners = CornerRadius::same(radius::CARD);
    let stroke = Stroke::new(1.0, line);
    ui.painter()
        .rect(ground, corners, colors.bubble_out, stroke, StrokeKind::Inside);
    let at = ground.min + vec2(PADDING, 9.0);
    if let Some(heading) = heading {
        let middle = at.y + heading.size().y / 2.0;
        paint_icon(ui, pos2(at.x + 8.0, middle), icons::IMAGE, 15.0, colors.dim);
        ui.painter().galley(pos2(at.x + 22.0, at.y), heading, colors.dim);
    }
    if let Some(words) = words {
        words.paint(ui, at + vec2(0.0, above.y));
    }
}

/// Whether the program plays it itself: Opus in Ogg, as phones record.
fn is_voice(mime: &str) -> bool {
    let mime = mime.to_ascii_lowercase();
    mime.contains("ogg") || mime.contains("opus")
}

/// What it is and when it came, for names of its controls.
pub(super) fn spoken(ctx: &UiContext<'_>, kind: IncomingKind, at: Timestamp) -> String {
    let kind = words::incoming_kind(ctx.text, kind);
    t!(ctx, "thread-kind-and-time", kind = kind, time = ctx.text.time(at))
}

fn shows_reason(state: MessageState) -> bool {
    matches!(
        state,
        MessageState::Preparing
            | MessageState::Queued
            | MessageState::Rejected
            | MessageState::Unknown
            | MessageState::Cancelled
    )
}
