//! The few paths there are.

/// Digits of a token or a nonce: 256 bits.
const HEX_DIGITS: usize = 64;
/// Digits of a message's own identifier, [`ClientMessageId`](crate::domain::ClientMessageId).
const MESSAGE_DIGITS: usize = 32;

/// What every hosted file is called, up to its extension.
const FILE_STEM: &str = "file.";
/// Longest extension of a hosted file, in bytes.
const EXTENSION_BYTES_MAX: usize = 16;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route<'a> {
    /// `/w/<token>`: a gateway calls. `/w/<token>/<message>`: it calls about this message of ours.
    Webhook(&'a str, Option<&'a str>),
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
            "w" => match rest.split_once('/') {
                None => is_hex(rest, HEX_DIGITS).then_some(Self::Webhook(rest, None)),
                Some((token, message)) => (is_hex(token, HEX_DIGITS) && is_message(message))
                    .then_some(Self::Webhook(token, Some(message))),
            },
            "check" if is_hex(rest, HEX_DIGITS) => Some(Self::Check(rest)),
            "a" => {
                let (digits, name) = rest.split_once('/')?;
                let extension = name.strip_prefix(FILE_STEM)?;
                (is_hex(digits, HEX_DIGITS) && is_extension(extension))
                    .then_some(Self::Attachment(digits, extension))
            }
            _ => None,
        }
    }
}

fn is_hex(digits: &str, count: usize) -> bool {
    digits.len() == count && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Message identifiers are minted in lower case: another spelling is not ours.
fn is_message(digits: &str) -> bool {
    is_hex(digits, MESSAGE_DIGITS) && !digits.bytes().any(|byte| byte.is_ascii_uppercase())
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
        let message = "fedcba9876543210".repeat(2);
        assert_eq!(
            Route::of(&format!("/w/{digits}")),
            Some(Route::Webhook(&digits, None))
        );
        assert_eq!(
            Route::of(&format!("/w/{digits}/{message}")),
            Some(Route::Webhook(&digits, Some(&message)))
        );
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
            format!("/w/{digits}/{message}/"),
            format!("/w/{digits}/{message}0"),
            format!("/w/{digits}/{}", &message[1..]),
            format!("/w/{digits}//{message}"),
            format!("/w//{digits}/{message}"),
            format!("/w/{message}/{digits}"),
            format!("/w/{digits}/{}", message.to_uppercase()),
            format!("/w/{digits}/{}g", &message[1..]),
            format!("/w/{digits}/%2e{}", &message[3..]),
            format!("/w/{digits}/../{}", &message[3..]),
            format!("/w/{digits}/{message}/{message}"),
            format!("/w/{}/{message}", &digits[1..]),
            format!("/w/{digits}/{digits}"),
            format!("/check/{digits}/{message}"),
            format!("/check/{message}"),
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
