//! The text of a message, and what is to be said about it.

use super::{Composer, place_id};
use crate::domain::Timestamp;
use crate::domain::settings::SendKey;
use crate::domain::text::clean_message;
use crate::engine::AccountView;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::screens::conversations::completion;
use crate::ui::theme::{Theme, Tone, Type, Weight, font, icons, radius, space};
use crate::ui::widgets;
use crate::ui::words;
use egui::text::CCursorRange;
use egui::{
    CornerRadius, Frame, Id, Key, KeyboardShortcut, Margin, Modifiers, Response, Stroke, StrokeKind,
    TextEdit, Ui,
};

/// Rows of text before the composer scrolls.
const ROWS_MAX: usize = 6;

impl Composer {
    /// Draws the field for the text; answers whether the key that sends was pressed in it.
    pub(super) fn text_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) -> bool {
        let theme = ctx.theme;
        let colors = &theme.colors;
        let id = Id::unique(("composer text", place_id(self.place)));
        let key = ctx.live.settings.send_key;
        let focused = ui.memory(|memory| memory.has_focus(id));
        let language = ctx.text.language();
        let mut wants = false;
        if focused {
            wants = !self
                .completion
                .keys(ui, id, &mut self.text, &mut self.cursor, language)
                && take_send_key(ui, key);
        }
        let box_ = Frame::new().inner_margin(Margin::symmetric(12, 8));
        let mut prepared = box_.begin(ui);
        let (response, cursor) = self.edit_ui(&mut prepared.content_ui, ctx, id);
        let rect = prepared.content_ui.min_rect().expand2(egui::vec2(12.0, 8.0));
        let stroke = if response.has_focus() {
            Stroke::new(2.0, colors.accent)
        } else {
            Stroke::new(1.0, colors.line)
        };
        ui.painter().rect_stroke(
            rect,
            CornerRadius::same(radius::CONTROL),
            stroke,
            StrokeKind::Inside,
        );
        prepared.end(ui);
        if let Some(cursor) = cursor {
            self.cursor = Some(cursor);
        }
        self.note_edit(ui, ctx, &response);
        self.completion
            .ui(ui, ctx, &response, id, &mut self.text, &mut self.cursor);
        wants
    }

    /// The text edit within its box; answers with where its cursor is.
    fn edit_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, id: Id) -> (Response, Option<CCursorRange>) {
        let theme = ctx.theme;
        let colors = &theme.colors;
        let line_break = match ctx.live.settings.send_key {
            SendKey::Enter => KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter),
            SendKey::CtrlEnter => KeyboardShortcut::new(Modifiers::NONE, Key::Enter),
        };
        let rows = self.text.lines().count().clamp(2, ROWS_MAX);
        let width = ui.available_width();
        egui::ScrollArea::vertical()
            .id_salt(("composer scroll", place_id(self.place)))
            .max_height(Type::Body.line_height() * ROWS_MAX as f32)
            .show(ui, |ui| {
                let edit = TextEdit::multiline(&mut self.text)
                    .id(id)
                    .frame(Frame::NONE)
                    .margin(Margin::ZERO)
                    .font(font(Type::Body, Weight::Regular))
                    .text_color(colors.text)
                    .hint_text(theme.rich(
                        t!(ctx, "composer-hint"),
                        Type::Body,
                        Weight::Regular,
                        colors.faint,
                    ))
                    .desired_rows(rows)
                    .desired_width(width)
                    .return_key(Some(line_break))
                    .event_filter(self.completion.event_filter())
                    .interactive(self.sending.is_none());
                let output = edit.show(ui);
                let response = output
                    .response
                    .response
                    .clone()
                    .accessible_name(t!(ctx, "composer-text"));
                (response, output.cursor_range)
            })
            .inner
    }

    /// Gives the keyboard to the edit where it is due, and notes that something was typed.
    fn note_edit(&mut self, ui: &Ui, ctx: &UiContext<'_>, response: &Response) {
        let free = self.focus_if_free && ui.memory(|memory| memory.focused().is_none());
        if self.sending.is_none() {
            self.focus_if_free = false;
            if std::mem::take(&mut self.focus) || free {
                response.request_focus();
            }
        }
        if response.changed() {
            self.changed_at = Some(ctx.now);
            self.failed = None;
        }
        if response.lost_focus() {
            // Whoever leaves the field may leave the program.
            self.changed_at = Some(Timestamp(0));
        }
    }

    /// What will be different about the message, and whether it waits.
    pub(super) fn notes_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>, account: &AccountView) {
        let removed = clean_message(&self.text).1;
        if removed.control > 0 {
            note(
                ui,
                ctx.theme,
                Tone::Warn,
                t!(ctx, "composer-control-removed", count = removed.control),
            );
        }
        if removed.direction > 0 {
            note(
                ui,
                ctx.theme,
                Tone::Warn,
                t!(ctx, "composer-direction-removed", count = removed.direction),
            );
        }
        if let Some(reason) = &account.held {
            let why = words::reason_exactly(ctx.text, reason);
            note(
                ui,
                ctx.theme,
                Tone::Info,
                t!(ctx, "composer-will-wait", why = why),
            );
        }
    }

    /// Puts something at the cursor, and gives the keyboard back to the text.
    pub(super) fn put(&mut self, ui: &Ui, ctx: &UiContext<'_>, new: &str) {
        if self.sending.is_some() {
            return;
        }
        let id = Id::unique(("composer text", place_id(self.place)));
        completion::put(ui, id, &mut self.text, &mut self.cursor, None, new);
        self.changed_at = Some(ctx.now);
        self.failed = None;
        self.focus = true;
    }
}

/// A line with the sign of its tone, in its colour. It wraps where there is no more room.
pub(super) fn note(ui: &mut Ui, theme: &Theme, tone: Tone, text: String) {
    let sign = if tone == Tone::Warn {
        icons::WARNING
    } else {
        icons::INFO
    };
    line(ui, theme, (tone, sign), text);
}

/// A line with a sign of its own.
pub(in crate::ui::screens) fn line(
    ui: &mut Ui,
    theme: &Theme,
    (tone, sign): (Tone, &'static str),
    text: String,
) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let color = theme.tone(tone).0;
        widgets::icon(ui, theme, sign, 14.0, color);
        let words = theme.rich(text, Type::Hint, Weight::Regular, color);
        ui.add(egui::Label::new(words).wrap());
    });
}

/// Takes the key that sends out of the input, so that the text does not get it.
fn take_send_key(ui: &Ui, key: SendKey) -> bool {
    ui.input_mut(|input| match key {
        SendKey::Enter => {
            let plain = input.modifiers.is_none() && input.key_pressed(Key::Enter);
            plain && input.consume_key(Modifiers::NONE, Key::Enter)
        }
        SendKey::CtrlEnter => input.consume_key(Modifiers::COMMAND, Key::Enter),
    })
}
