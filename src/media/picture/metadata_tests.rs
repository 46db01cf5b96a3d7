//! What photographs tell is gone, and what is seen on them stays, upright.

use super::super::kinds::of_extension;
use super::super::testing::{encoded, fields};
use super::*;
use image::{DynamicImage, ImageDecoder as _, ImageReader};
use std::io::Cursor;

/// Words and numbers that a photograph tells, none of which may be left: its camera, its place, its people.
const TOLD: &[&[u8]] = &[
    b"ACME Phone 12",
    b"A\0C\0M\0E\0",
    b"Maria da Silva",
    b"GPSLatitude",
    &[0, 0, 0, 23, 0, 0, 0, 1, 0, 0, 0, 33, 0, 0, 0, 1],
    b"Exif",
    b"xmpmeta",
    b"Photoshop 3.0",
    b"MPF\0",
    b"ftypmp42",
    b"eXIf",
    b"tEXt",
    b"tIME",
];

fn tells(bytes: &[u8]) -> Option<String> {
    let found = TOLD
        .iter()
        .find(|told| bytes.windows(told.len()).any(|part| part == **told));
    found.map(|told| String::from_utf8_lossy(told).into_owned())
}

/// A block of Exif with a camera, an orientation, a place (in degrees as fractions) and a small copy.
fn exif(orientation: u8) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [
            &tag.to_be_bytes()[..],
            &kind.to_be_bytes(),
            &count.to_be_bytes(),
            &value,
        ]
        .concat()
    };
    let mut bytes = b"MM\0*\0\0\0\x08\0\x04".to_vec();
    bytes.extend(entry(0x010f, 2, 14, 200_u32.to_be_bytes()));
    bytes.extend(entry(0x0112, 3, 1, [0, orientation, 0, 0]));
    bytes.extend(entry(0x8825, 4, 1, 100_u32.to_be_bytes()));
    bytes.extend(entry(0x9c9d, 1, 8, 220_u32.to_be_bytes()));
    bytes.extend([0, 0, 0, 0]);
    bytes.resize(100, 0);
    bytes.extend([0, 1]);
    bytes.extend(entry(2, 5, 3, 120_u32.to_be_bytes()));
    bytes.resize(120, 0);
    bytes.extend([0, 0, 0, 23, 0, 0, 0, 1, 0, 0, 0, 33, 0, 0, 0, 1]);
    bytes.resize(200, 0);
    bytes.extend(b"ACME Phone 12\0");
    bytes.resize(220, 0);
    bytes.extend(b"A\0C\0M\0E\0Maria da Silva\xff\xd8\xff\xd9");
    bytes
}

const XMP: &[u8] =
    b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf GPSLatitude='23,33' by='Maria da Silva'/></x:xmpmeta>";

/// A profile, as far as it is looked at here.
fn profile() -> Vec<u8> {
    let mut profile = vec![0; 140];
    profile[16..20].copy_from_slice(b"RGB ");
    profile[20..24].copy_from_slice(b"XYZ ");
    profile[36..40].copy_from_slice(b"acsp");
    profile
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], content].concat()
}

/// A JPEG that tells all it can, in every form.
fn talking_jpeg(picture: &DynamicImage, orientation: u8) -> Vec<u8> {
    let plain = encoded(picture, ImageFormat::Jpeg);
    let parts = [
        plain[..2].to_vec(),
        segment(0xe0, b"JFIF\0\x01\x02\0\0\x48\0\x48\x01\x01ACM"),
        segment(0xe0, b"JFXX\0\x10ACME Phone 12"),
        segment(0xe1, &[b"Exif\0\0", exif(orientation).as_slice()].concat()),
        segment(0xe1, XMP),
        segment(0xe2, b"MPF\0II*\0\x08\0\0\0"),
        segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", profile().as_slice()].concat()),
        segment(0xed, b"Photoshop 3.0\08BIM\x04\x04Maria da Silva"),
        segment(0xfe, b"Maria da Silva"),
        b"junk Maria da Silva".to_vec(),
        // Bytes that fill up before a marker.
        vec![0xff, 0xff],
        plain[2..].to_vec(),
        // A film behind the end.
        b"\0\0\0\x18ftypmp42 Maria da Silva \xff\xd8\xff\xe1".to_vec(),
    ];
    parts.concat()
}

