//! Emoji of our own, in colour on every system, and the list they are chosen from.

mod names;
mod pack;
mod raster;

pub use names::{ALL, Emoji, Group, find, in_group};

use egui::epaint::text::{FontPriority, GlyphRasterizer};

/// Installs the emoji into egui's fonts: they are asked before every font, and answer only for what people expect to
/// see in colour.
pub fn install(context: &egui::Context) {
    let rasterizer = GlyphRasterizer::new("recado::emoji", raster::rasterize);
    context.add_glyph_rasterizer(rasterizer.with_priority(FontPriority::Highest));
}
