//! A new message to one person or several.

mod left_out;
mod recipients;
#[cfg(test)]
mod tests;

use super::conversations::composer::{Composer, Sent};
use crate::domain::conversation::DraftPlace;
use crate::domain::text::{NAME_MARK, character_count, has_name_mark, one_line, with_name};
use crate::domain::{AccountId, Message, PhoneNumber};
use crate::engine::{Answer, Command, OutboxCommand, Ticket};
use crate::t;
use crate::ui::context::{ToastKind, UiAction, UiContext};
use crate::ui::read_model::Want;
use crate::ui::screens::Screen;
use crate::ui::screens::status::{planned, unbroken};
use crate::ui::theme::{Tone, Type, Weight, icons, space};
use crate::ui::widgets::{self, Button};
use crate::ui::words;
use egui::Ui;
use recipients::Recipients;
use std::collections::HashMap;

/// The delay the one-click button sets, in seconds.
const ADVISED_DELAY_SECS: u32 = 5;

/// The screen, with what is being written for each account.
#[derive(Default)]
pub struct NewMessageScreen {
    forms: HashMap<AccountId, Form>,
    /// The account whose form was drawn in this frame.
    shown: Option<AccountId>,
}

struct Form {
    /// The frame in which it was last drawn, by which a return to it is known.
    drawn: Option<u64>,
    recipients: Recipients,
    composer: Composer,
    summary: bool,
    /// Who is to be added: only after the draft's own recipients are back.
    pending: Vec<(PhoneNumber, String)>,
    delay: Option<Ticket>,
    delay_said: Option<Result<u32, String>>,
}

impl NewMessageScreen {
    /// Draws the screen.
    pub fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let Some(account) = ctx.account else {
            super::status::no_account_ui(ui, ctx, icons::SEND, t!(ctx, "new-message-no-account"));
            return;
        };
        let id = account.account.id;
        ctx.want(Want::Drafts(id));
        self.form(id).ui(ui, ctx);
        self.shown = Some(id);
    }

    /// Adds a person to the recipients.
    pub fn write_to(&mut self, account: AccountId, phone: &PhoneNumber, name: &str) {
        self.form(account).pending.push((phone.clone(), name.to_owned()));
    }

    fn form(&mut self, account: AccountId) -> &mut Form {
        self.forms.entry(account).or_insert_with(|| Form {
            drawn: None,
            recipients: Recipients::default(),
            composer: Composer::new(DraftPlace::NewMessage(account)),
            summary: false,
            pending: Vec::new(),
            delay: None,
            delay_said: None,
        })
    }

    /// Keeps what has been written here and not sent, whatever screen is shown; `at_once` when the window closes.
    pub fn keep_drafts(&mut self, ctx: &UiContext<'_>, at_once: bool) {
        let shown = self.shown.take();
        for (id, form) in &mut self.forms {
            if shown != Some(*id) {
                // The operator has gone on to something else meanwhile, and stays there.
                form.take_answers(ctx, false);
            }
            let recipients = form.recipients.typed();
            if let Some(command) = form.composer.draft_to_keep(ctx, recipients, at_once) {
                ctx.send(Command::Conversation(command));
            }
        }
    }
}

