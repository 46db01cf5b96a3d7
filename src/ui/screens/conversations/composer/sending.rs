//! Handing the message to the engine, and what becomes of it.

use super::super::schedule::Schedule;
use super::address::Address;
use super::{Composer, template, window};
use crate::domain::attachment::Attachment;
use crate::domain::message::Message;
use crate::domain::{PhoneNumber, Timestamp};
use crate::engine::{Answer, Command, EnqueueError, OutboxCommand};
use crate::t;
use crate::ui::context::UiContext;

/// What became of a send in this frame.
pub enum Sent {
    /// Nothing new.
    No,
    /// Nothing was stored; the composer says why.
    Failed,
    /// The engine has stored these messages.
    Stored(Vec<Message>),
}

impl Composer {
    /// Hands the message to the engine, which answers when it is stored. With `names` each recipient gets the text with
    /// its own name in it.
    pub fn send(&mut self, ctx: &UiContext<'_>, to: Vec<PhoneNumber>, names: Vec<Option<String>>) {
        let Some(account) = ctx.account else { return };
        let Ok(address) = self.address.attachment(account) else {
            return;
        };
        let (template, text, attachments) = match self.templates.form() {
            Some(form) => {
                let Ok((template, text)) = form.filled(true) else {
                    return;
                };
                let with_picture = form.has_picture();
                (
                    Some(template),
                    text,
                    with_picture.then(|| self.attachments(address)),
                )
            }
            None => (None, self.cleaned(), Some(self.attachments(address))),
        };
        let ticket = ctx.ticket();
        self.sending = Some(ticket);
        self.failed = None;
        self.sending_template = template.is_some();
        ctx.send(Command::Outbox(OutboxCommand::Send {
            template,
            ticket,
            account: account.account.id,
            to,
            names,
            text,
            attachments: attachments.unwrap_or_default(),
            not_before: self.schedule.chosen(),
        }));
    }

    /// What goes along with the send that begins.
    fn attachments(&mut self, address: Option<Attachment>) -> Vec<Attachment> {
        let mut attachments = self.files.begin_send();
        attachments.extend(address);
        attachments
    }

    /// Takes the engine's answers: to files that were added, and to a send. Stored messages empty the composer, a failure
    /// leaves everything in it.
    pub fn poll(&mut self, ctx: &UiContext<'_>) -> Sent {
        self.take_picked(ctx);
        self.files.poll(ctx, self.account);
        let Some(answer) = self.sending.and_then(|ticket| ctx.take_answer(ticket)) else {
            return Sent::No;
        };
        self.sending = None;
        // The text could not be typed in meanwhile and has lost the keyboard; whoever took it since then keeps it.
        self.focus_if_free = true;
        match answer {
            Answer::Enqueued(Ok(messages)) => {
                let all_went = self.templates.form().is_none_or(template::Form::has_picture);
                if self.sending_template {
                    self.templates.close_form();
                } else {
                    self.text.clear();
                    self.cursor = None;
                }
                if all_went {
                    self.address = Address::default();
                    self.files.stored();
                }
                self.schedule = Schedule::default();
                self.changed_at = Some(Timestamp(0));
                Sent::Stored(messages)
            }
            Answer::Enqueued(Err(EnqueueError::OutsideWindow(people))) => {
                self.failed = Some(window::refused_words(ctx, self.place, &people));
                Sent::Failed
            }
            Answer::Enqueued(Err(EnqueueError::TextTooLong(limit))) => {
                let limit = ctx.text.number(limit as u64);
                self.failed = Some(t!(ctx, "composer-too-long", limit = limit));
                Sent::Failed
            }
            Answer::Enqueued(Err(EnqueueError::Words(words))) | Answer::Failed(words) => {
                self.failed = Some(words);
                Sent::Failed
            }
            _ => Sent::No,
        }
    }
}
