//! The pairing code as it is drawn: sharp at any size, on white with its quiet zone, and as a picture to keep.

use crate::domain::pairing::PairingCode;
use crate::ui::theme::radius;
use egui::{Color32, ColorImage, CornerRadius, Mesh, Rect, Response, Role, Sense, Shape, Ui, WidgetInfo};
use egui::{pos2, vec2};
use std::sync::Arc;

/// Width of the white border around a code that the QR standard asks for, in modules.
pub const QUIET_ZONE: usize = 4;
/// Side of a module in a saved picture, in pixels.
pub const SAVED_MODULE: usize = 8;
/// How much of an old code is still seen.
const DIMMED: f32 = 0.16;

/// Where a code of so many modules lies on the screen, in physical pixels, so that no module is a pixel wider than
/// another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Grid {
    left: i32,
    top: i32,
    module: i32,
    modules: i32,
}

impl Grid {
    fn within(place: Rect, pixels_per_point: f32, width: usize) -> Self {
        let modules = i32::try_from(width + 2 * QUIET_ZONE).unwrap_or(i32::MAX);
        let side = (place.width().min(place.height()) * pixels_per_point).floor();
        let module = ((side / modules as f32).floor() as i32).max(1);
        let half = (module * modules) as f32 / 2.0;
        Self {
            left: (place.center().x * pixels_per_point - half).round() as i32,
            top: (place.center().y * pixels_per_point - half).round() as i32,
            module,
            modules,
        }
    }

    /// A rectangle of modules, counted from the corner of the quiet zone, in points.
    fn rect(self, pixels_per_point: f32, column: usize, row: usize, columns: usize, rows: usize) -> Rect {
        let at = |origin: i32, modules: usize| {
            let modules = i32::try_from(modules).unwrap_or(i32::MAX);
            (origin + self.module * modules) as f32 / pixels_per_point
        };
        Rect::from_min_max(
            pos2(at(self.left, column), at(self.top, row)),
            pos2(at(self.left, column + columns), at(self.top, row + rows)),
        )
    }

    fn plate(self, pixels_per_point: f32) -> Rect {
        let modules = usize::try_from(self.modules).unwrap_or(0);
        self.rect(pixels_per_point, 0, 0, modules, modules)
    }
}

struct DrawnModules {
    /// Kept so that its address stands for this code and no other.
    dark: Arc<[bool]>,
    grid: Grid,
    pixels_per_point: f32,
    mesh: Arc<Mesh>,
}

struct DrawnPicture {
    rgba: Arc<[u8]>,
    texture: egui::TextureHandle,
}

/// Draws a code, and keeps what it has made of it until another code, place or scale comes.
#[derive(Default)]
pub struct CodePainter {
    modules: Option<DrawnModules>,
    picture: Option<DrawnPicture>,
    made: usize,
}

impl CodePainter {
    /// How often something had to be made anew: once per code, place and scale.
    #[cfg(test)]
    pub fn made(&self) -> usize {
        self.made
    }

