//! A voice note: play and pause, how loud it is from beginning to end, where it is. A click or the arrow keys go to
//! another place.

use super::{Part, Tools};
use crate::domain::MessageId;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Theme, Type, Weight, icons, mix, radius};
use crate::ui::voices::{VoiceFacts, VoiceView};
use crate::ui::widgets;
use crate::ui::widgets::text::{layout, paint_icon};
use crate::ui::words;
use egui::{
    CornerRadius, CursorIcon, EventFilter, Key, Modifiers, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};
use std::path::PathBuf;
use std::time::Duration;

/// Width of a voice note, where there is room.
const WIDTH: f32 = 290.0;
/// Diameter of the button.
const BUTTON: f32 = 36.0;
/// Room for the time at the right.
const TIME: f32 = 44.0;
/// Width of a bar and the room to the next.
const BAR: f32 = 3.0;
const BAR_STEP: f32 = 5.0;
/// How far an arrow key goes.
const STEP: Duration = Duration::from_secs(3);
/// How often the window is drawn anew while it plays.
const REDRAW: Duration = Duration::from_millis(80);

pub(super) struct Voice {
    id: MessageId,
    file: PathBuf,
    /// Said of the whole: whose it is and when it came.
    name: String,
    size: Vec2,
}

impl Voice {
    pub(super) fn new(id: MessageId, file: PathBuf, name: String, width: f32) -> Self {
        Self {
            id,
            file,
            name,
            // Room for a sentence below, so that nothing moves when there is one to say.
            size: vec2(WIDTH.min(width), BUTTON + 2.0),
        }
    }

    fn button_ui(&self, ui: &Ui, ctx: &UiContext<'_>, tools: &mut Tools<'_>, view: &VoiceView, rect: Rect) {
        let colors = &ctx.theme.colors;
        let response = ui.interact(rect, ui.scope_id().with("play"), Sense::click());
        let word = if view.plays {
            t!(ctx, "thread-voice-pause", name = self.name.as_str())
        } else {
            t!(ctx, "thread-voice-play", name = self.name.as_str())
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &word));
        let ground = if response.is_pointer_button_down_on() {
            mix(colors.accent, colors.text, 0.24)
        } else if response.hovered() {
            mix(colors.accent, colors.text, 0.12)
        } else {
            colors.accent
        };
        ui.painter().circle_filled(rect.center(), BUTTON / 2.0, ground);
        let (icon, shift) = if view.plays {
            (icons::PAUSE, 0.0)
        } else {
            (icons::PLAY, 1.0)
        };
        paint_icon(ui, rect.center() + vec2(shift, 0.0), icon, 17.0, colors.accent_on);
        widgets::focus_ring(ui, ctx.theme, &response, (BUTTON / 2.0) as u8);
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            tools.voices.toggle(self.id, &self.file);
            ui.ctx().request_repaint();
        }
    }

    fn track_ui(
        &self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        tools: &mut Tools<'_>,
        (view, facts): (&VoiceView, &VoiceFacts),
        rect: Rect,
    ) {
        let known = !facts.length.is_zero();
        let sense = if known {
            Sense::click_and_drag()
        } else {
            Sense::hover()
        };
        let response = ui.interact(rect, ui.scope_id().with("track"), sense);
        let at = view.at.min(facts.length);
        let share = if known {
            at.as_secs_f32() / facts.length.as_secs_f32()
        } else {
            0.0
        };
        response.widget_info(|| {
            let name = t!(ctx, "thread-voice-place", name = self.name.as_str());
            let mut info = WidgetInfo::slider(known, at.as_secs_f64(), name);
            info.current_text_value = Some(format!("{} / {}", clock(at), clock(facts.length)));
            info
        });
        paint_track(ui, ctx.theme, rect, share, &facts.loudness);
        if !known {
            return;
        }
        widgets::focus_ring(ui, ctx.theme, &response, 4);
        let target = pointed_at(&response, rect)
            .map(|share| facts.length.mul_f32(share))
            .or_else(|| keyed(ui, &response, at, facts.length));
        if let Some(target) = target {
            tools.voices.seek(self.id, &self.file, target);
            ui.ctx().request_repaint();
        }
        response.on_hover_cursor(CursorIcon::PointingHand);
    }
}

impl Part for Voice {
    fn size(&self) -> Vec2 {
        self.size
    }

