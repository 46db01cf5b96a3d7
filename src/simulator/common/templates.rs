//! The templates that are registered at a played vendor.

/// A template as it is registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredTemplate {
    /// Its identifier or name.
    pub key: String,
    /// Its language, such as `pt_BR`.
    pub language: String,
    /// How many parameters its wording has.
    pub parameters: usize,
    /// Whether a picture must stand above it.
    pub header_image: bool,
    /// Longest value of a parameter, in characters.
    pub value_max: usize,
}

impl RegisteredTemplate {
    /// A template without a picture.
    #[must_use]
    pub fn new(key: &str, language: &str, parameters: usize) -> Self {
        Self {
            key: key.to_owned(),
            language: language.to_owned(),
            parameters,
            header_image: false,
            value_max: 1_024,
        }
    }

    /// The same with a picture above it.
    #[must_use]
    pub fn with_header_image(mut self) -> Self {
        self.header_image = true;
        self
    }

    fn is_in(&self, language: &str) -> bool {
        let plain = |language: &str| language.replace('-', "_").to_lowercase();
        plain(&self.language) == plain(language)
    }
}

/// Why a template cannot be sent so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateFault {
    /// There is none of this key.
    NoSuchTemplate,
    /// There is one of this key, in other languages.
    NoSuchLanguage,
    /// It has another number of parameters.
    Parameters,
    /// A value is too long.
    ValueTooLong,
    /// The picture above it is missing, or there is none above it.
    HeaderImage,
}

/// Checks a template against those that are registered.
///
/// # Errors
/// Why it cannot be sent so.
pub fn check(
    registered: &[RegisteredTemplate],
    key: &str,
    language: &str,
    values: &[String],
    header_image: bool,
) -> Result<(), TemplateFault> {
    let mut of_key = registered
        .iter()
        .filter(|template| template.key == key)
        .peekable();
    if of_key.peek().is_none() {
        return Err(TemplateFault::NoSuchTemplate);
    }
    let Some(template) = of_key.find(|template| template.is_in(language)) else {
        return Err(TemplateFault::NoSuchLanguage);
    };
    if values.len() != template.parameters {
        return Err(TemplateFault::Parameters);
    }
    if values
        .iter()
        .any(|value| value.chars().count() > template.value_max)
    {
        return Err(TemplateFault::ValueTooLong);
    }
    if header_image != template.header_image {
        return Err(TemplateFault::HeaderImage);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_is_found() {
        let registered = [
            RegisteredTemplate::new("pedido", "pt_BR", 2),
            RegisteredTemplate::new("foto", "es", 0).with_header_image(),
        ];
        let values = |count: usize, length: usize| vec!["x".repeat(length); count];
        for (key, language, values, image, expected) in [
            ("pedido", "pt_BR", values(2, 9), false, Ok(())),
            ("pedido", "PT-br", values(2, 1_024), false, Ok(())),
            ("foto", "es", values(0, 0), true, Ok(())),
            (
                "outro",
                "es",
                values(0, 0),
                false,
                Err(TemplateFault::NoSuchTemplate),
            ),
            (
                "pedido",
                "es",
                values(2, 1),
                false,
                Err(TemplateFault::NoSuchLanguage),
            ),
            (
                "pedido",
                "pt_BR",
                values(1, 1),
                false,
                Err(TemplateFault::Parameters),
            ),
            (
                "pedido",
                "pt_BR",
                values(2, 1_025),
                false,
                Err(TemplateFault::ValueTooLong),
            ),
            (
                "pedido",
                "pt_BR",
                values(2, 1),
                true,
                Err(TemplateFault::HeaderImage),
            ),
            ("foto", "es", values(0, 0), false, Err(TemplateFault::HeaderImage)),
        ] {
            assert_eq!(
                check(&registered, key, language, &values, image),
                expected,
                "{key} {language}"
            );
        }
    }
}
