#![allow(clippy::disallowed_methods, reason = "tests look at pixels")]

use super::*;
use egui::{Align2, FontId, Rect, Shape, pos2, vec2};

fn draw(pixels_per_point: f32, mut paint: impl FnMut(&egui::Painter)) -> image::RgbaImage {
    let context = egui::Context::default();
    context.set_pixels_per_point(pixels_per_point);
    context.global_style_mut(|style| style.visuals.panel_fill = Color32::WHITE);
    let size = vec2(64.0, 48.0);
    let mut textures = Textures::default();
    let mut picture = image::RgbaImage::default();
    for _ in 0..2 {
        let input = egui::RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), size)),
            ..Default::default()
        };
        let output = context.run_ui(input, |ui| paint(ui.painter()));
        picture = render(&context, output, size, pixels_per_point, &mut textures);
    }
    picture
}

#[test]
fn a_rectangle_fills_exactly_its_pixels() {
    for scale in [1.0, 1.5, 2.0] {
        let picture = draw(scale, |painter| {
            let rect = Rect::from_min_max(pos2(8.0, 4.0), pos2(24.0, 20.0));
            painter.rect_filled(rect, 0.0, Color32::RED);
        });
        assert_eq!(
            picture.dimensions(),
            ((64.0 * scale) as u32, (48.0 * scale) as u32)
        );
        let red = picture
            .pixels()
            .filter(|pixel| pixel.0 == [255, 0, 0, 255])
            .count();
        let expected = (16.0 * scale) as usize * (16.0 * scale) as usize;
        assert!(
            red.abs_diff(expected) <= (4.0 * 16.0 * scale) as usize,
            "{red} of {expected} at {scale}"
        );
        let middle = picture.get_pixel((16.0 * scale) as u32, (12.0 * scale) as u32);
        assert_eq!(middle.0, [255, 0, 0, 255]);
        assert_eq!(picture.get_pixel(1, 1).0, [255, 255, 255, 255]);
    }
}

#[test]
fn half_transparent_blends_once_where_triangles_meet() {
    let picture = draw(1.0, |painter| {
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(40.0, 40.0));
        let color = Color32::from_rgba_premultiplied(0, 0, 128, 128);
        painter.add(Shape::Mesh(std::sync::Arc::new({
            let mut mesh = egui::Mesh::default();
            mesh.add_colored_rect(rect, color);
            mesh
        })));
    });
    for at in 0..40 {
        for across in 0..40 {
            assert_eq!(picture.get_pixel(at, across).0, [127, 127, 255, 255]);
        }
    }
    assert_eq!(picture.get_pixel(41, 41).0, [255, 255, 255, 255]);
}

#[test]
fn nothing_is_drawn_outside_the_clip_rectangle() {
    let picture = draw(1.0, |painter| {
        let clip = Rect::from_min_max(pos2(10.0, 10.0), pos2(20.0, 20.0));
        painter
            .with_clip_rect(clip)
            .rect_filled(Rect::EVERYTHING, 0.0, Color32::BLACK);
    });
    let black = picture.pixels().filter(|pixel| pixel.0 == [0, 0, 0, 255]).count();
    assert_eq!(black, 100);
    assert_eq!(picture.get_pixel(10, 10).0, [0, 0, 0, 255]);
    assert_eq!(picture.get_pixel(20, 20).0, [255, 255, 255, 255]);
}

#[test]
fn text_appears_with_soft_edges() {
    let picture = draw(1.0, |painter| {
        painter.text(
            pos2(4.0, 4.0),
            Align2::LEFT_TOP,
            "Olá",
            FontId::proportional(24.0),
            Color32::BLACK,
        );
    });
    let dark = picture.pixels().filter(|pixel| pixel.0[0] < 60).count();
    let soft = picture
        .pixels()
        .filter(|pixel| (60..250).contains(&pixel.0[0]))
        .count();
    assert!(dark > 20 && soft > 20, "{dark} dark and {soft} soft pixels");
}

#[test]
fn a_patch_changes_only_its_part_of_a_texture() {
    let mut textures = Textures::default();
    let id = TextureId::Managed(7);
    let mut delta = TexturesDelta::default();
    let whole = egui::ColorImage::filled([4, 4], Color32::WHITE);
    let part = egui::ColorImage::filled([2, 1], Color32::BLACK);
    delta.push(id, egui::epaint::ImageDelta::full(whole, TextureOptions::NEAREST));
    delta.push(
        id,
        egui::epaint::ImageDelta::partial([1, 2], part, TextureOptions::NEAREST),
    );
    textures.apply(&delta);
    let texture = &textures.by_id[&id];
    let black: Vec<usize> = (0..16)
        .filter(|at| texture.pixels[*at] == Color32::BLACK)
        .collect();
    assert_eq!(black, [9, 10]);
    let mut free = TexturesDelta::default();
    free.free.insert(id);
    textures.free(&free);
    assert!(textures.by_id.is_empty());
    delta.clear();
    free.clear();
}
