//! A new message to one person or several.

mod left_out;
mod recipients;
mod summary;
#[cfg(test)]
mod tests;
mod windows;
#[cfg(test)]
mod windows_tests;

use super::conversations::composer::{Audience, Composer, Sent};
use crate::domain::conversation::DraftPlace;
use crate::domain::text::{NAME_MARK, character_count, one_line, with_name};
use crate::domain::window::FreeText;
use crate::domain::{AccountId, Message, PhoneNumber};
use crate::engine::{Answer, Ticket};
use crate::t;
use crate::ui::context::{ToastKind, UiAction, UiContext};
use crate::ui::pictures::Pictures;
use crate::ui::read_model::Want;
use crate::ui::screens::Screen;
use crate::ui::screens::status::unbroken;
use crate::ui::theme::{icons, space};
use crate::ui::widgets;
use crate::ui::words;
use egui::Ui;
use recipients::Recipients;
use std::collections::HashMap;
use summary::ADVISED_DELAY_SECS;

/// The screen, with what is being written for each account.
#[derive(Default)]
pub struct NewMessageScreen {
    forms: HashMap<AccountId, Form>,
    /// The account whose form was drawn in this frame.
    shown: Option<AccountId>,
    pictures: Pictures,
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
        let mut pictures = std::mem::take(&mut self.pictures);
        self.form(id).ui(ui, ctx, &mut pictures);
        self.pictures = pictures;
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
            form.composer.keep_draft(ctx, recipients, at_once);
        }
    }
}

impl Form {
    fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, pictures: &mut Pictures) {
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
                self.recipients.ui(ui, ctx, !self.composer.is_template());
                let people = self.recipients.people(ctx);
                let standing = self.standing(ctx, &people);
                self.windows_ui(ui, ctx, people.len(), &standing);
                let problem = self.recipients.problem(ctx);
                let problem = problem
                    .or_else(|| self.closed_problem(ctx, &standing))
                    .or_else(|| self.name_problem(ctx, &people));
                let messages = people.len() * self.composer.messages_each();
                let audience = Audience {
                    reachable: problem.map_or(Ok(()), Err),
                    button: (messages > 1).then(|| t!(ctx, "new-message-send-many", count = messages)),
                    // Of several people each has a time of its own: it is told with them.
                    free: FreeText::Always,
                };
                let alone = match people.as_slice() {
                    [(_, name)] => name.as_deref(),
                    _ => None,
                };
                self.composer.set_name(alone);
                let wants = self.composer.editor_ui(ui, ctx, pictures, audience);
                let many = people.len() > 1 || self.may_need_advice(ctx, &people);
                self.name_mark_ui(ui, ctx, &people);
                self.template_notes_ui(ui, ctx, people.len());
                if wants {
                    self.recipients.finish(country(ctx));
                    if many {
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
        let marked = self.composer.uses_names();
        let (numbers, names): (Vec<_>, Vec<_>) = people.into_iter().unzip();
        self.composer
            .send(ctx, numbers, if marked { names } else { Vec::new() });
    }

    /// What is wrong with the text once a name stands in it.
    fn name_problem(&self, ctx: &UiContext<'_>, people: &[Person]) -> Option<String> {
        if !self.composer.uses_names() {
            return None;
        }
        let text = self.composer.cleaned();
        let limit = ctx.account?.capabilities.text_limit;
        people.iter().find_map(|(number, name)| {
            let own = with_name(&text, name.as_deref());
            let person = called(number, name.as_deref());
            if character_count(&own) > limit {
                let limit = ctx.text.number(limit as u64);
                return Some(t!(ctx, "composer-name-too-long", person = person, limit = limit));
            }
            let nothing = own.trim().is_empty() && self.composer.attachment_count() == 0;
            nothing.then(|| t!(ctx, "composer-name-empty", person = person))
        })
    }

    /// What the mark for a name becomes, as the first recipient reads it.
    fn name_mark_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>, people: &[Person]) {
        if !self.composer.uses_names() {
            return;
        }
        let text = self.composer.cleaned();
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

    /// That a template's values are the same for all.
    fn template_notes_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>, people: usize) {
        if self.composer.is_template() && people > 1 {
            let words = t!(ctx, "composer-template-same-for-all", count = people);
            widgets::hint(ui, ctx.theme, words);
        }
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
