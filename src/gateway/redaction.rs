//! Cutting secrets out of everything that is kept or shown of an exchange with a gateway.
//!
//! [`Secret::redact`] knows the forms in which a text of ours could hold a secret. What a foreign server or a library
//! answers can repeat it in more of them (PHP's way of writing JSON, HTML, hexadecimal, base64 of a longer text around
//! it, cut off in the middle), so answers and errors go through here.

use crate::domain::Secret;
use crate::domain::text::clean_message;
use crate::gateway::tolerant::{decoded, one_plain_line};
use base64::Engine as _;
use zeroize::Zeroizing;

/// What stands where a secret was.
const MARK: &str = "[secret]";
/// Shorter forms would cut holes into ordinary words.
const SHORTEST: usize = 4;
/// How much of a foreign text is looked at, in characters; what follows is not kept.
const LOOKED_AT: usize = 64 * 1024;
/// How much of an answer an excerpt is made of, in bytes.
const EXCERPT_OF: usize = 16 * 1024;

/// Cuts a set of secrets out of texts.
#[derive(Clone, Default)]
pub struct Redactor {
    /// Every form of every secret, the longest first.
    forms: Vec<Zeroizing<String>>,
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Redactor({} forms)", self.forms.len())
    }
}

impl Redactor {
    /// Prepares to cut out the given secrets. Those of fewer than four characters are left alone.
    #[must_use]
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        let forms = secrets
            .into_iter()
            .filter(|secret| secret.reveal().chars().count() >= SHORTEST)
            .flat_map(|secret| forms_of(secret.reveal()))
            .filter(|form| form.chars().count() >= SHORTEST)
            .collect();
        Self::of_forms(forms)
    }

    fn of_forms(mut forms: Vec<Zeroizing<String>>) -> Self {
        // A form may lie inside another one.
        forms.sort_by(|left, right| {
            right
                .len()
                .cmp(&left.len())
                .then_with(|| left.as_str().cmp(right.as_str()))
        });
        forms.dedup();
        Self { forms }
    }

    /// One that knows as well what of the address for a message's reports is secret: every part of its path in front of the
    /// last that is long enough to be a token. A server that finds fault with the address repeats it.
    #[must_use]
    pub fn with_callback(&self, callback: Option<&url::Url>) -> Self {
        const TOKEN_MIN: usize = 16;
        let segments = callback.and_then(url::Url::path_segments);
        let mut parts: Vec<&str> = segments.into_iter().flatten().collect();
        parts.pop();
        let secrets: Vec<Secret> = parts
            .into_iter()
            .filter(|part| part.len() >= TOKEN_MIN)
            .map(|part| Secret::new(part.to_owned()))
            .collect();
        let mut forms = Self::new(&secrets).forms;
        forms.extend(self.forms.iter().cloned());
        Self::of_forms(forms)
    }

    /// The text without the secrets, without control and direction-override characters, at most `max` characters long.
    #[must_use]
    pub fn shown(&self, text: &str, max: usize) -> String {
        let cut: String = text.chars().take(LOOKED_AT).collect();
        let (clean, _) = clean_message(&self.redact(&cut));
        let clean = clean.trim();
        if clean.chars().count() <= max {
            return clean.to_owned();
        }
        let mut short: String = clean.chars().take(max.saturating_sub(1)).collect();
        short.push('…');
        short
    }

    /// The beginning of an answer that could not be read, as one line for a person, without the secrets. They go first:
    /// one that has lost a tag, a blank or its end would not be known again.
    #[must_use]
    pub fn excerpt(&self, body: &[u8], max: usize) -> String {
        let beginning = decoded(&body[..body.len().min(EXCERPT_OF)]);
        one_plain_line(&self.redact(&beginning), max)
    }

    /// Whether a secret, in any form long enough to be no accident, stands in the text.
    #[must_use]
    pub fn finds_secret(&self, text: &str) -> bool {
        const NO_ACCIDENT: usize = 8;
        self.forms
            .iter()
            .filter(|form| form.len() >= NO_ACCIDENT)
            .any(|form| replace_ignoring_case(text, form) != text)
    }

    /// The text without the secrets.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        let mut out = text.to_owned();
        for form in &self.forms {
            out = replace_ignoring_case(&out, form);
        }
        // What was cut off in transit may end in the middle of a secret.
        let rest = self
            .forms
            .iter()
            .filter_map(|form| longest_tail(&out, form))
            .max()
            .unwrap_or(0);
        if rest > 0 {
            out.truncate(out.len() - rest);
            out.push_str(MARK);
        }
        out
    }
}

