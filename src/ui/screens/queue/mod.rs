//! The queue: the gateway's (how long, clear it, the delay between messages) and ours (every message that is not yet
//! final or needs the operator).

mod checkbox;
mod columns;
mod delay;
mod filter;
mod gateway;
mod row;
mod table;

use super::history::history_dialog;
use super::status;
use crate::domain::message::{Message, MessageState};
use crate::domain::{AccountId, MessageId};
use crate::engine::{AccountCommand, AccountView, Command, OutboxCommand};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::read_model::Want;
use crate::ui::theme::{Tone, Type, Weight, icons, space};
use crate::ui::widgets::{self, Button};
use crate::ui::words;
use egui::Ui;
use filter::Filter;
use std::collections::{BTreeMap, BTreeSet};

/// Our own list is never lower than this.
const LIST_AT_LEAST: f32 = 300.0;
/// Margins of a screen, above and below.
const SCREEN_MARGINS: f32 = 48.0;

/// The queue screen.
#[derive(Debug, Default)]
pub struct QueueScreen {
    desks: BTreeMap<AccountId, Desk>,
}

/// What the operator is doing with the queue of one account.
#[derive(Debug, Default)]
struct Desk {
    filter: Filter,
    selected: BTreeSet<MessageId>,
    clearing: gateway::Clearing,
    delay: delay::Form,
    send_again: Option<MessageId>,
    history: Option<MessageId>,
}

/// What can be done with one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowAction {
    Cancel,
    Retry,
    Arrived,
    /// Asks first: there may be a second copy.
    SendAgainAtRisk,
    SendAgain,
    PutAside,
    OpenConversation,
    ShowHistory,
}

impl QueueScreen {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let Some(view) = ctx.account else {
            return status::no_account_ui(ui, ctx, icons::QUEUE, t!(ctx, "queue-no-account"));
        };
        ctx.want(Want::Outbox(view.account.id));
        let desk = self.desks.entry(view.account.id).or_default();
        desk.clearing.take_answer(ctx);
        desk.delay.take_answer(ctx);
        let outbox = ctx.model.outbox(view.account.id);
        let messages = outbox.and_then(|outbox| outbox.value.as_deref());
        let error = outbox.and_then(|outbox| outbox.error.as_deref());
        let height = ui.available_height();
        widgets::screen_frame(ui, ctx.theme, |ui| {
            let top = ui.cursor().top();
            header_ui(ui, ctx, view);
            gateway::ui(ui, ctx, view, &mut desk.clearing, &mut desk.delay);
            let used = ui.cursor().top() - top + SCREEN_MARGINS;
            let id = ui.unique_id().with("uncertain-height");
            let below: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(0.0);
            let list = (height - used - below).max(LIST_AT_LEAST).floor();
            desk.list_ui(ui, ctx, view, messages, error, list);
            let before = ui.cursor().top();
            desk.uncertain_ui(ui, ctx, view.capabilities.pairing, messages.unwrap_or(&[]));
            let now = ui.cursor().top() - before;
            if (now - below).abs() > 0.5 {
                ui.data_mut(|data| data.insert_temp(id, now));
                ui.ctx()
                    .request_discard("the banner under the queue was measured");
            }
        });
        desk.dialogs(ui.ctx(), ctx, view, messages.unwrap_or(&[]));
    }
}

fn header_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
    let paused = view.account.paused;
    let subtitle = if paused {
        t!(ctx, "queue-paused")
    } else if !view.capabilities.queue {
        t!(ctx, "queue-subtitle-here", vendor = view.capabilities.vendor)
    } else {
        t!(ctx, "queue-subtitle")
    };
    widgets::screen_header(ui, ctx.theme, t!(ctx, "screen-queue"), subtitle, |ui| {
        let button = if paused {
            Button::primary(t!(ctx, "queue-resume")).icon(icons::PLAY)
        } else {
            Button::secondary(t!(ctx, "queue-pause")).icon(icons::PAUSE)
        };
        if button.show(ui, ctx.theme).clicked() {
            ctx.send(Command::Account(AccountCommand::SetPaused {
                id: view.account.id,
                paused: !paused,
            }));
        }
    });
}

