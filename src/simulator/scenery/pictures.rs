//! The pictures people send, drawn.

use super::canvas::Canvas;
use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ImageEncoder as _, ImageResult, RgbImage};
use std::sync::OnceLock;

/// Of the whole pictures, in pixels.
const WIDTH: u32 = 800;
const HEIGHT: u32 = 600;
/// Of the small ones, in pixels.
const THUMBNAIL_WIDTH: u32 = 96;
const THUMBNAIL_HEIGHT: u32 = 72;

/// What is to be seen on a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// An armchair and a lamp by a window.
    LivingRoom,
    /// A shop with an awning, in the evening.
    Street,
    /// Hills and a low sun.
    Hills,
    /// A cake with candles.
    Cake,
}

impl Scene {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::LivingRoom, Self::Street, Self::Hills, Self::Cake];
}

/// A drawn picture and its small copy.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// The file.
    pub file: Bytes,
    /// A small JPEG of it.
    pub thumbnail: Bytes,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// A scene as JPEG. Drawn once in the life of the process.
#[must_use]
pub fn jpeg(scene: Scene) -> Drawing {
    static DRAWN: [OnceLock<Drawing>; 4] = [const { OnceLock::new() }; 4];
    DRAWN[scene as usize]
        .get_or_init(|| drawing(&draw(scene, WIDTH, HEIGHT), scene, write_jpeg))
        .clone()
}

/// A scene as PNG, a quarter as large.
#[must_use]
pub fn png(scene: Scene) -> Drawing {
    drawing(&draw(scene, WIDTH / 2, HEIGHT / 2), scene, |image, out| {
        PngEncoder::new(out).write_image(
            image.as_raw(),
            image.width(),
            image.height(),
            image::ExtendedColorType::Rgb8,
        )
    })
}

/// A small map with a pin, as JPEG.
#[must_use]
pub fn map_thumbnail() -> Bytes {
    static DRAWN: OnceLock<Bytes> = OnceLock::new();
    DRAWN.get_or_init(|| encoded(&map(), write_jpeg)).clone()
}

fn drawing(
    image: &RgbImage,
    scene: Scene,
    write: impl Fn(&RgbImage, &mut Vec<u8>) -> ImageResult<()>,
) -> Drawing {
    Drawing {
        file: encoded(image, write),
        thumbnail: encoded(&draw(scene, THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT), write_jpeg),
        width: image.width(),
        height: image.height(),
    }
}

fn write_jpeg(image: &RgbImage, out: &mut Vec<u8>) -> ImageResult<()> {
    JpegEncoder::new_with_quality(out, 82).encode_image(image)
}

/// Writing into memory fails only for pictures larger than these.
fn encoded(image: &RgbImage, write: impl Fn(&RgbImage, &mut Vec<u8>) -> ImageResult<()>) -> Bytes {
    let mut out = Vec::new();
    if let Err(error) = write(image, &mut out) {
        tracing::warn!(%error, "a drawn picture cannot be written");
        out.clear();
    }
    Bytes::from(out)
}

fn draw(scene: Scene, width: u32, height: u32) -> RgbImage {
    match scene {
        Scene::LivingRoom => living_room(width, height),
        Scene::Street => street(width, height),
        Scene::Hills => hills(width, height),
        Scene::Cake => cake(width, height),
    }
    .into_image()
}

