//! Every kind of file this program can tell by its bytes, and what the ends of names stand for.

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    /// Its media type. A gateway's table is matched by it.
    pub(super) mime: &'static str,
    /// The usual end of its name, without a dot.
    pub(super) extension: &'static str,
    /// Among which kinds a name may be mistaken without meaning any harm.
    pub(super) class: Class,
}

/// Kinds that are easily mistaken for each other: a name that says one while the bytes say another of the same class is
/// set right; of another class it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Pictures.
    Picture,
    /// Sounds and films: several containers hold either.
    Recording,
    /// Plain text; only the name tells its kinds apart.
    Text,
    /// Documents of offices' programs.
    Office,
    /// Everything else; each kind is alone.
    Other,
}

const fn kind(mime: &'static str, extension: &'static str, class: Class) -> Kind {
    Kind {
        mime,
        extension,
        class,
    }
}

use Class::{Office, Other, Picture, Recording, Text};

/// All of them. The first of an extension is the one meant by it.
const KINDS: &[Kind] = &[
    kind("image/jpeg", "jpg", Picture),
    kind("image/png", "png", Picture),
    kind("image/gif", "gif", Picture),
    kind("image/webp", "webp", Picture),
    kind("image/bmp", "bmp", Picture),
    kind("image/tiff", "tif", Picture),
    kind("image/heic", "heic", Picture),
    kind("image/avif", "avif", Picture),
    kind("image/jxl", "jxl", Picture),
    kind("image/jp2", "jp2", Picture),
    kind("image/x-icon", "ico", Picture),
    kind("image/vnd.adobe.photoshop", "psd", Picture),
    kind("image/svg+xml", "svg", Other),
    kind("audio/mpeg", "mp3", Recording),
    kind("audio/aac", "aac", Recording),
    kind("audio/amr", "amr", Recording),
    kind("audio/amr-wb", "awb", Recording),
    kind("audio/ogg", "ogg", Recording),
    kind("audio/vorbis", "vorbis", Recording),
    kind("audio/mp4", "m4a", Recording),
    kind("audio/flac", "flac", Recording),
    kind("audio/wav", "wav", Recording),
    kind("audio/aiff", "aiff", Recording),
    kind("audio/midi", "midi", Recording),
    kind("video/mp4", "mp4", Recording),
    kind("video/hevc", "hevc", Recording),
    kind("video/3gpp", "3gp", Recording),
    kind("video/3gpp", "3g2", Recording),
    kind("video/quicktime", "mov", Recording),
    kind("video/x-matroska", "mkv", Recording),
    kind("video/webm", "webm", Recording),
    kind("video/x-msvideo", "avi", Recording),
    kind("video/x-ms-wmv", "wmv", Recording),
    kind("video/mpeg", "mpg", Recording),
    kind("video/ogg", "ogv", Recording),
    kind("application/pdf", "pdf", Other),
    kind("application/postscript", "ps", Other),
    kind("text/html", "html", Other),
    kind("application/xml", "xml", Text),
    kind("application/msword", "doc", Office),
    kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        Office,
    ),
    kind("application/vnd.ms-excel", "xls", Office),
    kind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        Office,
    ),
    kind(
        "application/vnd.ms-excel.sheet.binary.macroenabled.12",
        "xlsb",
        Office,
    ),
    kind("application/vnd.ms-powerpoint", "ppt", Office),
    kind(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "pptx",
        Office,
    ),
    kind("application/vnd.oasis.opendocument.text", "odt", Office),
    kind("application/vnd.oasis.opendocument.spreadsheet", "ods", Office),
    kind("application/vnd.oasis.opendocument.presentation", "odp", Office),
    kind("application/rtf", "rtf", Office),
    kind("application/epub+zip", "epub", Other),
    kind("application/vnd.ms-outlook", "msg", Other),
    kind("application/x-cfb", "cfb", Other),
    kind("application/zip", "zip", Other),
    kind("application/vnd.rar", "rar", Other),
    kind("application/x-7z-compressed", "7z", Other),
    kind("application/gzip", "gz", Other),
    kind("application/x-bzip2", "bz2", Other),
    kind("application/x-xz", "xz", Other),
    kind("application/x-tar", "tar", Other),
    kind("text/plain", "txt", Text),
    kind("text/csv", "csv", Text),
    kind("text/tab-separated-values", "tsv", Text),
    kind("text/vcard", "vcf", Text),
    kind("text/calendar", "ics", Text),
    kind("text/markdown", "md", Text),
    kind("application/json", "json", Text),
    kind("application/x-ofx", "ofx", Text),
];

/// Other ends of names in use, and ends of kinds that cannot be told by their bytes but belong to a class.
const ALIASES: &[(&str, &str)] = &[
    ("jpeg", "jpg"),
    ("jpe", "jpg"),
    ("jfif", "jpg"),
    ("apng", "png"),
    ("dib", "bmp"),
    ("tiff", "tif"),
    ("heif", "heic"),
    ("mpeg", "mp3"),
    ("mpga", "mp3"),
    ("mpg", "mp3"),
    ("opus", "ogg"),
    ("oga", "ogg"),
    ("m4b", "m4a"),
    ("mp4a", "m4a"),
    ("m4v", "mp4"),
    ("3gpp", "3gp"),
    ("qt", "mov"),
    ("aif", "aiff"),
    ("mid", "midi"),
    ("wma", "wmv"),
    ("htm", "html"),
    ("xhtml", "html"),
    ("log", "txt"),
    ("text", "txt"),
    ("eps", "ps"),
    ("dot", "doc"),
    ("dotx", "docx"),
    ("xlt", "xls"),
    ("xltx", "xlsx"),
    ("pps", "ppt"),
    ("ppsx", "pptx"),
    ("potx", "pptx"),
];

/// The kind an end of a name stands for, in lower case; `None` if it stands for none that is known here.
pub(super) fn of_extension(extension: &str) -> Option<Kind> {
    let usual = ALIASES
        .iter()
        .find(|(alias, _)| *alias == extension)
        .map_or(extension, |(_, usual)| usual);
    KINDS.iter().copied().find(|kind| kind.extension == usual)
}

/// Whether a name with this end may belong to the kind: it says the same, or something that is easily mistaken for it.
pub(super) fn may_be_called(kind: Kind, named: Kind) -> bool {
    kind == named || (kind.class == named.class && kind.class != Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alias_stands_for_a_kind() {
        for (alias, usual) in ALIASES {
            let kind = of_extension(alias).unwrap();
            assert_eq!(Some(kind), of_extension(usual), "{alias}");
        }
        assert_eq!(of_extension("exe"), None);
        assert_eq!(of_extension("jpeg").unwrap().mime, "image/jpeg");
    }

    #[test]
    fn only_harmless_mistakes_are_set_right() {
        let kind = |extension: &str| of_extension(extension).unwrap();
        for (bytes, name, fits) in [
            ("jpg", "png", true),
            ("webp", "jpeg", true),
            ("m4a", "mp4", true),
            ("rtf", "doc", true),
            ("txt", "csv", true),
            ("pdf", "pdf", true),
            ("zip", "pdf", false),
            ("zip", "docx", false),
            ("html", "xls", false),
            ("svg", "png", false),
            ("mp3", "jpg", false),
            ("txt", "pdf", false),
        ] {
            assert_eq!(may_be_called(kind(bytes), kind(name)), fits, "{bytes} {name}");
        }
    }
}
