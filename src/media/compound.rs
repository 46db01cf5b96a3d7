//! Microsoft's old container: documents of its offices until 2003, protected newer ones, letters, and installers. Told by
//! the names in its directory.

use super::look::Look;
use std::io::{Read, Seek};

/// How it begins.
const START: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// The class of an installer, as the directory's first entry has it.
const INSTALLER_CLASS: [u8; 16] = [0x84, 0x10, 0x0c, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];
/// How many sectors of the directory are read.
const SECTORS_MAX: usize = 512;
/// Length of an entry of the directory, in bytes.
const ENTRY: usize = 128;

/// What such a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compound {
    /// An installer, or a document with macros.
    Runs,
    /// The kind of this extension.
    Kind(&'static str),
    /// A newer document behind a password: which, only its name tells.
    Protected,
}

/// What it is; `None` if it is no such container.
pub(super) fn what_is<R: Read + Seek>(look: &mut Look<R>) -> Option<Compound> {
    if !look.head().starts_with(START) {
        return None;
    }
    let directory = directory(look).unwrap_or_default();
    let entries: Vec<(&[u8], String)> = directory
        .as_chunks::<ENTRY>()
        .0
        .iter()
        .map(|entry| (&entry[..], name(entry)))
        .collect();
    let class = entries.first().and_then(|(root, _)| root.get(80..96));
    let has = |wanted: &str| entries.iter().any(|(_, name)| name == wanted);
    let found = if class.is_some_and(|class| class == INSTALLER_CLASS)
        || has("_vba_project")
        || has("_vba_project_cur")
        || has("vba")
    {
        Compound::Runs
    } else if has("encryptedpackage") {
        Compound::Protected
    } else if has("worddocument") {
        Compound::Kind("doc")
    } else if has("workbook") || has("book") {
        Compound::Kind("xls")
    } else if has("powerpoint document") {
        Compound::Kind("ppt")
    } else if has("__properties_version1.0") {
        Compound::Kind("msg")
    } else {
        Compound::Kind("cfb")
    };
    Some(found)
}

/// An entry's name, in lower case.
fn name(entry: &[u8; ENTRY]) -> String {
    let length = usize::from(u16::from_le_bytes([entry[64], entry[65]])).min(64);
    let units = entry[..length]
        .as_chunks::<2>()
        .0
        .iter()
        .map(|pair| u16::from_le_bytes(*pair))
        .take_while(|unit| *unit != 0);
    char::decode_utf16(units)
        .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect::<String>()
        .to_lowercase()
}

/// The directory's bytes: its sectors are a chain in the allocation table.
fn directory<R: Read + Seek>(look: &mut Look<R>) -> Option<Vec<u8>> {
    let head = look.head();
    let shift = u32::from(*head.get(30)?);
    if !(shift == 9 || shift == 12) {
        return None;
    }
    let size = 1_usize << shift;
    let mut sector = u32_at(head, 48)?;
    // The first 109 sectors of the allocation table are named in the head, enough for the directory of any document.
    let table: Vec<u32> = (0..109)
        .filter_map(|index| u32_at(head, 76 + index * 4))
        .collect();
    let offset = |sector: u32| (u64::from(sector) + 1) << shift;
    let mut directory = Vec::new();
    for _ in 0..SECTORS_MAX {
        let part = look.at(offset(sector), size);
        if part.is_empty() {
            break;
        }
        directory.extend(part);
        let per_sector = u32::try_from(size / 4).ok()?;
        let Some(table_sector) = usize::try_from(sector / per_sector)
            .ok()
            .and_then(|index| table.get(index))
        else {
            break;
        };
        let next = look.at(offset(*table_sector) + u64::from(sector % per_sector) * 4, 4);
        match u32_at(&next, 0) {
            // Above are marks for the chain's end and for free sectors.
            Some(next) if next < 0xffff_fffa => sector = next,
            _ => break,
        }
    }
    Some(directory)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(u32::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::super::look::look_at;
    use super::super::testing::compound;
    use super::*;

    fn is(bytes: &[u8]) -> Option<Compound> {
        what_is(&mut look_at(bytes))
    }

    #[test]
    fn the_names_inside_tell() {
        let many: Vec<String> = (0..40).map(|number| format!("Table{number}")).collect();
        let mut far: Vec<&str> = many.iter().map(String::as_str).collect();
        far.push("WordDocument");
        let table: &[(&[&str], Compound)] = &[
            (&["WordDocument", "1Table"], Compound::Kind("doc")),
            (&far, Compound::Kind("doc")),
            (&["Workbook"], Compound::Kind("xls")),
            (&["Book"], Compound::Kind("xls")),
            (&["PowerPoint Document"], Compound::Kind("ppt")),
            (&["EncryptionInfo", "EncryptedPackage"], Compound::Protected),
            (&["WordDocument", "Macros", "VBA", "_VBA_PROJECT"], Compound::Runs),
            (&["__properties_version1.0"], Compound::Kind("msg")),
            (&["Anything"], Compound::Kind("cfb")),
            (&[], Compound::Kind("cfb")),
        ];
        for (names, expected) in table {
            assert_eq!(is(&compound(names, [0; 16])), Some(*expected), "{names:?}");
        }
        assert_eq!(is(&compound(&["Any"], INSTALLER_CLASS)), Some(Compound::Runs));
        assert_eq!(is(b"PK"), None);
    }

    #[test]
    fn broken_ones_and_rings_end() {
        let whole = compound(&["WordDocument"], [0; 16]);
        for length in 8..whole.len() {
            assert!(is(&whole[..length]).is_some());
        }
        // The directory's chain leads to itself.
        let mut ring = compound(&["Any"], [0; 16]);
        let (table, directory) = (512, u32_at(&ring, 48).unwrap());
        let at = table + directory as usize * 4;
        ring[at..at + 4].copy_from_slice(&directory.to_le_bytes());
        assert_eq!(is(&ring), Some(Compound::Kind("cfb")));
    }
}
