//! Pairing codes: what a phone would read, and the picture of it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::{GrayImage, ImageFormat, Luma};
use qrcode::{Color, EcLevel, QrCode};
use rand::RngExt;
use rand::rngs::StdRng;
use std::io::Cursor;

/// Pixels of one module.
const MODULE_PIXELS: u32 = 5;
/// Light modules around the code, as the QR standard asks for.
const QUIET_ZONE_MODULES: u32 = 4;

/// A text in the shape of a linked-device code: a reference and two public keys, all random.
pub(super) fn pairing_text(random: &mut StdRng) -> String {
    let mut reference = [0_u8; 96];
    let mut noise_key = [0_u8; 32];
    let mut identity_key = [0_u8; 32];
    random.fill(&mut reference);
    random.fill(&mut noise_key);
    random.fill(&mut identity_key);
    format!(
        "2@{},{},{}",
        STANDARD.encode(reference),
        STANDARD.encode(noise_key),
        STANDARD.encode(identity_key)
    )
}

/// The picture of a code as base64 of a PNG; `None` only if the text is too long for any QR code.
pub(super) fn picture_base64(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let modules = u32::try_from(code.width()).ok()?;
    let side = (modules + 2 * QUIET_ZONE_MODULES) * MODULE_PIXELS;
    let colors = code.to_colors();
    let picture = GrayImage::from_fn(side, side, |x, y| {
        let module = |pixel: u32| (pixel / MODULE_PIXELS).checked_sub(QUIET_ZONE_MODULES);
        let dark = match (module(x), module(y)) {
            (Some(column), Some(row)) if column < modules && row < modules => {
                colors.get((row * modules + column) as usize) == Some(&Color::Dark)
            }
            _ => false,
        };
        Luma([if dark { 0 } else { 255 }])
    });
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png).ok()?;
    Some(STANDARD.encode(png.into_inner()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn codes_differ_follow_the_seed_and_can_be_read() {
        let mut random = StdRng::seed_from_u64(7);
        let (first, second) = (pairing_text(&mut random), pairing_text(&mut random));
        assert_ne!(first, second);
        assert_eq!(first, pairing_text(&mut StdRng::seed_from_u64(7)));
        let png = STANDARD.decode(picture_base64(&first).unwrap()).unwrap();
        let picture = image::load_from_memory(&png).unwrap().to_luma8();
        let mut prepared = rqrr::PreparedImage::prepare(picture);
        let grids = prepared.detect_grids();
        assert_eq!(grids.len(), 1);
        assert_eq!(grids[0].decode().unwrap().1, first);
    }
}