fn living_room(width: u32, height: u32) -> Canvas {
    let mut board = Canvas::new(width, height, 0xf3e7d3, 0xe9d7ba);
    board.rectangle([0.0, 0.74, 1.4, 1.0], 0.0, 0xb98c5e);
    board.rectangle([0.0, 0.735, 1.4, 0.755], 0.0, 0xfbf5ea);
    // The window.
    board.rectangle([0.12, 0.10, 0.56, 0.52], 0.012, 0xfffaf0);
    board.rectangle([0.145, 0.125, 0.535, 0.495], 0.004, 0x9fcbe0);
    board.disc(0.44, 0.22, 0.045, 0xfde9a9);
    board.ellipse(0.245, 0.49, 0.095, 0.075, 0x7fae7a);
    board.ellipse(0.42, 0.50, 0.11, 0.06, 0x5f9468);
    board.rectangle([0.12, 0.495, 0.56, 0.53], 0.006, 0xfffaf0);
    board.rectangle([0.332, 0.125, 0.348, 0.495], 0.0, 0xfffaf0);
    // The rug.
    board.ellipse(0.82, 0.90, 0.44, 0.075, 0xd9b48a);
    board.ellipse(0.82, 0.90, 0.40, 0.062, 0xe8cba6);
    // The armchair.
    for x in [0.64, 0.98] {
        board.line((x, 0.80), (x, 0.90), 0.024, 0x6b4a2f);
    }
    board.rectangle([0.62, 0.36, 1.00, 0.80], 0.09, 0x2f6f66);
    board.rectangle([0.66, 0.42, 0.96, 0.66], 0.06, 0x3c8479);
    board.rectangle([0.64, 0.62, 0.98, 0.76], 0.04, 0x4b978b);
    board.rectangle([0.56, 0.54, 0.67, 0.82], 0.05, 0x29625a);
    board.rectangle([0.95, 0.54, 1.06, 0.82], 0.05, 0x29625a);
    board.rectangle([0.72, 0.46, 0.90, 0.63], 0.03, 0xe2a24d);
    // The lamp.
    board.line((1.19, 0.42), (1.19, 0.90), 0.014, 0x4a4038);
    board.ellipse(1.19, 0.905, 0.07, 0.016, 0x4a4038);
    board.disc(1.19, 0.36, 0.15, 0xf7e3b4);
    board.rectangle([1.11, 0.27, 1.27, 0.43], 0.03, 0xf2c56b);
    board
}

fn street(width: u32, height: u32) -> Canvas {
    let mut board = Canvas::new(width, height, 0x2b3a67, 0xe59a6f);
    board.disc(1.24, 0.13, 0.055, 0xfbf1cf);
    board.rectangle([0.0, 0.24, 0.16, 0.86], 0.0, 0x5c4a63);
    board.rectangle([1.18, 0.30, 1.40, 0.86], 0.0, 0x6a4c5f);
    board.rectangle([0.16, 0.20, 1.18, 0.86], 0.0, 0xe8cfae);
    board.rectangle([0.16, 0.18, 1.18, 0.215], 0.0, 0x8d5b45);
    for x in [0.30, 0.60, 0.90] {
        board.rectangle([x, 0.25, x + 0.14, 0.37], 0.008, 0xf9dd8f);
        board.rectangle([x + 0.066, 0.25, x + 0.074, 0.37], 0.0, 0x8d5b45);
    }
    // The shop window, the door and what stands inside.
    board.rectangle([0.22, 0.53, 0.80, 0.80], 0.008, 0x5a3c32);
    board.rectangle([0.235, 0.545, 0.785, 0.785], 0.004, 0xfbe7b2);
    for (x, ink) in [
        (0.32, 0xb5533c),
        (0.45, 0x2f6f66),
        (0.58, 0xd99a3d),
        (0.70, 0x7a5a8c),
    ] {
        board.rectangle([x - 0.045, 0.68, x + 0.045, 0.785], 0.02, ink);
        board.disc(x, 0.66, 0.03, ink);
    }
    board.rectangle([0.88, 0.52, 1.08, 0.86], 0.008, 0x5a3c32);
    board.rectangle([0.905, 0.545, 1.055, 0.76], 0.004, 0xfbe7b2);
    board.disc(1.045, 0.80, 0.009, 0xe8cfae);
    // The awning.
    for stripe in 0..9_u8 {
        let left = 0.19 + 0.107 * f32::from(stripe);
        let ink = if stripe % 2 == 0 { 0xc4452f } else { 0xfaf0e0 };
        board.rectangle([left, 0.42, left + 0.107, 0.50], 0.0, ink);
        board.disc(left + 0.0535, 0.50, 0.0535, ink);
    }
    board.rectangle([0.0, 0.86, 1.4, 1.0], 0.0, 0x4b4453);
    board.rectangle([0.0, 0.86, 1.4, 0.885], 0.0, 0x8a7f86);
    board
}