impl Desk {
    fn list_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        view: &AccountView,
        messages: Option<&[Message]>,
        error: Option<&str>,
        height: f32,
    ) {
        let width = ui.available_width();
        let mut acted = None;
        widgets::card_sized(ui, ctx.theme, width, height, |ui| {
            ui.spacing_mut().item_spacing = egui::vec2(space::S, space::XS);
            let Some(messages) = messages else {
                return table::unread_ui(ui, ctx, error);
            };
            let table = table::Table::new(ctx, view, messages, self.filter);
            table.head_ui(ui, &mut self.filter, &mut self.selected);
            acted = table.rows_ui(ui, &mut self.filter, &mut self.selected);
        });
        if let Some((action, message)) = acted {
            self.act(ctx, action, message);
        }
    }

    fn act(&mut self, ctx: &UiContext<'_>, action: RowAction, message: &Message) {
        let id = message.id;
        let outbox = |command| ctx.send(Command::Outbox(command));
        match action {
            RowAction::Cancel => outbox(OutboxCommand::Cancel(id)),
            RowAction::Retry => outbox(OutboxCommand::Retry(id)),
            RowAction::Arrived => outbox(OutboxCommand::Arrived(id)),
            RowAction::SendAgainAtRisk => self.send_again = Some(id),
            RowAction::SendAgain => outbox(OutboxCommand::SendAgain(id)),
            RowAction::PutAside => outbox(OutboxCommand::PutAside(id)),
            RowAction::OpenConversation => ctx.act(UiAction::OpenConversation(message.conversation)),
            RowAction::ShowHistory => self.history = Some(id),
        }
    }

    /// The banner about messages whose outcome only the operator can tell: by looking at the phone that sends, where the
    /// gateway works with one.
    fn uncertain_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, has_phone: bool, messages: &[Message]) {
        let mut uncertain = messages
            .iter()
            .filter(|message| message.state == MessageState::Unknown);
        let Some(first) = uncertain.next() else { return };
        let count = 1 + uncertain.count();
        let theme = ctx.theme;
        let color = theme.tone(Tone::Warn).0;
        let title = t!(ctx, "queue-uncertain", count = count);
        let mut action = None;
        if count == 1 {
            let to = status::unbroken(&first.to);
            let body = if has_phone {
                t!(ctx, "queue-uncertain-check", to = to)
            } else {
                t!(ctx, "queue-uncertain-ask", to = to)
            };
            widgets::banner(ui, theme, Tone::Warn, icons::QUESTION, title, body, |ui| {
                let button = |words: String| Button::secondary(words).color(color);
                if button(t!(ctx, "queue-arrived")).show(ui, theme).clicked() {
                    action = Some(RowAction::Arrived);
                }
                if button(t!(ctx, "queue-send-again")).show(ui, theme).clicked() {
                    action = Some(RowAction::SendAgainAtRisk);
                }
            });
        } else {
            let body = if has_phone {
                t!(ctx, "queue-uncertain-check-each")
            } else {
                t!(ctx, "queue-uncertain-ask-each")
            };
            let shown = self.filter == Filter::Uncertain;
            widgets::banner(ui, theme, Tone::Warn, icons::QUESTION, title, body, |ui| {
                let button = Button::secondary(t!(ctx, "queue-uncertain-show")).color(color);
                if !shown && button.show(ui, theme).clicked() {
                    self.filter = Filter::Uncertain;
                }
            });
        }
        if let Some(action) = action {
            self.act(ctx, action, first);
        }
    }

    fn dialogs(
        &mut self,
        context: &egui::Context,
        ctx: &UiContext<'_>,
        view: &AccountView,
        messages: &[Message],
    ) {
        self.clearing.dialog(context, ctx, view);
        self.send_again_dialog(context, ctx, messages);
        history_dialog(context, ctx, &mut self.history);
    }

    /// Asks before a message that may have arrived is sent again.
    fn send_again_dialog(&mut self, context: &egui::Context, ctx: &UiContext<'_>, messages: &[Message]) {
        let Some(id) = self.send_again else { return };
        let message = messages
            .iter()
            .find(|message| message.id == id && message.state == MessageState::Unknown);
        // Meanwhile a report has told what became of it: there is nothing left to ask.
        let Some(message) = message else {
            self.send_again = None;
            return;
        };
        let title = t!(ctx, "queue-send-again-title");
        let shown = widgets::dialog(context, ctx.theme, "send-again", title, |ui| {
            send_again_ui(ui, ctx, message)
        });
        let chosen = shown.inner.flatten();
        if let Some(Some(action)) = chosen {
            self.act(ctx, action, message);
        }
        if chosen.is_some() || shown.should_close {
            self.send_again = None;
        }
    }
}

/// The risk, the message, and the ways out; the inner `None` is the way back.
fn send_again_ui(ui: &mut Ui, ctx: &UiContext<'_>, message: &Message) -> Option<Option<RowAction>> {
    let theme = ctx.theme;
    let colors = &theme.colors;
    let to = status::unbroken(&message.to);
    let has_phone = ctx
        .live
        .account(message.account)
        .is_some_and(|view| view.capabilities.pairing);
    let risk = if has_phone {
        t!(ctx, "queue-send-again-risk", to = to)
    } else {
        t!(ctx, "queue-send-again-risk-ask", to = to)
    };
    widgets::label(ui, theme, risk, Type::Body, Weight::Regular, colors.text);
    egui::Frame::new()
        .fill(colors.sunk)
        .corner_radius(egui::CornerRadius::same(crate::ui::theme::radius::CONTROL))
        .inner_margin(egui::Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let text = table::shown_text(message, 160);
            widgets::label(ui, theme, text, Type::Body, Weight::Regular, colors.dim);
        });
    if let Some(reason) = &message.reason {
        widgets::hint(ui, theme, words::reason_exactly(ctx.text, reason));
    }
    ui.add_space(space::XS);
    ui.horizontal_wrapped(|ui| {
        // The harmless one first: the keyboard begins there.
        if Button::secondary(t!(ctx, "cancel")).show(ui, theme).clicked() {
            return Some(None);
        }
        if Button::secondary(t!(ctx, "queue-arrived"))
            .show(ui, theme)
            .clicked()
        {
            return Some(Some(RowAction::Arrived));
        }
        let again = Button::danger(t!(ctx, "queue-send-again-confirm"))
            .icon(icons::SEND)
            .show(ui, theme);
        again.clicked().then_some(Some(RowAction::SendAgain))
    })
    .inner
}

#[cfg(test)]
mod tests;