/// How many bytes at the end of `text` are a beginning of `form`; `None` if too few to tell.
fn longest_tail(text: &str, form: &str) -> Option<usize> {
    form.char_indices()
        .map(|(index, _)| index)
        .rev()
        .take_while(|index| *index >= SHORTEST)
        .find(|index| {
            text.len()
                .checked_sub(*index)
                .and_then(|start| text.as_bytes().get(start..))
                .is_some_and(|tail| tail.eq_ignore_ascii_case(&form.as_bytes()[..*index]))
        })
}

/// ASCII letters in either case: hexadecimal and percent-encoding come in both.
fn replace_ignoring_case(text: &str, form: &str) -> String {
    let (bytes, wanted) = (text.as_bytes(), form.as_bytes());
    let (mut out, mut kept, mut at) = (String::with_capacity(text.len()), 0, 0);
    while at + wanted.len() <= bytes.len() {
        // Both ends are character borders because `form` is whole characters.
        if bytes[at..at + wanted.len()].eq_ignore_ascii_case(wanted) && text.is_char_boundary(at) {
            out.push_str(&text[kept..at]);
            out.push_str(MARK);
            at += wanted.len();
            kept = at;
        } else {
            at += 1;
        }
    }
    out.push_str(&text[kept..]);
    out
}

fn forms_of(secret: &str) -> Vec<Zeroizing<String>> {
    let percent: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let hexadecimal: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let every_percent: String = secret.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let json = json_escaped(secret, false);
    let mut forms = vec![
        secret.to_owned(),
        percent.replace('+', "%20"),
        percent,
        every_percent,
        json.replace('/', "\\/"),
        json,
        json_escaped(secret, true).replace('/', "\\/"),
        html_escaped(secret, "&#39;"),
        html_escaped(secret, "&#039;"),
        // UTF-8 that somebody on the way took for Latin-1.
        secret.bytes().map(char::from).collect(),
    ];
    forms.push(hexadecimal);
    for offset in 0..3 {
        forms.extend(base64_inside(secret, offset));
    }
    forms.into_iter().map(Zeroizing::new).collect()
}

