//! Reading the picture of a pairing code, so that it can be drawn again sharp at any size.

use crate::domain::pairing::PairingCode;
use image::{DynamicImage, GenericImageView, GrayImage, ImageFormat, ImageReader, Limits};
use std::io::Cursor;
use std::sync::Arc;

/// Longest side of a picture that is looked at, in pixels.
const SIDE_MAX: u32 = 8_192;
/// Memory that decoding may take, in bytes.
const MEMORY_MAX: u64 = 128 * 1024 * 1024;
/// A picture that is no QR code is shown as it came, but not larger than this.
const SHOWN_MAX: u32 = 1_024;

/// Reads a picture: its QR code if it holds one, else the picture itself; `None` if it is no picture (of a kind that
/// is allowed, and of a sane size). Takes up to some tens of milliseconds.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<PairingCode> {
    let picture = open(bytes)?;
    // Onto white first: in a picture with a transparent ground the pixels below are often black.
    let gray = on_white(&picture);
    if let Some(code) = modules(&gray) {
        return Some(code);
    }
    let mut inverted = gray.clone();
    image::imageops::invert(&mut inverted);
    if let Some(code) = modules(&inverted) {
        return Some(code);
    }
    if gray.width().max(gray.height()) <= 1_024 {
        let (width, height) = gray.dimensions();
        let double =
            image::imageops::resize(&gray, width * 2, height * 2, image::imageops::FilterType::Nearest);
        if let Some(code) = modules(&double) {
            return Some(code);
        }
    }
    let shown = if picture.width().max(picture.height()) > SHOWN_MAX {
        picture.thumbnail(SHOWN_MAX, SHOWN_MAX)
    } else {
        picture
    };
    let (width, height) = shown.dimensions();
    Some(PairingCode::Picture {
        width: usize::try_from(width).ok()?,
        height: usize::try_from(height).ok()?,
        rgba: Arc::from(shown.into_rgba8().into_raw()),
    })
}

fn open(bytes: &[u8]) -> Option<DynamicImage> {
    let format = image::guess_format(bytes).ok()?;
    if !matches!(
        format,
        ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Gif | ImageFormat::WebP
    ) {
        return None;
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    reader.decode().ok()
}

fn on_white(picture: &DynamicImage) -> GrayImage {
    let rgba = picture.to_rgba8();
    GrayImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [red, green, blue, alpha] = rgba.get_pixel(x, y).0.map(u32::from);
        let luma = (red * 299 + green * 587 + blue * 114) / 1_000;
        let over = (luma * alpha + 255 * (255 - alpha)) / 255;
        image::Luma([u8::try_from(over).unwrap_or(u8::MAX)])
    })
}

/// Finds the code, reads its content, and makes the same code anew: at the same size and with the same error
/// correction where that is possible, so that it looks the same to the eye.
fn modules(gray: &GrayImage) -> Option<PairingCode> {
    let mut prepared = rqrr::PreparedImage::prepare(gray.clone());
    for grid in prepared.detect_grids() {
        let mut content = Vec::new();
        let Ok(meta) = grid.decode_to(&mut content) else {
            continue;
        };
        let level = match meta.ecc_level {
            // The two bits of the format information, as the standard assigns them.
            0 => qrcode::EcLevel::M,
            1 => qrcode::EcLevel::L,
            2 => qrcode::EcLevel::H,
            _ => qrcode::EcLevel::Q,
        };
        let version = i16::try_from(meta.version.0).ok().map(qrcode::Version::Normal)?;
        let code = qrcode::QrCode::with_version(&content, version, level)
            .or_else(|_| qrcode::QrCode::with_error_correction_level(&content, level))
            .ok()?;
        let dark: Vec<bool> = code
            .to_colors()
            .into_iter()
            .map(|color| color == qrcode::Color::Dark)
            .collect();
        return Some(PairingCode::Modules {
            width: code.width(),
            dark: Arc::from(dark),
        });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(picture: &DynamicImage) -> Vec<u8> {
        let mut bytes = Vec::new();
        picture
            .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
            .unwrap();
        bytes
    }

    fn drawn(content: &str, scale: u32, quiet: u32, dark: u8, light: u8) -> GrayImage {
        let code = qrcode::QrCode::new(content).unwrap();
        let width = u32::try_from(code.width()).unwrap();
        let colors = code.to_colors();
        GrayImage::from_fn(
            (width + 2 * quiet) * scale,
            (width + 2 * quiet) * scale,
            |x, y| {
                let (x, y) = ((x / scale).wrapping_sub(quiet), (y / scale).wrapping_sub(quiet));
                let is_dark =
                    x < width && y < width && colors[(y * width + x) as usize] == qrcode::Color::Dark;
                image::Luma([if is_dark { dark } else { light }])
            },
        )
    }

    fn read_back(code: &PairingCode) -> String {
        let PairingCode::Modules { width, dark } = code else {
            panic!("not decoded: {code:?}")
        };
        let mut grid =
            rqrr::PreparedImage::prepare_from_greyscale((*width + 8) * 4, (*width + 8) * 4, |x, y| {
                let (x, y) = ((x / 4).wrapping_sub(4), (y / 4).wrapping_sub(4));
                if x < *width && y < *width && dark[y * width + x] {
                    0
                } else {
                    255
                }
            });
        grid.detect_grids()[0].decode().unwrap().1
    }

    #[test]
    fn codes_are_read_and_mean_the_same_when_drawn_again() {
        let content = "2@Zk9vQm1x+/=,aGVsbG8gd29ybGQ=,c2VjcmV0,MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=";
        for (scale, quiet, dark, light) in [(8, 4, 0, 255), (3, 4, 40, 220), (1, 4, 0, 255), (6, 4, 255, 0)] {
            let picture = DynamicImage::ImageLuma8(drawn(content, scale, quiet, dark, light));
            let code = decode(&png(&picture)).unwrap();
            assert_eq!(
                read_back(&code),
                content,
                "scale {scale}, quiet {quiet}, dark {dark}"
            );
        }
    }

    #[test]
    fn a_transparent_ground_is_white() {
        let gray = drawn("recado", 6, 4, 0, 255);
        let rgba = image::RgbaImage::from_fn(gray.width(), gray.height(), |x, y| {
            image::Rgba([0, 0, 0, 255 - gray.get_pixel(x, y).0[0]])
        });
        let code = decode(&png(&DynamicImage::ImageRgba8(rgba))).unwrap();
        assert_eq!(read_back(&code), "recado");
    }

    #[test]
    fn a_picture_without_a_code_is_shown_as_it_came() {
        let plain = DynamicImage::new_rgb8(30, 20);
        assert!(matches!(
            decode(&png(&plain)),
            Some(PairingCode::Picture {
                width: 30,
                height: 20,
                ..
            })
        ));
        let large = DynamicImage::new_rgb8(3_000, 30);
        assert!(matches!(
            decode(&png(&large)),
            Some(PairingCode::Picture { width: 1_024, .. })
        ));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let good = png(&DynamicImage::ImageLuma8(drawn("recado", 4, 4, 0, 255)));
        let mut bomb = good.clone();
        // Width and height in the PNG header, claimed to be 2^31 - 1; the checksum no longer fits either.
        bomb[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>"#;
        for bytes in [&b""[..], b"<html>", svg, &bomb, &good[..good.len() / 2]] {
            assert_eq!(decode(bytes), None);
        }
        for end in 0..good.len() {
            let _ = decode(&good[..end]);
        }
    }
}
