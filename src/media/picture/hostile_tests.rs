//! Pictures that lie, end early, or are something else as well: refused in a word, never a panic, never much memory.

use super::super::kinds::of_extension;
use super::super::testing::{encoded, fields, picture, zip};
use super::*;
use proptest::prelude::*;
use std::time::{Duration, Instant};

const KINDS: &[(&str, ImageFormat)] = &[
    ("jpg", ImageFormat::Jpeg),
    ("png", ImageFormat::Png),
    ("webp", ImageFormat::WebP),
    ("gif", ImageFormat::Gif),
    ("bmp", ImageFormat::Bmp),
];

struct Tried {
    cleaned: Option<Result<Vec<u8>, FileProblem>>,
    decoded: Result<(u32, u32), FileProblem>,
}

fn try_all(extension: &str, bytes: &[u8]) -> Tried {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("picture");
    std::fs::write(&path, bytes).unwrap();
    let readable = readable(of_extension(extension).unwrap()).unwrap();
    let cleaned = readable.can_be_cleaned().then(|| {
        let cleaned = readable.cleaned(&path, folder.path());
        cleaned.map(|cleaned| std::fs::read(cleaned.file.path()).unwrap())
    });
    let decoded = readable
        .pixels(&path)
        .map(|pixels| (pixels.image.width(), pixels.image.height()));
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        1,
        "something is left"
    );
    Tried { cleaned, decoded }
}

#[test]
fn cut_off_anywhere_they_are_refused() {
    for (extension, format) in &KINDS[..3] {
        let whole = picture(16, 8, *format);
        assert!(try_all(extension, &whole).cleaned.unwrap().is_ok(), "{extension}");
        for length in 0..whole.len() {
            let tried = try_all(extension, &whole[..length]);
            let refused = matches!(tried.cleaned, Some(Err(FileProblem::BadPicture(_))));
            assert!(refused && tried.decoded.is_err(), "{extension} {length}");
        }
    }
}

#[test]
fn sizes_that_no_picture_has_are_refused() {
    let png = picture(8, 8, ImageFormat::Png);
    let sized = |width: u32, height: u32| {
        let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &png[24..29]].concat();
        [&png[..8], &png::chunk(*b"IHDR", &head), &png[33..]].concat()
    };
    for (width, height) in [(1, 1 << 31), (1 << 31, 1), (0, 8), (8, 0), (40_000, 40_000)] {
        let tried = try_all("png", &sized(width, height));
        let refused = matches!(tried.cleaned, Some(Err(FileProblem::BadPicture(_))));
        assert!(refused && tried.decoded.is_err(), "{width} {height}");
    }
    // One row that long is no more than a camera's picture has, but too long to be decoded.
    let long = try_all("png", &sized(100_000, 1));
    assert!(long.cleaned.is_some_and(|cleaned| cleaned.is_ok()) && long.decoded.is_err());
    let mut jpeg = picture(8, 8, ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|part| part == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
    let tried = try_all("jpg", &jpeg);
    assert!(tried.cleaned.unwrap().is_err() && tried.decoded.is_err());
    let mut gif = picture(8, 8, ImageFormat::Gif);
    gif[6..10].copy_from_slice(&[0xff; 4]);
    assert!(try_all("gif", &gif).decoded.is_err());
    let mut bmp = picture(8, 8, ImageFormat::Bmp);
    bmp[18..26].copy_from_slice(&[0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0]);
    assert!(try_all("bmp", &bmp).decoded.is_err());
}

/// An animation of so many frames, each the whole picture.
fn animation(frames: usize, side: u32) -> Vec<u8> {
    let still = picture(8, 8, ImageFormat::WebP);
    let chunk = |kind: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len()).unwrap().to_le_bytes();
        [kind.as_slice(), &length, content].concat()
    };
    let side = (side - 1).to_le_bytes()[..3].to_vec();
    let head = [vec![0x02, 0, 0, 0], side.clone(), side].concat();
    let frame_head = [&[0; 6][..], &[7, 0, 0], &[7, 0, 0], &[10, 0, 0], &[0]].concat();
    let frame = chunk(b"ANMF", &[frame_head, still[12..].to_vec()].concat());
    let body = [
        b"WEBP".to_vec(),
        chunk(b"VP8X", &head),
        chunk(b"ANIM", &[0; 6]),
        frame.repeat(frames),
    ]
    .concat();
    let length = u32::try_from(body.len()).unwrap().to_le_bytes();
    [b"RIFF".to_vec(), length.to_vec(), body].concat()
}