fn talking_png(picture: &DynamicImage, orientation: u8) -> Vec<u8> {
    let plain = encoded(picture, ImageFormat::Png);
    let (head, rest) = plain.split_at(33);
    let end = rest.len() - 12;
    [
        head,
        &png::chunk(*b"pHYs", &[0, 0, 0x0b, 0x13, 0, 0, 0x0b, 0x13, 1]),
        &png::chunk(*b"tEXt", b"Author\0Maria da Silva"),
        &png::chunk(*b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta/>"),
        &png::chunk(*b"tIME", &[7, 234, 11, 21, 9, 0, 0]),
        &rest[..end],
        &png::chunk(*b"eXIf", &exif(orientation)),
        &png::chunk(*b"prVt", b"ACME Phone 12"),
        &rest[end..],
        b"ftypmp42 Maria da Silva",
    ]
    .concat()
}

fn talking_webp(picture: &DynamicImage, orientation: u8) -> Vec<u8> {
    let plain = encoded(picture, ImageFormat::WebP);
    let chunk = |kind: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len()).unwrap().to_le_bytes();
        let filled: &[u8] = if content.len() % 2 == 1 { &[0] } else { &[] };
        [kind.as_slice(), &length, content, filled].concat()
    };
    let side = |value: u32| (value - 1).to_le_bytes()[..3].to_vec();
    let head = [
        vec![0x20 | 0x08 | 0x04, 0, 0, 0],
        side(picture.width()),
        side(picture.height()),
    ]
    .concat();
    let body = [
        b"WEBP".to_vec(),
        chunk(b"VP8X", &head),
        chunk(b"ICCP", &profile()),
        plain[12..].to_vec(),
        chunk(b"EXIF", &exif(orientation)),
        chunk(b"XMP ", XMP),
        chunk(b"prvt", b"Maria da Silva"),
    ]
    .concat();
    let length = u32::try_from(body.len()).unwrap().to_le_bytes();
    [
        b"RIFF".to_vec(),
        length.to_vec(),
        body,
        b"ftypmp42 Maria da Silva".to_vec(),
    ]
    .concat()
}

type Talking = fn(&DynamicImage, u8) -> Vec<u8>;
const TALKING: &[(&str, Talking)] = &[
    ("jpg", talking_jpeg),
    ("png", talking_png),
    ("webp", talking_webp),
];

/// Cleans a picture; answers its bytes and the size that was told.
fn clean(extension: &str, bytes: &[u8]) -> (Vec<u8>, (u32, u32)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("picture");
    std::fs::write(&path, bytes).unwrap();
    let readable = readable(of_extension(extension).unwrap()).unwrap();
    let cleaned = readable.cleaned(&path, folder.path()).unwrap();
    (std::fs::read(cleaned.file.path()).unwrap(), cleaned.size)
}

/// Pixels as they are stored, whatever is told of turning them, and the profile.
fn stored(bytes: &[u8]) -> (DynamicImage, Option<Vec<u8>>) {
    let reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .unwrap();
    let mut decoder = reader.into_decoder().unwrap();
    let profile = decoder.icc_profile().unwrap();
    (DynamicImage::from_decoder(decoder).unwrap(), profile)
}

