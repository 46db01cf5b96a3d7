//! Our own queue as a table: only the rows in sight are drawn, and columns go where there is no room for them.

use super::RowAction;
use super::checkbox::{Check, checkbox};
use super::columns::{Column, Columns};
use super::filter::{Bulk, Filter};
use super::row::cell_ui;
use crate::domain::MessageId;
use crate::domain::message::Message;
use crate::domain::text::one_line;
use crate::engine::{AccountView, Command, OutboxCommand};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::theme::{Tone, Type, Weight, icons, size, space};
use crate::ui::widgets::{self, Button};
use egui::{ScrollArea, Sense, Stroke, Ui, vec2};
use std::collections::BTreeSet;

const HEADER: f32 = 30.0;

/// What stands in the card while the list has not been read.
pub(super) fn unread_ui(ui: &mut Ui, ctx: &UiContext<'_>, error: Option<&str>) {
    title_ui(ui, ctx, t!(ctx, "queue-here"));
    if let Some(error) = error {
        let words = t!(ctx, "queue-unreadable", words = error);
        super::gateway::outcome_ui(ui, ctx, Tone::Bad, icons::ALERT, words);
        return;
    }
    ui.spacing_mut().item_spacing.y = space::M;
    let width = ui.available_width();
    for _ in 0..5 {
        widgets::skeleton(ui, ctx.theme, vec2(width, 32.0));
    }
}

fn title_ui(ui: &mut Ui, ctx: &UiContext<'_>, words: String) {
    let color = ctx.theme.colors.text;
    widgets::label(ui, ctx.theme, words, Type::Body, Weight::Semibold, color);
}

/// The text of a message in a line, or the name of its attachment.
pub(super) fn shown_text(message: &Message, max: usize) -> String {
    let text = one_line(&message.text, max);
    match &message.attachment {
        Some(attachment) if text.is_empty() => attachment.name.clone(),
        _ => text,
    }
}

/// The list of one account as it is now.
pub(super) struct Table<'a> {
    pub(super) ctx: &'a UiContext<'a>,
    pub(super) view: &'a AccountView,
    messages: &'a [Message],
    counts: [usize; 5],
    /// Of the messages shown, their places in `messages`.
    rows: Vec<usize>,
}

impl<'a> Table<'a> {
    /// Takes those messages that the filter shows.
    pub(super) fn new(
        ctx: &'a UiContext<'a>,
        view: &'a AccountView,
        messages: &'a [Message],
        filter: Filter,
    ) -> Self {
        let rows = messages
            .iter()
            .enumerate()
            .filter(|(_, message)| filter.shows(message, ctx.now))
            .map(|(index, _)| index)
            .collect();
        Self {
            ctx,
            view,
            messages,
            counts: Filter::counts(messages, ctx.now),
            rows,
        }
    }

    fn shown(&self) -> impl Iterator<Item = &'a Message> + '_ {
        self.rows.iter().filter_map(|index| self.messages.get(*index))
    }

