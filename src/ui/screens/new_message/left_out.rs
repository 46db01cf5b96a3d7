//! Which of the recipients asked not to be written to. The engine leaves them out whatever is known here.

use super::is_same_person;
use crate::domain::{PhoneNumber, Timestamp};
use crate::engine::{Answer, Command, Question, Ticket};
use crate::ui::context::UiContext;
use std::time::Duration;

/// A question that has not been answered in this time is asked again.
const ASK_AGAIN: Duration = Duration::from_secs(5);

/// What is known of them.
#[derive(Default)]
pub(super) struct LeftOut {
    marked: Vec<PhoneNumber>,
    /// For whom it is known, or being asked.
    asked_for: Vec<PhoneNumber>,
    asked: Option<(Ticket, Timestamp)>,
}

impl LeftOut {
    /// Whether this person asked not to be written to, as far as is known.
    pub(super) fn contains(&self, number: &PhoneNumber) -> bool {
        self.marked.iter().any(|marked| is_same_person(marked, number))
    }

    /// Asks anew though the numbers are the same: the mark may have been set elsewhere.
    pub(super) fn forget(&mut self) {
        self.asked_for.clear();
        self.asked = None;
    }

    /// Takes what was answered, and asks when the numbers are others.
    pub(super) fn refresh(&mut self, ctx: &UiContext<'_>, numbers: &[PhoneNumber]) {
        if let Some((ticket, asked_at)) = self.asked {
            if let Some(answer) = ctx.take_answer(ticket) {
                self.asked = None;
                if let Answer::DoNotWrite(marked) = answer {
                    self.marked = marked;
                }
            } else if ctx.now.since(asked_at) >= ASK_AGAIN {
                self.forget();
            }
        }
        let Some(account) = ctx.account.map(|view| view.account.id) else {
            return;
        };
        if self.asked_for == numbers || numbers.is_empty() {
            return;
        }
        let ticket = ctx.ticket();
        self.asked = Some((ticket, ctx.now));
        self.asked_for = numbers.to_vec();
        ctx.send(Command::Ask(
            ticket,
            Question::DoNotWrite(account, numbers.to_vec()),
        ));
    }
}
