//! What a file really is, told by its first bytes. Only what is on the list here gets an extension of its own: anything
//! that a system might run, or a browser show with a script inside, is `application/octet-stream` and ends in `.bin`.

/// How many of a file's first bytes are looked at.
pub(in crate::gateway) const HEAD_BYTES: usize = 64 * 1024;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::gateway) struct FileKind {
    /// Its media type.
    pub(in crate::gateway) mime: &'static str,
    /// The end of its name, without a dot.
    pub(in crate::gateway) extension: &'static str,
}

const fn kind(mime: &'static str, extension: &'static str) -> FileKind {
    FileKind { mime, extension }
}

const UNKNOWN: FileKind = kind("application/octet-stream", "bin");
const OGG: FileKind = kind("audio/ogg", "ogg");
const ZIP: FileKind = kind("application/zip", "zip");
const XML: FileKind = kind("application/xml", "xml");

/// Kinds that are known by their bytes. The first of an extension or type is the one meant by it.
const KNOWN: &[FileKind] = &[
    kind("image/jpeg", "jpg"),
    kind("image/png", "png"),
    kind("image/gif", "gif"),
    kind("image/webp", "webp"),
    kind("image/bmp", "bmp"),
    kind("image/tiff", "tif"),
    kind("image/heif", "heif"),
    kind("image/avif", "avif"),
    OGG,
    kind("audio/mpeg", "mp3"),
    kind("audio/mp4", "m4a"),
    kind("audio/flac", "flac"),
    kind("audio/wav", "wav"),
    kind("audio/amr", "amr"),
    kind("audio/aac", "aac"),
    kind("audio/midi", "midi"),
    kind("video/mp4", "mp4"),
    kind("video/x-m4v", "m4v"),
    kind("video/3gpp", "3gp"),
    kind("video/quicktime", "mov"),
    kind("video/webm", "webm"),
    kind("video/x-matroska", "mkv"),
    kind("video/x-msvideo", "avi"),
    kind("video/x-ms-wmv", "wmv"),
    kind("video/mpeg", "mpg"),
    kind("video/ogg", "ogv"),
    kind("application/pdf", "pdf"),
    kind("application/rtf", "rtf"),
    ZIP,
    kind("application/vnd.rar", "rar"),
    kind("application/x-7z-compressed", "7z"),
    kind("application/gzip", "gz"),
    kind("application/x-tar", "tar"),
    kind("application/epub+zip", "epub"),
    kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    kind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
    kind(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "pptx",
    ),
    kind("application/vnd.oasis.opendocument.text", "odt"),
    kind("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    kind("application/vnd.oasis.opendocument.presentation", "odp"),
];

/// Kinds of text that only their name tells apart; the first is for all others.
const TEXTS: &[FileKind] = &[
    kind("text/plain", "txt"),
    kind("text/csv", "csv"),
    kind("text/vcard", "vcf"),
    kind("text/calendar", "ics"),
    kind("text/markdown", "md"),
    kind("application/json", "json"),
    kind("application/x-ofx", "ofx"),
];

/// Documents in Microsoft's old container, which installers are in too. Their names decide: a word processor that is
/// given an installer runs nothing of it.
const OLD_DOCUMENTS: &[FileKind] = &[
    kind("application/msword", "doc"),
    kind("application/vnd.ms-excel", "xls"),
    kind("application/vnd.ms-powerpoint", "ppt"),
];

/// Other ends of names in use.
const ALIASES: &[(&str, &str)] = &[
    ("jpeg", "jpg"),
    ("jpe", "jpg"),
    ("tiff", "tif"),
    ("heic", "heif"),
    ("opus", "ogg"),
    ("oga", "ogg"),
    ("mid", "midi"),
    ("mpeg", "mpg"),
];

/// What makes XML more than data for programs that open it.
const ACTIVE_XML: &[&[u8]] = &[
    b"<svg",
    b":svg",
    b"<html",
    b":html",
    b"<script",
    b":script",
    b"xhtml",
    b"xml-stylesheet",
    b"<!doctype",
    b"<!entity",
];

/// What the file is whose first bytes these are. `complete` if they are all of it; `told` is the extension of the name
/// it came with, which counts only among kinds whose bytes are alike.
pub(in crate::gateway) fn kind_of(head: &[u8], complete: bool, told: Option<&str>) -> FileKind {
    let among = |kinds: &[FileKind]| kinds.iter().copied().find(|kind| Some(kind.extension) == told);
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return among(OLD_DOCUMENTS).unwrap_or(UNKNOWN);
    }
    if let Some(kind) = by_own_marks(head) {
        return kind;
    }
    if is_text(head, complete) {
        return text_kind(head, complete, told);
    }
    let found = infer::get(head).and_then(|found| of_extension(found.extension()));
    match found {
        // Some programs write the parts of an office document in an order of their own.
        Some(ZIP) if contains(head, b"[Content_Types].xml") => ["docx", "xlsx", "pptx"]
            .into_iter()
            .find(|extension| Some(*extension) == told)
            .and_then(of_extension)
            .unwrap_or(ZIP),
        Some(kind) => kind,
        None => UNKNOWN,
    }
}

