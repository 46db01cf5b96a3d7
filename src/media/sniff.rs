//! What a file is, by its bytes. Its name is asked only where bytes are alike: among kinds of text, and of documents
//! behind a password.

use super::archive::{self, Archive};
use super::compound::{self, Compound};
use super::kinds::{self, Class, Kind};
use super::look::Look;
use super::plain_text::{self, TextKind};
use super::{film, runs, sound};
use std::io::{Read, Seek};

/// How far from its start a document may begin that readers still take for a PDF, in bytes.
const PDF_SEARCHED: usize = 1024;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// It runs something.
    Runs,
    /// This kind.
    Kind(Kind),
    /// Nothing this program knows.
    Unknown,
}

impl From<Option<Kind>> for Found {
    fn from(kind: Option<Kind>) -> Self {
        kind.map_or(Self::Unknown, Self::Kind)
    }
}

/// Looks at a file; `named` is what the end of its name stands for.
pub(super) fn what_is<R: Read + Seek>(look: &mut Look<R>, named: Option<Kind>) -> Found {
    match at_the_start(look, named) {
        // Readers of such kinds look for their beginning; others look at the end, and find a program there.
        Found::Kind(kind) if kind.class != Class::Picture && archive::runs_at_the_end(look) => Found::Runs,
        found => found,
    }
}

fn at_the_start<R: Read + Seek>(look: &mut Look<R>, named: Option<Kind>) -> Found {
    if let Some(extension) = sound::extension_of(look) {
        return kinds::of_extension(extension).into();
    }
    if let Some(found) = text(look, named) {
        return found;
    }
    if runs::by_start(look.head(), false) {
        return Found::Runs;
    }
    if let Some(extension) = picture(look.head()).or_else(|| film::extension_of(look)) {
        return kinds::of_extension(extension).into();
    }
    match archive::what_is(look) {
        Some(Archive::Runs) => return Found::Runs,
        Some(Archive::Kind(extension)) => return kinds::of_extension(extension).into(),
        None => {}
    }
    match compound::what_is(look) {
        Some(Compound::Runs) => return Found::Runs,
        Some(Compound::Kind(extension)) => return kinds::of_extension(extension).into(),
        Some(Compound::Protected) => {
            let office = named.filter(|kind| matches!(kind.extension, "docx" | "xlsx" | "pptx"));
            return office.or_else(|| kinds::of_extension("cfb")).into();
        }
        None => {}
    }
    match document_or_other(look.head()) {
        Found::Unknown => {
            // Two bytes of many may look like sound: only where the name says so too.
            let named = named.filter(|kind| kind.extension == "mp3" && sound::begins_late(look.head()));
            named.into()
        }
        found => found,
    }
}

fn text<R: Read + Seek>(look: &Look<R>, named: Option<Kind>) -> Option<Found> {
    let complete = look.length() == look.head().len() as u64;
    let text = plain_text::read(look.head(), look.only_text(), complete)?;
    let found = match plain_text::kind_of(&text, named)? {
        TextKind::Runs => Found::Runs,
        TextKind::Kind(kind) => {
            // A letter may speak of a PDF; one that is called so is one with something in front.
            let pdf = kinds::of_extension("pdf").filter(|pdf| named == Some(*pdf));
            match pdf.filter(|_| kind.class == Class::Text && begins_late(look.head())) {
                Some(pdf) => Found::Kind(pdf),
                None => Found::Kind(kind),
            }
        }
    };
    Some(found)
}

/// Pictures by their marks, whole: a short one is as easily something else.
fn picture(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(b"\xff\xd8\xff") {
        Some("jpg")
    } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("png")
    } else if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") {
        Some("gif")
    } else if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        Some("webp")
    } else if head.starts_with(b"BM")
        && head.get(6..10) == Some(&[0; 4])
        && matches!(head.get(14), Some(12 | 40 | 52 | 56 | 64 | 108 | 124))
    {
        Some("bmp")
    } else {
        None
    }
}

fn begins_late(head: &[u8]) -> bool {
    runs::contains(&head[..head.len().min(PDF_SEARCHED)], b"%PDF-")
}

