//! The composer: text with emoji, files of this computer or an address to go along, and the button that sends. It keeps
//! what is typed until the engine has stored it, and over a restart.

mod address;
mod bar;
mod draft;
mod files;
mod hosting;
mod incoming;
mod path;
mod sending;
mod template;
#[cfg(test)]
mod tests;
pub(in crate::ui::screens) mod text;
pub(in crate::ui::screens) mod window;
mod with_template;

pub use sending::Sent;

use super::completion;
use super::emoji_picker::EmojiPicker;
use super::quick_replies::QuickReplyPicker;
use super::schedule::Schedule;
use crate::domain::conversation::{Draft, DraftPlace};
use crate::domain::text::{character_count, clean_message, has_name_mark};
use crate::domain::window::FreeText;
use crate::domain::{AccountId, Conversation, Timestamp};
use crate::engine::{AccountView, Ticket};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::pictures::Pictures;
use crate::ui::theme::{Tone, icons, space};
use crate::ui::widgets;
use crate::ui::words;
use address::Address;
use egui::text::CCursorRange;
use egui::{Frame, Margin, Ui};
use files::Files;
use incoming::Incoming;
use path::PathDialog;
use template::Templates;

/// What is being written, and where it belongs.
pub struct Composer {
    place: DraftPlace,
    /// Whose it is, once that is known: files are checked for an account.
    account: Option<AccountId>,
    text: String,
    address: Address,
    files: Files,
    incoming: Incoming,
    path: Option<PathDialog>,
    restored: bool,
    changed_at: Option<Timestamp>,
    kept: Draft,
    sending: Option<Ticket>,
    failed: Option<String>,
    picker: EmojiPicker,
    replies: QuickReplyPicker,
    schedule: Schedule,
    templates: Templates,
    /// Whether the send that is under way is that of a template.
    sending_template: bool,
    /// Who the conversation is with, for a quick reply; `None` also where several may get it.
    name: Option<String>,
    completion: completion::Completion,
    cursor: Option<CCursorRange>,
    focus: bool,
    focus_if_free: bool,
}

/// Who can get a message, and what its button says.
pub struct Audience {
    /// Whether somebody can get it, or why not.
    pub reachable: Result<(), String>,
    /// Another word for the button that sends.
    pub button: Option<String>,
    /// Whether free text may be sent to whom it is for.
    pub free: FreeText,
}

impl Composer {
    /// An empty composer for a place.
    #[must_use]
    pub fn new(place: DraftPlace) -> Self {
        Self {
            place,
            account: match place {
                DraftPlace::Conversation(_) => None,
                DraftPlace::NewMessage(account) => Some(account),
            },
            text: String::new(),
            address: Address::default(),
            files: Files::default(),
            incoming: Incoming::default(),
            path: None,
            restored: false,
            changed_at: None,
            kept: Draft::default(),
            sending: None,
            failed: None,
            picker: EmojiPicker::default(),
            replies: QuickReplyPicker::default(),
            schedule: Schedule::default(),
            templates: Templates::default(),
            sending_template: false,
            name: None,
            completion: completion::Completion::default(),
            cursor: None,
            focus: false,
            focus_if_free: false,
        }
    }

    /// The text as it will be sent.
    #[must_use]
    pub fn cleaned(&self) -> String {
        clean_message(&self.text).0
    }

    /// The text as it will be sent: of the template, where one is chosen.
    #[must_use]
    pub fn outgoing(&self) -> String {
        self.templates
            .form()
            .map_or_else(|| self.cleaned(), template::Form::text)
    }

    /// Whether a template is chosen.
    #[must_use]
    pub fn is_template(&self) -> bool {
        self.templates.form().is_some()
    }

    /// Opens the dialog in which a template is chosen.
    pub fn choose_template(&mut self) {
        self.templates.open();
    }

    /// Whether each person's own name stands in what it gets. Never in a template: its values are the same for all.
    #[must_use]
    pub fn uses_names(&self) -> bool {
        !self.is_template() && has_name_mark(&self.cleaned())
    }

    /// Whose name stands for the parameter for a name, when a template is chosen from now on.
    pub fn set_name(&mut self, name: Option<&str>) {
        self.name = name.map(str::to_owned);
    }

    /// Whether a send is under way.
    #[must_use]
    pub fn is_sending(&self) -> bool {
        self.sending.is_some()
    }

    /// Puts the keyboard into the text with the next frame.
    pub fn take_focus(&mut self) {
        self.focus = true;
    }

