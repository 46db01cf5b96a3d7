//! Draws what egui wants drawn into a picture, with neither display nor GPU: for screenshots from a machine that has
//! only a terminal, and for tests that look at pixels. Blends the way egui's own painters do (sRGB, premultiplied
//! alpha). Paint callbacks are left out: nothing of ours uses them.

use egui::epaint::textures::{TextureFilter, TextureOptions, TextureWrapMode, TexturesDelta};
use egui::epaint::{ImageData, Primitive, Vertex};
use egui::{Color32, FullOutput, TextureId, Vec2};
use std::collections::HashMap;

/// The textures that egui has handed over so far. To be kept from frame to frame.
#[derive(Debug, Default)]
pub struct Textures {
    by_id: HashMap<TextureId, Texture>,
}

#[derive(Debug)]
struct Texture {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
    options: TextureOptions,
}

impl Textures {
    /// Takes over what is new or changed. [`render`] does it by itself; to be called when a frame is not drawn.
    pub fn apply(&mut self, delta: &TexturesDelta) {
        for (id, deltas) in &delta.set {
            for delta in deltas {
                let ImageData::Color(image) = &delta.image;
                let [width, height] = image.size;
                match delta.pos {
                    None => {
                        let texture = Texture {
                            width,
                            height,
                            pixels: image.pixels.clone(),
                            options: delta.options,
                        };
                        self.by_id.insert(*id, texture);
                    }
                    Some([x, y]) => {
                        if let Some(texture) = self.by_id.get_mut(id) {
                            texture.patch(x, y, width, &image.pixels);
                        }
                    }
                }
            }
        }
    }

    /// Forgets what egui needs no longer.
    pub fn free(&mut self, delta: &TexturesDelta) {
        for id in &delta.free {
            self.by_id.remove(id);
        }
    }
}

impl Texture {
    fn patch(&mut self, left: usize, top: usize, width: usize, pixels: &[Color32]) {
        if width == 0 {
            return;
        }
        for (row, source) in pixels.chunks_exact(width).enumerate() {
            let start = (top + row) * self.width + left;
            if let Some(target) = self.pixels.get_mut(start..start + width) {
                target.copy_from_slice(source);
            }
        }
    }

    /// The texel at these coordinates, brought inside according to the wrap mode.
    fn texel(&self, x: i64, y: i64) -> [f32; 4] {
        let inside = |at: i64, size: usize| {
            let size = i64::try_from(size).unwrap_or(i64::MAX).max(1);
            let at = match self.options.wrap_mode {
                TextureWrapMode::ClampToEdge => at.clamp(0, size - 1),
                TextureWrapMode::Repeat => at.rem_euclid(size),
                TextureWrapMode::MirroredRepeat => {
                    let at = at.rem_euclid(2 * size);
                    at.min(2 * size - 1 - at)
                }
            };
            usize::try_from(at).unwrap_or(0)
        };
        let index = inside(y, self.height) * self.width + inside(x, self.width);
        let color = self.pixels.get(index).copied().unwrap_or_default();
        color.to_array().map(f32::from)
    }

    /// The colour at normalised coordinates, 0 to 255 each channel.
    fn sample(&self, u: f32, v: f32) -> [f32; 4] {
        let x = u * self.width as f32 - 0.5;
        let y = v * self.height as f32 - 0.5;
        let (nearest_x, nearest_y) = (x.round(), y.round());
        let on_texel = (x - nearest_x).abs() < 0.004 && (y - nearest_y).abs() < 0.004;
        if on_texel || self.options.magnification == TextureFilter::Nearest {
            return self.texel(nearest_x as i64, nearest_y as i64);
        }
        let (left, top) = (x.floor(), y.floor());
        let (right_share, bottom_share) = (x - left, y - top);
        let (left, top) = (left as i64, top as i64);
        let corners = [
            (self.texel(left, top), (1.0 - right_share) * (1.0 - bottom_share)),
            (self.texel(left + 1, top), right_share * (1.0 - bottom_share)),
            (self.texel(left, top + 1), (1.0 - right_share) * bottom_share),
            (self.texel(left + 1, top + 1), right_share * bottom_share),
        ];
        let mut color = [0.0; 4];
        for (texel, share) in corners {
            for (sum, channel) in color.iter_mut().zip(texel) {
                *sum += channel * share;
            }
        }
        color
    }
}

