//! The few paths there are.

/// Digits of a token or a nonce: 256 bits.
const HEX_DIGITS: usize = 64;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route<'a> {
    /// `/w/<token>`: a gateway calls.
    Webhook(&'a str),
    /// `/check/<nonce>`: our own round trip.
    Check(&'a str),
}

impl<'a> Route<'a> {
    /// The route of a path; `None` for everything else. By its form only: whether a token is known is another question,
    /// and a path with an unknown one is answered like a path that is not there.
    pub(super) fn of(path: &'a str) -> Option<Self> {
        let (place, digits) = path.strip_prefix('/')?.split_once('/')?;
        let is_hex = digits.len() == HEX_DIGITS && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        match place {
            "w" if is_hex => Some(Self::Webhook(digits)),
            "check" if is_hex => Some(Self::Check(digits)),
            _ => None,
        }
    }
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
        ] {
            assert_eq!(Route::of(&path), None, "{path}");
        }
    }
}