/// Kinds whose marks are clearer, or more, than what the library looks at.
fn by_own_marks(head: &[u8]) -> Option<FileKind> {
    if head.starts_with(b"OggS") {
        let film = contains(&head[..head.len().min(512)], b"\x80theora");
        return of_extension(if film { "ogv" } else { "ogg" });
    }
    if head.starts_with(b"%PDF-") {
        return of_extension("pdf");
    }
    if head.starts_with(b"{\\rtf") {
        return of_extension("rtf");
    }
    if head.get(4..8) == Some(b"ftyp") {
        return match head.get(8..11)? {
            b"3gp" | b"3g2" => of_extension("3gp"),
            b"M4A" | b"M4B" => of_extension("m4a"),
            b"M4V" => of_extension("m4v"),
            b"qt " => of_extension("mov"),
            b"avi" => of_extension("avif"),
            b"hei" | b"hev" | b"mif" | b"msf" => of_extension("heif"),
            b"iso" | b"mp4" | b"avc" | b"MSN" | b"das" | b"mmp" => of_extension("mp4"),
            _ => None,
        };
    }
    match head {
        // MPEG audio: eleven bits that are set, layer III. AAC: twelve bits, layer 0.
        [0xff, second, ..] if second & 0xe6 == 0xe2 => of_extension("mp3"),
        [0xff, second, ..] if second & 0xf6 == 0xf0 => of_extension("aac"),
        _ => None,
    }
}

/// The kind an extension stands for, if it is on the list of what is known by its bytes.
fn of_extension(extension: &str) -> Option<FileKind> {
    let extension = ALIASES
        .iter()
        .find(|(alias, _)| *alias == extension)
        .map_or(extension, |(_, usual)| usual);
    KNOWN.iter().copied().find(|kind| kind.extension == extension)
}

/// The media type that an extension usually stands for, as a sender means it.
pub(in crate::gateway) fn mime_of_extension(extension: &str) -> Option<&'static str> {
    of_extension(extension)
        .or_else(|| {
            TEXTS
                .iter()
                .chain(OLD_DOCUMENTS)
                .chain([&XML])
                .copied()
                .find(|kind| kind.extension == extension)
        })
        .map(|kind| kind.mime)
}

/// Whether it is a picture that can be shown.
pub(in crate::gateway) fn is_picture(bytes: &[u8]) -> bool {
    matches!(
        kind_of(bytes, true, None).extension,
        "jpg" | "png" | "gif" | "webp"
    )
}