/// What is left: documents, and kinds that are only named because no gateway takes them.
fn document_or_other(head: &[u8]) -> Found {
    if head.starts_with(b"%PDF-") || begins_late(head) {
        return kinds::of_extension("pdf").into();
    }
    if head.starts_with(b"{\\rtf") {
        return kinds::of_extension("rtf").into();
    }
    if head.starts_with(b"%!PS") {
        return kinds::of_extension("ps").into();
    }
    let Some(found) = infer::get(head) else {
        return Found::Unknown;
    };
    let extension = match found.extension() {
        // What was looked at above by better marks, or has hardly any.
        "jpg" | "png" | "gif" | "webp" | "bmp" | "pdf" | "mp3" | "aac" | "m4a" | "mp4" | "m4v" | "ogg"
        | "opus" | "zip" | "docx" | "xlsx" | "pptx" | "doc" | "xls" | "ppt" | "odt" | "ods" | "odp"
        | "epub" | "html" | "xml" | "rtf" | "ps" => return Found::Unknown,
        "mov" if head.get(4..8) != Some(b"moov") => return Found::Unknown,
        "heif" => "heic",
        other => other,
    };
    kinds::of_extension(extension).into()
}

#[cfg(test)]
mod tests {
    use super::super::look::look_at;
    use super::super::testing::{self, Sample};
    use super::*;
    use proptest::prelude::*;

    fn name_of(bytes: &[u8], named: &str) -> &'static str {
        match what_is(&mut look_at(bytes), kinds::of_extension(named)) {
            Found::Runs => "runs",
            Found::Kind(kind) => kind.extension,
            Found::Unknown => "",
        }
    }

    #[test]
    fn every_sample_is_what_it_is_under_any_name() {
        for Sample { extension, bytes } in testing::samples() {
            for named in [extension, "", "zzz"] {
                let expected = if extension == "csv" && named != "csv" {
                    "txt"
                } else {
                    extension
                };
                assert_eq!(name_of(&bytes, named), expected, "{extension} as {named}");
            }
        }
    }

    #[test]
    fn programs_are_programs_under_any_name() {
        let starts: &[&[u8]] = &[
            b"MZ\x90\0\x03\0\0\0",
            b"\x7fELF\x02\x01\x01\0",
            b"\xcf\xfa\xed\xfe\x07\0\0\x01",
            b"\xca\xfe\xba\xbe\0\0\0\x34",
            b"dex\n035\0",
            b"\0asm\x01\0\0\0",
            b"L\0\0\0\x01\x14\x02\0",
            b"!<arch>\ndebian-binary\0",
            b"MSCF\0\0\0\0",
            b"\xed\xab\xee\xdb\x03\0",
            b"MZ\0 \n%PDF-1.4\n",
            b"#!/bin/sh\n%PDF-1.4\n",
            b"<html><script>x</script>%PDF-1.4\n",
        ];
        for start in starts {
            for named in ["", "jpg", "pdf", "txt", "docx"] {
                assert_eq!(name_of(start, named), "runs", "{start:?} {named}");
            }
        }
    }

    #[test]
    fn two_things_in_one() {
        let zip = testing::zip(&[("a.pdf", "%PDF-1.4 inside an archive")]);
        assert_eq!(name_of(&zip, "pdf"), "zip");
        let late = [&[0xe2; 300][..], b"%PDF-1.7\n\0"].concat();
        assert_eq!(name_of(&late, "pdf"), "pdf");
        let too_late = [&[0xe2; 2_000][..], b"%PDF-1.7\n\0"].concat();
        assert_eq!(name_of(&too_late, "pdf"), "");
        // A text in front of it, under its name and under another.
        let text = b"From a printer\n%PDF-1.4\n1 0 obj";
        assert_eq!((name_of(text, "pdf"), name_of(text, "txt")), ("pdf", "txt"));
        let program = testing::zip(&[("META-INF/MANIFEST.MF", "x"), ("A.class", "x")]);
        for front in [b"%PDF-1.4\n\0".to_vec(), testing::mp3(5), b"{\\rtf1\0}".to_vec()] {
            assert_eq!(name_of(&[front, program.clone()].concat(), "pdf"), "runs");
        }
    }

    #[test]
    fn texts_that_begin_like_something_else_are_texts() {
        for text in ["MZ Materiais", "BM Modas", "BC - RS", "RIFF", "GIF", "0\u{82}"] {
            assert_eq!(name_of(text.as_bytes(), "txt"), "txt", "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_something_or_nothing(
            start in 0..12_usize, bytes in proptest::collection::vec(any::<u8>(), 0..600), cut in 0..2_000_usize
        ) {
            let samples = testing::samples();
            let sample = &samples[start * samples.len() / 12].bytes;
            let _ = name_of(&bytes, "pdf");
            let _ = name_of(&[&sample[..cut.min(sample.len())], &bytes].concat(), "docx");
        }
    }
}
