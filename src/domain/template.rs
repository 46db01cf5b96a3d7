//! Templates: messages whose wording is registered at the vendor, with places for parameters. The library is the
//! operator's own: no vendor lists what is registered there.

use super::{AccountId, Timestamp};
use serde::{Deserialize, Serialize};

/// One parameter of a template.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateParameter {
    /// What the operator calls it; not empty, no two alike within a template.
    pub name: String,
    /// A value as it may look, for the preview.
    pub sample: String,
}

/// A template of an account's library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Our identifier.
    pub id: super::TemplateId,
    /// The account.
    pub account: AccountId,
    /// Under which identifier or name it is registered at the vendor.
    pub key: String,
    /// Its language as the vendor has it, such as `pt_BR` or `EN`.
    pub language: String,
    /// Its wording, with `{{1}}`, `{{2}}` … where the parameters stand.
    pub text: String,
    /// The parameters by position.
    pub parameters: Vec<TemplateParameter>,
    /// Whether a picture stands above the text.
    pub header_image: bool,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// What is wrong with a template, or with the values for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateProblem {
    /// No identifier or name.
    NoKey,
    /// The identifier or name is longer than this many characters, or holds control characters.
    BadKey(usize),
    /// No language, or none that looks like one.
    BadLanguage,
    /// No wording.
    NoText,
    /// The wording is longer than this many characters.
    TextTooLong(usize),
    /// A parameter has no name, or one that another has.
    ParameterName(usize),
    /// The wording has a place for a parameter that is not in the list (its number), or the other way round.
    Places(usize),
    /// No value for this parameter (its name).
    Missing(String),
    /// The value of this parameter (its name) holds line breaks, tabs or more than four blanks in a row, which vendors
    /// refuse.
    BadValue(String),
    /// The value of this parameter (its name) is longer than this many characters.
    ValueTooLong(String, usize),
    /// A picture is needed above the text.
    NoHeaderImage,
    /// There is another one of this identifier and language.
    Taken,
}

impl Template {
    /// Longest identifier or name, in characters.
    pub const KEY_MAX: usize = 512;
    /// Longest wording, in characters.
    pub const TEXT_MAX: usize = 1_024;
    /// Longest value of a parameter, in characters.
    pub const VALUE_MAX: usize = 1_024;
    /// Most parameters.
    pub const PARAMETERS_MAX: usize = 20;
}

/// A template as it goes out with a message. What the person sees is the message's text; a picture above it is its
/// attachment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateMessage {
    /// Under which identifier or name it is registered at the vendor.
    pub key: String,
    /// Its language as the vendor has it.
    pub language: String,
    /// The values by position.
    pub values: Vec<String>,
}