#[test]
fn animations_cost_no_more_than_a_picture() {
    let few = try_all("webp", &animation(3, 8));
    assert_eq!(few.decoded, Ok((8, 8)));
    assert_eq!(few.cleaned.unwrap().unwrap(), animation(3, 8));
    let start = Instant::now();
    let many = try_all("webp", &animation(100_000, 8));
    assert!(matches!(many.cleaned, Some(Err(FileProblem::BadPicture(_)))));
    assert!(many.decoded.is_err());
    // A stage that no memory holds.
    assert!(try_all("webp", &animation(2, 1 << 24)).decoded.is_err());
    assert!(start.elapsed() < Duration::from_secs(20));
    // A GIF is its first frame.
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    encoder
        .encode_frames((0..500).map(|_| image::Frame::new(fields(8, 8).into_rgba8())))
        .unwrap();
    drop(encoder);
    assert_eq!(try_all("gif", &bytes).decoded, Ok((8, 8)));
}

#[test]
fn what_hangs_behind_the_end_goes() {
    let tail = zip(&[("META-INF/MANIFEST.MF", "x"), ("A.class", "x")]);
    for (extension, format) in &KINDS[..3] {
        let whole = picture(16, 8, *format);
        let cleaned = try_all(extension, &[whole.clone(), tail.clone()].concat())
            .cleaned
            .unwrap()
            .unwrap();
        assert!(
            !cleaned.windows(4).any(|part| part == b"PK\x03\x04"),
            "{extension}"
        );
    }
}

#[test]
fn parts_out_of_order_are_refused() {
    let png = picture(8, 8, ImageFormat::Png);
    let (head, rest) = (&png[8..33], &png[33..]);
    let end = rest.len() - 12;
    let table: &[Vec<u8>] = &[
        // No head, two heads, no pixels, an unknown part that is needed, a damaged part.
        [&png[..8], rest].concat(),
        [&png[..33], head, rest].concat(),
        [&png[..33], &rest[end..]].concat(),
        [&png[..33], &png::chunk(*b"ABCD", b"x"), rest].concat(),
        [&png[..40], &[0x55], &png[41..]].concat(),
    ];
    for (index, bytes) in table.iter().enumerate() {
        assert!(try_all("png", bytes).cleaned.unwrap().is_err(), "{index}");
    }
    let jpeg = encoded(&fields(8, 8), ImageFormat::Jpeg);
    let scan = jpeg.windows(2).position(|part| part == [0xff, 0xda]).unwrap();
    let frame = jpeg.windows(2).position(|part| part == [0xff, 0xc0]).unwrap();
    let table: &[Vec<u8>] = &[
        b"\xff\xd8\xff\xd9".to_vec(),
        [&jpeg[..scan], b"\xff\xd9"].concat(),
        [&jpeg[..2], &jpeg[scan..]].concat(),
        [&jpeg[..frame + 19], &jpeg[frame..]].concat(),
        [&jpeg[..2], b"\xff\xe1\0\x01", &jpeg[2..]].concat(),
    ];
    for (index, bytes) in table.iter().enumerate() {
        assert!(try_all("jpg", bytes).cleaned.unwrap().is_err(), "{index}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn damaged_anywhere_they_never_panic(
        kind in 0..5_usize, damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)
    ) {
        let (extension, format) = KINDS[kind];
        let mut bytes = picture(16, 8, format);
        for (at, value) in damage {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let tried = try_all(extension, &bytes);
        if let Some(Ok(cleaned)) = tried.cleaned {
            // What was cleaned once is whole.
            prop_assert!(try_all(extension, &cleaned).cleaned.is_some_and(|again| again.is_ok()));
        }
    }
}