/// Draws one frame. `size_points` is that of the screen rectangle given to egui as input. The ground is the window's
/// own colour, so the picture has no transparent parts.
pub fn render(
    context: &egui::Context,
    mut output: FullOutput,
    size_points: Vec2,
    pixels_per_point: f32,
    textures: &mut Textures,
) -> image::RgbaImage {
    textures.apply(&output.textures_delta);
    let width = (size_points.x * pixels_per_point).round().max(1.0) as usize;
    let height = (size_points.y * pixels_per_point).round().max(1.0) as usize;
    let mut canvas = Canvas {
        width,
        height,
        pixels: vec![context.global_style().visuals.panel_fill.to_opaque(); width * height],
    };
    for primitive in context.tessellate(output.shapes, pixels_per_point) {
        let Primitive::Mesh(mesh) = primitive.primitive else {
            continue;
        };
        let Some(texture) = textures.by_id.get(&mesh.texture_id) else {
            continue;
        };
        let clip = Clip::new(&canvas, primitive.clip_rect, pixels_per_point);
        for corners in mesh.indices.chunks_exact(3) {
            let vertex = |at: usize| -> Option<&Vertex> {
                let index = usize::try_from(*corners.get(at)?).ok()?;
                mesh.vertices.get(index)
            };
            if let (Some(a), Some(b), Some(c)) = (vertex(0), vertex(1), vertex(2)) {
                canvas.triangle(&clip, texture, [a, b, c], pixels_per_point);
            }
        }
    }
    textures.free(&output.textures_delta);
    // egui takes a delta that is dropped as it came for one that was forgotten.
    output.textures_delta.clear();
    canvas.into_image()
}

/// A rectangle of whole pixels; the ends are outside.
#[derive(Debug, Clone, Copy)]
struct Clip {
    left: i64,
    top: i64,
    right: i64,
    bottom: i64,
}

impl Clip {
    fn new(canvas: &Canvas, rect: egui::Rect, pixels_per_point: f32) -> Self {
        let pixel =
            |points: f32, size: usize| (points * pixels_per_point).round().clamp(0.0, size as f32) as i64;
        Self {
            left: pixel(rect.min.x, canvas.width),
            top: pixel(rect.min.y, canvas.height),
            right: pixel(rect.max.x, canvas.width),
            bottom: pixel(rect.max.y, canvas.height),
        }
    }
}

/// Parts of a pixel to which corners are rounded, so that triangles that share an edge share it exactly.
const SUB: i64 = 256;
/// Corners farther away than this many pixels are brought nearer, so that the arithmetic can't overflow.
const FARTHEST: f32 = 1_000_000.0;

/// `a·x + b·y + c ≥ 0` inside, in parts of a pixel. A pixel on the edge between two triangles belongs to one of them.
#[derive(Debug, Clone, Copy)]
struct Edge {
    a: i64,
    b: i64,
    c: i64,
}

impl Edge {
    fn new((x0, y0): (i64, i64), (x1, y1): (i64, i64)) -> Self {
        let (a, b) = (y0 - y1, x1 - x0);
        let owns = a > 0 || (a == 0 && b > 0);
        Self {
            a,
            b,
            c: -(a * x0 + b * y0) - i64::from(!owns),
        }
    }

    /// The columns between `left` and `right` whose middles lie inside, in the row of the middle `y`.
    fn narrow(&self, y: i64, left: &mut i64, right: &mut i64) {
        let base = self.b * y + self.c + self.a * (SUB / 2);
        let step = self.a * SUB;
        if step > 0 {
            *left = (*left).max((-base).div_euclid(step) + i64::from((-base).rem_euclid(step) != 0));
        } else if step < 0 {
            *right = (*right).min(base.div_euclid(-step) + 1);
        } else if base < 0 {
            *right = *left;
        }
    }
}

/// A value that changes evenly over a triangle.
#[derive(Debug, Clone, Copy)]
struct Plane {
    start: f32,
    per_column: f32,
    per_row: f32,
}

impl Plane {
    /// `flat` is for values that are the same in all corners: those stay exact.
    fn new(points: [egui::Pos2; 3], values: [f32; 3]) -> Self {
        let [first, second, third] = points;
        let [at_first, at_second, at_third] = values;
        let (to_second, to_third) = (second - first, third - first);
        let area = to_second.x * to_third.y - to_second.y * to_third.x;
        let (by_second, by_third) = (at_second - at_first, at_third - at_first);
        if area == 0.0 || (by_second == 0.0 && by_third == 0.0) {
            return Self {
                start: at_first,
                per_column: 0.0,
                per_row: 0.0,
            };
        }
        let per_column = (by_second * to_third.y - by_third * to_second.y) / area;
        let per_row = (by_third * to_second.x - by_second * to_third.x) / area;
        Self {
            start: at_first - per_column * first.x - per_row * first.y,
            per_column,
            per_row,
        }
    }

    fn at(&self, x: f32, y: f32) -> f32 {
        self.start + self.per_column * x + self.per_row * y
    }

    fn is_flat(&self) -> bool {
        self.per_column == 0.0 && self.per_row == 0.0
    }
}

struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
}

