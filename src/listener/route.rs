//! The few paths there are.

/// Digits of a token or a nonce: 256 bits.
const HEX_DIGITS: usize = 64;

/// What every hosted file is called, up to its extension.
const FILE_STEM: &str = "file.";
/// Longest extension of a hosted file, in bytes.
const EXTENSION_BYTES_MAX: usize = 16;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route<'a> {
    /// `/w/<token>`: a gateway calls.
    Webhook(&'a str),
    /// `/check/<nonce>`: our own round trip.
    Check(&'a str),
    /// `/a/<token>/file.<extension>`: an attachment is fetched.
    Attachment(&'a str, &'a str),
}

impl<'a> Route<'a> {
    /// The route of a path; `None` for everything else. By its form only: whether a token is known is another question,
    /// and a path with an unknown one is answered like a path that is not there.
    pub(super) fn of(path: &'a str) -> Option<Self> {
        let (place, rest) = path.strip_prefix('/')?.split_once('/')?;
        match place {
            "w" if is_hex(rest) => Some(Self::Webhook(rest)),
            "check" if is_hex(rest) => Some(Self::Check(rest)),
            "a" => {
                let (digits, name) = rest.split_once('/')?;
                let extension = name.strip_prefix(FILE_STEM)?;
                (is_hex(digits) && is_extension(extension)).then_some(Self::Attachment(digits, extension))
            }
            _ => None,
        }
    }
}

fn is_hex(digits: &str) -> bool {
    digits.len() == HEX_DIGITS && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_extension(text: &str) -> bool {
    (1..=EXTENSION_BYTES_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_form_is_a_route() {
        let digits = "0123456789abcdef".repeat(4);
        assert_eq!(Route::of(&format!("/w/{digits}")), Some(Route::Webhook(&digits)));
        assert_eq!(
            Route::of(&format!("/check/{digits}")),
            Some(Route::Check(&digits))
        );
        assert_eq!(
            Route::of(&format!("/a/{digits}/file.jpg")),
            Some(Route::Attachment(&digits, "jpg"))
        );
        for path in [
            "/".to_owned(),
            "/w/".to_owned(),
            format!("/w/{digits}0"),
            format!("/w/{}", &digits[1..]),
            format!("/w/{digits}/"),
            format!("//w/{digits}"),
            format!("/W/{digits}"),
            format!("/x/{digits}"),
            format!("/w/g{}", &digits[1..]),
            format!("/w/{digits}/file.jpg"),
            format!("/a/{digits}"),
            format!("/a/{digits}/"),
            format!("/a/{digits}/file"),
            format!("/a/{digits}/file."),
            format!("/a/{digits}/photo.jpg"),
            format!("/a/{digits}/File.jpg"),
            format!("/a/{digits}/file.tar.gz"),
            format!("/a/{digits}/file.jpg/"),
            format!("/a/{digits}/x/file.jpg"),
            format!("/a/{digits}0/file.jpg"),
            format!("/a/{}/file.jpg", &digits[1..]),
            format!("/a//{digits}/file.jpg"),
            format!("/a/{digits}/file.{}", "x".repeat(17)),
        ] {
            assert_eq!(Route::of(&path), None, "{path}");
        }
    }
}
