//! What the operator keeps about a person: name, note, and whether they asked not to be written to.

use crate::domain::{Conversation, ConversationId};
use crate::engine::{Command, ConversationCommand};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Tone, icons};
use crate::ui::widgets::{self, Button, Field};
use egui::{Key, Margin, Ui};

/// Longest name of a person, in characters.
const NAME_MAX: usize = 80;
/// Longest note, in characters.
const NOTE_MAX: usize = 2_000;

/// The dialog about a person.
#[derive(Default)]
pub(super) struct PersonDialog {
    form: Option<Form>,
}

/// What is being changed.
struct Form {
    before: Conversation,
    name: String,
    note: String,
    do_not_write: bool,
}

impl PersonDialog {
    /// Opens it for a person.
    pub(super) fn open(&mut self, person: &Conversation) {
        self.form = Some(Form {
            before: person.clone(),
            name: person.name.clone().unwrap_or_default(),
            note: person.note.clone(),
            do_not_write: person.do_not_write,
        });
    }

    /// Draws it while it is open.
    pub(super) fn ui(&mut self, ui: &Ui, ctx: &UiContext<'_>) {
        let Some(form) = &mut self.form else { return };
        let title = t!(ctx, "person-title");
        let shown = widgets::dialog(ui.ctx(), ctx.theme, "person", title, |ui| form.ui(ui, ctx));
        let (save, cancel) = shown.inner.unwrap_or_default();
        if save {
            form.save(ctx);
        }
        if save || cancel || shown.should_close {
            self.form = None;
        }
    }
}

impl Form {
    /// Whether it is to be saved, and whether it is to be given up.
    fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) -> (bool, bool) {
        let theme = ctx.theme;
        let help = match &self.before.told_name {
            Some(told) => t!(ctx, "person-name-help-told", name = told.as_str()),
            None => t!(ctx, "person-name-help"),
        };
        let name = Field::new(t!(ctx, "person-name"), &mut self.name)
            .hint(self.before.told_name.clone().unwrap_or_default())
            .max_chars(NAME_MAX)
            .help(Some(help))
            .show(ui, theme);
        let enter = name.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        Field::new(t!(ctx, "person-note"), &mut self.note)
            .multiline(4)
            .max_chars(NOTE_MAX)
            .help(Some(t!(ctx, "person-note-help")))
            .show(ui, theme);
        let (words, help) = (
            t!(ctx, "person-do-not-write"),
            t!(ctx, "person-do-not-write-help"),
        );
        widgets::toggle_row(ui, theme, words, &help, &mut self.do_not_write);
        ui.horizontal(|ui| {
            let save = Button::primary(t!(ctx, "save")).show(ui, theme).clicked();
            let cancel = Button::secondary(t!(ctx, "cancel")).show(ui, theme).clicked();
            (save || enter, cancel)
        })
        .inner
    }

    /// Tells the engine what is different.
    fn save(&self, ctx: &UiContext<'_>) {
        let id = self.before.id;
        let send = |command| ctx.send(Command::Conversation(command));
        if self.name.trim() != self.before.name.as_deref().unwrap_or_default() {
            send(ConversationCommand::Rename(id, self.name.trim().to_owned()));
        }
        if self.note.trim() != self.before.note {
            send(ConversationCommand::Note(id, self.note.trim().to_owned()));
        }
        if self.do_not_write != self.before.do_not_write {
            send(ConversationCommand::DoNotWrite(id, self.do_not_write));
        }
    }
}

/// What stands in the place of the composer while nothing may be written to a person.
pub(super) fn blocked_ui(ui: &mut Ui, ctx: &UiContext<'_>, id: ConversationId) {
    egui::Frame::new()
        .inner_margin(Margin::symmetric(20, 12))
        .show(ui, |ui| {
            let (title, body) = (t!(ctx, "person-blocked"), t!(ctx, "person-blocked-body"));
            let color = ctx.theme.tone(Tone::Warn).0;
            widgets::banner(ui, ctx.theme, Tone::Warn, icons::BAN, title, body, |ui| {
                let allow = Button::secondary(t!(ctx, "person-allow")).color(color);
                if allow.show(ui, ctx.theme).clicked() {
                    ctx.send(Command::Conversation(ConversationCommand::DoNotWrite(id, false)));
                }
            });
        });
}