fn json_escaped(text: &str, ascii_only: bool) -> String {
    let json = serde_json::to_string(text).unwrap_or_default();
    let inner = json
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or_default();
    if !ascii_only {
        return inner.to_owned();
    }
    let mut out = String::new();
    for character in inner.chars() {
        if character.is_ascii() {
            out.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}

fn html_escaped(text: &str, apostrophe: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', apostrophe)
}

/// The characters of a base64 text that depend on the secret alone when it stands `offset` bytes into a group of
/// three, in the usual and in the URL-safe alphabet.
fn base64_inside(secret: &str, offset: usize) -> Vec<String> {
    let mut bytes = Zeroizing::new(vec![0_u8; offset]);
    bytes.extend_from_slice(secret.as_bytes());
    let all = base64::engine::general_purpose::STANDARD_NO_PAD.encode(bytes.as_slice());
    let (start, end) = ((offset * 8).div_ceil(6), bytes.len() * 8 / 6);
    let inside = all.get(start..end).unwrap_or_default().to_owned();
    let url_safe = inside.replace('+', "-").replace('/', "_");
    vec![inside, url_safe]
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANARY: &str = "canary/+ \"7é&'<Z";

    fn redactor() -> Redactor {
        Redactor::new([&Secret::new(CANARY.into())])
    }

    #[test]
    fn what_is_secret_of_an_address_goes_too() {
        let token = "108c0c65a910081a8efedde298a2062bf64584b9efc3d5004b062e688cd0e7f1";
        let id = "b57778b53359416ead7af2cf6fd2d7bb";
        let callback = url::Url::parse(&format!("https://me.example/in/w/{token}/{id}")).unwrap();
        let both = redactor().with_callback(Some(&callback));
        let text = format!("{CANARY} {callback} {}", &token[..40]);
        assert_eq!(
            both.redact(&text),
            format!("[secret] https://me.example/in/w/[secret]/{id} [secret]")
        );
        let none = redactor().with_callback(None);
        assert_eq!(
            none.redact(&format!("{CANARY} {token}")),
            format!("[secret] {token}")
        );
    }

    #[test]
    fn every_form_goes() {
        let standard = base64::engine::general_purpose::STANDARD;
        let percent: String = url::form_urlencoded::byte_serialize(CANARY.as_bytes()).collect();
        let hexadecimal: String = CANARY.bytes().map(|byte| format!("{byte:02X}")).collect();
        let forms = [
            CANARY.to_owned(),
            CANARY.to_uppercase().replace('É', "é"),
            percent.clone(),
            percent.to_lowercase(),
            percent.replace('+', "%20"),
            serde_json::to_string(CANARY).unwrap(),
            "canary\\/+ \\\"7\\u00e9&'<Z".to_owned(),
            "canary/+ &quot;7é&amp;&#039;&lt;Z".to_owned(),
            hexadecimal,
            CANARY.bytes().map(char::from).collect(),
        ];
        for form in forms {
            let shown = redactor().redact(&format!("before {form} after"));
            assert!(
                shown.contains(MARK) && !shown.to_lowercase().contains("canary"),
                "{form} → {shown}"
            );
            assert!(
                shown.starts_with("before ") && shown.ends_with(" after"),
                "{shown}"
            );
        }
        for before in ["", "a", "ab", "login:"] {
            let shown = redactor().redact(&standard.encode(format!("{before}{CANARY}:rest")));
            assert!(shown.contains(MARK), "{shown}");
        }
    }

    #[test]
    fn a_secret_cut_off_in_transit_goes_too() {
        for length in SHORTEST..CANARY.len() {
            if CANARY.is_char_boundary(length) {
                let shown = redactor().redact(&format!("token={}", &CANARY[..length]));
                assert!(!shown.contains("cana"), "{shown}");
            }
        }
        assert_eq!(redactor().redact("ends in can"), "ends in can");
    }

    #[test]
    fn an_excerpt_never_ends_in_a_secret_nor_takes_its_tags_from_it() {
        let secret = "ab<c>  canary/+7 \"&=%<Z>y";
        let redactor = Redactor::new([&Secret::new(secret.into())]);
        let body = format!("<p>{secret}</p> {secret}<b>  {secret}");
        for max in 1..120 {
            let line = redactor.excerpt(body.as_bytes(), max);
            assert!(
                !line.contains("can") && !line.contains("7 ") && !line.contains("y "),
                "{line}"
            );
        }
        assert_eq!(
            redactor.excerpt(body.as_bytes(), 120),
            "[secret] [secret] [secret]"
        );
        // Cut off where the bytes end that are looked at at all.
        let long = format!("{}{secret}", "<br>".repeat((EXCERPT_OF - 12) / 4));
        assert!(!redactor.excerpt(long.as_bytes(), 200).contains("can"));
    }

    #[test]
    fn what_is_no_secret_stays() {
        assert_eq!(Redactor::new([&Secret::new("abc".into())]).redact("abcd"), "abcd");
        assert_eq!(redactor().shown("a\0b\u{202e}c", 10), "abc");
        assert_eq!(redactor().shown(&"é".repeat(20), 10).chars().count(), 10);
        assert!(!format!("{:?}", redactor()).contains("canary"));
    }
}
