//! The libraries of templates.

use super::protocol::{Answer, TemplateCommand, TemplateError, TemplatesMoved};
use super::shared::Shared;
use super::template_file::{self, Shelf};
use crate::domain::template::{Template, TemplateProblem};
use crate::domain::{AccountId, TemplateId};
use crate::store::StoreError;
use std::path::PathBuf;
use std::sync::Arc;

impl Shared {
    /// Carries out a command about templates.
    pub(super) async fn template_command(self: &Arc<Self>, command: TemplateCommand) {
        match command {
            TemplateCommand::Save(ticket, template) => {
                let saved = self.save_template(*template).await;
                self.publisher.answer(ticket, Answer::TemplateSaved(saved));
            }
            TemplateCommand::Remove(ticket, id) => {
                let removed = self.store.remove_template(id).await;
                let removed = removed.map_err(|error| TemplateError::Store(error.to_string()));
                self.publisher.answer(ticket, Answer::TemplateRemoved(removed));
            }
            TemplateCommand::Import {
                ticket,
                account,
                from,
            } => self.spawn("import of templates", move |shared| async move {
                let moved = shared.import_templates(account, from).await;
                shared.publisher.answer(ticket, Answer::TemplatesMoved(moved));
            }),
            TemplateCommand::Export { ticket, account, to } => {
                self.spawn("export of templates", move |shared| async move {
                    let moved = shared.export_templates(account, to).await;
                    shared.publisher.answer(ticket, Answer::TemplatesMoved(moved));
                });
            }
        }
    }

    async fn save_template(&self, template: Template) -> Result<TemplateId, TemplateError> {
        let template = self
            .shelf(template.account)?
            .fit(template)
            .map_err(TemplateError::Problems)?;
        match self.store.put_template(&template).await {
            Ok(()) => Ok(template.id),
            Err(StoreError::Taken) => Err(TemplateError::Problems(vec![TemplateProblem::Taken])),
            Err(error) => Err(TemplateError::Store(error.to_string())),
        }
    }

    async fn import_templates(
        &self,
        account: AccountId,
        from: PathBuf,
    ) -> Result<TemplatesMoved, TemplateError> {
        let shelf = self.shelf(account)?;
        let (templates, without_picture) = on_disk(move || shelf.read(&from)).await?;
        let count = templates.len();
        self.store
            .merge_templates(account, templates)
            .await
            .map_err(|error| TemplateError::Store(error.to_string()))?;
        Ok(TemplatesMoved {
            count,
            without_picture,
        })
    }

    async fn export_templates(
        &self,
        account: AccountId,
        to: PathBuf,
    ) -> Result<TemplatesMoved, TemplateError> {
        let templates = self
            .store
            .templates(account)
            .await
            .map_err(|error| TemplateError::Store(error.to_string()))?;
        let count = on_disk(move || template_file::write(&to, templates)).await?;
        Ok(TemplatesMoved {
            count,
            without_picture: 0,
        })
    }

    /// Where the templates of an account go, if its gateway has any.
    fn shelf(&self, account: AccountId) -> Result<Shelf, TemplateError> {
        let live = self.publisher.live();
        let refused = |why: &str| TemplateError::Store(why.to_owned());
        let view = live
            .account(account)
            .ok_or_else(|| refused("the account is gone"))?;
        let form = view.capabilities.templates;
        Ok(Shelf {
            account,
            form: form.ok_or_else(|| refused("the gateway of the account has no templates"))?,
            now: self.clock.now(),
        })
    }
}

async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, TemplateError> + Send + 'static,
) -> Result<T, TemplateError> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(TemplateError::File(error.to_string())))
}
