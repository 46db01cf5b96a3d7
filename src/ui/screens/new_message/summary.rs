//! Before a message goes to several people: who they are, how many messages that makes, and the vendor's advice where it
//! applies.

use super::{Form, Person, called};
use crate::domain::PhoneNumber;
use crate::domain::text::{one_line, with_name};
use crate::engine::{Command, OutboxCommand};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::read_model::Want;
use crate::ui::screens::status::planned;
use crate::ui::theme::{Tone, Type, Weight, icons, space};
use crate::ui::widgets::{self, Button};
use egui::Ui;

/// The delay the one-click button sets, in seconds.
pub(super) const ADVISED_DELAY_SECS: u32 = 5;

impl Form {
    /// Whether so many messages go to one person that the vendor advises a delay, if it is a stranger. That is asked for
    /// while the message is being written.
    pub(super) fn may_need_advice(&self, ctx: &UiContext<'_>, people: &[Person]) -> bool {
        let Some(account) = ctx.account else { return false };
        let above = account.capabilities.advise_delay_above;
        if people.len() != 1 || above.is_none_or(|above| self.composer.messages_each() <= above) {
            return false;
        }
        let numbers: Vec<PhoneNumber> = people.iter().map(|(number, _)| number.clone()).collect();
        ctx.want(Want::Strangers(account.account.id, numbers.clone()));
        ctx.model.strangers(account.account.id, &numbers) != Some(0)
    }

    /// Before a message goes to several people: who they are, and the vendor's advice where it applies.
    pub(super) fn summary_ui(&mut self, ui: &Ui, ctx: &UiContext<'_>) {
        let Some(account) = ctx.account.filter(|_| self.summary) else {
            return;
        };
        let people = self.recipients.people(ctx);
        let numbers: Vec<PhoneNumber> = people.iter().map(|(number, _)| number.clone()).collect();
        ctx.want(Want::Strangers(account.account.id, numbers.clone()));
        let strangers = ctx.model.strangers(account.account.id, &numbers);
        let each = self.composer.messages_each();
        let messages = numbers.len() * each;
        let title = if each > 1 {
            t!(
                ctx,
                "new-message-summary-files",
                count = numbers.len(),
                each = each
            )
        } else {
            t!(ctx, "new-message-summary", count = numbers.len())
        };
        let shown = widgets::dialog(ui.ctx(), ctx.theme, "summary", title, |ui| {
            ui.spacing_mut().item_spacing.y = space::M;
            let color = ctx.theme.colors.dim;
            let names = self.recipients.names(ctx).join(", ");
            widgets::label(ui, ctx.theme, names, Type::Body, Weight::Regular, color);
            self.reads_ui(ui, ctx, people.first());
            let files = self.composer.attachment_count();
            if files > 0 {
                widgets::hint(ui, ctx.theme, t!(ctx, "new-message-files", count = files));
            }
            let left_out = self.recipients.left_out(ctx);
            if left_out > 0 {
                let words = t!(ctx, "new-message-left-out", count = left_out);
                let color = ctx.theme.tone(Tone::Warn).0;
                widgets::label(ui, ctx.theme, words, Type::Secondary, Weight::Regular, color);
            }
            if let Some(at) = self.composer.not_before() {
                let when = planned(ctx, at);
                widgets::hint(ui, ctx.theme, t!(ctx, "new-message-later", when = when));
            }
            let advise = account
                .capabilities
                .advise_delay_above
                .zip(strangers)
                .is_some_and(|(above, count)| count * each > above);
            if advise {
                self.advice_ui(ui, ctx, strangers.unwrap_or_default());
            }
            ui.horizontal(|ui| {
                let cancel = Button::secondary(t!(ctx, "cancel")).show(ui, ctx.theme).clicked();
                let standing = self.standing(ctx, &people);
                let closed = self.closed_problem(ctx, &standing).is_some();
                let words = t!(ctx, "new-message-send-many", count = messages);
                let send = Button::primary(self.composer.send_words(ctx, words))
                    .icon(icons::SEND)
                    .enabled(!people.is_empty() && !closed && !self.composer.is_too_late(ctx.now))
                    .busy(self.composer.is_sending())
                    .show(ui, ctx.theme)
                    .clicked();
                (cancel, send)
            })
            .inner
        });
        let (cancel, send) = shown.inner.unwrap_or_default();
        if send && !self.composer.is_sending() {
            self.send(ctx, people);
        } else if cancel || shown.should_close {
            self.summary = false;
        }
    }

    /// The text, as the first of them reads it.
    fn reads_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>, first: Option<&Person>) {
        let text = self.composer.outgoing();
        let words = match first {
            Some((number, name)) if self.composer.uses_names() => t!(
                ctx,
                "new-message-first-reads",
                person = called(number, name.as_deref()),
                text = one_line(&with_name(&text, name.as_deref()), 120),
            ),
            _ if text.trim().is_empty() => return,
            _ => format!("“{}”", one_line(&text, 120)),
        };
        let color = ctx.theme.colors.text;
        widgets::label(ui, ctx.theme, words, Type::Body, Weight::Regular, color);
    }

    fn advice_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, strangers: usize) {
        let Some(account) = ctx.account else { return };
        let vendor = account.capabilities.vendor;
        let (title, body) = (
            t!(ctx, "new-message-advice", count = strangers),
            t!(ctx, "new-message-advice-body", vendor = vendor),
        );
        let current = account.account.delay_secs.unwrap_or(0);
        let can_set = account.capabilities.delay && current < ADVISED_DELAY_SECS;
        let color = ctx.theme.tone(Tone::Warn).0;
        widgets::banner(ui, ctx.theme, Tone::Warn, icons::TIMER, title, body, |ui| {
            if can_set
                && Button::secondary(t!(ctx, "new-message-set-delay", secs = ADVISED_DELAY_SECS))
                    .color(color)
                    .busy(self.delay.is_some())
                    .show(ui, ctx.theme)
                    .clicked()
                && self.delay.is_none()
            {
                let ticket = ctx.ticket();
                self.delay = Some(ticket);
                let account = account.account.id;
                ctx.send(Command::Outbox(OutboxCommand::SetDelay {
                    ticket,
                    account,
                    secs: ADVISED_DELAY_SECS,
                }));
            }
        });
        match &self.delay_said {
            Some(Ok(secs)) => {
                let words = t!(ctx, "new-message-delay-set", secs = *secs);
                widgets::pill(ui, ctx.theme, Tone::Ok, Some(icons::CHECK), words);
            }
            Some(Err(words)) => {
                let color = ctx.theme.colors.bad;
                widgets::label(ui, ctx.theme, words.as_str(), Type::Hint, Weight::Regular, color);
            }
            None => {}
        }
    }
}
