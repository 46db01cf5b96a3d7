//! Files of every kind through [`take_in`], against every row of the three gateways' tables.

use super::testing::{encoded, fields, mp3, picture, sample, samples, zip};
use super::*;
use crate::gateway::{decision_telecom, devino, solutek};
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use proptest::prelude::*;
use std::fs::File;
use std::path::PathBuf;

/// What the gateways take.
fn tables() -> [(&'static str, &'static [MediaRule]); 3] {
    [
        ("Solutek", solutek::CAPABILITIES.media),
        ("Devino", devino::MEDIA),
        ("DecisionTelecom", decision_telecom::MEDIA),
    ]
}

/// A disk with a folder for media on it.
struct Disk {
    folder: tempfile::TempDir,
}

impl Disk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn media(&self) -> PathBuf {
        self.folder.path().join("media")
    }

    /// Takes bytes in under a name; what is left in the folder must fit the answer.
    fn take(
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

    fn take_from(
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
    fn check(&self, taken: &Taken) {
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

    fn bytes(&self, taken: &Taken) -> Vec<u8> {
        std::fs::read(taken.file.path(&self.media())).unwrap()
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).map_or_else(
        |_| Vec::new(),
        |entries| entries.map(|entry| entry.unwrap().path()).collect(),
    )
}

/// A table of one row with another limit.
fn limited(rule: &MediaRule, max_bytes: u64) -> &'static [MediaRule] {
    Box::leak(Box::new([MediaRule {
        max_bytes: Some(max_bytes),
        ..*rule
    }]))
}

const KEEP: PictureChange = PictureChange::Keep;

#[test]
fn every_row_takes_its_kind_up_to_its_limit_and_nothing_else() {
    let disk = Disk::new();
    for (vendor, rules) in tables() {
        for rule in rules {
            let shown = format!("{vendor} {}", rule.extension);
            let bytes = sample(rule.extension);
            let name = format!("Orçamento.{}", rule.extension.to_uppercase());
            let taken = disk
                .take(&name, &bytes, rules, KEEP)
                .unwrap_or_else(|problem| panic!("{shown}: {problem:?}"));
            assert_eq!(
                (taken.kind, taken.file.mime.as_str()),
                (rule.kind, rule.mime),
                "{shown}"
            );
            let (stem, extension) = split_extension(&taken.file.name);
            assert_eq!(stem, "Orçamento", "{shown}");
            let same = |found: &MediaRule| found.mime == rule.mime && Some(found.extension) == extension;
            assert!(rules.iter().any(same), "{shown} became {}", taken.file.name);
            assert_eq!(
                taken.pixels,
                (rule.kind == MediaKind::Image).then_some((16, 16)),
                "{shown}"
            );
            // The limit itself, and one byte less than it has.
            let length = taken.file.bytes;
            disk.take(&name, &bytes, limited(rule, length), KEEP).unwrap();
            let problem = disk
                .take(&name, &bytes, limited(rule, length - 1), KEEP)
                .unwrap_err();
            let expected = FileProblem::TooLarge {
                bytes: length,
                max_bytes: length - 1,
                shrinkable: rule.kind == MediaKind::Image,
            };
            assert_eq!(problem, expected, "{shown}");
            wrong_bytes(&disk, rule, rules, &shown);
        }
    }
}

fn wrong_bytes(disk: &Disk, rule: &MediaRule, rules: &'static [MediaRule], shown: &str) {
    let name = format!("a.{}", rule.extension);
    for (bytes, found) in [
        (zip(&[("a.txt", "x")]), "zip"),
        (sample("html"), "html"),
        (vec![0xa7; 700], ""),
        (vec![0; 700], ""),
    ] {
        let expected = FileProblem::NotWhatItSays {
            named: rule.extension.into(),
            found: found.into(),
        };
        assert_eq!(
            disk.take(&name, &bytes, rules, KEEP),
            Err(expected),
            "{shown} {found}"
        );
    }
    assert_eq!(
        disk.take(&name, b"", rules, KEEP),
        Err(FileProblem::Empty),
        "{shown}"
    );
    for program in [&b"\x7fELF\x02\x01\x01\0"[..], b"MZ\x90\0", b"#!/bin/sh\n"] {
        assert_eq!(
            disk.take(&name, program, rules, KEEP),
            Err(FileProblem::MayRun),
            "{shown}"
        );
    }
}

#[test]
fn the_vendors_own_limits_hold_to_the_byte() {
    let disk = Disk::new();
    for (extension, max_bytes) in [("mp4", 5_000_000), ("mp3", 16_000_000), ("pdf", 100_000_000)] {
        let path = disk.folder.path().join(format!("a.{extension}"));
        std::fs::write(&path, sample(extension)).unwrap();
        let file = File::options().write(true).open(&path).unwrap();
        file.set_len(max_bytes).unwrap();
        let taken = disk.take_from(Source::Path(&path), devino::MEDIA, KEEP).unwrap();
        assert_eq!(taken.file.bytes, max_bytes);
        std::fs::remove_file(taken.file.path(&disk.media())).unwrap();
        file.set_len(max_bytes + 1).unwrap();
        let problem = disk
            .take_from(Source::Path(&path), devino::MEDIA, KEEP)
            .unwrap_err();
        let bytes = max_bytes + 1;
        let expected = FileProblem::TooLarge {
            bytes,
            max_bytes,
            shrinkable: false,
        };
        assert_eq!(problem, expected);
    }
}

#[test]
fn tables_hold_together() {
    for (vendor, rules) in tables() {
        for rule in rules {
            let kind = kinds::of_extension(rule.extension).unwrap();
            assert_eq!(kind.mime, rule.mime, "{vendor} {}", rule.extension);
            assert!(
                !runs::by_name(&format!("a.{}", rule.extension)),
                "{}",
                rule.extension
            );
            assert!(rule.warn_bytes <= rule.max_bytes || rule.max_bytes.is_none());
            assert_eq!(rule.kind == MediaKind::Image, kind.class == Class::Picture);
        }
    }
}

#[test]
fn names_are_set_right_between_kinds_the_gateway_takes() {
    let disk = Disk::new();
    let (jpg, pdf) = (sample("jpg"), sample("pdf"));
    let table: &[(&str, &[u8], &str)] = &[
        ("foto.jpeg", &jpg, "foto.jpg"),
        ("foto.JPG", &jpg, "foto.jpg"),
        ("foto.jfif", &jpg, "foto.jpg"),
        ("foto.png", &jpg, "foto.jpg"),
        ("foto", &jpg, "foto.jpg"),
        ("foto.jpg.", &jpg, "foto.jpg"),
        (".jpg", &jpg, "jpg.jpg"),
        ("relatorio.v2", &pdf, "relatorio.v2.pdf"),
        ("pedido.2026", &pdf, "pedido.2026.pdf"),
        ("boleto.download", &pdf, "boleto.download.pdf"),
        ("a/b\\c.pdf", &pdf, "c.pdf"),
        ("fdp\u{202e}.oãm.pdf", &pdf, "fdp.oãm.pdf"),
        ("a\u{0}\u{1b}[2J\u{200b}.pdf", &pdf, "a[2J.pdf"),
        ("CON.pdf", &pdf, "_CON.pdf"),
        ("nul.txt.pdf", &pdf, "_nul.txt.pdf"),
        ("=cmd|' C'!A0.pdf", &pdf, "cmd_' C'!A0.pdf"),
        ("-rf.pdf", &pdf, "rf.pdf"),
        ("a. . .pdf", &pdf, "a.pdf"),
        ("...", &pdf, "file.pdf"),
        ("", &pdf, "file.pdf"),
        ("\u{202e}\u{200b}.pdf", &pdf, "file.pdf"),
    ];
    for (name, bytes, expected) in table {
        let taken = disk.take(name, bytes, solutek::CAPABILITIES.media, KEEP).unwrap();
        assert_eq!(taken.file.name, *expected, "{name:?}");
    }
    let long = format!("{}.pdf", "ã".repeat(5_000));
    let taken = disk.take(&long, &pdf, solutek::CAPABILITIES.media, KEEP).unwrap();
    assert!(taken.file.name.len() < 255 && taken.file.name.ends_with("ã.pdf"));
    for (name, kind, expected) in [
        ("som.mp4", "m4a", "som.m4a"),
        ("som.opus", "ogg", "som.ogg"),
        ("carta.doc", "rtf", "carta.rtf"),
        ("carta.docx", "doc", "carta.doc"),
        ("lista.csv", "csv", "lista.csv"),
        ("lista.txt", "csv", "lista.txt"),
        ("notas.log", "txt", "notas.txt"),
        ("filme.3gp", "mp4", "filme.mp4"),
    ] {
        let taken = disk.take(name, &sample(kind), devino::MEDIA, KEEP).unwrap();
        assert_eq!(taken.file.name, expected, "{name}");
    }
}

#[test]
fn what_the_gateway_does_not_take_is_named() {
    let disk = Disk::new();
    let media = solutek::CAPABILITIES.media;
    let allowed: Vec<_> = media.iter().map(|rule| rule.extension).collect();
    for (name, kind, found, convertible) in [
        ("a.gif", "gif", "gif", true),
        ("a.webp", "webp", "webp", true),
        ("a.jpg", "webp", "webp", true),
        ("a", "bmp", "bmp", true),
        ("a.docx", "docx", "docx", false),
        ("a.zip", "zip", "zip", false),
        ("a.mp4", "mp4", "mp4", false),
        ("a.ogg", "ogg", "ogg", false),
        ("a.svg", "svg", "svg", false),
        ("a.html", "html", "html", false),
        ("a.csv", "csv", "csv", false),
    ] {
        let expected = FileProblem::Unsupported {
            found: found.into(),
            allowed: allowed.clone(),
            convertible,
        };
        let problem = disk.take(name, &sample(kind), media, KEEP).unwrap_err();
        assert_eq!(problem, expected, "{name} {kind}");
    }
    // Bytes that tell nothing, under a name the gateway does not take.
    assert!(matches!(
        disk.take("a.psd", &[0xa7; 99], media, KEEP),
        Err(FileProblem::Unsupported { found, convertible: false, .. }) if found == "psd"
    ));
    // Where no picture can be sent, none is offered to be converted.
    let only_pdf = limited(&media[3], 1_000);
    assert!(matches!(
        disk.take("a.gif", &sample("gif"), only_pdf, KEEP),
        Err(FileProblem::Unsupported {
            convertible: false,
            ..
        })
    ));
}

#[test]
fn what_runs_is_never_taken() {
    let disk = Disk::new();
    let macros = zip(&[
        ("[Content_Types].xml", "x"),
        ("word/document.xml", "x"),
        ("word/vbaProject.bin", "x"),
    ]);
    let jar = zip(&[("META-INF/MANIFEST.MF", "x"), ("A.class", "x")]);
    let pdf_and_jar = [sample("pdf"), jar.clone()].concat();
    let table: &[(&str, &[u8])] = &[
        ("orcamento.pdf.exe", &sample("pdf")),
        ("foto.e\u{202e}xe", &sample("jpg")),
        ("foto.scr . ", &sample("jpg")),
        ("macro.xlsm", &sample("xlsx")),
        ("carta.docx", &macros),
        ("carta.pdf", &jar),
        ("carta.pdf", &pdf_and_jar),
        ("nota.txt", b"[Desktop Entry]\nExec=x"),
        ("nota.csv", b"#!/usr/bin/env python3\n"),
        ("pagina.html", b"<html><script>1</script>"),
        (
            "foto.png",
            b"<svg onload=alert(1) xmlns='http://www.w3.org/2000/svg'/>",
        ),
    ];
    for (name, bytes) in table {
        assert_eq!(
            disk.take(name, bytes, devino::MEDIA, KEEP),
            Err(FileProblem::MayRun),
            "{name}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn only_files_are_taken() {
    let disk = Disk::new();
    let media = solutek::CAPABILITIES.media;
    let pipe = disk.folder.path().join("pipe.pdf");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let folder = disk.folder.path().join("folder.pdf");
    std::fs::create_dir(&folder).unwrap();
    for path in [&pipe, &folder, Path::new("/dev/zero"), Path::new("/")] {
        let problem = disk.take_from(Source::Path(path), media, KEEP).unwrap_err();
        assert_eq!(problem, FileProblem::NotAFile, "{}", path.display());
    }
    let none = disk.folder.path().join("none.pdf");
    assert!(matches!(
        disk.take_from(Source::Path(&none), media, KEEP),
        Err(FileProblem::Unreadable(_))
    ));
    // A link leads to its file, and gives its own name.
    let link = disk.folder.path().join("link.pdf");
    std::fs::write(disk.folder.path().join("real"), sample("pdf")).unwrap();
    std::os::unix::fs::symlink("real", &link).unwrap();
    let taken = disk.take_from(Source::Path(&link), media, KEEP).unwrap();
    assert_eq!(taken.file.name, "link.pdf");
}

/// A photograph-like picture that does not compress well.
fn photograph(width: u32, height: u32) -> DynamicImage {
    let mut state = 1_u32;
    let mut noise = fields(width, height).into_rgb8();
    for pixel in noise.pixels_mut() {
        for value in &mut pixel.0 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *value = value.saturating_add((state >> 27) as u8);
        }
    }
    noise.into()
}

#[test]
fn pictures_are_converted_to_what_the_gateway_takes() {
    let disk = Disk::new();
    let media = solutek::CAPABILITIES.media;
    for kind in ["gif", "webp", "bmp"] {
        let name = format!("desenho.{kind}");
        let taken = disk
            .take(&name, &sample(kind), media, PictureChange::Convert)
            .unwrap();
        assert_eq!(
            (taken.file.name.as_str(), taken.pixels),
            ("desenho.jpg", Some((16, 16))),
            "{kind}"
        );
        let seen = image::load_from_memory_with_format(&disk.bytes(&taken), ImageFormat::Jpeg).unwrap();
        assert!(seen.to_rgb8().get_pixel(2, 2)[0] > 190, "{kind}");
    }
    // Transparency needs PNG; where there is none, white is behind it.
    let clear: DynamicImage = RgbaImage::from_pixel(16, 16, Rgba([200, 0, 0, 0])).into();
    let webp = encoded(&clear, ImageFormat::WebP);
    let taken = disk.take("a.webp", &webp, media, PictureChange::Convert).unwrap();
    assert_eq!(taken.file.name, "a.png");
    let only_jpg = limited(&media[0], 100_000);
    let taken = disk
        .take("a.webp", &webp, only_jpg, PictureChange::Convert)
        .unwrap();
    let seen = image::load_from_memory(&disk.bytes(&taken)).unwrap().to_rgb8();
    assert!(seen.get_pixel(8, 8).0.iter().all(|value| *value > 250));
    // What is taken already is not converted.
    let png = sample("png");
    let taken = disk.take("a.png", &png, media, PictureChange::Convert).unwrap();
    assert_eq!(taken.file.name, "a.png");
    // Other kinds cannot be, and what only looks like a picture is none.
    assert!(
        disk.take("a.docx", &sample("docx"), media, PictureChange::Convert)
            .is_err()
    );
    let broken = b"GIF89a\xff\xff\xff\xff\xff\xff\xff";
    for change in [KEEP, PictureChange::Convert, PictureChange::Smaller] {
        assert!(matches!(
            disk.take("a.gif", broken, media, change),
            Err(FileProblem::BadPicture(_))
        ));
    }
}

#[test]
fn pictures_are_made_smaller_until_they_fit() {
    let disk = Disk::new();
    let media = solutek::CAPABILITIES.media;
    let large = encoded(&photograph(2_400, 1_200), ImageFormat::Jpeg);
    let taken = disk.take("a.jpg", &large, media, PictureChange::Smaller).unwrap();
    assert_eq!(taken.pixels, Some((1_600, 800)));
    assert!(taken.file.bytes < large.len() as u64);
    let tight = limited(&media[0], 40_000);
    let problem = disk.take("a.jpg", &large, tight, KEEP).unwrap_err();
    assert_eq!(problem.way_out(), Some(PictureChange::Smaller));
    let taken = disk.take("a.jpg", &large, tight, PictureChange::Smaller).unwrap();
    assert!(taken.file.bytes <= 40_000 && taken.pixels.unwrap().0 < 1_600);
    // No picture is that small.
    let problem = disk.take("a.jpg", &large, limited(&media[0], 100), PictureChange::Smaller);
    assert!(
        matches!(
            problem,
            Err(FileProblem::TooLarge {
                shrinkable: false,
                ..
            })
        ),
        "{problem:?}"
    );
    // One that would only grow stays what it is.
    let small = sample("png");
    let taken = disk.take("a.png", &small, media, PictureChange::Smaller).unwrap();
    assert_eq!(
        (taken.file.name.as_str(), taken.file.bytes),
        ("a.png", small.len() as u64)
    );
    // Transparency stays.
    let mut clear = photograph(1_700, 200).into_rgba8();
    clear.put_pixel(0, 0, Rgba([0, 0, 0, 0]));
    let clear = encoded(&clear.into(), ImageFormat::Png);
    let taken = disk.take("a.png", &clear, media, PictureChange::Smaller).unwrap();
    assert_eq!(
        (taken.file.name.as_str(), taken.pixels.unwrap().0),
        ("a.png", 1_600)
    );
    // Another kind is converted on the way.
    let bmp = encoded(&photograph(300, 200), ImageFormat::Bmp);
    let taken = disk.take("a.bmp", &bmp, media, PictureChange::Smaller).unwrap();
    assert_eq!(
        (taken.file.name.as_str(), taken.pixels),
        ("a.jpg", Some((300, 200)))
    );
    // What is no picture goes as it is.
    let taken = disk
        .take("a.mp3", &mp3(9), media, PictureChange::Smaller)
        .unwrap();
    assert_eq!(disk.bytes(&taken), mp3(9));
}

#[test]
fn pixels_of_the_clipboard_become_a_picture() {
    let disk = Disk::new();
    let media = solutek::CAPABILITIES.media;
    let rgba = fields(30, 20).into_rgba8().into_raw();
    let pixels = |width, height| Source::Pixels {
        width,
        height,
        rgba: &rgba,
    };
    let taken = disk.take_from(pixels(30, 20), media, KEEP).unwrap();
    assert_eq!(
        (taken.file.name.as_str(), taken.pixels),
        ("Imagem.png", Some((30, 20)))
    );
    let seen = image::load_from_memory(&disk.bytes(&taken)).unwrap().into_rgba8();
    assert_eq!(seen.into_raw(), rgba);
    let taken = disk
        .take_from(pixels(30, 20), limited(&media[0], 9_000), KEEP)
        .unwrap();
    assert_eq!(taken.file.name, "Imagem.jpg");
    let taken = disk
        .take_from(pixels(30, 20), media, PictureChange::Smaller)
        .unwrap();
    assert_eq!(taken.kind, MediaKind::Image);
    assert!(matches!(
        disk.take_from(pixels(30, 20), limited(&media[2], 10), KEEP),
        Err(FileProblem::TooLarge { shrinkable: true, .. })
    ));
    assert!(matches!(
        disk.take_from(pixels(30, 20), limited(&media[3], 9_000), KEEP),
        Err(FileProblem::Unsupported {
            convertible: false,
            ..
        })
    ));
    for (width, height) in [(31, 20), (0, 0), (u32::MAX, u32::MAX), (600, 1)] {
        let taken = disk.take_from(pixels(width, height), media, KEEP);
        if (width, height) == (600, 1) {
            assert!(taken.is_ok());
        } else {
            assert!(
                matches!(taken, Err(FileProblem::BadPicture(_))),
                "{width} {height}"
            );
        }
    }
}

#[test]
fn a_file_taken_in_before_can_be_taken_in_again() {
    let disk = Disk::new();
    let media = solutek::CAPABILITIES.media;
    let first = disk
        .take(
            "Foto da loja.jpg",
            &picture(2_000, 100, ImageFormat::Jpeg),
            media,
            KEEP,
        )
        .unwrap();
    let path = first.file.path(&disk.media());
    let source = Source::Stored {
        path: &path,
        name: &first.file.name,
    };
    let second = disk.take_from(source, media, PictureChange::Smaller).unwrap();
    assert_eq!(
        (second.file.name.as_str(), second.pixels),
        ("Foto da loja.jpg", Some((1_600, 80)))
    );
    assert!(path.exists() && second.file.stored_name != first.file.stored_name);
}

#[cfg(target_os = "linux")]
#[test]
fn what_grows_while_it_is_copied_is_judged_by_its_copy() {
    // A file of the system that tells no length and still has content.
    let disk = Disk::new();
    let taken = disk
        .take_from(Source::Path(Path::new("/proc/cpuinfo")), devino::MEDIA, KEEP)
        .unwrap();
    assert_eq!(taken.file.name, "cpuinfo.txt");
    assert!(taken.file.bytes > 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn whatever_the_bytes_nothing_that_runs_is_taken(
        start in 0..40_usize, cut in 0..3_000_usize, bytes in proptest::collection::vec(any::<u8>(), 0..300),
        named in 0..12_usize, change in 0..3_usize
    ) {
        let names = ["a.jpg", "a.png", "a.webp", "a.pdf", "a.mp3", "a.docx", "a.txt", "a", "a.exe", "a.mp4", "a.doc", ".x"];
        let programs: [&[u8]; 6] = [b"MZ", b"\x7fELF", b"#!/bin/sh\n", b"<script>", b"[Desktop Entry]\n", b""];
        let all = samples();
        let front = all.get(start).map_or(programs[start % 6], |sample| &sample.bytes[..cut.min(sample.bytes.len())]);
        let bytes = [front, &bytes].concat();
        let change = [KEEP, PictureChange::Convert, PictureChange::Smaller][change];
        let disk = Disk::new();
        if let Ok(taken) = disk.take(names[named], &bytes, devino::MEDIA, change) {
            prop_assert!(devino::MEDIA.iter().any(|rule| rule.mime == taken.file.mime && rule.kind == taken.kind));
            prop_assert!(!runs::by_name(&taken.file.name));
            let kept = disk.bytes(&taken);
            let named = Name::read(&taken.file.name).kind;
            let found = sniff::what_is(&mut look::look_at(&kept), named);
            prop_assert!(matches!(found, Found::Kind(kind) if kind.mime == taken.file.mime), "{:?}", found);
        }
    }
}
