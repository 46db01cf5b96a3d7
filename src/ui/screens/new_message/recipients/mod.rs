//! Who gets a message: typed or pasted, one or many, each checked as a number and shown as it will be sent.

mod chips;
mod offers;

use super::left_out::LeftOut;
use super::windows::Windows;
use super::{country, is_same_person};
use crate::domain::PhoneNumber;
use crate::domain::phone::PhoneProblem;
use crate::domain::window::FreeText;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::read_model::FilterKey;
use crate::ui::screens::status::unbroken;
use crate::ui::widgets::{self, Field};
use crate::ui::words;
use egui::{Event, Id, Key, Ui};

/// As many as one message by hand may have; the engine takes no more.
const MAX: usize = 256;
/// What ends a number. A blank does not: numbers are typed with blanks in them.
const SEPARATORS: [char; 5] = [',', ';', '\n', '\r', '\t'];

/// One recipient: what was typed, and what it was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Recipient {
    typed: String,
    name: Option<String>,
    number: Result<PhoneNumber, PhoneProblem>,
}

/// The recipients and what is being typed.
#[derive(Default)]
pub(super) struct Recipients {
    chosen: Vec<Recipient>,
    typing: String,
    /// How many were left out because they stood there already.
    merged: usize,
    left_out: LeftOut,
    windows: Windows,
    /// Whether what is being written is free text.
    free_text: bool,
    focus: bool,
    /// The field was left; its number is added when the mouse button is up, or what is clicked would move away.
    left: bool,
    /// Which of the offered the arrows have moved to.
    pointed: Option<usize>,
}

impl Recipients {
    /// Takes back what was kept with a draft.
    pub(super) fn restore(&mut self, typed: Vec<String>, country: &str) {
        if self.chosen.is_empty() && self.typing.is_empty() {
            for text in typed {
                self.add(&text, None, country);
            }
        }
    }

    /// Adds a person.
    pub(super) fn add_person(&mut self, phone: &PhoneNumber, name: &str, country: &str) {
        let name = crate::domain::text::shown_name(name);
        self.add(&phone.e164(), (!name.is_empty()).then_some(name), country);
    }

    /// Whether there is nobody, nor the beginning of a number.
    pub(super) fn is_empty(&self) -> bool {
        self.chosen.is_empty() && self.typing.trim().is_empty()
    }

    /// Puts the keyboard into the field with the next frame.
    pub(super) fn take_focus(&mut self) {
        self.focus = true;
    }

    /// Takes the number that stands in the field still.
    pub(super) fn finish(&mut self, country: &str) {
        if !self.typing.trim().is_empty() {
            let text = std::mem::take(&mut self.typing);
            self.add_all(&text, country);
        }
    }

    /// What was typed, to be kept with the draft.
    pub(super) fn typed(&self) -> Vec<String> {
        let chosen = self.chosen.iter().map(|recipient| match &recipient.name {
            Some(name) => format!("{name} <{}>", recipient.typed),
            None => recipient.typed.clone(),
        });
        let typing = self.typing.trim();
        chosen
            .chain((!typing.is_empty()).then(|| typing.to_owned()))
            .collect()
    }

    /// Those who get it, each with the name it is called by: all but who asked not to be written to.
    pub(super) fn people(&self, ctx: &UiContext<'_>) -> Vec<(PhoneNumber, Option<String>)> {
        let numbers = self.numbers(country(ctx)).into_iter();
        numbers
            .filter(|number| !self.left_out.contains(number))
            .map(|number| {
                let name = self.name_of(ctx, &number);
                (number, name)
            })
            .collect()
    }

    /// How many asked not to be written to.
    pub(super) fn left_out(&self, ctx: &UiContext<'_>) -> usize {
        let numbers = self.numbers(country(ctx));
        numbers
            .iter()
            .filter(|number| self.left_out.contains(number))
            .count()
    }

    /// Asks anew who is to be left out.
    pub(super) fn ask_again(&mut self) {
        self.left_out.forget();
    }

    /// The name that was typed or chosen with the number, else the one of the conversation with it.
    fn name_of(&self, ctx: &UiContext<'_>, number: &PhoneNumber) -> Option<String> {
        let typed = self
            .chosen
            .iter()
            .find(|other| other.number.as_ref() == Ok(number));
        let known = || {
            let filter = FilterKey {
                account: ctx.account.map(|view| view.account.id),
                ..FilterKey::default()
            };
            let list = ctx.model.conversations(&filter)?.value.as_ref()?;
            let people = list.rows.iter().map(|row| &row.conversation);
            let mut found = people.filter(|person| is_same_person(&person.phone, number));
            found.next()?.shown_name().map(str::to_owned)
        };
        typed.and_then(|recipient| recipient.name.clone()).or_else(known)
    }

