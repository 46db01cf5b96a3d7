//! The names of files that came: what a message and its file call it, so that the two find each other, and what it is
//! called on this machine.

use crate::domain::file_name::{last_part, safe_stem, split_extension};
use crate::domain::text::shown_name;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Longest reference, in bytes; of a longer one its digest counts.
const REFERENCE_MAX: usize = 200;
/// What a file is called that has no name.
const NAMELESS: &str = "file";

/// By what a message and its file find each other: the last part of the reference, without an extension (which may be
/// wrong), in lower case. `None` if there is nothing in it.
pub(in crate::gateway) fn reference_key(reference: &str) -> Option<String> {
    let cleaned: String = last_part(reference)
        .chars()
        .filter(|character| !character.is_control())
        .collect();
    let (stem, _) = split_extension(cleaned.trim());
    let key = stem.trim().to_lowercase();
    if key.is_empty() {
        None
    } else if key.len() > REFERENCE_MAX {
        Some(format!("sha256-{}", digest(key.as_bytes())))
    } else {
        Some(key)
    }
}

/// The extension it came with, in lower case.
pub(in crate::gateway) fn told_extension(reference: &str) -> Option<String> {
    let (_, extension) = split_extension(last_part(reference).trim());
    extension.map(str::to_lowercase)
}

/// A name for a person and for the file systems of this world: the reference's own, without what is dangerous in it, and
/// the extension of what the file really is.
pub(in crate::gateway) fn shown_file_name(reference: &str, extension: &str) -> String {
    let cleaned = shown_name(last_part(reference));
    let (stem, _) = split_extension(&cleaned);
    let stem = safe_stem(stem).unwrap_or_else(|| NAMELESS.to_owned());
    format!("{stem}.{extension}")
}

/// A digest as 64 hexadecimal digits.
pub(in crate::gateway) fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Bytes as hexadecimal digits.
pub(in crate::gateway) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_message_and_its_file_meet() {
        for (one, other) in [
            ("A1B2.jpg", "a1b2.JPEG"),
            ("A1B2", "A1B2.oga"),
            ("uploads/A1B2.ogg", "A1B2.mp3"),
            (" C:\\x\\A1B2.pdf\u{0}", "A1B2"),
            ("https://x.example/a/A1B2.pdf?t=1", "A1B2.bin"),
        ] {
            assert_eq!(reference_key(one), reference_key(other), "{one} {other}");
        }
        for (one, other) in [("x.1", "x.2"), ("a", "b"), ("3EB0.1.jpg", "3EB0.2.jpg")] {
            assert_ne!(reference_key(one), reference_key(other), "{one} {other}");
        }
        for nothing in ["", "  ", "a/", "\0", "\u{1b}"] {
            assert_eq!(reference_key(nothing), None, "{nothing}");
        }
        assert_eq!(reference_key(&"x".repeat(1_000_000)).unwrap().len(), 71);
        assert_eq!(told_extension("a/b.PDF").as_deref(), Some("pdf"));
        assert_eq!(told_extension(".htaccess"), None);
    }

    #[test]
    fn names_are_safe_everywhere() {
        let table = [
            ("Orçamento 2026.PDF", "pdf", "Orçamento 2026.pdf"),
            ("foto\u{202e}gpj.exe", "bin", "fotogpj.bin"),
            ("../../etc/passwd", "txt", "passwd.txt"),
            ("..\\..\\a.lnk", "bin", "a.bin"),
            ("CON.txt", "txt", "_CON.txt"),
            ("NUL", "jpg", "_NUL.jpg"),
            ("com1.tar.gz", "gz", "_com1.tar.gz"),
            ("a. . .", "png", "a.png"),
            ("...", "png", "file.png"),
            ("", "png", "file.png"),
            (".bashrc", "txt", "bashrc.txt"),
            ("-rf.txt", "txt", "rf.txt"),
            ("=cmd|' /C calc'!A0", "txt", "C calc'!A0.txt"),
            ("=cmd|x", "txt", "cmd_x.txt"),
            ("a<b>:\"|?*c.jpg", "jpg", "a_b______c.jpg"),
            ("\\\\?\\C:\\x", "jpg", "x.jpg"),
            ("file://host/share/a.png", "png", "a.png"),
            ("a\u{200b}\u{feff}b\0\u{1b}[2J.png", "png", "ab[2J.png"),
            ("pedido.2026", "pdf", "pedido.2026.pdf"),
        ];
        for (reference, extension, name) in table {
            assert_eq!(shown_file_name(reference, extension), name, "{reference}");
        }
        assert!(shown_file_name(&"ã".repeat(1_000_000), "pdf").len() < 255);
    }

    proptest! {
        #[test]
        fn any_name_is_made_safe(reference in "\\PC{0,60}|[./\\\\:\\x00-\\x20aN~-]{0,20}") {
            let name = shown_file_name(&reference, "bin");
            let stem = name.strip_suffix(".bin").unwrap();
            prop_assert!(!stem.is_empty() && !stem.starts_with(['.', '-']) && !stem.ends_with(['.', ' ']), "{}", name);
            prop_assert!(!name.contains(['/', '\\', ':', '\0', '\n']), "{}", name);
            let _ = (reference_key(&reference), told_extension(&reference));
        }
    }
}