    /// Puts a code into a square of `side` points. An old one is dimmed.
    pub fn show(&mut self, ui: &mut Ui, code: &PairingCode, side: f32, name: &str, old: bool) -> Response {
        let (place, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
        if !ui.is_rect_visible(place) {
            return response;
        }
        match code {
            PairingCode::Modules { width, dark } => self.modules_ui(ui, place, *width, dark, old),
            PairingCode::Picture { width, height, rgba } => {
                self.picture_ui(ui, place, [*width, *height], rgba, old);
            }
        }
        response
    }

    fn modules_ui(&mut self, ui: &Ui, place: Rect, width: usize, dark: &Arc<[bool]>, old: bool) {
        let pixels_per_point = ui.pixels_per_point();
        let grid = Grid::within(place, pixels_per_point, width);
        let known = self.modules.as_ref().is_some_and(|drawn| {
            Arc::ptr_eq(&drawn.dark, dark) && drawn.grid == grid && drawn.pixels_per_point == pixels_per_point
        });
        if !known {
            self.made += 1;
            self.modules = Some(DrawnModules {
                dark: Arc::clone(dark),
                grid,
                pixels_per_point,
                mesh: Arc::new(mesh(grid, pixels_per_point, width, dark)),
            });
        }
        let plate = grid.plate(pixels_per_point);
        ui.painter()
            .rect_filled(plate, CornerRadius::same(radius::CARD), Color32::WHITE);
        if let Some(drawn) = &self.modules {
            let mut painter = ui.painter().clone();
            painter.multiply_opacity(if old { DIMMED } else { 1.0 });
            painter.add(Shape::Mesh(Arc::clone(&drawn.mesh)));
        }
    }

    fn picture_ui(&mut self, ui: &Ui, place: Rect, size: [usize; 2], rgba: &Arc<[u8]>, old: bool) {
        if size[0] == 0 || size[1] == 0 || rgba.len() != size[0] * size[1] * 4 {
            return;
        }
        let known = self
            .picture
            .as_ref()
            .is_some_and(|drawn| Arc::ptr_eq(&drawn.rgba, rgba));
        if !known {
            self.made += 1;
            let image = ColorImage::from_rgba_unmultiplied(size, rgba);
            let texture = ui
                .ctx()
                .load_texture("pairing-picture", image, egui::TextureOptions::LINEAR);
            self.picture = Some(DrawnPicture {
                rgba: Arc::clone(rgba),
                texture,
            });
        }
        ui.painter()
            .rect_filled(place, CornerRadius::same(radius::CARD), Color32::WHITE);
        // A border of its own: whether the picture has a quiet zone cannot be told.
        let inside = place.shrink(place.width() * 0.06);
        let (width, height) = (size[0] as f32, size[1] as f32);
        let scale = (inside.width() / width).min(inside.height() / height);
        let shown = Rect::from_center_size(inside.center(), vec2(width, height) * scale);
        if let Some(drawn) = &self.picture {
            let mut painter = ui.painter().clone();
            painter.multiply_opacity(if old { DIMMED } else { 1.0 });
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            painter.image(drawn.texture.id(), shown, whole, Color32::WHITE);
        }
    }
}

/// One rectangle for each run of dark modules in a row.
fn mesh(grid: Grid, pixels_per_point: f32, width: usize, dark: &[bool]) -> Mesh {
    let mut mesh = Mesh::default();
    if width == 0 {
        return mesh;
    }
    for (row, modules) in dark.chunks(width).take(width).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|left, right| left == right) {
            if run.first() == Some(&true) {
                let rect = grid.rect(
                    pixels_per_point,
                    QUIET_ZONE + column,
                    QUIET_ZONE + row,
                    run.len(),
                    1,
                );
                mesh.add_colored_rect(rect, Color32::BLACK);
            }
            column += run.len();
        }
    }
    mesh
}

/// The code as a picture for a file: PNG, sharp, on white with its quiet zone. `None` if it holds no pixels.
#[must_use]
pub fn png(code: &PairingCode) -> Option<Vec<u8>> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let format = image::ImageFormat::Png;
    match code {
        PairingCode::Modules { width, dark } => {
            let (side, luma) = raster(*width, dark)?;
            let side = u32::try_from(side).ok()?;
            image::GrayImage::from_raw(side, side, luma)?
                .write_to(&mut bytes, format)
                .ok()?;
        }
        PairingCode::Picture { width, height, rgba } => {
            let (width, height) = (u32::try_from(*width).ok()?, u32::try_from(*height).ok()?);
            image::RgbaImage::from_raw(width, height, rgba.to_vec())?
                .write_to(&mut bytes, format)
                .ok()?;
        }
    }
    Some(bytes.into_inner())
}

/// The code as a picture for the clipboard.
#[must_use]
pub fn picture(code: &PairingCode) -> Option<ColorImage> {
    match code {
        PairingCode::Modules { width, dark } => {
            let (side, luma) = raster(*width, dark)?;
            Some(ColorImage::from_gray([side, side], &luma))
        }
        PairingCode::Picture { width, height, rgba } => (rgba.len() == width * height * 4)
            .then(|| ColorImage::from_rgba_unmultiplied([*width, *height], rgba)),
    }
}

