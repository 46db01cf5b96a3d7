//! The field of a secret: masked, shown while *reveal* is held. A stored one shows dots until something is typed, and is
//! read only while it is looked at.

use super::store_note;
use crate::domain::AccountId;
use crate::domain::account::clean_credential;
use crate::engine::{AccountCommand, Answer, Command, Ticket};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::icons;
use crate::ui::widgets::{Field, icon_button};
use crate::ui::words;
use egui::{Id, Response, Sense, Ui};
use zeroize::Zeroizing;

/// What stands in the field of a secret that is stored and not shown.
const DOTS: &str = "••••••••••••••••••••••••";
/// Longest text a field takes at all: beyond it a paste is no credential, and laying it out would take long.
pub(super) const TYPED_MAX: usize = 20_000;

/// Which of the stored secrets of a form is being looked at, if any.
#[derive(Default)]
pub(super) struct Revealing(Option<Reveal>);

struct Reveal {
    field: &'static str,
    ticket: Option<Ticket>,
    /// `None` until it has been read.
    text: Option<Zeroizing<String>>,
    /// What was said when it could not be read.
    error: Option<String>,
}

impl Revealing {
    /// Takes the secret when it has been read.
    pub fn take_answer(&mut self, ctx: &UiContext<'_>) {
        let Some(reveal) = &mut self.0 else { return };
        let Some(answer) = reveal.ticket.and_then(|ticket| ctx.take_answer(ticket)) else {
            return;
        };
        reveal.ticket = None;
        match answer {
            Answer::Revealed(Ok(secret)) => {
                reveal.text = Some(Zeroizing::new(secret.reveal().to_owned()));
            }
            Answer::Revealed(Err(error)) => reveal.error = Some(words::secret_error(ctx.text, &error)),
            Answer::Failed(words) => reveal.error = Some(words),
            _ => {}
        }
    }

    /// The operator has let go. Returns the ticket of an answer that nobody waits for any more.
    pub fn release(&mut self) -> Option<Ticket> {
        self.0.take()?.ticket
    }

    fn of(&self, field: &str) -> Option<&Reveal> {
        self.0.as_ref().filter(|reveal| reveal.field == field)
    }

    /// The operator holds *reveal* of a stored secret: it is read once and shown while it is held.
    fn hold(&mut self, ctx: &UiContext<'_>, id: AccountId, field: &'static str) {
        if self.of(field).is_some() {
            return;
        }
        let ticket = ctx.ticket();
        ctx.send(Command::Account(AccountCommand::Reveal { ticket, id, field }));
        self.0 = Some(Reveal {
            field,
            ticket: Some(ticket),
            text: None,
            error: None,
        });
    }

    fn hold_or_release(
        &mut self,
        ctx: &UiContext<'_>,
        key: &'static str,
        held: bool,
        stored: Option<AccountId>,
    ) -> Option<Ticket> {
        if let Some(id) = stored.filter(|_| held) {
            self.hold(ctx, id, key);
            return None;
        }
        let mine = self.of(key)?;
        // What was said about a secret that could not be read stays until it is asked for again or typed anew.
        let stays = mine.error.is_some() && stored.is_some();
        if stays { None } else { self.release() }
    }
}

/// The field of one secret.
pub(super) struct SecretField<'a> {
    /// Under which name it is stored.
    pub key: &'static str,
    /// The visible name of the field.
    pub words: String,
    /// The id of its text edit.
    pub id: Id,
    /// What has been typed.
    pub value: &'a mut Zeroizing<String>,
    /// The account that has one stored, which stays as long as nothing is typed.
    pub stored: Option<AccountId>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// What to say where none is stored.
    pub help: String,
}

impl SecretField<'_> {
    /// Draws it. Returns the ticket of a secret that nobody looks at any more.
    pub fn show(
        self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        revealing: &mut Revealing,
    ) -> (Response, Option<Ticket>) {
        let typed = !self.value.is_empty();
        let stored = self.stored.filter(|_| !typed);
        // Whether it is held now is known when the button has been drawn: the text follows a frame later.
        let held_id = self.id.with("held");
        let was_held: bool = ui.data(|data| data.get_temp(held_id)).unwrap_or(false);
        let reveal = revealing.of(self.key);
        let mut shown = reveal
            .filter(|_| was_held && stored.is_some())
            .and_then(|reveal| reveal.text.clone());
        let unread = reveal
            .and_then(|reveal| reveal.error.as_deref())
            .map(|said| t!(ctx, "accounts-secret-unread", words = said));
        let help = match stored {
            Some(_) if !store_note::is_ready(ctx) => t!(ctx, "accounts-secret-out-of-reach"),
            Some(_) => t!(ctx, "accounts-secret-kept", store = store_note::store_name(ctx)),
            None => self.help,
        };
        let is_shown = shown.is_some();
        let text: &mut Zeroizing<String> = shown.as_mut().unwrap_or(self.value);
        let mut held = false;
        let response = Field::new(self.words.as_str(), text)
            .id(self.id)
            .password(!was_held)
            .enabled(!is_shown)
            .hint(if stored.is_some() { DOTS } else { "" })
            .max_chars(TYPED_MAX)
            .error(self.error.or(unread))
            .help(Some(help))
            .trailing(|ui| {
                held = reveal_button_ui(ui, ctx, &self.words, typed || stored.is_some(), was_held);
            })
            .show(ui, ctx.theme);
        if !is_shown {
            clean_paste(ui, &response, self.value);
        }
        if held != was_held {
            ui.data_mut(|data| data.insert_temp(held_id, held));
            ui.ctx().request_repaint();
        }
        let unwanted = revealing.hold_or_release(ctx, self.key, held, stored);
        (response, unwanted)
    }
}

/// Takes away the blanks and line breaks that a paste brings along.
pub(super) fn clean_paste(ui: &Ui, response: &Response, value: &mut String) {
    let pasted = || {
        ui.input(|input| {
            input
                .events
                .iter()
                .any(|event| matches!(event, egui::Event::Paste(_)))
        })
    };
    if response.changed() && pasted() {
        let cleaned = clean_credential(value);
        if cleaned != *value {
            *value = cleaned;
        }
    }
}

/// Lets go of what egui keeps of a field for *undo*: it holds what was typed.
pub(super) fn forget_typing(context: &egui::Context, field: Id) {
    context.data_mut(|data| data.remove::<egui::text_edit::TextEditState>(field));
}

/// The eye at the end of a secret's field. Returns whether it is held, by the pointer or the space bar.
fn reveal_button_ui(ui: &mut Ui, ctx: &UiContext<'_>, field: &str, enabled: bool, held: bool) -> bool {
    if !enabled {
        return false;
    }
    let sign = if held { icons::EYE_OFF } else { icons::EYE };
    let response = icon_button(ui, ctx.theme, sign, t!(ctx, "accounts-reveal", field = field));
    // Something that can only be clicked stops being held when it has been too long for a click.
    let response = response.interact(Sense::drag());
    let (space_down, window_focused) =
        ui.input(|input| (input.key_down(egui::Key::Space), input.raw.focused));
    let by_key = response.has_focus() && space_down;
    window_focused && (response.is_pointer_button_down_on() || by_key)
}
