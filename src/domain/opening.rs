//! Which files that came from outside may be handed to the system's programs. Whoever writes to us may send anything;
//! only kinds that show something and run nothing are opened, all others can be saved.

use super::incoming::StoredFile;

/// What may be opened: extension, and the beginnings of the types by first bytes that fit it. Offices' files are archives
/// (`application/zip`) or old compound files.
const OPENED: &[(&str, &[&str])] = &[
    ("jpg", &["image/jpeg"]),
    ("jpeg", &["image/jpeg"]),
    ("png", &["image/png"]),
    ("gif", &["image/gif"]),
    ("webp", &["image/webp"]),
    ("bmp", &["image/bmp"]),
    ("tif", &["image/tiff"]),
    ("tiff", &["image/tiff"]),
    ("heic", &["image/heif", "image/heic"]),
    ("mp3", &["audio/"]),
    ("ogg", &["audio/", "video/ogg", "application/ogg"]),
    ("oga", &["audio/", "application/ogg"]),
    ("opus", &["audio/", "application/ogg"]),
    ("m4a", &["audio/", "video/mp4"]),
    ("aac", &["audio/"]),
    ("amr", &["audio/"]),
    ("wav", &["audio/"]),
    ("flac", &["audio/"]),
    ("mp4", &["video/", "audio/mp4"]),
    ("m4v", &["video/"]),
    ("3gp", &["video/", "audio/"]),
    ("mov", &["video/"]),
    ("mkv", &["video/"]),
    ("webm", &["video/"]),
    ("avi", &["video/"]),
    ("pdf", &["application/pdf"]),
    ("txt", &["text/plain", UNKNOWN]),
    ("csv", &["text/plain", "text/csv", UNKNOWN]),
    ("docx", &["application/vnd.openxmlformats", "application/zip"]),
    ("xlsx", &["application/vnd.openxmlformats", "application/zip"]),
    ("pptx", &["application/vnd.openxmlformats", "application/zip"]),
    ("odt", &["application/vnd.oasis", "application/zip"]),
    ("ods", &["application/vnd.oasis", "application/zip"]),
    ("odp", &["application/vnd.oasis", "application/zip"]),
];

/// The type of what was not recognised by its first bytes.
const UNKNOWN: &str = "application/octet-stream";

/// The extension of a name, in small letters; empty if there is none.
#[must_use]
pub fn extension(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.chars().all(char::is_alphanumeric) => {
            extension.to_lowercase()
        }
        _ => String::new(),
    }
}

/// Whether a file of this name may be handed to the system's program.
#[must_use]
pub fn name_may_be_opened(name: &str) -> bool {
    let extension = extension(name);
    OPENED.iter().any(|(known, _)| *known == extension)
}

impl StoredFile {
    /// Whether it may be handed to the system's program: it is of a kind that runs nothing, by its name and by its
    /// first bytes.
    #[must_use]
    pub fn may_be_opened(&self) -> bool {
        let extension = extension(&self.name);
        let mime = self.mime.to_ascii_lowercase();
        OPENED
            .iter()
            .filter(|(known, _)| *known == extension)
            .any(|(_, types)| types.iter().any(|known| mime.starts_with(known)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, mime: &str) -> StoredFile {
        StoredFile {
            stored_name: "0f".into(),
            name: name.into(),
            bytes: 1,
            mime: mime.into(),
            sha256: [0; 32],
        }
    }

    #[test]
    fn what_shows_something_is_opened() {
        for (name, mime) in [
            ("orcamento.pdf", "application/pdf"),
            ("Foto.JPG", "image/jpeg"),
            ("nota de voz.ogg", "audio/ogg"),
            ("filme.mp4", "video/mp4"),
            ("planilha.xlsx", "application/zip"),
            ("lista.csv", "application/octet-stream"),
        ] {
            assert!(
                file(name, mime).may_be_opened() && name_may_be_opened(name),
                "{name}"
            );
        }
    }

    #[test]
    fn what_may_run_something_is_not() {
        for (name, mime) in [
            ("orcamento.pdf.exe", "application/x-msdownload"),
            ("orcamento.pdf", "application/x-executable"),
            ("foto.jpg", "application/octet-stream"),
            ("install.sh", "text/x-shellscript"),
            ("atalho.desktop", "text/plain"),
            ("macro.xlsm", "application/zip"),
            ("pagina.html", "text/html"),
            ("desenho.svg", "text/xml"),
            ("app.jar", "application/zip"),
            ("sem", "application/pdf"),
            (".pdf", "application/pdf"),
            ("a.pdf ", "application/pdf"),
        ] {
            assert!(!file(name, mime).may_be_opened(), "{name}");
        }
    }
}
