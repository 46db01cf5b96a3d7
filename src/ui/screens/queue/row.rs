//! One row of the table.

use super::RowAction;
use super::checkbox::{Check, checkbox};
use super::columns::{Column, Columns};
use super::filter::is_scheduled;
use super::table::{Table, shown_text};
use crate::domain::MessageId;
use crate::domain::message::{Message, MessageState, ReasonKind};
use crate::domain::outbox::allowed;
use crate::t;
use crate::ui::screens::status::{countdown, message_look, planned, preparing_step};
use crate::ui::theme::{Tone, Type, Weight, icons, radius, size, space};
use crate::ui::widgets;
use crate::ui::words;
use egui::{Align, CornerRadius, Layout, Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, vec2};
use std::collections::BTreeSet;

impl<'a> Table<'a> {
    /// Draws a row; what was chosen on it.
    pub(super) fn row_ui(
        &self,
        ui: &mut Ui,
        columns: &Columns,
        message: &'a Message,
        selected: &mut BTreeSet<MessageId>,
    ) -> Option<RowAction> {
        let ctx = self.ctx;
        let size = vec2(ui.available_width(), columns.row_height);
        let to = message.to.to_string();
        let is_selected = selected.contains(&message.id);
        let mut action = None;
        ui.push_id(message.id, |ui| {
            // A click anywhere opens the history; the keyboard finds it in the menu.
            let (rect, row) = ui.allocate_exact_size(size, Sense::CLICK);
            let (tone, icon, state) = self.state(message);
            row.widget_info(|| WidgetInfo::labeled(Role::Row, true, format!("{state}, {to}")));
            if row.clicked() {
                action = Some(RowAction::ShowHistory);
            }
            self.paint_row(ui, rect, row.hovered(), is_selected);
            for (column, left, width) in &columns.places {
                let mut cell = cell_ui(ui, rect, *left, *width);
                let room = width - space::M;
                match column {
                    Column::Check => {
                        let name = t!(ctx, "queue-select", to = &to);
                        let check = if is_selected { Check::On } else { Check::Off };
                        if checkbox(&mut cell, ctx.theme, &name, check).clicked() {
                            if is_selected {
                                selected.remove(&message.id);
                            } else {
                                selected.insert(message.id);
                            }
                        }
                    }
                    Column::State => {
                        let pill = widgets::pill(&mut cell, ctx.theme, tone, Some(icon), state.as_str());
                        self.explained(pill, message);
                    }
                    Column::Menu => {
                        if let Some(chosen) = self.menu_ui(&mut cell, message) {
                            action = Some(chosen);
                        }
                    }
                    other => self.words_ui(&mut cell, *other, message, columns, room),
                }
            }
        });
        action
    }

