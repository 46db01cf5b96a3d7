//! The templates of the demo: in the program's library, and registered at the gateway that plays the vendor.

use crate::domain::template::TemplateParameter;
use crate::domain::{AccountId, Template, TemplateId, TemplateMessage, Timestamp};
use crate::simulator::common::RegisteredTemplate;
use crate::store::{Store, StoreError};

/// A template of the demo.
#[derive(Debug)]
pub(super) struct ShopTemplate {
    /// Under which identifier or name it is registered.
    pub(super) key: &'static str,
    /// Its language.
    pub(super) language: &'static str,
    /// Its wording.
    pub(super) text: &'static str,
    /// Name and sample of each parameter, by position.
    pub(super) parameters: &'static [(&'static str, &'static str)],
    /// Whether a picture stands above it.
    pub(super) header_image: bool,
}

impl ShopTemplate {
    /// As it stands in the library of an account.
    pub(super) fn stored(&self, account: AccountId, at: Timestamp) -> Template {
        let parameter = |(name, sample): &(&str, &str)| TemplateParameter {
            name: (*name).to_owned(),
            sample: (*sample).to_owned(),
        };
        Template {
            id: TemplateId::new(),
            account,
            key: self.key.to_owned(),
            language: self.language.to_owned(),
            text: self.text.to_owned(),
            parameters: self.parameters.iter().map(parameter).collect(),
            header_image: self.header_image,
            updated_at: at,
        }
    }

    /// As the vendor has it.
    pub(super) fn registered(&self) -> RegisteredTemplate {
        let template = RegisteredTemplate::new(self.key, self.language, self.parameters.len());
        if self.header_image {
            template.with_header_image()
        } else {
            template
        }
    }

    /// A message of it, and the text as the person sees it.
    ///
    /// # Errors
    /// The values do not fit it.
    pub(super) fn filled(&self, values: &[&str]) -> anyhow::Result<(TemplateMessage, String)> {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        let template = self.stored(AccountId::new(), Timestamp::now());
        template
            .filled(&values, self.header_image)
            .map_err(|problems| anyhow::anyhow!("{}: {problems:?}", self.key))
    }
}

/// Writes templates into the library of an account.
pub(super) async fn keep(
    store: &Store,
    account: AccountId,
    templates: &[ShopTemplate],
    at: Timestamp,
) -> Result<(), StoreError> {
    let stored = templates
        .iter()
        .map(|template| template.stored(account, at))
        .collect();
    store.merge_templates(account, stored).await
}
