//! Texts: what tells them from other bytes, and their kinds. Only a name tells a list from a note; markup and scripts
//! are told by how they begin.

use super::kinds::{self, Class, Kind};
use super::runs;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextKind {
    /// A script, a shortcut, a page that runs something.
    Runs,
    /// This kind, by how it begins or by its name.
    Kind(Kind),
}

/// Whether a byte may stand in a text of whatever encoding but UTF-16: no control character but tab, line and page ends.
pub(super) fn may_be_text(byte: u8) -> bool {
    !byte.is_ascii_control() || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c)
}

/// Reads the first bytes as text. `only_text` if [`may_be_text`] holds for the whole file, `complete` if these are all
/// of its bytes. `None` if it is no text.
pub(super) fn read(head: &[u8], only_text: bool, complete: bool) -> Option<String> {
    if let Some(text) = from_utf16(head) {
        return Some(text);
    }
    if !only_text || head.is_empty() {
        return None;
    }
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    match std::str::from_utf8(head) {
        Ok(text) => Some(text.to_owned()),
        // The last character of what is looked at may be cut through.
        Err(error) if error.error_len().is_none() && !complete => {
            let (whole, _) = head.split_at(error.valid_up_to());
            Some(String::from_utf8_lossy(whole).into_owned())
        }
        Err(_) => from_windows_1252(head),
    }
}

/// The old encoding of western systems. Five bytes stand for nothing in it, and most letters of any text are plain ones.
fn from_windows_1252(head: &[u8]) -> Option<String> {
    let plain = head.iter().filter(|byte| byte.is_ascii()).count();
    let undefined = |byte: &u8| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
    // What the letters beyond ASCII are does not matter here.
    (plain * 10 >= head.len() * 7 && !head.iter().any(undefined))
        .then(|| head.iter().map(|byte| char::from(*byte)).collect())
}

/// UTF-16 with its mark in front, which spreadsheets call "Unicode text".
fn from_utf16(head: &[u8]) -> Option<String> {
    let (little, body) = match head {
        [0xff, 0xfe, body @ ..] => (true, body),
        [0xfe, 0xff, body @ ..] => (false, body),
        _ => return None,
    };
    let units = body.as_chunks::<2>().0.iter().map(|pair| {
        if little {
            u16::from_le_bytes(*pair)
        } else {
            u16::from_be_bytes(*pair)
        }
    });
    let text: String = char::decode_utf16(units).collect::<Result<_, _>>().ok()?;
    let plain = |character: char| !character.is_control() || matches!(character, '\t' | '\n' | '\r');
    (text.chars().count() >= 2 && text.chars().all(plain)).then_some(text)
}

/// What kind of text it is; `named` is what the end of its name stands for.
pub(super) fn kind_of(text: &str, named: Option<Kind>) -> Option<TextKind> {
    let lower = text.trim_start().to_ascii_lowercase();
    let head = lower.as_bytes();
    if runs::is_script(head) {
        return Some(TextKind::Runs);
    }
    let of = |extension| kinds::of_extension(extension).map(TextKind::Kind);
    if head.starts_with(b"<") {
        if runs::is_active_markup(head) {
            return Some(TextKind::Runs);
        }
        let svg = runs::contains(head, b"<svg") || runs::contains(head, b":svg");
        let page = [
            "<!doctype html",
            "<html",
            "<head",
            "<body",
            "<table",
            "<meta",
            "<p>",
            "<div",
            "<a ",
        ]
        .iter()
        .any(|start| lower.starts_with(start))
            || runs::contains(head, b"xhtml")
            || runs::contains(head, b"<html");
        return if svg {
            of("svg")
        } else if page {
            of("html")
        } else {
            of("xml")
        };
    }
    if head.starts_with(b"{\\rtf") {
        return of("rtf");
    }
    if head.starts_with(b"%pdf-") {
        return of("pdf");
    }
    if head.starts_with(b"%!ps") {
        return of("ps");
    }
    let told = named.filter(|kind| kind.class == Class::Text && kind.extension != "xml");
    told.map(TextKind::Kind).or_else(|| of("txt"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extension(text: &[u8], named: &str) -> Option<&'static str> {
        let only_text = text.iter().all(|byte| may_be_text(*byte));
        let text = read(text, only_text, true)?;
        match kind_of(&text, kinds::of_extension(named))? {
            TextKind::Runs => Some("runs"),
            TextKind::Kind(kind) => Some(kind.extension),
        }
    }

    #[test]
    fn texts_and_their_kinds() {
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("nome\tação\r\n".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let table: &[(&[u8], &str, Option<&str>)] = &[
            (b"a;b\r\n1;2\r\n", "csv", Some("csv")),
            (b"a;b\r\n1;2\r\n", "log", Some("txt")),
            (b"a;b", "", Some("txt")),
            (b"oi", "pdf", Some("txt")),
            ("\u{feff}ação".as_bytes(), "txt", Some("txt")),
            (b"situa\xe7\xe3o \x93ok\x94, tudo certo", "txt", Some("txt")),
            (&utf16, "csv", Some("csv")),
            (b"\xff\xfe\0\0", "txt", None),
            (b"a\0b", "txt", None),
            (b"\x1b[2J", "txt", None),
            (b"", "txt", None),
            (b"\xe7\xe3\xe7\xe3", "txt", None),
            (b"{\\rtf1 x}", "doc", Some("rtf")),
            (b"%PDF-1.4 text", "pdf", Some("pdf")),
            (b"%!PS-Adobe", "ps", Some("ps")),
            (b"<?xml version=\"1.0\"?><nfe/>", "xml", Some("xml")),
            (b"<?xml version=\"1.0\"?><svg/>", "png", Some("svg")),
            (b" <!DOCTYPE html><p>oi</p>", "jpg", Some("html")),
            (b"<table><tr></table>", "xls", Some("html")),
            (b"<html><script>1</script>", "html", Some("runs")),
            (b"<svg onload=alert(1)>", "png", Some("runs")),
            (b"#!/bin/sh\nrm", "txt", Some("runs")),
            (b"@echo off", "txt", Some("runs")),
            (b"[Desktop Entry]\nExec=x", "pdf", Some("runs")),
            (b"<?php x", "jpg", Some("runs")),
        ];
        for (text, named, expected) in table {
            let shown = String::from_utf8_lossy(text);
            assert_eq!(extension(text, named), *expected, "{shown} {named}");
        }
    }

    #[test]
    fn a_character_cut_through_at_the_end_is_none_of_the_files_fault() {
        let cut = "ação".as_bytes();
        let cut = &cut[..cut.len() - 2];
        assert!(read(cut, true, false).is_some());
        assert_eq!(read(&"ã".as_bytes()[..1], true, true), None);
    }
}