    /// The numbers, in the form that is sent; also of those who are left out.
    pub(super) fn numbers(&self, country: &str) -> Vec<PhoneNumber> {
        let mut numbers: Vec<PhoneNumber> = self
            .chosen
            .iter()
            .filter_map(|recipient| recipient.number.clone().ok())
            .collect();
        // The one that is being typed counts as soon as it is one.
        if let Ok(last) = PhoneNumber::parse(name_and_number(&self.typing).1, country)
            && !numbers.iter().any(|number| is_same_person(number, &last))
        {
            numbers.push(last);
        }
        numbers
    }

    /// How they are called.
    pub(super) fn names(&self, ctx: &UiContext<'_>) -> Vec<String> {
        const SHOWN: usize = 8;
        let called = |recipient: &Recipient| match (&recipient.name, &recipient.number) {
            (Some(name), Ok(number)) => format!("{name} ({})", unbroken(number)),
            (None, Ok(number)) => unbroken(number),
            (_, Err(_)) => label(recipient),
        };
        let mut names: Vec<String> = self
            .chosen
            .iter()
            .filter(|recipient| !self.is_left_out(recipient))
            .map(called)
            .collect();
        let more = names.len().saturating_sub(SHOWN);
        if more > 0 {
            names.truncate(SHOWN);
            names.push(t!(ctx, "new-message-and-more", count = more));
        }
        names
    }

    fn is_left_out(&self, recipient: &Recipient) -> bool {
        recipient
            .number
            .as_ref()
            .is_ok_and(|number| self.left_out.contains(number))
    }

    /// Why nothing can be sent to them yet.
    pub(super) fn problem(&self, ctx: &UiContext<'_>) -> Option<String> {
        if self.is_empty() {
            return Some(t!(ctx, "new-message-nobody"));
        }
        if self.numbers(country(ctx)).len() > MAX {
            return Some(t!(ctx, "new-message-too-many", max = MAX));
        }
        let wrong = self.chosen.iter().find(|recipient| recipient.number.is_err());
        let typing = self.typing.trim();
        let wrong = match wrong {
            Some(wrong) => crate::domain::text::one_line(&wrong.typed, 24),
            None if typing.is_empty() || self.reads_well(ctx) => {
                let left_out = self.left_out(ctx);
                let nobody = left_out > 0 && left_out == self.numbers(country(ctx)).len();
                return nobody.then(|| t!(ctx, "new-message-nobody-left"));
            }
            None => crate::domain::text::one_line(typing, 24),
        };
        Some(t!(ctx, "new-message-wrong", text = wrong))
    }

    /// How it stands with free text to somebody; `None` while that has not been read.
    pub(super) fn free(&self, ctx: &UiContext<'_>, number: &PhoneNumber) -> Option<FreeText> {
        self.windows.free(ctx, number)
    }

    /// Takes these people away.
    pub(super) fn remove(&mut self, people: &[PhoneNumber]) {
        let gone = |number: &PhoneNumber| people.iter().any(|one| is_same_person(one, number));
        self.chosen
            .retain(|recipient| !recipient.number.as_ref().is_ok_and(gone));
        self.merged = 0;
    }