fn is_text(head: &[u8], complete: bool) -> bool {
    let plain = |byte: &u8| !byte.is_ascii_control() || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    if head.is_empty() || !head.iter().all(plain) {
        return false;
    }
    match std::str::from_utf8(head) {
        Ok(_) => true,
        // The last character of what is looked at may be cut through.
        Err(error) if error.error_len().is_none() => !complete,
        // Latin-1: it has no characters below 0xa0, and most letters of any text are plain ones.
        Err(_) => {
            let plain = head.iter().filter(|byte| byte.is_ascii()).count();
            !head.iter().any(|byte| (0x80..0xa0).contains(byte)) && plain * 10 >= head.len() * 7
        }
    }
}

fn text_kind(head: &[u8], complete: bool, told: Option<&str>) -> FileKind {
    let text = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    let lower = text.to_ascii_lowercase();
    if lower.starts_with(b"<") {
        let plain_xml =
            complete && lower.starts_with(b"<?xml") && !ACTIVE_XML.iter().any(|mark| contains(&lower, mark));
        return if plain_xml { XML } else { UNKNOWN };
    }
    let runs = [
        b"#!".as_slice(),
        b"%!ps",
        b"@echo",
        b"[desktop entry]",
        b"[internetshortcut]",
        b"windows registry editor",
    ];
    if runs.iter().any(|start| lower.starts_with(start)) || contains(&lower, b"[desktop entry]") {
        return UNKNOWN;
    }
    TEXTS
        .iter()
        .copied()
        .find(|kind| Some(kind.extension) == told)
        .unwrap_or(TEXTS[0])
}