    fn show(&self, ui: &mut Ui, ctx: &UiContext<'_>, tools: &mut Tools<'_>, rect: Rect) {
        let colors = &ctx.theme.colors;
        let view = tools.voices.view(self.id);
        let facts = tools.voices.about(self.id, &self.file).unwrap_or_default();
        if view.plays {
            ui.ctx().request_repaint_after(REDRAW);
        }
        let button = Rect::from_min_size(rect.min, Vec2::splat(BUTTON));
        self.button_ui(ui, ctx, tools, &view, button);
        let room = Rect::from_min_max(
            pos2(button.right() + 12.0, button.top()),
            pos2(rect.right(), button.bottom()),
        );
        if let Some(problem) = view.problem.as_ref().or(facts.problem.as_ref()) {
            let sentence = words::voice_note(ctx.text, problem);
            let galley = layout(
                ui,
                sentence.as_str(),
                Type::Hint,
                Weight::Regular,
                colors.warn,
                room.width(),
                2,
            );
            let top = room.center().y - galley.size().y / 2.0;
            ui.painter().galley(pos2(room.left(), top), galley, colors.warn);
            let response = ui.interact(room, ui.scope_id().with("problem"), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &sentence));
            response.on_hover_text(sentence);
            return;
        }
        let track = Rect::from_min_max(room.min, pos2(room.right() - TIME, room.bottom()));
        self.track_ui(ui, ctx, tools, (&view, &facts), track);
        let shown = if view.plays || !view.at.is_zero() {
            view.at
        } else {
            facts.length
        };
        if facts.length.is_zero() && !view.plays {
            return;
        }
        let time = layout(
            ui,
            clock(shown),
            Type::Secondary,
            Weight::Regular,
            colors.dim,
            TIME,
            1,
        );
        let at = pos2(
            rect.right() - time.size().x,
            button.center().y - time.size().y / 2.0,
        );
        ui.painter().galley(at, time, colors.dim);
    }
}

/// The share of the track that is pointed at while the button is down.
fn pointed_at(response: &Response, rect: Rect) -> Option<f32> {
    let held = response.clicked() || response.dragged();
    let pointer = response.interact_pointer_pos().filter(|_| held)?;
    Some(((pointer.x - rect.left()) / rect.width()).clamp(0.0, 1.0))
}

/// Where the keys lead.
fn keyed(ui: &Ui, response: &Response, at: Duration, length: Duration) -> Option<Duration> {
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowLeft) {
        Some(at.saturating_sub(STEP))
    } else if pressed(Key::ArrowRight) {
        Some((at + STEP).min(length))
    } else if pressed(Key::Home) {
        Some(Duration::ZERO)
    } else if pressed(Key::End) {
        Some(length)
    } else {
        None
    }
}

fn paint_track(ui: &Ui, theme: &Theme, rect: Rect, share: f32, loudness: &[f32]) {
    let colors = &theme.colors;
    let rest = mix(colors.line, colors.text, 0.14);
    let painter = ui.painter();
    let middle = rect.center().y;
    if loudness.is_empty() {
        let track = Rect::from_center_size(rect.center(), vec2(rect.width(), 4.0));
        painter.rect_filled(track, CornerRadius::same(2), rest);
        let done = Rect::from_min_max(
            track.min,
            pos2(track.left() + track.width() * share, track.bottom()),
        );
        painter.rect_filled(done, CornerRadius::same(2), colors.accent);
        if share > 0.0 {
            painter.circle_filled(pos2(done.right(), middle), 5.0, colors.accent);
        }
        return;
    }
    let count = (rect.width() / BAR_STEP).floor().max(1.0) as usize;
    for bar in 0..count {
        let from = bar * loudness.len() / count;
        let to = ((bar + 1) * loudness.len() / count)
            .max(from + 1)
            .min(loudness.len());
        let loudest = loudness
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .copied()
            .fold(0.0, f32::max);
        let height = 4.0 + loudest.clamp(0.0, 1.0) * 20.0;
        let left = rect.left() + bar as f32 * BAR_STEP;
        let place = Rect::from_center_size(pos2(left + BAR / 2.0, middle), vec2(BAR, height));
        let done = (bar as f32 + 0.5) / count as f32 <= share;
        painter.rect_filled(
            place,
            CornerRadius::same(radius::PILL / 4 + 1),
            if done { colors.accent } else { rest },
        );
    }
}

/// `0:14`, `1:02:03`.
pub(super) fn clock(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_as_on_a_clock() {
        let written = [0, 14, 75, 3_723].map(|secs| clock(Duration::from_secs(secs)));
        assert_eq!(written, ["0:00", "0:14", "1:15", "1:02:03"]);
    }
}
