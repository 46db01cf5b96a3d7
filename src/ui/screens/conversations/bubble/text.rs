//! The words of a message: WhatsApp's formatting, emoji, links.

use super::super::formatting::{Span, spans};
use crate::ui::theme::{self, Theme, Type, Weight};
use egui::epaint::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Galley, Pos2, Stroke, Ui, Vec2};
use std::ops::Range;
use std::sync::Arc;

/// A text of more characters than this is shown cut; *Copy text* has the whole.
const SHOWN_MAX: usize = 6_000;

/// The text of a message, laid out.
pub(super) struct Text {
    galley: Arc<Galley>,
    links: Vec<(Range<usize>, String)>,
    color: Color32,
}

impl Text {
    /// Lays a text out in `width` points; `None` if there is none.
    pub(super) fn new(ui: &Ui, theme: &Theme, text: &str, width: f32, color: Color32) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        let (job, links) = job(theme, &shown(text), width, color);
        Some(Self {
            galley: ui.painter().layout_job(job),
            links,
            color,
        })
    }

    pub(super) fn size(&self) -> Vec2 {
        self.galley.size()
    }

    pub(super) fn paint(&self, ui: &Ui, at: Pos2) {
        ui.painter().galley(at, Arc::clone(&self.galley), self.color);
    }

    /// The address of the link at this place of the text painted at `at`.
    pub(super) fn link_at(&self, at: Pos2, pointer: Pos2) -> Option<&str> {
        let inside = pointer - at;
        if !self.galley.rect.contains(inside.to_pos2()) {
            return None;
        }
        let index = self.galley.cursor_from_pos(inside).index.0;
        self.links
            .iter()
            .find(|(range, _)| range.contains(&index))
            .map(|(_, link)| link.as_str())
    }

    /// The addresses in it, each once.
    pub(super) fn links(&self) -> Vec<String> {
        let mut links: Vec<String> = Vec::new();
        for (_, link) in &self.links {
            if !links.contains(link) {
                links.push(link.clone());
            }
        }
        links
    }
}

/// The text, cut where it is too long to be laid out in every frame.
fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The words of a message with their formatting, for where they are shown outside of a thread.
pub(in crate::ui::screens) fn formatted(theme: &Theme, text: &str, width: f32, color: Color32) -> LayoutJob {
    job(theme, text, width, color).0
}

fn job(theme: &Theme, text: &str, width: f32, color: Color32) -> (LayoutJob, Vec<(Range<usize>, String)>) {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let mut links = Vec::new();
    let mut characters = 0;
    for span in spans(text) {
        job.append(&span.text, 0.0, format(theme, &span, color));
        let end = characters + span.text.chars().count();
        if let Some(link) = span.link {
            links.push((characters..end, link));
        }
        characters = end;
    }
    (job, links)
}

fn format(theme: &Theme, span: &Span, color: Color32) -> TextFormat {
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
    let color = if span.link.is_some() { colors.info } else { color };
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