/// Side in pixels, and one byte of brightness per pixel.
fn raster(width: usize, dark: &[bool]) -> Option<(usize, Vec<u8>)> {
    if width == 0 || dark.len() != width * width {
        return None;
    }
    let side = (width + 2 * QUIET_ZONE) * SAVED_MODULE;
    let module_at = |x: usize, y: usize| {
        let column = (x / SAVED_MODULE).checked_sub(QUIET_ZONE)?;
        let row = (y / SAVED_MODULE).checked_sub(QUIET_ZONE)?;
        (column < width)
            .then(|| dark.get(row * width + column).copied())
            .flatten()
    };
    let luma = (0..side * side)
        .map(|index| {
            if module_at(index % side, index / side) == Some(true) {
                0
            } else {
                u8::MAX
            }
        })
        .collect();
    Some((side, luma))
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A code as the engine makes it.
    pub fn code_of(content: &str) -> PairingCode {
        let code = qrcode::QrCode::new(content.as_bytes()).unwrap();
        let dark: Vec<bool> = code
            .to_colors()
            .into_iter()
            .map(|color| color == qrcode::Color::Dark)
            .collect();
        PairingCode::Modules {
            width: code.width(),
            dark: dark.into(),
        }
    }

    fn read(gray: image::GrayImage) -> Option<String> {
        let mut prepared = rqrr::PreparedImage::prepare(gray);
        let grids = prepared.detect_grids();
        grids.first().map(|grid| grid.decode().unwrap().1)
    }

    const CONTENT: &str = "2@k3VnQm0exampleAbCdEf,0123456789abcdefghij,klmnopqrstuvwxyz==";

    #[test]
    fn what_is_saved_reads_the_same() {
        let code = code_of(CONTENT);
        let gray = image::load_from_memory(&png(&code).unwrap())
            .unwrap()
            .into_luma8();
        let PairingCode::Modules { width, .. } = &code else {
            panic!("modules")
        };
        assert_eq!(
            gray.width() as usize,
            (width + 2 * QUIET_ZONE) * SAVED_MODULE,
            "eight pixels a module, quiet zone included"
        );
        let quiet = (QUIET_ZONE * SAVED_MODULE) as u32;
        assert!(
            gray.enumerate_pixels()
                .all(|(x, y, pixel)| (x >= quiet && y >= quiet) || pixel.0[0] == 255)
        );
        assert_eq!(read(gray).as_deref(), Some(CONTENT));
    }

    #[test]
    fn what_is_copied_reads_the_same() {
        let copied = picture(&code_of(CONTENT)).unwrap();
        let gray = image::GrayImage::from_fn(copied.width() as u32, copied.height() as u32, |x, y| {
            image::Luma([copied[(x as usize, y as usize)].r()])
        });
        assert_eq!(read(gray).as_deref(), Some(CONTENT));
    }

    #[test]
    fn every_module_is_a_whole_number_of_pixels() {
        for pixels_per_point in [0.8, 1.0, 1.25, 1.5, 2.0] {
            let place = Rect::from_min_size(pos2(141.3, 97.7), vec2(312.0, 312.0));
            let grid = Grid::within(place, pixels_per_point, 45);
            let plate = grid.plate(pixels_per_point);
            assert!(
                place.expand(1.0).contains_rect(plate),
                "{plate:?} at {pixels_per_point}"
            );
            for edge in [plate.left(), plate.top(), plate.right()] {
                let pixel = edge * pixels_per_point;
                assert!((pixel - pixel.round()).abs() < 0.01, "{pixel}");
            }
            assert!(grid.module >= 1 && grid.modules == 53);
        }
    }

    #[test]
    fn nonsense_is_not_drawn() {
        let code = PairingCode::Modules {
            width: 21,
            dark: Arc::from([true; 3]),
        };
        assert!(png(&code).is_none() && picture(&code).is_none());
        let empty = PairingCode::Modules {
            width: 0,
            dark: Arc::from([]),
        };
        assert!(png(&empty).is_none());
        let grid = Grid::within(Rect::from_min_size(pos2(0.0, 0.0), vec2(10.0, 10.0)), 1.0, 0);
        assert!(mesh(grid, 1.0, 0, &[]).is_empty());
    }
}
