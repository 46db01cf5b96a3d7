//! Makes pixels out of a picture that came from outside: within limits, upright, no larger than it is shown.

use egui::ColorImage;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits};
use std::io::{BufRead, BufReader, Cursor, Seek};
use std::path::PathBuf;
use std::sync::Arc;

/// Longest side that is decoded, in pixels.
pub const SIDE_MAX: u32 = 8_192;
/// What decoding may take, in bytes.
pub const MEMORY_MAX: u64 = 128 * 1024 * 1024;

/// Where the encoded picture is.
#[derive(Debug, Clone)]
pub enum Source {
    /// In a file.
    File(PathBuf),
    /// In memory (a small one).
    Memory(Arc<[u8]>),
}

/// A decoded picture.
#[derive(Debug)]
pub struct Decoded {
    /// Its pixels, perhaps fewer than it has.
    pub image: ColorImage,
    /// How large it is, upright, in pixels.
    pub size: [u32; 2],
}

/// Decodes a picture, no side of it longer than `side`. `None` for whatever cannot be shown: what it is not good for is
/// the same to a person.
pub fn decode(source: &Source, side: u32) -> Option<Decoded> {
    match source {
        Source::File(path) => read(BufReader::new(std::fs::File::open(path).ok()?), side),
        Source::Memory(bytes) => read(Cursor::new(bytes), side),
    }
}

fn read(reader: impl BufRead + Seek, side: u32) -> Option<Decoded> {
    let mut reader = ImageReader::new(reader).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    // Not every decoder keeps to the limit itself.
    if decoder.total_bytes() > MEMORY_MAX {
        return None;
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    let (width, height) = (picture.width(), picture.height());
    if width == 0 || height == 0 {
        return None;
    }
    let side = side.max(1);
    if width > side || height > side {
        // Twice the size first, cheaply: the fine filter looks at every pixel it is given.
        if width / 4 > side || height / 4 > side {
            picture = picture.thumbnail(side * 2, side * 2);
        }
        picture = picture.resize(side, side, FilterType::CatmullRom);
    }
    picture.apply_orientation(orientation);
    let turned = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let pixels = picture.into_rgba8();
    let shown = [pixels.width() as usize, pixels.height() as usize];
    Some(Decoded {
        image: ColorImage::from_rgba_unmultiplied(shown, pixels.as_raw()),
        size: if turned { [height, width] } else { [width, height] },
    })
}

/// The size of a small picture in memory, by its head alone.
#[must_use]
pub fn size_of(bytes: &[u8]) -> Option<[u32; 2]> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let (width, height) = reader.into_dimensions().ok()?;
    (width > 0 && height > 0 && width <= SIDE_MAX && height <= SIDE_MAX).then_some([width, height])
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, RgbImage};

    fn encoded(width: u32, height: u32, format: ImageFormat) -> Arc<[u8]> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = RgbImage::from_fn(width, height, |x, _| image::Rgb([(x % 256) as u8, 90, 40]));
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner().into()
    }

    #[test]
    fn every_kind_that_phones_send_is_read_and_made_small() {
        for format in [
            ImageFormat::Png,
            ImageFormat::Jpeg,
            ImageFormat::WebP,
            ImageFormat::Gif,
        ] {
            let bytes = encoded(300, 200, format);
            assert_eq!(size_of(&bytes), Some([300, 200]));
            let decoded = decode(&Source::Memory(bytes), 150).unwrap();
            assert_eq!(
                (decoded.size, decoded.image.size),
                ([300, 200], [150, 100]),
                "{format:?}"
            );
        }
    }

    #[test]
    fn what_lies_on_its_side_is_turned() {
        let jpeg = encoded(60, 40, ImageFormat::Jpeg);
        // An Exif block with one entry: orientation 6, a quarter turn.
        let exif: &[u8] = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        let turned = [&jpeg[..2], &[0xff, 0xe1], &length, exif, &jpeg[2..]].concat();
        let decoded = decode(&Source::Memory(turned.into()), 30).unwrap();
        assert_eq!((decoded.size, decoded.image.size), ([40, 60], [20, 30]));
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_not_shown() {
        let broken: Arc<[u8]> = encoded(300, 200, ImageFormat::Png)[..400].into();
        assert!(decode(&Source::Memory(broken), 100).is_none());
        assert!(decode(&Source::Memory(Arc::from(&b"%PDF-1.7"[..])), 100).is_none());
        assert!(decode(&Source::File("/no/such/file".into()), 100).is_none());
        // A head that tells of more pixels than may be decoded.
        let mut huge = encoded(8, 8, ImageFormat::Png).to_vec();
        huge[16..20].copy_from_slice(&40_000_u32.to_be_bytes());
        assert!(size_of(&huge).is_none());
        assert!(decode(&Source::Memory(huge.into()), 100).is_none());
    }
}
