//! Who gets a message: typed or pasted, one or many, each checked as a number and shown as it will be sent.

use super::{country, is_same_person};
use crate::domain::phone::PhoneProblem;
use crate::domain::{Conversation, PhoneNumber};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::read_model::{FilterKey, Want};
use crate::ui::theme::{Tone, Type, Weight, icons, space};
use crate::ui::widgets::{self, Field};
use crate::ui::words;
use egui::{Event, Id, Key, Ui};

/// As many as one message by hand may have; the engine takes no more.
const MAX: usize = 256;
/// Earlier conversations that are offered.
const OFFERED: usize = 5;
/// Problems that are explained one by one.
const EXPLAINED: usize = 4;
/// Height from which on the recipients scroll, in points.
const CHIPS_HEIGHT: f32 = 136.0;
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
    focus: bool,
    /// The field was left; its number is added when the mouse button is up, or what is clicked would move away.
    left: bool,
    /// Which of the offered people the arrow keys have come to.
    reached: Option<usize>,
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
        let chosen = self.chosen.iter().map(|recipient| recipient.typed.clone());
        let typing = self.typing.trim();
        chosen
            .chain((!typing.is_empty()).then(|| typing.to_owned()))
            .collect()
    }

    /// The numbers, in the form that is sent.
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
        let mut names: Vec<String> = self.chosen.iter().take(SHOWN).map(label).collect();
        if self.chosen.len() > SHOWN {
            names.push(t!(ctx, "new-message-and-more", count = self.chosen.len() - SHOWN));
        }
        names
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
            None if typing.is_empty() || self.reads_well(ctx) => return None,
            None => crate::domain::text::one_line(typing, 24),
        };
        Some(t!(ctx, "new-message-wrong", text = wrong))
    }

    /// Draws the recipients and the field for the next one.
    pub(super) fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        self.chips_ui(ui, ctx);
        let id = Id::unique("recipient");
        let focused = ui.memory(|memory| memory.has_focus(id));
        let offered = if focused { self.offered(ctx) } else { Vec::new() };
        let taken = self.offer_keys(ui, &offered);
        let enter = focused
            && ui.input_mut(|input| {
                input.modifiers.is_none()
                    && input.key_pressed(Key::Enter)
                    && input.consume_key(egui::Modifiers::NONE, Key::Enter)
            });
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
        let typed_problem = self.typing_problem(ctx);
        let field = Field::new(t!(ctx, "new-message-to"), &mut self.typing)
            .hint(t!(ctx, "new-message-to-hint"))
            .help(Some(t!(ctx, "new-message-to-help", country = country(ctx))))
            .error(typed_problem)
            .max_chars(20_000)
            .id(id)
            .show(ui, ctx.theme);
        // A separator, Enter, or leaving the field ends a number; what stands behind the last separator is still growing.
        self.left = (self.left || field.lost_focus()) && !field.has_focus();
        let left = self.left && !ui.input(|input| input.pointer.any_down());
        self.left &= !left;
        if let Some(person) = taken {
            self.take(person, country(ctx));
        } else if enter || (left && self.reads_well(ctx)) {
            self.finish(country(ctx));
        } else if let Some(last) = self.typing.rfind(SEPARATORS) {
            let growing = self.typing.split_off(last + 1).trim_start().to_owned();
            let text = std::mem::replace(&mut self.typing, growing);
            self.add_all(&text, country(ctx));
        }
        if std::mem::take(&mut self.focus) {
            field.request_focus();
        }
        if field.changed() {
            self.reached = None;
        }
        if self.offers_ui(ui, ctx, offered) {
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

    fn chips_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        if self.chosen.is_empty() {
            return;
        }
        let mut removed = None;
        egui::ScrollArea::vertical()
            .id_salt("recipients")
            .max_height(CHIPS_HEIGHT)
            .auto_shrink([false, true])
            .stick_to_bottom(true)
            .show(ui, |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = egui::vec2(space::XS, space::XS);
                    for (index, recipient) in self.chosen.iter().enumerate() {
                        let (tone, icon, why) = look(ctx, recipient);
                        let chip = widgets::pill(ui, ctx.theme, tone, icon, label(recipient));
                        if let Some(why) = why {
                            chip.on_hover_text(why);
                        }
                        let name = t!(ctx, "new-message-remove", name = label(recipient));
                        if widgets::icon_button(ui, ctx.theme, icons::X, name).clicked() {
                            removed = Some(index);
                        }
                    }
                });
            });
        let worth_saying = |recipient: &&Recipient| look(ctx, recipient).2.is_some();
        for recipient in self.chosen.iter().filter(worth_saying).take(EXPLAINED) {
            if let (tone, _, Some(why)) = look(ctx, recipient) {
                let color = ctx.theme.tone(tone).0;
                let line = format!("{}: {why}", label(recipient));
                widgets::label(ui, ctx.theme, line, Type::Hint, Weight::Regular, color);
            }
        }
        let more = self
            .chosen
            .iter()
            .filter(worth_saying)
            .count()
            .saturating_sub(EXPLAINED);
        if more > 0 {
            widgets::hint(ui, ctx.theme, t!(ctx, "new-message-and-more", count = more));
        }
        if let Some(index) = removed {
            self.chosen.remove(index);
            self.merged = 0;
            self.focus = true;
        }
    }

    /// People written to before whose name or number fits what is being typed.
    fn offered(&self, ctx: &UiContext<'_>) -> Vec<Conversation> {
        let search = self.typing.trim().to_owned();
        if search.chars().count() < 2 {
            return Vec::new();
        }
        let filter = FilterKey {
            account: ctx.account.map(|view| view.account.id),
            search,
            problems_only: false,
            unread_only: false,
        };
        ctx.want(Want::Conversations(filter.clone()));
        let list = ctx
            .model
            .conversations(&filter)
            .and_then(|list| list.value.as_ref());
        list.map_or_else(Vec::new, |list| {
            let chosen = |person: &Conversation| {
                self.chosen.iter().any(|recipient| {
                    (recipient.number.as_ref()).is_ok_and(|number| is_same_person(number, &person.phone))
                })
            };
            let people = list.rows.iter().map(|row| &row.conversation);
            people
                .filter(|person| !chosen(person))
                .take(OFFERED)
                .cloned()
                .collect()
        })
    }

    /// The arrow keys go through the offered people, and Enter takes the one they have come to.
    fn offer_keys(&mut self, ui: &Ui, offered: &[Conversation]) -> Option<Conversation> {
        if offered.is_empty() {
            self.reached = None;
            return None;
        }
        let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
        let last = offered.len() - 1;
        if pressed(Key::ArrowDown) {
            self.reached = Some(self.reached.map_or(0, |at| (at + 1).min(last)));
        }
        if pressed(Key::ArrowUp) {
            self.reached = self.reached.and_then(|at| at.checked_sub(1));
        }
        let person = offered.get(self.reached?)?;
        pressed(Key::Enter).then(|| person.clone())
    }

    /// Draws the offered people; answers whether one was clicked.
    fn offers_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, offered: Vec<Conversation>) -> bool {
        if offered.is_empty() {
            return false;
        }
        let mut clicked = None;
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for (index, person) in offered.into_iter().enumerate() {
                let number = person.phone.to_string();
                let words = match &person.name {
                    Some(name) => format!("{name} · {number}"),
                    None => number,
                };
                let reached = self.reached == Some(index);
                if widgets::menu::option_item(ui, ctx.theme, words, reached).clicked() {
                    clicked = Some(person);
                }
            }
        });
        let any = clicked.is_some();
        if let Some(person) = clicked {
            self.take(person, country(ctx));
        }
        any
    }

    fn take(&mut self, person: Conversation, country: &str) {
        self.typing.clear();
        self.merged = 0;
        self.reached = None;
        self.add(&person.phone.e164(), person.name, country);
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
            self.chosen.push(Recipient {
                typed: text.to_owned(),
                name: name.or(found),
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

fn look(ctx: &UiContext<'_>, recipient: &Recipient) -> (Tone, Option<&'static str>, Option<String>) {
    match &recipient.number {
        Err(problem) => (
            Tone::Bad,
            Some(icons::ALERT),
            Some(words::phone_problem(ctx.text, *problem)),
        ),
        Ok(number) => match number.warning() {
            Some(warning) => (
                Tone::Warn,
                Some(icons::WARNING),
                Some(words::phone_warning(ctx.text, warning)),
            ),
            None => (Tone::Accent, Some(icons::USER), None),
        },
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
            ["+55 11 90000-0012", "+55 11 98888-0044", "quem?"]
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