fn hills(width: u32, height: u32) -> Canvas {
    let mut board = Canvas::new(width, height, 0x6fa8c9, 0xfbd9a5);
    board.disc(0.92, 0.44, 0.16, 0xfce6b8);
    board.disc(0.92, 0.44, 0.115, 0xfff3d6);
    for (x, y) in [
        (0.26, 0.18),
        (0.36, 0.16),
        (0.45, 0.19),
        (1.05, 0.15),
        (1.14, 0.13),
    ] {
        board.ellipse(x, y, 0.09, 0.035, 0xfdf6ea);
    }
    board.hill(|x| 0.56 - 0.07 * (x * 4.1).sin(), 0x9ab7a3);
    board.hill(|x| 0.66 - 0.06 * (x * 5.3 + 1.4).sin(), 0x6b9678);
    board.hill(|x| 0.78 - 0.05 * (x * 3.7 + 2.6).sin(), 0x467a58);
    for (x, y) in [(0.20, 0.78), (0.28, 0.80), (1.10, 0.77)] {
        board.line((x, y), (x, y + 0.09), 0.014, 0x5b4331);
        board.disc(x, y - 0.03, 0.05, 0x2f5d43);
    }
    board
}

fn cake(width: u32, height: u32) -> Canvas {
    let mut board = Canvas::new(width, height, 0xf9dfe0, 0xf4c9c4);
    for (x, y, ink) in [
        (0.15, 0.20, 0xf2b45f),
        (0.32, 0.12, 0x7fb3a8),
        (1.02, 0.14, 0xe58f87),
        (1.20, 0.24, 0x9c8fc0),
    ] {
        board.line((x, y + 0.08), (x + 0.02, y + 0.42), 0.005, 0xb9958f);
        board.ellipse(x, y, 0.075, 0.095, ink);
    }
    board.rectangle([0.0, 0.78, 1.4, 1.0], 0.0, 0xd9a679);
    board.ellipse(0.67, 0.80, 0.46, 0.06, 0xfffaf3);
    board.rectangle([0.33, 0.54, 1.01, 0.80], 0.03, 0x8a5236);
    board.rectangle([0.33, 0.645, 1.01, 0.685], 0.0, 0xfbeedd);
    board.rectangle([0.33, 0.50, 1.01, 0.59], 0.04, 0xfff6ec);
    for drip in 0..7_u8 {
        let x = 0.38 + 0.097 * f32::from(drip);
        let long = if drip % 2 == 0 { 0.64 } else { 0.61 };
        board.line((x, 0.56), (x, long), 0.05, 0xfff6ec);
    }
    for (candle, ink) in [0x7fb3a8, 0xe58f87, 0xf2b45f].into_iter().enumerate() {
        let x = [0.52, 0.67, 0.82][candle];
        board.rectangle([x - 0.013, 0.36, x + 0.013, 0.51], 0.005, ink);
        board.ellipse(x, 0.325, 0.018, 0.035, 0xffd36b);
        board.ellipse(x, 0.335, 0.009, 0.018, 0xfff3cf);
    }
    board
}

fn map() -> RgbImage {
    let mut board = Canvas::new(THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT, 0xeef0e6, 0xe8ebe0);
    board.rectangle([0.78, 0.06, 1.24, 0.40], 0.06, 0xbfdcb0);
    board.line((-0.1, 1.05), (0.55, 0.78), 0.20, 0xa9cfe4);
    for (from, to) in [
        ((-0.1, 0.30), (1.4, 0.52)),
        ((0.30, -0.1), (0.20, 1.1)),
        ((0.95, 0.40), (1.05, 1.1)),
        ((0.62, -0.1), (0.66, 0.45)),
    ] {
        board.line(from, to, 0.07, 0xffffff);
    }
    board.line((0.66, 0.42), (0.66, 0.62), 0.04, 0xc4452f);
    board.disc(0.66, 0.38, 0.11, 0xc4452f);
    board.disc(0.66, 0.38, 0.045, 0xffffff);
    board.into_image()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_whole_small_and_not_alike() {
        let mut files = Vec::new();
        for scene in Scene::ALL {
            let drawing = jpeg(scene);
            let read = image::load_from_memory(&drawing.file).unwrap();
            assert_eq!((read.width(), read.height()), (drawing.width, drawing.height));
            assert!(
                drawing.file.len() < 100_000,
                "{scene:?}: {} bytes",
                drawing.file.len()
            );
            assert!(drawing.thumbnail.len() < 6_000, "{scene:?}");
            image::load_from_memory(&drawing.thumbnail).unwrap();
            files.push(drawing.file);
        }
        files.dedup();
        assert_eq!(files.len(), 4);
        let drawing = png(Scene::Hills);
        assert_eq!(
            image::guess_format(&drawing.file).unwrap(),
            image::ImageFormat::Png
        );
        image::load_from_memory(&drawing.file).unwrap();
        image::load_from_memory(&map_thumbnail()).unwrap();
    }
}