    /// The head: filters, or what can be done with those selected.
    pub(super) fn head_ui(&self, ui: &mut Ui, filter: &mut Filter, selected: &mut BTreeSet<MessageId>) {
        let ctx = self.ctx;
        let bulk = Bulk::of(self.shown(), selected);
        let narrow = ui.available_width() < 620.0;
        let title = if bulk.selected > 0 {
            t!(ctx, "queue-selected", count = bulk.selected)
        } else {
            t!(ctx, "queue-here")
        };
        if narrow {
            title_ui(ui, ctx, title);
            ui.scope(|ui| {
                ui.spacing_mut().item_spacing = vec2(space::S, space::S);
                ui.spacing_mut().interact_size.y = 22.0;
                ui.horizontal_wrapped(|ui| self.head_controls_ui(ui, &bulk, filter, selected));
            });
            return;
        }
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::CONTROL), Sense::hover());
        let mut left = cell_ui(ui, row, 0.0, row.width());
        title_ui(&mut left, ctx, title);
        // They end at the right edge and are written from the left, so they begin where the last pass says. They get
        // more room than there is: one that grows is measured, not elided.
        let id = ui.unique_id().with("head-controls");
        let known: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(row.width());
        let mut right = cell_ui(ui, row, row.width() - known, row.width());
        right.spacing_mut().item_spacing.x = space::S;
        self.head_controls_ui(&mut right, &bulk, filter, selected);
        let now = right.min_rect().width();
        if (now - known).abs() > 0.5 {
            ui.data_mut(|data| data.insert_temp(id, now));
            ui.ctx().request_discard("the queue's head was measured");
        }
    }

    fn head_controls_ui(
        &self,
        ui: &mut Ui,
        bulk: &Bulk,
        filter: &mut Filter,
        selected: &mut BTreeSet<MessageId>,
    ) {
        if bulk.selected > 0 {
            self.bulk_ui(ui, bulk, selected);
            return;
        }
        for (kind, count) in Filter::ALL.into_iter().zip(self.counts) {
            let words = self.ctx.text.with(
                &format!("queue-filter-{}", kind.key()),
                &[("count", count.into())],
            );
            if widgets::filter_pill(ui, self.ctx.theme, words, *filter == kind).clicked() {
                *filter = kind;
            }
        }
    }

    fn bulk_ui(&self, ui: &mut Ui, bulk: &Bulk, selected: &mut BTreeSet<MessageId>) {
        let ctx = self.ctx;
        let send_all = |ids: &[MessageId], command: fn(MessageId) -> OutboxCommand| {
            ids.iter().for_each(|id| ctx.send(Command::Outbox(command(*id))));
        };
        let mut done = false;
        let mut button = |ui: &mut Ui, ids: &[MessageId], words: String, command| {
            if !ids.is_empty() && Button::secondary(words).small().show(ui, ctx.theme).clicked() {
                send_all(ids, command);
                done = true;
            }
        };
        let words = t!(ctx, "queue-bulk-retry", count = bulk.retry.len());
        button(ui, &bulk.retry, words, OutboxCommand::Retry);
        let words = t!(ctx, "queue-bulk-put-aside", count = bulk.put_aside.len());
        button(ui, &bulk.put_aside, words, OutboxCommand::PutAside);
        let words = t!(ctx, "queue-bulk-cancel", count = bulk.cancel.len());
        button(ui, &bulk.cancel, words, OutboxCommand::Cancel);
        let none = widgets::icon_button(ui, ctx.theme, icons::X, t!(ctx, "queue-select-none"));
        if done || none.clicked() {
            selected.clear();
        }
    }

    /// The rows, as many as there is room for; what was chosen on one of them.
    pub(super) fn rows_ui(
        &self,
        ui: &mut Ui,
        filter: &mut Filter,
        selected: &mut BTreeSet<MessageId>,
    ) -> Option<(RowAction, &'a Message)> {
        if self.rows.is_empty() {
            self.nothing_ui(ui, filter);
            return None;
        }
        let columns = Columns::fitting(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        self.columns_ui(ui, &columns, selected);
        let mut acted = None;
        let room = ui.available_height().max(3.0 * columns.row_height);
        ScrollArea::vertical()
            .id_salt("queue-rows")
            .auto_shrink([false, false])
            .max_height(room)
            .show_rows(ui, columns.row_height, self.rows.len(), |ui, range| {
                for message in self.shown().skip(range.start).take(range.len()) {
                    if let Some(action) = self.row_ui(ui, &columns, message, selected) {
                        acted = Some((action, message));
                    }
                }
            });
        acted
    }

    fn nothing_ui(&self, ui: &mut Ui, filter: &mut Filter) {
        let ctx = self.ctx;
        if self.messages.is_empty() {
            let (title, body) = (t!(ctx, "queue-empty"), t!(ctx, "queue-empty-body"));
            let action = t!(ctx, "queue-new-message");
            if widgets::empty_state(ui, ctx.theme, icons::CIRCLE_CHECK, title, body, Some(&action)) {
                ctx.act(UiAction::NewMessage);
            }
            return;
        }
        ui.add_space(space::XL);
        ui.vertical_centered(|ui| {
            let color = ctx.theme.colors.dim;
            let words = t!(ctx, "queue-filter-nothing");
            widgets::label(ui, ctx.theme, words, Type::Body, Weight::Regular, color);
            if widgets::link(ui, ctx.theme, t!(ctx, "queue-filter-show-all")).clicked() {
                *filter = Filter::All;
            }
        });
    }

    /// The names of the columns, and the box that selects every row.
    fn columns_ui(&self, ui: &mut Ui, columns: &Columns, selected: &mut BTreeSet<MessageId>) {
        let ctx = self.ctx;
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEADER), Sense::hover());
        for (column, left, width) in &columns.places {
            let mut cell = cell_ui(ui, rect, *left, *width);
            let words = match column {
                Column::Check => {
                    self.select_all_ui(&mut cell, selected);
                    continue;
                }
                Column::Menu => continue,
                Column::State => t!(ctx, "queue-column-state"),
                Column::To => t!(ctx, "queue-column-to"),
                Column::Message | Column::ToAndMessage => t!(ctx, "queue-column-message"),
                Column::Why => t!(ctx, "queue-column-why"),
                Column::Attempts => t!(ctx, "queue-column-attempts"),
                Column::Next => t!(ctx, "queue-column-next"),
            };
            let color = ctx.theme.colors.faint;
            let room = width - space::M;
            widgets::fading_line(
                &mut cell,
                ctx.theme,
                words,
                Type::Hint,
                Weight::Medium,
                color,
                room,
            );
        }
        let line = Stroke::new(1.0, ctx.theme.colors.line);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, line);
    }

    fn select_all_ui(&self, ui: &mut Ui, selected: &mut BTreeSet<MessageId>) {
        let count = if selected.is_empty() {
            0
        } else {
            self.shown()
                .filter(|message| selected.contains(&message.id))
                .count()
        };
        let check = match count {
            0 => Check::Off,
            all if all == self.rows.len() => Check::On,
            _ => Check::Some,
        };
        let name = t!(self.ctx, "queue-select-all");
        if checkbox(ui, self.ctx.theme, &name, check).clicked() {
            if check == Check::On {
                selected.clear();
            } else {
                selected.extend(self.shown().map(|message| message.id));
            }
        }
    }
}
