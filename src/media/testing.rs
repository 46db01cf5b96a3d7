//! Files of every kind, made here: small, whole enough to be told by their bytes, and nobody's.

use super::{Source, TakeIn, Taken, take_in};
use crate::domain::attachment::MediaRule;
use crate::domain::outgoing::{FileProblem, PictureChange};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// A file of a kind.
pub(super) struct Sample {
    pub(super) extension: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// A sample of every kind the three gateways take, and of some they do not.
pub(super) fn samples() -> Vec<Sample> {
    let office = |part: &str| zip(&[("[Content_Types].xml", "<Types/>"), (part, "<x/>")]);
    let open = |kind: &str| zip(&[("mimetype", kind), ("content.xml", "<x/>")]);
    let list: Vec<(&'static str, Vec<u8>)> = vec![
        ("jpg", picture(16, 16, ImageFormat::Jpeg)),
        ("png", picture(16, 16, ImageFormat::Png)),
        ("gif", picture(16, 16, ImageFormat::Gif)),
        ("webp", picture(16, 16, ImageFormat::WebP)),
        ("bmp", picture(16, 16, ImageFormat::Bmp)),
        ("mp3", mp3(4)),
        ("aac", aac(4)),
        ("amr", amr()),
        ("ogg", ogg(b"OpusHead")),
        ("m4a", film(b"M4A ", &[(b"soun", b"mp4a")])),
        ("mp4", film(b"isom", &[(b"vide", b"avc1"), (b"soun", b"mp4a")])),
        ("3gp", film(b"3gp5", &[(b"vide", b"avc1")])),
        ("3g2", film(b"3g2a", &[(b"vide", b"avc1")])),
        (
            "pdf",
            b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n\0".to_vec(),
        ),
        ("doc", compound(&["WordDocument"], [0; 16])),
        ("xls", compound(&["Workbook"], [0; 16])),
        ("ppt", compound(&["PowerPoint Document"], [0; 16])),
        ("docx", office("word/document.xml")),
        ("xlsx", office("xl/workbook.xml")),
        ("pptx", office("ppt/presentation.xml")),
        ("odt", open("application/vnd.oasis.opendocument.text")),
        ("ods", open("application/vnd.oasis.opendocument.spreadsheet")),
        ("odp", open("application/vnd.oasis.opendocument.presentation")),
        ("rtf", b"{\\rtf1\\ansi oi}".to_vec()),
        ("txt", "Bom dia, situação em anexo.\n".as_bytes().to_vec()),
        ("csv", b"nome;valor\r\nA;1\r\n".to_vec()),
        ("zip", zip(&[("a.txt", "oi")])),
        ("html", b"<!DOCTYPE html><p>oi</p>".to_vec()),
        ("svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()),
    ];
    list.into_iter()
        .map(|(extension, bytes)| Sample { extension, bytes })
        .collect()
}

/// The sample of a kind.
pub(super) fn sample(extension: &str) -> Vec<u8> {
    let usual = match extension {
        "jpeg" => "jpg",
        "mpeg" => "mp3",
        "mp4a" => "m4a",
        other => other,
    };
    let found = samples().into_iter().find(|sample| sample.extension == usual);
    found.unwrap_or_else(|| panic!("no sample of {extension}")).bytes
}

/// A picture of four fields in four colours, so that it shows how it stands.
pub(super) fn fields(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgb([220, 30, 30]),
        (false, true) => Rgb([30, 200, 40]),
        (true, false) => Rgb([30, 40, 210]),
        (false, false) => Rgb([240, 240, 240]),
    })
    .into()
}

/// The same, encoded.
pub(super) fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    encoded(&fields(width, height), format)
}

/// A picture, encoded.
pub(super) fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Frames of MPEG 1, layer III, 128 kbit/s, 44.1 kHz: 417 bytes each.
pub(super) fn mp3(frames: usize) -> Vec<u8> {
    let mut frame = vec![0; 417];
    frame[..4].copy_from_slice(&[0xff, 0xfb, 0x90, 0x64]);
    frame.repeat(frames)
}

/// Frames of AAC, 64 bytes each.
pub(super) fn aac(frames: usize) -> Vec<u8> {
    let mut frame = [0; 64];
    frame[..7].copy_from_slice(&[0xff, 0xf1, 0x50, 0x80, 64 >> 3, 0x1f, 0xfc]);
    frame.repeat(frames)
}

/// The beginning of a voice note of an old phone.
pub(super) fn amr() -> Vec<u8> {
    [b"#!AMR\n".as_slice(), &[0x3c; 32]].concat()
}

/// A first page of Ogg with this packet on it.
pub(super) fn ogg(packet: &[u8]) -> Vec<u8> {
    let mut page = b"OggS\0\x02".to_vec();
    page.resize(26, 0);
    page.extend([1, 19]);
    page.extend(packet);
    page.extend([1; 11]);
    page
}

/// A box of ISO 14496-12.
pub(super) fn part(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).unwrap();
    [&size.to_be_bytes()[..], kind, content].concat()
}

/// A film or sound: a brand, and for each track what it is and its coding.
pub(super) fn film(brand: &[u8; 4], tracks: &[(&[u8; 4], &[u8; 4])]) -> Vec<u8> {
    let tracks: Vec<u8> = tracks
        .iter()
        .flat_map(|(handler, coding)| {
            let handler = part(b"hdlr", &[&[0; 8][..], *handler, &[0; 13]].concat());
            let entry = part(coding, &[0; 8]);
            let description = part(b"stsd", &[&[0, 0, 0, 0, 0, 0, 0, 1][..], &entry].concat());
            let information = part(b"minf", &part(b"stbl", &description));
            part(b"trak", &part(b"mdia", &[handler, information].concat()))
        })
        .collect();
    [
        part(b"ftyp", &[brand.as_slice(), &[0; 4], b"isom"].concat()),
        part(b"mdat", &[9; 64]),
        part(b"moov", &tracks),
    ]
    .concat()
}

