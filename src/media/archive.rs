//! Zip archives, and the many kinds that are one inside: told by the names in the directory at their end.

use super::look::Look;
use super::runs;
use std::io::{Read, Seek};

/// How much of the end is searched for the directory's end record: its own length and the longest comment.
const END_SEARCHED: u64 = 22 + 65_535;
/// How much of a directory is read, in bytes.
const DIRECTORY_MAX: usize = 4 * 1024 * 1024;
/// Parts of documents that hold macros.
const MACROS: &[&str] = &["vbaproject.bin", "vbadata.xml"];

/// What an archive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Archive {
    /// A program, or a document with macros.
    Runs,
    /// The kind of this extension.
    Kind(&'static str),
}

/// What the archive is that these bytes begin. `None` if they begin none.
pub(super) fn what_is<R: Read + Seek>(look: &mut Look<R>) -> Option<Archive> {
    let head = look.head();
    if !(head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") || head.starts_with(b"PK00PK")) {
        return None;
    }
    // OpenDocument and EPUB name their type in the first entry, stored as it is.
    let told = head
        .get(30..38)
        .filter(|name| *name == b"mimetype")
        .and_then(|_| {
            let content = head.get(38..)?;
            let types: &[(&[u8], &str)] = &[
                (b"application/vnd.oasis.opendocument.text", "odt"),
                (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
                (b"application/vnd.oasis.opendocument.presentation", "odp"),
                (b"application/epub+zip", "epub"),
            ];
            let found = types.iter().find(|(mime, _)| content.starts_with(mime));
            found.map(|(_, extension)| *extension)
        });
    let names = names(look).unwrap_or_default();
    if names.iter().any(|name| is_program(name)) {
        return Some(Archive::Runs);
    }
    if let Some(extension) = told {
        let macros = extension != "epub"
            && names
                .iter()
                .any(|name| name.starts_with("basic/") || name.starts_with("scripts/"));
        return Some(if macros {
            Archive::Runs
        } else {
            Archive::Kind(extension)
        });
    }
    // The main part is called `document2.xml` by some programs.
    let has = |start: &str, end: &str| {
        names
            .iter()
            .any(|name| name.starts_with(start) && name.ends_with(end))
    };
    let office = has("[content_types].xml", "");
    let extension = if office && has("word/document", ".xml") {
        "docx"
    } else if office && has("xl/workbook", ".xml") {
        "xlsx"
    } else if office && has("xl/workbook", ".bin") {
        "xlsb"
    } else if office && has("ppt/presentation", ".xml") {
        "pptx"
    } else {
        "zip"
    };
    Some(Archive::Kind(extension))
}

/// Whether an archive that runs something hangs at the end of a file that begins as something else.
pub(super) fn runs_at_the_end<R: Read + Seek>(look: &mut Look<R>) -> bool {
    names(look).is_some_and(|names| names.iter().any(|name| is_program(name)))
}

fn is_program(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    MACROS.contains(&last)
        || matches!(
            name,
            "androidmanifest.xml" | "classes.dex" | "appxmanifest.xml" | "__main__.py"
        )
        || name == "meta-inf/manifest.mf"
        || (runs::by_name(last) && (last.ends_with(".class") || last.ends_with(".dex")))
}

/// The names in the directory at the end, in lower case; `None` if there is no directory.
fn names<R: Read + Seek>(look: &mut Look<R>) -> Option<Vec<String>> {
    let from = look.length().saturating_sub(END_SEARCHED);
    let tail = look.at(from, usize::try_from(END_SEARCHED).ok()?);
    let end = (0..=tail.len().checked_sub(22)?)
        .rev()
        .find(|&at| tail[at..].starts_with(b"PK\x05\x06"))?;
    let size = u64::from(u32_at(&tail, end + 12)?);
    // Counted back from its end, because the offset it tells is wrong when something stands before the archive.
    let start = (from + end as u64).checked_sub(size)?;
    let directory = look.at(start, usize::try_from(size).ok()?.min(DIRECTORY_MAX));
    let mut names = Vec::new();
    let mut at = 0;
    while directory
        .get(at..)
        .is_some_and(|rest| rest.starts_with(b"PK\x01\x02"))
    {
        let (Some(name), Some(extra), Some(comment)) = (
            u16_at(&directory, at + 28),
            u16_at(&directory, at + 30),
            u16_at(&directory, at + 32),
        ) else {
            break;
        };
        let Some(bytes) = directory.get(at + 46..at + 46 + name) else {
            break;
        };
        names.push(String::from_utf8_lossy(bytes).replace('\\', "/").to_lowercase());
        at += 46 + name + extra + comment;
    }
    Some(names)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes: [u8; 2] = bytes.get(at..at + 2)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(bytes)))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(u32::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::super::look::look_at;
    use super::super::testing::zip;
    use super::*;

    fn is(bytes: &[u8]) -> Option<Archive> {
        what_is(&mut look_at(bytes))
    }

    #[test]
    fn the_names_inside_tell() {
        let office = ("[Content_Types].xml", "x");
        let open = |kind: &'static str| ("mimetype", kind);
        let table: &[(&[(&str, &str)], Archive)] = &[
            (&[office, ("word/document.xml", "x")], Archive::Kind("docx")),
            (&[("xl/workbook.xml", "x"), office], Archive::Kind("xlsx")),
            (&[office, ("ppt/presentation.xml", "x")], Archive::Kind("pptx")),
            (&[office, ("xl/workbook.bin", "x")], Archive::Kind("xlsb")),
            (&[office, ("word/document2.xml", "x")], Archive::Kind("docx")),
            (&[office], Archive::Kind("zip")),
            (&[("a.txt", "x")], Archive::Kind("zip")),
            (&[], Archive::Kind("zip")),
            (
                &[
                    open("application/vnd.oasis.opendocument.text"),
                    ("content.xml", "x"),
                ],
                Archive::Kind("odt"),
            ),
            (&[open("application/epub+zip")], Archive::Kind("epub")),
            (
                &[
                    open("application/vnd.oasis.opendocument.spreadsheet"),
                    ("Basic/Standard/Module1.xml", "x"),
                ],
                Archive::Runs,
            ),
            (
                &[office, ("word/document.xml", "x"), ("word/vbaProject.bin", "x")],
                Archive::Runs,
            ),
            (&[("META-INF/MANIFEST.MF", "x"), ("A.class", "x")], Archive::Runs),
            (&[("AndroidManifest.xml", "x")], Archive::Runs),
            (&[("com\\x\\A.class", "x")], Archive::Runs),
        ];
        for (entries, expected) in table {
            assert_eq!(is(&zip(entries)), Some(*expected), "{entries:?}");
        }
        assert_eq!(is(b"%PDF-1.4"), None);
    }

    #[test]
    fn broken_archives_are_archives_of_nothing_known() {
        let whole = zip(&[("[Content_Types].xml", "x"), ("word/document.xml", "x")]);
        for length in 4..whole.len() {
            assert_eq!(is(&whole[..length]), Some(Archive::Kind("zip")), "{length}");
        }
        let mut liar = whole.clone();
        let end = liar.len() - 10;
        liar[end..end + 4].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(is(&liar), Some(Archive::Kind("zip")));
    }

    #[test]
    fn a_program_at_the_end_is_found() {
        let jar = zip(&[("META-INF/MANIFEST.MF", "x"), ("A.class", "x")]);
        let both = [b"%PDF-1.4\n".to_vec(), vec![0; 200], jar].concat();
        assert!(runs_at_the_end(&mut look_at(&both)));
        let harmless = [b"%PDF-1.4\n".to_vec(), zip(&[("a.txt", "x")])].concat();
        assert!(!runs_at_the_end(&mut look_at(&harmless)));
        assert!(!runs_at_the_end(&mut look_at(b"%PDF-1.4")));
    }
}