fn contains(text: &[u8], what: &[u8]) -> bool {
    text.windows(what.len()).any(|part| part == what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn padded(head: &[u8]) -> Vec<u8> {
        [head, &[0; 600]].concat()
    }

    #[test]
    fn the_bytes_say_what_it_is_and_not_the_name() {
        let zip = |name: &[u8]| padded(&[b"PK\x03\x04".as_slice(), &[0; 26], name].concat());
        let table: &[(Vec<u8>, &str, &str)] = &[
            (padded(b"\xff\xd8\xff\xe0"), "exe", "jpg"),
            (padded(b"\x89PNG\r\n\x1a\n"), "svg", "png"),
            (padded(b"GIF89a"), "jpg", "gif"),
            (padded(b"RIFF\x10\0\0\0WEBPVP8 "), "jpg", "webp"),
            (padded(b"OggS\0\x02\0\0OpusHead"), "mp3", "ogg"),
            (padded(b"ID3\x03"), "ogg", "mp3"),
            (padded(b"\xff\xfb\x90"), "", "mp3"),
            (padded(b"\xff\xf1\x50"), "", "aac"),
            (padded(b"#!AMR\n"), "", "amr"),
            (padded(b"\0\0\0\x18ftypmp42"), "3gp", "mp4"),
            (padded(b"\0\0\0\x18ftyp3gp4"), "mp4", "3gp"),
            (padded(b"\0\0\0\x18ftypM4A "), "mp3", "m4a"),
            (b"%PDF-1.4 only text".to_vec(), "exe", "pdf"),
            (padded(b"%PDF-1.4"), "docm", "pdf"),
            (b"{\\rtf1 text}".to_vec(), "doc", "rtf"),
            (zip(b"word/document.xml"), "pdf", "docx"),
            (zip(b"[Content_Types].xml"), "xlsx", "xlsx"),
            (zip(b"[Content_Types].xml"), "docm", "zip"),
            (zip(b"META-INF/MANIFEST.MF"), "jar", "zip"),
            (zip(b"AndroidManifest.xml"), "apk", "zip"),
            (b"a;b\r\n1;2".to_vec(), "csv", "csv"),
            (b"a;b\r\n1;2".to_vec(), "bat", "txt"),
            (b"situa\xe7\xe3o".to_vec(), "", "txt"),
            (b"\xff\xd8\xff\xe0".to_vec(), "txt", "jpg"),
            ("ação".as_bytes().to_vec(), "js", "txt"),
            (b"BEGIN:VCARD\n".to_vec(), "vcf", "vcf"),
            (b"<?xml version=\"1.0\"?><nfe/>".to_vec(), "xml", "xml"),
            (padded(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "xls", "xls"),
        ];
        for (bytes, told, expected) in table {
            let found = kind_of(bytes, true, Some(told));
            assert_eq!(
                found.extension,
                *expected,
                "{:?}",
                String::from_utf8_lossy(&bytes[..bytes.len().min(40)])
            );
        }
    }

    #[test]
    fn nothing_that_runs_keeps_a_name_that_runs() {
        let table: &[&[u8]] = &[
            b"MZ\x90\0\x03\0\0\0",
            b"\x7fELF\x02\x01\x01\0",
            b"\xcf\xfa\xed\xfe\x07\0\0\x01",
            b"\xca\xfe\xba\xbe\0\0\0\x34",
            b"\0asm\x01\0\0\0",
            b"dex\n035\0",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"L\0\0\0\x01\x14\x02\0",
            b"!<arch>\ndebian-binary",
            b"MSCF\0\0\0\0",
            b"CWS\x0a\0\0",
            b"\x30\x82\x01\x01",
        ];
        for start in table {
            for told in ["exe", "msi", "jpg", "pdf", "lnk", "desktop", ""] {
                assert_eq!(
                    kind_of(&padded(start), true, Some(told)),
                    UNKNOWN,
                    "{start:?} {told}"
                );
            }
        }
        let texts = [
            "#!/bin/sh\nrm -rf x",
            "<svg onload=alert(1)>",
            "\u{feff} \n<!DOCTYPE html><p>",
            "<html><script>",
            "<?php system('x');",
            "<?xml version=\"1.0\"?><svg xmlns='x'/>",
            "<?xml version=\"1.0\"?><?xml-stylesheet href='x'?>",
            "<?xml version=\"1.0\"?><a xmlns:h='http://www.w3.org/1999/xhtml'/>",
            "<script>1</script>",
            "[Desktop Entry]\nExec=x",
            "# x\n[Desktop Entry]\nExec=x",
            "[InternetShortcut]\nURL=file:///x",
            "@echo off\ndel x",
            "%!PS-Adobe",
        ];
        for text in texts {
            for told in ["svg", "html", "txt", "png", "sh", "xml"] {
                assert_eq!(
                    kind_of(text.as_bytes(), true, Some(told)),
                    UNKNOWN,
                    "{text} {told}"
                );
            }
        }
        // Of a long file only the beginning is seen.
        assert_eq!(
            kind_of(b"<?xml version=\"1.0\"?><a>", false, Some("xml")),
            UNKNOWN
        );
    }

    #[test]
    fn only_pictures_are_pictures() {
        assert!(is_picture(&padded(b"\xff\xd8\xff\xe0")) && is_picture(&padded(b"\x89PNG\r\n\x1a\n")));
        for other in [
            b"<svg></svg>".to_vec(),
            padded(b"%PDF-"),
            padded(b"BM"),
            Vec::new(),
        ] {
            assert!(!is_picture(&other));
        }
        assert_eq!(mime_of_extension("jpeg"), Some("image/jpeg"));
        assert_eq!(mime_of_extension("doc"), Some("application/msword"));
        assert_eq!(mime_of_extension("exe"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_harmless_kind(
            start in 0..8_usize, bytes in proptest::collection::vec(any::<u8>(), 0..400), complete in any::<bool>(), told in "[a-z]{0,4}"
        ) {
            let starts: [&[u8]; 8] = [
                b"", b"PK\x03\x04", b"\0\0\0\x18ftyp", b"RIFF", b"OggS", b"<?xml", b"\x1a\x45\xdf\xa3", b"ID3",
            ];
            let found = kind_of(&[starts[start], &bytes].concat(), complete, Some(&told));
            let listed = KNOWN.iter().chain(TEXTS).chain(OLD_DOCUMENTS).chain([&UNKNOWN, &XML]).any(|kind| *kind == found);
            prop_assert!(listed);
        }
    }
}
