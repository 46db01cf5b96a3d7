//! Makes a glyph out of a picture.

use super::pack;
use egui::epaint::text::{GlyphBitmap, GlyphRasterizerRequest, RasterizedGlyph, has_emoji_presentation};
use egui::{Color32, ColorImage, vec2};
use image::imageops::{self, FilterType};
use image::{ImageBuffer, ImageFormat, Rgba};

/// How high and wide an emoji is, as a share of the font size.
const SIZE: f32 = 1.2;
/// The middle of an emoji over the baseline, as a share of the font size: that of Inter's capitals.
const MIDDLE: f32 = 0.364;
/// Free on each side, as a share of the font size.
const MARGIN: f32 = 0.06;

/// The glyph of a cluster, if it is an emoji to be shown in colour.
pub(super) fn rasterize(request: &GlyphRasterizerRequest<'_>) -> Option<RasterizedGlyph> {
    // Almost everything that is asked for is a letter.
    if request.cluster.len() < 3 || !has_emoji_presentation(request.cluster) {
        return None;
    }
    let png = pack::png(request.cluster)?;
    let size = (request.font_size_px * SIZE).round().clamp(1.0, 256.0);
    let image = scaled(png, size as u32)?;
    let margin = (request.font_size_px * MARGIN).round();
    let top = (request.font_size_px * -MIDDLE - size / 2.0).round();
    Some(RasterizedGlyph {
        bitmap: GlyphBitmap {
            image,
            offset_px: vec2(margin, top),
            is_color: true,
        },
        advance_px: size + 2.0 * margin,
    })
}

/// The picture at `side` × `side` pixels. Scaled with its alpha multiplied in, so that no dark rim comes from what is
/// transparent.
fn scaled(png: &[u8], side: u32) -> Option<ColorImage> {
    let picture = image::load_from_memory_with_format(png, ImageFormat::Png)
        .ok()?
        .into_rgba8();
    let premultiplied = ImageBuffer::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0.map(|value| f32::from(value) / 255.0);
        Rgba([red * alpha, green * alpha, blue * alpha, alpha])
    });
    let small = imageops::resize(&premultiplied, side, side, FilterType::CatmullRom);
    let pixels = small.pixels().map(|pixel| premultiplied_color(pixel.0)).collect();
    let side = usize::try_from(side).ok()?;
    Some(ColorImage::new([side, side], pixels))
}

#[allow(
    clippy::disallowed_methods,
    reason = "pixels of a picture, not a choice of colour"
)]
fn premultiplied_color(channels: [f32; 4]) -> Color32 {
    let [red, green, blue, alpha] = channels.map(|value| value * 255.0);
    let alpha = alpha.round().clamp(0.0, 255.0);
    // Sharpening can lift a colour above its alpha.
    let channel = |value: f32| value.round().clamp(0.0, alpha) as u8;
    Color32::from_rgba_premultiplied(channel(red), channel(green), channel(blue), alpha as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::emoji::ALL;
    use egui::FontFamily;
    use unicode_segmentation::UnicodeSegmentation;

    fn glyph(cluster: &str, font_size_px: f32) -> Option<RasterizedGlyph> {
        rasterize(&GlyphRasterizerRequest {
            cluster,
            family: &FontFamily::Proportional,
            font_size_px,
            subpixel_offset_px: 0.0,
        })
    }

    #[test]
    fn every_emoji_of_the_list_has_a_picture() {
        for emoji in ALL.iter() {
            assert!(
                has_emoji_presentation(emoji.text),
                "{} is not shown in colour",
                emoji.text
            );
            let png = pack::png(emoji.text);
            let picture = png.and_then(|png| image::load_from_memory_with_format(png, ImageFormat::Png).ok());
            assert!(picture.is_some(), "{} has no picture", emoji.text);
        }
    }

    #[test]
    fn clusters_that_are_emoji_come_in_colour() {
        for text in [
            "👨‍👩‍👧",
            "🇧🇷",
            "👍🏽",
            "1️⃣",
            "❤️",
            "😀",
            "🙏",
            "👋",
            "✨",
            "🏳️‍🌈",
            "👩🏿‍🚀",
            "❤️‍🔥",
        ] {
            assert_eq!(text.graphemes(true).count(), 1, "{text}");
            let glyph = glyph(text, 14.0).unwrap_or_else(|| panic!("{text} has no glyph"));
            assert!(glyph.bitmap.is_color);
            assert_eq!(glyph.bitmap.image.size, [17, 17], "{text}");
            let colored = glyph
                .bitmap
                .image
                .pixels
                .iter()
                .filter(|pixel| pixel.a() > 128)
                .count();
            assert!(colored > 60, "{text}: {colored}");
        }
        assert_eq!(glyph("😀", 28.0).unwrap().bitmap.image.size, [34, 34]);
    }

    #[test]
    fn text_stays_text() {
        for cluster in "ação 1 # © ® ™ → ✓ ♥ 日本 ❤\u{fe0e} 😀\u{fe0e} *".graphemes(true) {
            assert!(glyph(cluster, 14.0).is_none(), "{cluster:?}");
        }
    }
}