#[test]
fn nothing_told_is_left_and_every_pixel_stays() {
    for (extension, talking) in TALKING {
        let bytes = talking(&fields(48, 32), 1);
        assert!(tells(&bytes).is_some());
        let (cleaned, size) = clean(extension, &bytes);
        assert_eq!(tells(&cleaned), None, "{extension}");
        assert_eq!(size, (48, 32), "{extension}");
        let (before, after) = (stored(&bytes), stored(&cleaned));
        assert_eq!(before.0.as_bytes(), after.0.as_bytes(), "{extension}");
        if *extension != "png" {
            assert_eq!(after.1, Some(profile()), "{extension}");
        }
        // Cleaning what is clean changes nothing.
        assert_eq!(clean(extension, &cleaned).0, cleaned, "{extension}");
    }
}

/// How a picture must be stored so that it stands upright when it is turned as told.
fn laid_down(picture: &DynamicImage, orientation: u8) -> DynamicImage {
    let back = match Orientation::from_exif(orientation).unwrap() {
        Orientation::Rotate90 => Orientation::Rotate270,
        Orientation::Rotate270 => Orientation::Rotate90,
        same => same,
    };
    let mut picture = picture.clone();
    picture.apply_orientation(back);
    picture
}

#[test]
fn however_they_lie_they_end_upright() {
    let upright = fields(64, 48);
    for (extension, talking) in TALKING {
        for orientation in 1..=8 {
            let bytes = talking(&laid_down(&upright, orientation), orientation);
            let (cleaned, size) = clean(extension, &bytes);
            let shown = format!("{extension} {orientation}");
            assert_eq!((tells(&cleaned), size), (None, (64, 48)), "{shown}");
            let (after, after_profile) = stored(&cleaned);
            assert_eq!((after.width(), after.height()), (64, 48), "{shown}");
            let pairs = upright
                .to_rgb8()
                .into_raw()
                .into_iter()
                .zip(after.to_rgb8().into_raw());
            let farthest = pairs.map(|(one, other)| one.abs_diff(other)).max().unwrap();
            // JPEG is not exact.
            let allowed = if *extension == "jpg" { 24 } else { 0 };
            assert!(farthest <= allowed, "{shown}: {farthest}");
            if *extension != "png" {
                assert_eq!(after_profile, Some(profile()), "{shown}");
            }
        }
    }
}

#[test]
fn one_too_large_to_be_turned_keeps_only_the_note_that_it_lies() {
    let bytes = talking_jpeg(&fields(9_000, 16), 6);
    let (cleaned, size) = clean("jpg", &bytes);
    assert_eq!(size, (16, 9_000));
    let mut decoder = image::codecs::jpeg::JpegDecoder::new(Cursor::new(&cleaned)).unwrap();
    assert_eq!(decoder.orientation().unwrap(), Orientation::Rotate90);
    assert_eq!(decoder.exif_metadata().unwrap().unwrap().len(), 26);
    let left = cleaned.windows(4).filter(|part| *part == b"Exif").count();
    assert_eq!(left, 1);
    for told in TOLD.iter().filter(|told| **told != b"Exif") {
        assert!(!cleaned.windows(told.len()).any(|part| part == *told));
    }
    assert_eq!(stored(&bytes).0.as_bytes(), stored(&cleaned).0.as_bytes());
}

#[test]
fn a_profile_of_printing_colours_does_not_follow_pixels_of_a_screen() {
    let mut bytes = talking_jpeg(&fields(16, 16), 6);
    let at = bytes.windows(4).position(|part| part == b"RGB ").unwrap();
    bytes[at..at + 4].copy_from_slice(b"CMYK");
    assert_eq!(stored(&clean("jpg", &bytes).0).1, None);
}

#[test]
fn animated_pictures_stay_what_they_are() {
    // An animation's chunks in front of and behind the picture.
    let plain = encoded(&fields(8, 8), ImageFormat::Png);
    let (head, rest) = plain.split_at(33);
    let end = rest.len() - 12;
    let control = png::chunk(*b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0]);
    let frame = png::chunk(
        *b"fcTL",
        &[
            0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 10, 0, 0,
        ],
    );
    let animated = [head, &control, &frame, &rest[..end], &rest[end..]].concat();
    assert_eq!(clean("png", &animated).0, animated);
}
