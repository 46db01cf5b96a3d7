//! Names of files that came from outside or from the operator's disk: made fit for a person's eyes, and for the file
//! systems of this world, where some characters and names mean something else than a name.

use super::text::shown_name;

/// Longest name in front of the extension, in characters.
const STEM_CHARACTERS_MAX: usize = 80;
/// Longest name in front of the extension, in bytes: most file systems take 255, the extension's among them.
const STEM_BYTES_MAX: usize = 200;

/// A name without its extension, with nothing in it that hides a file, turns the text around, is a path, or is read as
/// an option or formula. `None` if nothing is left.
#[must_use]
pub fn safe_stem(stem: &str) -> Option<String> {
    let mut bytes = 0;
    let stem: String = shown_name(stem)
        .chars()
        .filter(|character| !is_invisible(*character))
        .map(|character| match character {
            '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => '_',
            other => other,
        })
        .take(STEM_CHARACTERS_MAX)
        .take_while(|character| {
            bytes += character.len_utf8();
            bytes <= STEM_BYTES_MAX
        })
        .collect();
    // A dot in front hides a file, dots and blanks at the end vanish on Windows, a dash in front is taken for an option.
    let in_front = |character: char| ".-~=+@".contains(character) || character.is_whitespace();
    let behind = |character: char| character == '.' || character.is_whitespace();
    match stem.trim_start_matches(in_front).trim_end_matches(behind) {
        "" => None,
        device if is_device(device) => Some(format!("_{device}")),
        other => Some(other.to_owned()),
    }
}

/// What stands behind the last slash of a path or address, of whatever system; of an address without its query.
#[must_use]
pub fn last_part(reference: &str) -> &str {
    let reference = reference.trim();
    let reference = if reference.contains("://") {
        reference.split(['?', '#']).next().unwrap_or_default()
    } else {
        reference
    };
    reference.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// A name's stem and extension. An extension is short and has a letter in it: what stands behind the dot of
/// `pedido.2026` is none.
#[must_use]
pub fn split_extension(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once('.') {
        Some((stem, extension))
            if !stem.trim().is_empty()
                && (1..=5).contains(&extension.len())
                && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && extension.bytes().any(|byte| byte.is_ascii_alphabetic()) =>
        {
            (stem, Some(extension))
        }
        _ => (name, None),
    }
}

fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// Names that are devices on Windows, whatever follows behind a dot.
fn is_device(stem: &str) -> bool {
    let first = stem
        .split('.')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let numbered = |name: &str| {
        first.strip_prefix(name).is_some_and(|number| {
            matches!(
                number,
                "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
            )
        })
    };
    matches!(
        first.as_str(),
        "con" | "prn" | "aux" | "nul" | "conin$" | "conout$"
    ) || numbered("com")
        || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn stems_are_made_safe() {
        let long = "ã".repeat(300);
        let table: &[(&str, Option<&str>)] = &[
            ("Orçamento 2026", Some("Orçamento 2026")),
            ("foto\u{202e}gpj", Some("fotogpj")),
            ("CON", Some("_CON")),
            ("nul.tar", Some("_nul.tar")),
            ("LPT9 ", Some("_LPT9")),
            ("a. . .", Some("a")),
            ("-rf", Some("rf")),
            ("=cmd|x", Some("cmd_x")),
            ("a<b>:\"|?*c", Some("a_b______c")),
            ("a\u{200b}\u{feff}b\0\u{1b}[2J", Some("ab[2J")),
            ("...", None),
            ("", None),
            ("\u{202e}\u{200b}", None),
            (&long, Some(&long[..160])),
        ];
        for (stem, expected) in table {
            assert_eq!(safe_stem(stem).as_deref(), *expected, "{stem:?}");
        }
        assert!(safe_stem(&"👩".repeat(300)).is_some_and(|stem| stem.len() == 200));
    }

    #[test]
    fn extensions_are_short_and_have_letters() {
        for (name, stem, extension) in [
            ("a.PDF", "a", Some("PDF")),
            ("a.tar.gz", "a.tar", Some("gz")),
            ("pedido.2026", "pedido.2026", None),
            (".htaccess", ".htaccess", None),
            ("a.", "a.", None),
            ("a.b c", "a.b c", None),
            ("a.desktop", "a.desktop", None),
        ] {
            assert_eq!(split_extension(name), (stem, extension), "{name}");
        }
        assert_eq!(last_part("C:\\a\\b.pdf"), "b.pdf");
        assert_eq!(last_part("https://x.example/a/b.pdf?t=1#z"), "b.pdf");
    }

    proptest! {
        #[test]
        fn any_stem_is_made_safe(stem in "\\PC{0,120}|[./\\\\:\\x00-\\x20aN~-]{0,20}") {
            if let Some(safe) = safe_stem(&stem) {
                prop_assert!(!safe.starts_with(['.', '-']) && !safe.ends_with(['.', ' ']), "{}", safe);
                prop_assert!(!safe.contains(['/', '\\', ':', '\0', '\n']) && safe.len() <= 201, "{}", safe);
            }
        }
    }
}
