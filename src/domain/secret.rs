//! A value that must never be shown, logged or written.

use zeroize::Zeroizing;

/// A credential. It has no `Display` and no `Serialize`, its `Debug` tells nothing, and its memory is overwritten when
/// it is dropped. [`Secret::reveal`] is the one way to the text, so that every use can be found by searching for it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Wraps a text.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself: only for putting it into a request, a keyring or the field in which it is typed.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Cuts every occurrence of the secret out of `text`, in the forms a gateway or an error could repeat it in: as it
    /// is, percent-encoded, base64-encoded and JSON-escaped. Secrets of fewer than four characters are left alone: they would cut
    /// holes into ordinary words.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        const MARK: &str = "[secret]";
        let secret = self.reveal();
        if secret.chars().count() < 4 {
            return text.to_owned();
        }
        let mut out = text.replace(secret, MARK);
        let percent: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        let base64 = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, secret);
        let json = serde_json::to_string(secret).unwrap_or_default();
        for form in [percent.as_str(), base64.as_str(), json.trim_matches('"')] {
            if form.len() >= 4 && form != secret {
                out = out.replace(form, MARK);
            }
        }
        out
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_shows_it() {
        let secret = Secret::new("canary/+ \"7".to_owned());
        assert!(!format!("{secret:?}").contains("canary"));
        let percent: String = url::form_urlencoded::byte_serialize(secret.reveal().as_bytes()).collect();
        let base64 = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, secret.reveal());
        let json = serde_json::to_string(secret.reveal()).unwrap();
        let all = format!("a {} b {percent} c {base64} d {json}", secret.reveal());
        let shown = secret.redact(&all);
        assert!(!shown.contains("canary") && !shown.contains(&base64), "{shown}");
        assert_eq!(Secret::new("abc".into()).redact("abcd"), "abcd");
    }
}
