//! The libraries of templates.

use super::protocol::{Answer, ContentError, TemplateCommand, TemplateError};
use super::shared::Shared;
use crate::domain::MessageId;
use std::sync::Arc;

impl Shared {
    /// Carries out a command about templates.
    pub(super) async fn template_command(self: &Arc<Self>, command: TemplateCommand) {
        match command {
            TemplateCommand::Save(ticket, template) => {
                let id = template.id;
                let saved = self
                    .store
                    .put_template(&template)
                    .await
                    .map(|()| id)
                    .map_err(|error| TemplateError::Store(error.to_string()));
                self.publisher.answer(ticket, Answer::TemplateSaved(saved));
            }
            TemplateCommand::Remove(id) => {
                if let Err(error) = self.store.remove_template(id).await {
                    self.store_failed(&error);
                }
            }
            TemplateCommand::Import { ticket, .. } | TemplateCommand::Export { ticket, .. } => {
                let answer = Answer::TemplatesMoved(Err(TemplateError::File(String::new())));
                self.publisher.answer(ticket, answer);
            }
        }
    }

    /// Fetches the file of a message that came as an address only.
    pub(super) async fn fetch_content(&self, _message: MessageId) -> Result<(), ContentError> {
        Err(ContentError::NoAddress)
    }
}