impl Canvas {
    fn triangle(&mut self, clip: &Clip, texture: &Texture, corners: [&Vertex; 3], pixels_per_point: f32) {
        let fixed = corners.map(|corner| {
            let sub = |points: f32| {
                let pixels = (points * pixels_per_point).clamp(-FARTHEST, FARTHEST);
                (pixels * SUB as f32).round() as i64
            };
            (sub(corner.pos.x), sub(corner.pos.y))
        });
        let [a, b, c] = fixed;
        let area = (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
        let edges = match area {
            0 => return,
            1.. => [Edge::new(a, b), Edge::new(b, c), Edge::new(c, a)],
            _ => [Edge::new(a, c), Edge::new(c, b), Edge::new(b, a)],
        };
        let lowest = |values: [i64; 3]| values.into_iter().min().unwrap_or(0).div_euclid(SUB);
        let highest = |values: [i64; 3]| values.into_iter().max().unwrap_or(0).div_euclid(SUB) + 1;
        let top = lowest([a.1, b.1, c.1]).max(clip.top);
        let bottom = highest([a.1, b.1, c.1]).min(clip.bottom);
        let left = lowest([a.0, b.0, c.0]).max(clip.left);
        let right = highest([a.0, b.0, c.0]).min(clip.right);
        if top >= bottom || left >= right {
            return;
        }
        let paint = Paint::new(texture, corners, pixels_per_point);
        for row in top..bottom {
            let (mut from, mut to) = (left, right);
            for edge in &edges {
                edge.narrow(row * SUB + SUB / 2, &mut from, &mut to);
            }
            if from < to {
                self.span(&paint, row, from, to);
            }
        }
    }

    fn span(&mut self, paint: &Paint<'_>, row: i64, from: i64, to: i64) {
        let index = |column: i64| usize::try_from(row).ok().zip(usize::try_from(column).ok());
        let (Some((row_index, first)), Some((_, last))) = (index(from), index(to)) else {
            return;
        };
        let start = row_index * self.width;
        let Some(pixels) = self.pixels.get_mut(start + first..start + last) else {
            return;
        };
        if let Some(color) = paint.flat {
            if color.a() == 255 {
                pixels.fill(color);
            } else if color != Color32::TRANSPARENT {
                for pixel in pixels {
                    *pixel = over(color, *pixel);
                }
            }
            return;
        }
        let y = row as f32 + 0.5;
        for (offset, pixel) in pixels.iter_mut().enumerate() {
            let x = (first + offset) as f32 + 0.5;
            let color = paint.color(x, y);
            if color != Color32::TRANSPARENT {
                *pixel = over(color, *pixel);
            }
        }
    }

    fn into_image(self) -> image::RgbaImage {
        let bytes = self.pixels.iter().flat_map(|pixel| pixel.to_array()).collect();
        let (width, height) = (
            u32::try_from(self.width).unwrap_or(u32::MAX),
            u32::try_from(self.height).unwrap_or(u32::MAX),
        );
        image::RgbaImage::from_raw(width, height, bytes).unwrap_or_default()
    }
}

/// What fills a triangle: its corners' colours times the texture.
struct Paint<'a> {
    texture: &'a Texture,
    tint: [Plane; 4],
    u: Plane,
    v: Plane,
    /// The one colour of the whole triangle, if it has only one.
    flat: Option<Color32>,
}

impl<'a> Paint<'a> {
    fn new(texture: &'a Texture, corners: [&Vertex; 3], pixels_per_point: f32) -> Self {
        let points = corners.map(|corner| corner.pos * pixels_per_point);
        let colors = corners.map(|corner| corner.color.to_array().map(f32::from));
        let [first, second, third] = colors;
        let tint = [0_usize, 1, 2, 3].map(|channel| {
            let of = |color: &[f32; 4]| color.get(channel).copied().unwrap_or(0.0);
            Plane::new(points, [of(&first), of(&second), of(&third)])
        });
        let u = Plane::new(points, corners.map(|corner| corner.uv.x));
        let v = Plane::new(points, corners.map(|corner| corner.uv.y));
        let mut paint = Self {
            texture,
            tint,
            u,
            v,
            flat: None,
        };
        if paint.tint.iter().all(Plane::is_flat) && u.is_flat() && v.is_flat() {
            paint.flat = Some(paint.color(0.0, 0.0));
        }
        paint
    }

    fn color(&self, x: f32, y: f32) -> Color32 {
        let texel = self.texture.sample(self.u.at(x, y), self.v.at(x, y));
        let [red, green, blue, alpha] = self.tint;
        let [r, g, b, a] = texel;
        let channel = |tint: Plane, value: f32| {
            // Adding a half and cutting off rounds; values are never below zero by more than an error of arithmetic.
            (tint.at(x, y) * value / 255.0 + 0.5).clamp(0.0, 255.0) as u8
        };
        premultiplied([
            channel(red, r),
            channel(green, g),
            channel(blue, b),
            channel(alpha, a),
        ])
    }
}

#[allow(clippy::disallowed_methods, reason = "pixels, not a choice of colour")]
fn premultiplied([red, green, blue, alpha]: [u8; 4]) -> Color32 {
    Color32::from_rgba_premultiplied(red, green, blue, alpha)
}

/// `source` over `target`, both premultiplied.
fn over(source: Color32, target: Color32) -> Color32 {
    if source.a() == 255 {
        return source;
    }
    let keep = 255 - u16::from(source.a());
    let channel = |from: u8, onto: u8| {
        let value = u16::from(from) + (u16::from(onto) * keep + 127) / 255;
        u8::try_from(value).unwrap_or(u8::MAX)
    };
    premultiplied([
        channel(source.r(), target.r()),
        channel(source.g(), target.g()),
        channel(source.b(), target.b()),
        channel(source.a(), target.a()),
    ])
}

#[cfg(test)]
mod tests;