    fn paint_row(&self, ui: &Ui, rect: Rect, hovered: bool, selected: bool) {
        let theme = self.ctx.theme;
        let inside = rect.expand2(vec2(6.0, -1.0));
        let corner = CornerRadius::same(radius::CONTROL);
        if selected {
            ui.painter().rect_filled(inside, corner, theme.colors.accent_soft);
        } else if hovered {
            let color = theme.hovered(theme.colors.panel);
            ui.painter().rect_filled(inside, corner, color);
        }
        let line = Stroke::new(1.0, theme.colors.line);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, line);
    }

    /// The cells that hold nothing but words.
    fn words_ui(&self, ui: &mut Ui, column: Column, message: &Message, columns: &Columns, room: f32) {
        let ctx = self.ctx;
        let colors = &ctx.theme.colors;
        let to = message.to.to_string();
        let text = shown_text(message, 200);
        let one = |ui: &mut Ui, words: String, kind, weight, color| {
            widgets::fading_line(ui, ctx.theme, words, kind, weight, color, room)
        };
        match column {
            Column::To => {
                one(ui, to, Type::Body, Weight::Medium, colors.text);
            }
            Column::Message if columns.row_height > size::ROW => {
                let why = self.why(message);
                two_lines(ui, |ui| {
                    self.text_ui(ui, message, text, colors.text, room);
                    if !why.is_empty() {
                        let line = one(ui, why, Type::Secondary, Weight::Regular, colors.dim);
                        self.explained(line, message);
                    }
                });
            }
            Column::Message => self.text_ui(ui, message, text, colors.text, room),
            Column::ToAndMessage => two_lines(ui, |ui| {
                one(ui, to, Type::Body, Weight::Medium, colors.text);
                self.text_ui(ui, message, text, colors.dim, room);
            }),
            Column::Why => {
                let why = self.why(message);
                let (kind, weight) = (Type::Secondary, Weight::Regular);
                let lines = widgets::fading_lines(ui, why, kind, weight, colors.dim, (room, 2));
                self.explained(lines, message);
            }
            Column::Attempts => {
                let attempts = ctx.text.number(u64::from(message.attempts));
                one(ui, attempts, Type::Secondary, Weight::Regular, colors.dim);
            }
            Column::Next => {
                one(
                    ui,
                    self.next(message),
                    Type::Secondary,
                    Weight::Regular,
                    colors.dim,
                );
            }
            Column::Check | Column::State | Column::Menu => {}
        }
    }

    fn text_ui(&self, ui: &mut Ui, message: &Message, text: String, color: egui::Color32, room: f32) {
        let theme = self.ctx.theme;
        if message.attachment.is_none() {
            widgets::fading_line(ui, theme, text, Type::Body, Weight::Regular, color, room);
            return;
        }
        ui.allocate_ui_with_layout(vec2(room, 20.0), Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            widgets::icon(ui, theme, icons::PAPERCLIP, 14.0, theme.colors.faint);
            let room = room - 18.0;
            widgets::fading_line(ui, theme, text, Type::Body, Weight::Regular, color, room);
        });
    }

    fn state(&self, message: &Message) -> (Tone, &'static str, String) {
        let ctx = self.ctx;
        if is_scheduled(message, ctx.now) && preparing_step(ctx, message).is_none() {
            let words = t!(ctx, "queue-state-scheduled");
            return (Tone::Neutral, icons::CALENDAR_CLOCK, words);
        }
        let (tone, icon) = message_look(message.state);
        let words = ctx.text.get(&format!("queue-state-{}", message.state.key()));
        (tone, icon, words)
    }

    /// Why it is where it is, in a sentence.
    fn why(&self, message: &Message) -> String {
        let ctx = self.ctx;
        if message.state == MessageState::Preparing {
            return self.why_preparing(message);
        }
        if message.state == MessageState::Queued {
            if self.view.account.paused {
                return t!(ctx, "queue-why-paused");
            }
            if let Some(at) = message.not_before.filter(|_| is_scheduled(message, ctx.now)) {
                let when = planned(ctx, at);
                return t!(ctx, "queue-why-scheduled", when = when);
            }
            if let Some(held) = &self.view.held {
                return words::reason_exactly(ctx.text, held);
            }
        }
        let is_due = message.next_attempt_at.is_none_or(|at| at <= ctx.now);
        let paced = self
            .view
            .paced_until
            .filter(|_| is_due && message.state == MessageState::Queued);
        if let Some(time) = paced.and_then(|until| countdown(ctx, until)) {
            return t!(ctx, "queue-why-paced", time = time);
        }
        match (&message.reason, message.state) {
            (Some(reason), _) => words::reason_exactly(ctx.text, reason),
            (None, MessageState::Queued) => t!(ctx, "queue-why-turn"),
            (None, _) => String::new(),
        }
    }

    /// How far the file of a message is, or why it is not being put in its place.
    fn why_preparing(&self, message: &Message) -> String {
        let ctx = self.ctx;
        if let Some(step) = preparing_step(ctx, message) {
            return words::preparing(ctx.text, step);
        }
        if let Some(at) = message.not_before.filter(|_| is_scheduled(message, ctx.now)) {
            return t!(ctx, "queue-why-scheduled", when = planned(ctx, at));
        }
        match &message.reason {
            Some(reason) => words::reason_exactly(ctx.text, reason),
            None => t!(ctx, "preparing-turn"),
        }
    }

    /// Tells under the pointer why the message is where it is. Put into words only when they are looked at.
    fn explained(&self, response: egui::Response, message: &Message) {
        if message.reason.is_some() || message.state.is_open() {
            response.on_hover_ui(|ui| {
                ui.label(self.why_in_full(message));
            });
        }
    }

    /// Why, what it means, and what the gateway or the system said.
    fn why_in_full(&self, message: &Message) -> String {
        let mut parts = vec![self.why(message)];
        if let Some(reason) = &message.reason {
            parts.push(words::reason_exactly(self.ctx.text, reason));
            parts.push(words::reason_advice(self.ctx.text, reason));
            parts.extend(words::reason_said(self.ctx.text, reason));
        }
        parts.retain(|part| !part.is_empty());
        parts.dedup();
        parts.join("\n")
    }

    /// When it is tried next.
    fn next(&self, message: &Message) -> String {
        const NONE: &str = "—";
        let ctx = self.ctx;
        match message.state {
            MessageState::InFlight => t!(ctx, "queue-next-now"),
            MessageState::Preparing if preparing_step(ctx, message).is_some() => t!(ctx, "queue-next-now"),
            MessageState::Preparing => message
                .not_before
                .and_then(|due| countdown(ctx, due))
                .unwrap_or_else(|| NONE.to_owned()),
            MessageState::Queued => {
                let holds = self.view.account.paused || self.view.held.is_some();
                if holds && !is_scheduled(message, ctx.now) {
                    return NONE.to_owned();
                }
                message
                    .next_attempt_at
                    .max(message.not_before)
                    .and_then(|due| countdown(ctx, due))
                    .unwrap_or_else(|| t!(ctx, "queue-next-turn"))
            }
            _ => NONE.to_owned(),
        }
    }

    fn menu_ui(&self, ui: &mut Ui, message: &Message) -> Option<RowAction> {
        let ctx = self.ctx;
        let may = allowed(message);
        let scheduled = is_scheduled(message, ctx.now);
        let rejected = message.state == MessageState::Rejected;
        // The same free text would be refused again; whether the person has written since is told in the conversation.
        let wants_template = rejected
            && message.template.is_none()
            && message
                .reason
                .as_ref()
                .is_some_and(|reason| reason.kind == ReasonKind::OutsideWindow);
        let name = t!(ctx, "queue-row-menu", to = message.to.to_string());
        let items = [
            (
                may.retry && !scheduled,
                RowAction::Retry,
                icons::REFRESH,
                "queue-retry",
            ),
            (
                may.retry && scheduled,
                RowAction::Retry,
                icons::SEND,
                "queue-send-now",
            ),
            (may.resolve, RowAction::Arrived, icons::CHECK, "queue-arrived"),
            (
                may.resolve,
                RowAction::SendAgainAtRisk,
                icons::SEND,
                "queue-send-again-ask",
            ),
            (
                may.resend && !wants_template,
                RowAction::SendAgain,
                icons::SEND,
                "queue-send-again",
            ),
            (rejected, RowAction::PutAside, icons::X, "queue-put-aside"),
            (
                true,
                RowAction::OpenConversation,
                icons::MESSAGES,
                "queue-open-conversation",
            ),
            (true, RowAction::ShowHistory, icons::HISTORY, "queue-history"),
        ];
        widgets::menu_button(ui, ctx.theme, icons::MORE, name, |ui| {
            let mut chosen = None;
            for (_, action, icon, key) in items.into_iter().filter(|(there, ..)| *there) {
                if widgets::menu_item(ui, ctx.theme, icon, ctx.text.get(key)).clicked() {
                    chosen = Some(action);
                }
            }
            if may.cancel {
                let words = t!(ctx, "queue-cancel");
                if widgets::menu_item_danger(ui, ctx.theme, icons::BAN, words).clicked() {
                    chosen = Some(RowAction::Cancel);
                }
            }
            chosen
        })
        .inner
        .flatten()
    }
}

/// A place in a row, its contents in the middle of its height.
pub(super) fn cell_ui(ui: &mut Ui, row: Rect, left: f32, width: f32) -> Ui {
    let rect = Rect::from_min_size(row.min + vec2(left, 0.0), vec2(width, row.height()));
    ui.new_child(
        UiBuilder::new()
            .max_rect(rect)
            .layout(Layout::left_to_right(Align::Center)),
    )
}

fn two_lines(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add_space(((ui.available_height() - 40.0) / 2.0).max(0.0));
        add(ui);
    });
}