/// A zip archive of stored entries.
pub(super) fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let (mut body, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in entries {
        let offset = u32::try_from(body.len()).unwrap();
        let size = u32::try_from(content.len()).unwrap().to_le_bytes();
        let name_length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let facts = [&[0; 8][..], &[0; 4], &size, &size, &name_length, &[0, 0]].concat();
        body.extend(
            [
                b"PK\x03\x04\x14\0".as_slice(),
                &facts,
                name.as_bytes(),
                content.as_bytes(),
            ]
            .concat(),
        );
        directory.extend(
            [
                b"PK\x01\x02\x14\0\x14\0".as_slice(),
                &facts,
                &[0; 10],
                &offset.to_le_bytes(),
                name.as_bytes(),
            ]
            .concat(),
        );
    }
    let count = u16::try_from(entries.len()).unwrap().to_le_bytes();
    let (size, start) = (
        u32::try_from(directory.len()).unwrap().to_le_bytes(),
        u32::try_from(body.len()).unwrap().to_le_bytes(),
    );
    body.extend(directory);
    body.extend(
        [
            b"PK\x05\x06\0\0\0\0".as_slice(),
            &count,
            &count,
            &size,
            &start,
            &[0, 0],
        ]
        .concat(),
    );
    body
}

/// Microsoft's old container with these names in its directory, and a class.
pub(super) fn compound(names: &[&str], class: [u8; 16]) -> Vec<u8> {
    const END: u32 = 0xffff_fffe;
    let entries: Vec<Vec<u8>> = std::iter::once(&"Root Entry")
        .chain(names)
        .enumerate()
        .map(|(index, name)| {
            let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let length = u16::try_from(entry.len() + 2).unwrap();
            entry.resize(64, 0);
            entry.extend(length.to_le_bytes());
            entry.resize(80, 0);
            entry.extend(if index == 0 { class } else { [0; 16] });
            entry.resize(128, 0);
            entry
        })
        .collect();
    let sectors = entries.len().div_ceil(4);
    let mut head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    head.resize(30, 0);
    head.push(9);
    head.resize(48, 0);
    // Sector 0 is the allocation table; the directory begins at sector 1.
    head.extend(1_u32.to_le_bytes());
    head.resize(76, 0);
    head.extend(0_u32.to_le_bytes());
    head.resize(512, 0xff);
    let mut table = 0xffff_fffd_u32.to_le_bytes().to_vec();
    for sector in 1..=sectors {
        let next = if sector == sectors {
            END
        } else {
            u32::try_from(sector + 1).unwrap()
        };
        table.extend(next.to_le_bytes());
    }
    table.resize(512, 0xff);
    let mut directory = entries.concat();
    directory.resize(sectors * 512, 0);
    [head, table, directory].concat()
}

/// A disk with a folder for media on it.
pub(super) struct Disk {
    pub(super) folder: tempfile::TempDir,
}

impl Disk {
    pub(super) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(super) fn media(&self) -> PathBuf {
        self.folder.path().join("media")
    }

    /// Takes bytes in under a name; what is left in the folder must fit the answer.
    pub(super) fn take(
        &self,
        name: &str,
        bytes: &[u8],
        rules: &'static [MediaRule],
        change: PictureChange,
    ) -> Result<Taken, FileProblem> {
        let path = self.folder.path().join("source");
        std::fs::write(&path, bytes).unwrap();
        self.take_from(Source::Stored { path: &path, name }, rules, change)
    }

    pub(super) fn take_from(
        &self,
        source: Source<'_>,
        rules: &'static [MediaRule],
        change: PictureChange,
    ) -> Result<Taken, FileProblem> {
        let media = self.media();
        let before = files(&media);
        let taken = take_in(TakeIn {
            source,
            change,
            rules,
            folder: &media,
            picture_name: "Imagem",
        });
        let added = files(&media).len() - before.len();
        assert_eq!(added, usize::from(taken.is_ok()), "{taken:?}");
        if let Ok(taken) = &taken {
            self.check(taken);
        }
        taken
    }

    /// What is told of a file is true.
    pub(super) fn check(&self, taken: &Taken) {
        use sha2::Digest as _;
        let path = taken.file.path(&self.media());
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(bytes.len() as u64, taken.file.bytes);
        let sum: [u8; 32] = sha2::Sha256::digest(&bytes).into();
        assert_eq!(sum, taken.file.sha256);
        assert_eq!(taken.file.stored_name.len(), 32);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(
                std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
    }

    pub(super) fn bytes(&self, taken: &Taken) -> Vec<u8> {
        std::fs::read(taken.file.path(&self.media())).unwrap()
    }
}

pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).map_or_else(
        |_| Vec::new(),
        |entries| entries.map(|entry| entry.unwrap().path()).collect(),
    )
}

/// A table of one row with another limit.
pub(super) fn limited(rule: &MediaRule, max_bytes: u64) -> &'static [MediaRule] {
    Box::leak(Box::new([MediaRule {
        max_bytes: Some(max_bytes),
        ..*rule
    }]))
}