    /// The composer below a thread; answers whether something was sent.
    pub fn thread_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        pictures: &mut Pictures,
        conversation: &Conversation,
    ) -> bool {
        self.account = Some(conversation.account);
        self.restore(ctx);
        self.name = conversation.shown_name().map(str::to_owned);
        let stored = matches!(self.poll(ctx), Sent::Stored(_));
        let margin = Margin {
            left: 20,
            right: 20,
            top: 12,
            bottom: 12,
        };
        let free = ctx.account.map_or(FreeText::Always, |account| {
            window::free_text(ctx, account, conversation)
        });
        let audience = Audience {
            reachable: Ok(()),
            button: None,
            free,
        };
        let send = Frame::new()
            .inner_margin(margin)
            .show(ui, |ui| self.editor_ui(ui, ctx, pictures, audience))
            .inner;
        if send {
            self.send(ctx, vec![conversation.phone.clone()], Vec::new());
        }
        stored
    }

    /// When the message is to leave, if not at once.
    #[must_use]
    pub fn not_before(&self) -> Option<Timestamp> {
        self.schedule.chosen()
    }

    /// Whether the moment that was chosen has passed meanwhile.
    #[must_use]
    pub fn is_too_late(&self, now: Timestamp) -> bool {
        self.schedule.has_passed(now)
    }

    /// What the button that sends says: `words`, or for when it is scheduled.
    #[must_use]
    pub fn send_words(&self, ctx: &UiContext<'_>, words: String) -> String {
        self.schedule.button_words(ctx, true).unwrap_or(words)
    }

    /// How many files and addresses go along.
    #[must_use]
    pub fn attachment_count(&self) -> usize {
        match self.templates.form() {
            Some(form) if !form.has_picture() => 0,
            _ => self.attached(),
        }
    }

    /// How many files and addresses there are.
    fn attached(&self) -> usize {
        self.files.len() + usize::from(!self.address.is_empty())
    }

    /// How many messages each recipient gets: one for each attachment.
    #[must_use]
    pub fn messages_each(&self) -> usize {
        self.attachment_count().max(1)
    }

    /// The editor; answers whether the operator wants to send.
    pub fn editor_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        pictures: &mut Pictures,
        audience: Audience,
    ) -> bool {
        let Some(account) = ctx.account else { return false };
        ui.spacing_mut().item_spacing.y = space::S;
        self.templates.settle(ui, ctx, account.account.id);
        if self.takes_attachments() {
            self.take_incoming(ui, ctx, account);
        }
        if let Some(words) = &self.failed {
            let (title, body) = (
                t!(ctx, "composer-not-stored"),
                t!(ctx, "composer-not-stored-body", words = words.as_str()),
            );
            widgets::banner(ui, ctx.theme, Tone::Bad, icons::ALERT, title, body, |_| {});
        }
        let wanted =
            !self.is_template() && window::line_ui(ui, ctx, account, audience.free, self.schedule.chosen());
        // What is being sent stays as it is until the answer.
        if wanted && self.sending.is_none() {
            self.templates.open();
        }
        let wants = if self.is_template() {
            self.template_ui(ui, ctx, pictures, account)
        } else {
            self.attachments_ui(ui, ctx, pictures, account);
            self.schedule.ui(ui, ctx);
            self.text_ui(ui, ctx)
        };
        // Only now: what came in one frame with the key that sends counts.
        let blocked = self.blocked(ctx, account, &audience);
        if wants
            && blocked.is_some()
            && let Some(form) = self.templates.form_mut()
        {
            form.mark_missing();
        }
        self.notes_ui(ui, ctx, account);
        let pressed = self.bar_ui(ui, ctx, account, blocked.as_deref(), audience.button);
        self.path_ui(ui, ctx, account);
        self.templates
            .choice_ui(ui, ctx, account.account.id, self.name.as_deref());
        (wants || pressed) && blocked.is_none() && self.sending.is_none()
    }

    /// The files, the address, and what is to be said about them.
    fn attachments_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        pictures: &mut Pictures,
        account: &AccountView,
    ) {
        let locked = self.sending.is_some();
        self.files.ui(ui, ctx, pictures, account, locked);
        self.incoming_ui(ui, ctx, account);
        if self.address.ui(ui, ctx, account, self.place) {
            self.focus = true;
        }
        if !self.files.is_empty() {
            hosting::warning_ui(ui, ctx, account);
        }
    }

    /// Why it cannot be sent yet.
    fn blocked(&self, ctx: &UiContext<'_>, account: &AccountView, audience: &Audience) -> Option<String> {
        let blocked = if self.is_template() {
            self.template_blocked(ctx, account)
        } else if audience.free.is_closed() {
            Some(window::closed_words(ctx, account, audience.free))
        } else {
            self.text_blocked(ctx, account)
        };
        if blocked.is_some() {
            return blocked;
        }
        if self.schedule.has_passed(ctx.now) {
            return Some(t!(ctx, "schedule-passed"));
        }
        audience.reachable.clone().err()
    }

    /// Why the free text cannot be sent yet.
    fn text_blocked(&self, ctx: &UiContext<'_>, account: &AccountView) -> Option<String> {
        let limit = account.capabilities.text_limit;
        if let Some(words) = self.files.blocked(ctx) {
            return Some(words);
        }
        match self.address.attachment(account) {
            Err(problem) => return Some(words::attachment_problem(ctx.text, &problem)),
            Ok(None) if self.files.is_empty() && self.cleaned().trim().is_empty() => {
                return Some(t!(ctx, "composer-empty"));
            }
            Ok(_) => {}
        }
        if self.attachment_count() > files::FILES_MAX {
            return Some(t!(ctx, "composer-too-many-files", max = files::FILES_MAX));
        }
        (character_count(&self.cleaned()) > limit).then(|| {
            let limit = ctx.text.number(limit as u64);
            t!(ctx, "composer-too-long", limit = limit)
        })
    }
}

fn place_id(place: DraftPlace) -> uuid::Uuid {
    match place {
        DraftPlace::Conversation(id) => id.0,
        DraftPlace::NewMessage(id) => id.0,
    }
}