impl Form {
    fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        if let Some(typed) = self.composer.restore(ctx) {
            self.recipients.restore(typed, country(ctx));
        }
        let drafts = ctx.account.and_then(|view| ctx.model.drafts(view.account.id));
        if drafts.is_some() {
            for (phone, name) in self.pending.drain(..) {
                self.recipients.add_person(&phone, &name, country(ctx));
            }
        }
        self.take_answers(ctx, true);
        let frame = ui.ctx().cumulative_frame_nr();
        let opened = self.drawn.is_none_or(|drawn| drawn + 1 < frame);
        self.drawn = Some(frame);
        if opened {
            self.recipients.ask_again();
        }
        if opened && self.recipients.is_empty() {
            self.recipients.take_focus();
        } else if opened {
            self.composer.take_focus();
        }
        widgets::screen_frame(ui, ctx.theme, |ui| {
            let width = ui.available_width().min(760.0);
            ui.set_max_width(width);
            let subtitle = t!(
                ctx,
                "new-message-subtitle",
                account = ctx.account.map_or("", |view| &view.account.name)
            );
            widgets::screen_header(ui, ctx.theme, t!(ctx, "screen-new-message"), subtitle, |_| {});
            ui.add_space(space::M);
            widgets::card(ui, ctx.theme, |ui| {
                ui.set_width(width - 2.0 * space::L);
                ui.spacing_mut().item_spacing.y = space::M;
                self.recipients.ui(ui, ctx);
                let people = self.recipients.people(ctx);
                let problem = self.recipients.problem(ctx);
                let problem = problem.or_else(|| self.name_problem(ctx, &people));
                let button =
                    (people.len() > 1).then(|| t!(ctx, "new-message-send-many", count = people.len()));
                let wants = self
                    .composer
                    .editor_ui(ui, ctx, problem.map_or(Ok(()), Err), button);
                self.name_mark_ui(ui, ctx, &people);
                if wants {
                    self.recipients.finish(country(ctx));
                    if people.len() > 1 {
                        self.summary = true;
                    } else {
                        self.send(ctx, people);
                    }
                }
            });
        });
        self.summary_ui(ui, ctx);
    }

    fn send(&mut self, ctx: &UiContext<'_>, people: Vec<Person>) {
        let marked = has_name_mark(&self.composer.cleaned());
        let (numbers, names): (Vec<_>, Vec<_>) = people.into_iter().unzip();
        self.composer
            .send(ctx, numbers, if marked { names } else { Vec::new() });
    }

    /// What is wrong with the text once a name stands in it.
    fn name_problem(&self, ctx: &UiContext<'_>, people: &[Person]) -> Option<String> {
        let text = self.composer.cleaned();
        if !has_name_mark(&text) {
            return None;
        }
        let limit = ctx.account?.capabilities.text_limit;
        people.iter().find_map(|(number, name)| {
            let own = with_name(&text, name.as_deref());
            let person = called(number, name.as_deref());
            if character_count(&own) > limit {
                let limit = ctx.text.number(limit as u64);
                return Some(t!(ctx, "composer-name-too-long", person = person, limit = limit));
            }
            let nothing = own.trim().is_empty() && !self.composer.has_attachment();
            nothing.then(|| t!(ctx, "composer-name-empty", person = person))
        })
    }

    /// What the mark for a name becomes, as the first recipient reads it.
    fn name_mark_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>, people: &[Person]) {
        let text = self.composer.cleaned();
        if !has_name_mark(&text) {
            return;
        }
        let words = match people.first() {
            Some((number, name)) => t!(
                ctx,
                "composer-name-mark",
                mark = NAME_MARK,
                person = called(number, name.as_deref()),
                text = one_line(&with_name(&text, name.as_deref()), 120),
            ),
            None => t!(ctx, "composer-name-mark-nobody", mark = NAME_MARK),
        };
        widgets::hint(ui, ctx.theme, words);
    }

    /// Takes what the engine has answered; `follow` says whether the operator is still here, and goes where it went.
    fn take_answers(&mut self, ctx: &UiContext<'_>, follow: bool) {
        match self.composer.poll(ctx) {
            Sent::No => {}
            // What happened stands in the composer, behind the summary.
            Sent::Failed => self.summary = false,
            Sent::Stored(messages) => self.stored(ctx, &messages, follow),
        }
        if let Some(answer) = self.delay.and_then(|ticket| ctx.take_answer(ticket)) {
            self.delay = None;
            self.delay_said = Some(match answer {
                Answer::DelaySet(Ok(change)) => Ok(change.current_secs.unwrap_or(ADVISED_DELAY_SECS)),
                Answer::DelaySet(Err(error)) => Err(words::call(ctx.text, &error)),
                Answer::Failed(words) => Err(words),
                _ => Err(String::new()),
            });
        }
    }

    fn stored(&mut self, ctx: &UiContext<'_>, messages: &[Message], follow: bool) {
        self.recipients = Recipients::default();
        self.summary = false;
        self.delay_said = None;
        match messages {
            [message] if follow => ctx.act(UiAction::OpenConversation(message.conversation)),
            _ => {
                let words = t!(ctx, "new-message-stored", count = messages.len());
                ctx.act(UiAction::Toast(ToastKind::Done, words));
                if follow {
                    ctx.act(UiAction::Go(Screen::Queue));
                }
            }
        }
    }

    /// Before a message goes to several people: who they are, and the vendor's advice where it applies.
    fn summary_ui(&mut self, ui: &Ui, ctx: &UiContext<'_>) {
        let Some(account) = ctx.account.filter(|_| self.summary) else {
            return;
        };
        let people = self.recipients.people(ctx);
        let numbers: Vec<PhoneNumber> = people.iter().map(|(number, _)| number.clone()).collect();
        ctx.want(Want::Strangers(account.account.id, numbers.clone()));
        let strangers = ctx.model.strangers(account.account.id, &numbers);
        let title = t!(ctx, "new-message-summary", count = numbers.len());
        let shown = widgets::dialog(ui.ctx(), ctx.theme, "summary", title, |ui| {
            ui.spacing_mut().item_spacing.y = space::M;
            let color = ctx.theme.colors.dim;
            let names = self.recipients.names(ctx).join(", ");
            widgets::label(ui, ctx.theme, names, Type::Body, Weight::Regular, color);
            self.reads_ui(ui, ctx, people.first());
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
                .is_some_and(|(above, count)| count > above);
            if advise {
                self.advice_ui(ui, ctx, strangers.unwrap_or_default());
            }
            ui.horizontal(|ui| {
                let cancel = Button::secondary(t!(ctx, "cancel")).show(ui, ctx.theme).clicked();
                let words = t!(ctx, "new-message-send-many", count = numbers.len());
                let send = Button::primary(self.composer.send_words(ctx, words))
                    .icon(icons::SEND)
                    .enabled(!people.is_empty() && !self.composer.is_too_late(ctx.now))
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
        let text = self.composer.cleaned();
        let words = match first {
            Some((number, name)) if has_name_mark(&text) => t!(
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

/// Somebody who gets the message, and the name it stands for.
type Person = (PhoneNumber, Option<String>);

/// The name of a person, else the number.
fn called(number: &PhoneNumber, name: Option<&str>) -> String {
    name.map_or_else(|| unbroken(number), str::to_owned)
}

fn country<'a>(ctx: &UiContext<'a>) -> &'a str {
    ctx.account.map_or("BR", |view| &view.account.default_country)
}

/// The numbers of people, without those who stand there twice in another form.
fn is_same_person(one: &PhoneNumber, other: &PhoneNumber) -> bool {
    one.contact_key() == other.contact_key()
}
