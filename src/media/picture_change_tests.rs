//! Pictures through [`take_in`]: converted, made smaller, and from the clipboard.

use super::testing::{Disk, encoded, fields, limited, mp3, sample};
use super::*;
use crate::gateway::solutek;
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};

const KEEP: PictureChange = PictureChange::Keep;

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
