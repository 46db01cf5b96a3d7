//! A small drawing board with smooth edges.

use image::{Rgb, RgbImage};

/// A colour as `0xRRGGBB`.
pub(super) type Ink = u32;

/// A small drawing board. Its measures are in parts of its height, from the upper left corner, so that a scene looks
/// alike at every size.
pub(super) struct Canvas {
    image: RgbImage,
    scale: f32,
}

impl Canvas {
    /// A board of this many pixels that runs from one colour at the top to another at the bottom.
    pub(super) fn new(width: u32, height: u32, top: Ink, bottom: Ink) -> Self {
        let mut image = RgbImage::new(width, height);
        for (_, row, pixel) in image.enumerate_pixels_mut() {
            let part = to_float(row) / to_float(height.max(1));
            *pixel = mixed(rgb(top), rgb(bottom), part);
        }
        Self {
            image,
            scale: to_float(height),
        }
    }

    /// The picture.
    pub(super) fn into_image(self) -> RgbImage {
        self.image
    }

    /// A disc.
    pub(super) fn disc(&mut self, x: f32, y: f32, radius: f32, ink: Ink) {
        self.ellipse(x, y, radius, radius, ink);
    }

    /// An ellipse with its axes along the edges.
    pub(super) fn ellipse(&mut self, x: f32, y: f32, half_width: f32, half_height: f32, ink: Ink) {
        let reach = half_width.min(half_height);
        self.fill(
            [x - half_width, y - half_height, x + half_width, y + half_height],
            ink,
            |at_x, at_y| {
                let (across, down) = ((at_x - x) / half_width, (at_y - y) / half_height);
                (across.hypot(down) - 1.0) * reach
            },
        );
    }

    /// A rectangle with round corners.
    pub(super) fn rectangle(&mut self, [left, top, right, bottom]: [f32; 4], radius: f32, ink: Ink) {
        let (middle_x, middle_y) = (f32::midpoint(left, right), f32::midpoint(top, bottom));
        let (half_width, half_height) = ((right - left) / 2.0 - radius, (bottom - top) / 2.0 - radius);
        self.fill([left, top, right, bottom], ink, |x, y| {
            let (across, down) = (
                (x - middle_x).abs() - half_width,
                (y - middle_y).abs() - half_height,
            );
            across.max(0.0).hypot(down.max(0.0)) + across.max(down).min(0.0) - radius
        });
    }

    /// A line with round ends.
    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32), width: f32, ink: Ink) {
        let half = width / 2.0;
        let (run, rise) = (to.0 - from.0, to.1 - from.1);
        let length_squared = (run * run + rise * rise).max(f32::EPSILON);
        let area = [
            from.0.min(to.0) - half,
            from.1.min(to.1) - half,
            from.0.max(to.0) + half,
            from.1.max(to.1) + half,
        ];
        self.fill(area, ink, |x, y| {
            let along = (((x - from.0) * run + (y - from.1) * rise) / length_squared).clamp(0.0, 1.0);
            (x - from.0 - along * run).hypot(y - from.1 - along * rise) - half
        });
    }

    /// Everything below a line whose height follows `crest`.
    pub(super) fn hill(&mut self, crest: impl Fn(f32) -> f32, ink: Ink) {
        let width = to_float(self.image.width()) / self.scale;
        self.fill([0.0, 0.0, width, 1.0], ink, |x, y| crest(x) - y);
    }

    /// Colours where `distance` to a shape's edge is negative; half a pixel around the edge is mixed.
    fn fill(&mut self, [left, top, right, bottom]: [f32; 4], ink: Ink, distance: impl Fn(f32, f32) -> f32) {
        let scale = self.scale;
        let (width, height) = self.image.dimensions();
        let columns = to_pixel(left * scale - 1.0, width)..to_pixel(right * scale + 2.0, width);
        for row in to_pixel(top * scale - 1.0, height)..to_pixel(bottom * scale + 2.0, height) {
            for column in columns.clone() {
                let (x, y) = ((to_float(column) + 0.5) / scale, (to_float(row) + 0.5) / scale);
                let cover = (0.5 - distance(x, y) * scale).clamp(0.0, 1.0);
                if cover > 0.0 {
                    let pixel = self.image.get_pixel_mut(column, row);
                    *pixel = mixed(*pixel, rgb(ink), cover);
                }
            }
        }
    }
}

fn rgb(ink: Ink) -> Rgb<u8> {
    let [_, red, green, blue] = ink.to_be_bytes();
    Rgb([red, green, blue])
}

fn mixed(one: Rgb<u8>, other: Rgb<u8>, part: f32) -> Rgb<u8> {
    let channel = |index: usize| {
        let (from, to) = (f32::from(one.0[index]), f32::from(other.0[index]));
        // Between two bytes, so a byte.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let byte = (from + (to - from) * part).round() as u8;
        byte
    };
    Rgb([channel(0), channel(1), channel(2)])
}

/// Pictures here are far smaller than what an `f32` counts exactly.
#[allow(clippy::cast_precision_loss)]
fn to_float(pixels: u32) -> f32 {
    pixels as f32
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn to_pixel(position: f32, end: u32) -> u32 {
    (position.max(0.0) as u32).min(end)
}