    /// Draws the recipients and the field for the next one; `free_text`: what is being written is no template.
    pub(super) fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, free_text: bool) {
        let numbers = self.numbers(country(ctx));
        self.left_out.refresh(ctx, &numbers);
        self.windows.refresh(ctx, &numbers);
        self.free_text = free_text;
        self.chips_ui(ui, ctx);
        let id = Id::unique("recipient");
        let focused = ui.memory(|memory| memory.has_focus(id));
        let offers = if focused { self.offers(ctx) } else { Vec::new() };
        let enter = focused && self.keys(ui, ctx, &offers);
        if focused {
            // A field of one line would turn the ends of pasted lines into blanks, and several numbers into one.
            ui.input_mut(|input| {
                for event in &mut input.events {
                    if let Event::Paste(text) = event {
                        *text = text.replace(['\n', '\r'], ",");
                    }
                }
            });
        }
        if focused && self.typing.is_empty() && ui.input(|input| input.events.iter().any(is_fresh_backspace))
        {
            self.chosen.pop();
        }
        let typed_problem = self.typing_problem(ctx).filter(|_| offers.is_empty());
        let field = Field::new(t!(ctx, "new-message-to"), &mut self.typing)
            .hint(t!(ctx, "new-message-to-hint"))
            .help(Some(t!(ctx, "new-message-to-help", country = country(ctx))))
            .error(typed_problem)
            .max_chars(20_000)
            .id(id)
            .show(ui, ctx.theme);
        if field.changed() {
            self.pointed = None;
        }
        if let Some(offer) = self.offers_ui(ctx, &field, &offers) {
            self.take(offer, country(ctx));
            field.request_focus();
        }
        // A separator, Enter, or leaving the field ends a number; what stands behind the last separator is still growing.
        self.left = (self.left || field.lost_focus()) && !field.has_focus();
        let left = self.left && !ui.input(|input| input.pointer.any_down());
        self.left &= !left;
        if enter || (left && self.reads_well(ctx)) {
            self.finish(country(ctx));
        } else if let Some(last) = self.typing.rfind(SEPARATORS) {
            let growing = self.typing.split_off(last + 1).trim_start().to_owned();
            let text = std::mem::replace(&mut self.typing, growing);
            self.add_all(&text, country(ctx));
        }
        if std::mem::take(&mut self.focus) {
            field.request_focus();
        }
        if self.merged > 0 {
            widgets::hint(ui, ctx.theme, t!(ctx, "new-message-merged", count = self.merged));
        }
    }

    fn typing_problem(&self, ctx: &UiContext<'_>) -> Option<String> {
        // While a number grows it is too short; only what can never become one is said at once.
        let text = self.typing.trim();
        let digits = text.chars().filter(char::is_ascii_digit).count();
        (digits >= 4)
            .then(|| PhoneNumber::parse(text, country(ctx)).err())?
            .filter(|problem| *problem != PhoneProblem::TooShort)
            .map(|problem| words::phone_problem(ctx.text, problem))
    }

    fn reads_well(&self, ctx: &UiContext<'_>) -> bool {
        PhoneNumber::parse(name_and_number(&self.typing).1, country(ctx)).is_ok()
    }

    fn add_all(&mut self, text: &str, country: &str) {
        self.merged = 0;
        for part in parts(text) {
            self.add(part, None, country);
        }
    }

    fn add(&mut self, text: &str, name: Option<String>, country: &str) {
        let (found, text) = name_and_number(text);
        if text.is_empty() {
            return;
        }
        let number = PhoneNumber::parse(text, country);
        let known = self.chosen.iter().any(|other| match (&other.number, &number) {
            (Ok(one), Ok(two)) => is_same_person(one, two),
            _ => other.typed == text,
        });
        if known {
            self.merged += 1;
        } else {
            // The marks that set a number off from a name in a draft are no part of a name.
            let name = name.or(found).map(|name| name.replace(['<', '>'], ""));
            self.chosen.push(Recipient {
                typed: text.to_owned(),
                name,
                number,
            });
        }
    }
}

/// Backspace, pressed just now: a key held to empty the field stops before the people.
fn is_fresh_backspace(event: &Event) -> bool {
    matches!(
        event,
        Event::Key {
            key: Key::Backspace,
            pressed: true,
            repeat: false,
            ..
        }
    )
}

/// What stands between separators. A blank separates nothing: numbers are typed with blanks in them.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(SEPARATORS)
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// `Marina <+55 …>` taken apart; else all of it is the number.
fn name_and_number(text: &str) -> (Option<String>, &str) {
    match text
        .split_once('<')
        .and_then(|(name, rest)| Some((name, rest.split_once('>')?.0)))
    {
        Some((name, number)) => {
            let name = crate::domain::text::shown_name(name.trim().trim_matches('"'));
            ((!name.is_empty()).then_some(name), number.trim())
        }
        None => (None, text.trim()),
    }
}

fn label(recipient: &Recipient) -> String {
    match (&recipient.name, &recipient.number) {
        (Some(name), Ok(number)) => format!("{name} · {number}"),
        (None, Ok(number)) => number.to_string(),
        (_, Err(_)) => crate::domain::text::one_line(&recipient.typed, 24),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pasted_becomes_recipients() {
        let mut recipients = Recipients::default();
        recipients.add_all(
            "+55 11 90000-0012; Marina <+55 11 98888-0044>, 11 8888-0044\nquem?\t11 90000-0012",
            "BR",
        );
        let labels: Vec<_> = recipients.chosen.iter().map(label).collect();
        assert_eq!(
            labels,
            ["+55 11 90000-0012", "Marina · +55 11 98888-0044", "quem?"]
        );
        // The eight-digit form is the same person, and so is the number that comes twice.
        assert_eq!(recipients.merged, 2);
        assert_eq!(recipients.numbers("BR").len(), 2);
        assert_eq!(
            recipients.typed(),
            ["+55 11 90000-0012", "Marina <+55 11 98888-0044>", "quem?"]
        );
    }
}

#[cfg(test)]
mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_paste_is_taken(text in "\\PC{0,80}") {
            let mut recipients = Recipients::default();
            recipients.add_all(&text, "BR");
            let _ = (recipients.numbers("BR"), recipients.typed());
        }
    }
}
