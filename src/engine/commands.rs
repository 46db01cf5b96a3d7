//! Takes commands one by one and hands each to its duty. What is quick and whose order matters (messages to be stored,
//! drafts) is done before the next command is taken; what waits for others goes on by itself.

use super::protocol::{Command, ConversationCommand, Event, Notice, SecretsCommand};
use super::shared::Shared;
use crate::domain::settings::Settings;
use std::sync::Arc;

impl Shared {
    pub(super) async fn command(self: &Arc<Self>, command: Command) {
        match command {
            Command::Account(command) => self.account_command(command),
            Command::Pairing(command) => self.pairing_command(command),
            Command::Health(command) => self.health_command(command),
            Command::Outbox(command) => self.outbox_command(command).await,
            Command::Conversation(command) => self.conversation_command(command).await,
            Command::Attachment(command) => self.attachment_command(command),
            Command::Template(command) => self.template_command(command).await,
            Command::Inbox(command) => self.inbox_command(command).await,
            Command::Archive(command) => self.archive_command(command),
            Command::Secrets(command) => self.secrets_command(command),
            Command::Settings(settings) => self.change_settings(*settings).await,
            Command::Ask(ticket, question) => self.question(ticket, question),
        }
    }

    async fn conversation_command(&self, command: ConversationCommand) {
        let (changed, done) = match command {
            ConversationCommand::Rename(id, name) => {
                let name = crate::domain::text::shown_name(&name);
                (Some(id), self.store.rename_conversation(id, &name).await)
            }
            ConversationCommand::Note(id, note) => (Some(id), self.store.note_conversation(id, &note).await),
            ConversationCommand::DoNotWrite(id, marked) => {
                (Some(id), self.store.mark_do_not_write(id, marked).await)
            }
            ConversationCommand::KeepDraft(place, draft) => {
                (None, self.store.put_draft(place, &draft, self.clock.now()).await)
            }
        };
        match done {
            Ok(()) => {
                if let Some(id) = changed {
                    self.publisher.emit(Event::Messages {
                        ids: Vec::new(),
                        conversations: vec![id],
                    });
                }
            }
            Err(error) => self.store_failed(&error),
        }
    }

    fn secrets_command(self: &Arc<Self>, command: SecretsCommand) {
        self.spawn("secrets", |shared| async move {
            let done = match command {
                SecretsCommand::TryAgain => {
                    shared.secrets.try_again().await;
                    Ok(())
                }
                SecretsCommand::UseSession => {
                    shared.secrets.use_session().await;
                    Ok(())
                }
                SecretsCommand::UseVault(passphrase) => shared.secrets.use_vault(passphrase).await,
            };
            if let Err(error) = done {
                shared.publisher.notice(Notice::Secrets(error));
            }
        });
    }

    async fn change_settings(&self, settings: Settings) {
        let _changing = self.settings_changes.lock().await;
        self.keep_settings(settings).await;
    }

    /// Changes something of the settings as they are then: what the operator changes in this moment stays.
    pub(super) async fn edit_settings(&self, edit: impl FnOnce(&mut Settings)) {
        let _changing = self.settings_changes.lock().await;
        let mut settings = (*self.settings()).clone();
        edit(&mut settings);
        self.keep_settings(settings).await;
    }

    async fn keep_settings(&self, settings: Settings) {
        let settings = settings.clamped();
        if let Err(error) = self.store.put_settings(&settings).await {
            self.store_failed(&error);
            return;
        }
        let interval_before = self.settings().health_interval_secs;
        let interval_now = settings.health_interval_secs;
        self.publisher.update(|live| {
            let different = *live.settings != settings;
            live.settings = Arc::new(settings);
            different
        });
        if interval_now != interval_before {
            // A shorter interval would otherwise begin only after the longer one has run out.
            self.read_all_health();
        }
    }
}
