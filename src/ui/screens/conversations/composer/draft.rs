//! What is typed is kept until it is sent, and over a restart.

use super::Composer;
use crate::domain::conversation::Draft;
use crate::engine::{AttachmentCommand, Command, ConversationCommand};
use crate::ui::context::UiContext;
use std::time::Duration;

/// A draft is kept this long after the last change.
const KEEP_AFTER: Duration = Duration::from_millis(800);

impl Composer {
    /// Takes its draft back, once, as soon as the drafts have been read. Answers the recipients that were kept with it.
    pub fn restore(&mut self, ctx: &UiContext<'_>) -> Option<Vec<String>> {
        if self.restored {
            return None;
        }
        let drafts = ctx.model.drafts(ctx.account?.account.id)?;
        self.restored = true;
        let draft = drafts.get(&self.place)?.clone();
        // What was typed before the draft came is newer.
        if self.text.is_empty() && self.address.is_empty() {
            self.text.clone_from(&draft.text);
            self.address.restore(&draft.attachment_url);
        }
        self.files.restore(&draft.files);
        self.templates.restore(draft.template.clone());
        let recipients = draft.recipients.clone();
        self.kept = draft;
        Some(recipients)
    }

    /// Keeps the draft with its recipients when it is time to; `at_once` where there may be no later. Files that nobody
    /// wants any more are given up only after that: until then the draft holds them.
    pub fn keep_draft(&mut self, ctx: &UiContext<'_>, recipients: Vec<String>, at_once: bool) {
        if !self.restored {
            return;
        }
        let draft = Draft {
            recipients,
            text: self.text.clone(),
            attachment_url: self.address.typed().to_owned(),
            files: self.files.here(),
            template: self.templates.draft(),
        };
        if draft == self.kept {
            self.changed_at = None;
        } else {
            let changed_at = *self.changed_at.get_or_insert(ctx.now);
            let due = changed_at.plus(KEEP_AFTER);
            if ctx.now < due && !at_once && !self.files.has_given_up() {
                ctx.wake_at(due);
                return;
            }
            self.changed_at = None;
            self.kept = draft.clone();
            ctx.send(Command::Conversation(ConversationCommand::KeepDraft(
                self.place, draft,
            )));
        }
        for file in self.files.take_given_up() {
            ctx.send(Command::Attachment(AttachmentCommand::Discard(file)));
        }
    }
}
