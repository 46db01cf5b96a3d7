//! Files of every kind through [`take_in`], against every row of the three gateways' tables.

use super::testing::{Disk, limited, picture, sample, samples, zip};
use super::*;
use crate::gateway::{decision_telecom, devino, solutek};
use image::ImageFormat;
use proptest::prelude::*;
use std::fs::File;

/// What the gateways take.
fn tables() -> [(&'static str, &'static [MediaRule]); 3] {
    [
        ("Solutek", solutek::CAPABILITIES.media),
        ("Devino", devino::MEDIA),
        ("DecisionTelecom", decision_telecom::MEDIA),
    ]
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
