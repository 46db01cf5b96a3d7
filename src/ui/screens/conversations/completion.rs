//! `:name` completion: a colon and two letters offer the emoji whose names begin so.

use crate::t;
use crate::ui::context::UiContext;
use crate::ui::emoji::{self, Emoji};
use crate::ui::text::Language;
use crate::ui::theme::{Type, Weight, space};
use crate::ui::widgets;
use egui::text::{CCursor, CCursorRange};
use egui::{EventFilter, Id, Key, Modifiers, Popup, PopupCloseBehavior, RectAlign, Response, TextEdit, Ui};
use std::ops::Range;

/// How many are offered.
const OFFERED: usize = 6;

/// What is being completed.
#[derive(Default)]
pub(super) struct Completion {
    chosen: usize,
    dismissed: Option<usize>,
    /// Whether the list was shown in the last frame.
    open: bool,
}

impl Completion {
    /// The keys that are for the text and its list, and must not take the keyboard away from them.
    pub(super) fn event_filter(&self) -> EventFilter {
        EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            tab: self.open,
            escape: self.open,
        }
    }

    /// Takes the keys of an open list; answers whether one was taken.
    pub(super) fn keys(
        &mut self,
        ui: &Ui,
        id: Id,
        text: &mut String,
        cursor: &mut Option<CCursorRange>,
        language: Language,
    ) -> bool {
        let Some((range, offered)) = self.offered(text, *cursor, language) else {
            return false;
        };
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::ArrowDown) {
            self.chosen = (self.chosen + 1) % offered.len();
            return true;
        }
        if pressed(Key::ArrowUp) {
            self.chosen = (self.chosen + offered.len() - 1) % offered.len();
            return true;
        }
        if pressed(Key::Escape) {
            self.dismissed = Some(range.start);
            return true;
        }
        if pressed(Key::Enter) || pressed(Key::Tab) {
            let index = self.chosen.min(offered.len() - 1);
            self.take(ui, id, text, cursor, range, offered[index]);
            return true;
        }
        false
    }

    /// Draws the list above the text while there is something to offer.
    pub(super) fn ui(
        &mut self,
        ui: &Ui,
        ctx: &UiContext<'_>,
        response: &Response,
        id: Id,
        text: &mut String,
        cursor: &mut Option<CCursorRange>,
    ) {
        let language = ctx.text.language();
        let found = response
            .has_focus()
            .then(|| self.offered(text, *cursor, language))
            .flatten();
        self.open = found.is_some();
        let Some((range, offered)) = found else {
            self.chosen = 0;
            // Closed with Esc: until another name begins.
            let at = cursor.and_then(|cursor| cursor.single()).map(|at| at.index.0);
            if at.and_then(|at| name_before(text, at)).is_none() {
                self.dismissed = None;
            }
            return;
        };
        let mut picked = None;
        Popup::from_response(response)
            .id(id.with("completion"))
            .open(true)
            .align(RectAlign::TOP_START)
            .close_behavior(PopupCloseBehavior::IgnoreClicks)
            .frame(widgets::menu::menu_frame(ctx.theme))
            .show(|ui| {
                ui.set_max_width(280.0);
                for (index, emoji) in offered.iter().enumerate() {
                    let words = format!("{}  {}", emoji.text, emoji.name(language));
                    let chosen = index == self.chosen.min(offered.len() - 1);
                    if widgets::menu::option_item(ui, ctx.theme, words, chosen).clicked() {
                        picked = Some(*emoji);
                    }
                }
                ui.add_space(space::XS);
                let hint = t!(ctx, "composer-completion-keys");
                widgets::label(
                    ui,
                    ctx.theme,
                    hint,
                    Type::Hint,
                    Weight::Regular,
                    ctx.theme.colors.faint,
                );
            });
        if let Some(emoji) = picked {
            self.take(ui, id, text, cursor, range, emoji);
            response.request_focus();
        }
    }

    fn take(
        &mut self,
        ui: &Ui,
        id: Id,
        text: &mut String,
        cursor: &mut Option<CCursorRange>,
        range: Range<usize>,
        emoji: &Emoji,
    ) {
        put(ui, id, text, cursor, Some(range), emoji.text);
        self.chosen = 0;
    }

    fn offered(
        &self,
        text: &str,
        cursor: Option<CCursorRange>,
        language: Language,
    ) -> Option<(Range<usize>, Vec<&'static Emoji>)> {
        let at = cursor?.single()?.index.0;
        let range = name_before(text, at)?;
        if self.dismissed == Some(range.start) {
            return None;
        }
        let name: String = text.chars().skip(range.start + 1).take(range.len() - 1).collect();
        let mut found = emoji::find(&name, language);
        found.truncate(OFFERED);
        (!found.is_empty()).then_some((range, found))
    }
}

/// The `:name` that ends at the cursor, in characters: a colon at the beginning of a word and at least two letters.
fn name_before(text: &str, cursor: usize) -> Option<Range<usize>> {
    let before: Vec<char> = text.chars().take(cursor).collect();
    let start = before.iter().rposition(|character| *character == ':')?;
    let name = &before[start + 1..];
    let begins = start == 0 || !before[start - 1].is_alphanumeric();
    let is_name = (2..=32).contains(&name.len()) && name.iter().all(|c| c.is_alphanumeric() || *c == '_');
    (begins && is_name).then_some(start..cursor)
}

/// As [`insert`], and moves the field's own cursor along, so that typing goes on behind it.
pub(super) fn put(
    ui: &Ui,
    id: Id,
    text: &mut String,
    cursor: &mut Option<CCursorRange>,
    range: Option<Range<usize>>,
    new: &str,
) {
    insert(text, cursor, range, new);
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(*cursor);
    state.store(ui.ctx(), id);
}

/// Puts something in the place of a range (or of the selection, or at the end), with the cursor behind it.
fn insert(text: &mut String, cursor: &mut Option<CCursorRange>, range: Option<Range<usize>>, new: &str) {
    let length = text.chars().count();
    let range = range.unwrap_or_else(|| match cursor {
        Some(cursor) => {
            let (one, other) = (cursor.primary.index.0, cursor.secondary.index.0);
            one.min(other).min(length)..one.max(other).min(length)
        }
        None => length..length,
    });
    let byte = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
    let bytes = byte(range.start)..byte(range.end);
    text.replace_range(bytes, new);
    let end = range.start + new.chars().count();
    *cursor = Some(CCursorRange::one(CCursor::new(end)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_only_where_one_begins() {
        assert_eq!(name_before("olá :cora", 9), Some(4..9));
        assert_eq!(name_before(":co", 3), Some(0..3));
        for (text, cursor) in [
            ("às 14:30", 8),
            ("olá :c", 6),
            ("a: b", 4),
            ("", 0),
            ("http://x", 8),
        ] {
            assert_eq!(name_before(text, cursor), None, "{text}");
        }
    }

    #[test]
    fn what_is_put_in_goes_to_the_cursor_or_over_the_selection() {
        let mut text = "ação!".to_owned();
        let mut cursor = Some(CCursorRange::one(CCursor::new(4)));
        insert(&mut text, &mut cursor, None, "👋");
        assert_eq!(text, "ação👋!");
        assert_eq!(cursor.unwrap().primary.index.0, 5);
        insert(&mut text, &mut cursor, Some(0..4), "é");
        assert_eq!(text, "é👋!");
        insert(&mut text, &mut None, None, "x");
        assert_eq!(text, "é👋!x");
    }
}
