//! A pairing code lives for seconds: how soon after the gateway's answer it can be scanned.
//!
//! Prints how long reading the code out of the gateway's picture takes beside merely unpacking that picture, and how many
//! frames lie between the engine's word and the drawn code. Run with `cargo bench --bench pairing_code`.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use egui::Shape;
use image::{GrayImage, ImageFormat, Luma};
use qrcode::{Color, EcLevel, QrCode};
use recado::domain::Timestamp;
use recado::domain::pairing::{PairingCode, PairingPhase};
use recado::engine::{Live, decode_pairing_picture};
use recado::ui::screens::Screen;
use std::hint::black_box;
use std::io::Cursor;
use std::sync::Arc;
use support::{Studio, link_by_hand, time_of_one};

const ROUNDS: usize = 60;
const FRAMES_AT_MOST: usize = 20;
/// A code is many triangles; nothing else on the screen is a mesh of its own.
const CODE_VERTICES: usize = 500;

fn main() {
    let png = picture();
    let unpacking = time_of_one(ROUNDS, || {
        black_box(image::load_from_memory(black_box(&png)).unwrap().into_luma8());
    });
    let reading = time_of_one(ROUNDS, || {
        let code = decode_pairing_picture(black_box(&png)).unwrap();
        assert!(
            matches!(code, PairingCode::Modules { .. }),
            "the code was not read"
        );
    });
    println!("a code out of a picture of {} bytes: {reading:.2} ms", png.len());
    println!(
        "  unpacking the picture alone: {unpacking:.2} ms, ratio {:.1}",
        reading / unpacking
    );
    let frames = frames_until_drawn(decode_pairing_picture(&png).unwrap());
    println!("frames from the engine's word to the drawn code: {frames} (at most 2 are promised)");
    assert!(frames <= 2, "{frames} frames");
}

/// A picture as the gateway sends it.
fn picture() -> Vec<u8> {
    const MODULE_PIXELS: u32 = 5;
    const QUIET_MODULES: u32 = 4;
    let text = format!(
        "2@{},{},{}",
        "Qx7".repeat(42),
        "k9F/".repeat(11),
        "w2Z+".repeat(11)
    );
    let code = QrCode::with_error_correction_level(text, EcLevel::L).unwrap();
    let colors = code.to_colors();
    let modules = u32::try_from(code.width()).unwrap();
    let side = (modules + 2 * QUIET_MODULES) * MODULE_PIXELS;
    let picture = GrayImage::from_fn(side, side, |x, y| {
        let module = |pixel: u32| {
            (pixel / MODULE_PIXELS)
                .checked_sub(QUIET_MODULES)
                .filter(|module| *module < modules)
        };
        let dark = module(x).zip(module(y)).is_some_and(|(column, row)| {
            colors[usize::try_from(row * modules + column).unwrap()] == Color::Dark
        });
        Luma([if dark { 0 } else { 255 }])
    });
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png).unwrap();
    png.into_inner()
}

/// Frames of the pairing screen from when the engine has published a code until it is drawn.
fn frames_until_drawn(code: PairingCode) -> usize {
    let (link, strings) = link_by_hand();
    let mut studio = Studio::new(link);
    studio.app.go(Screen::Pairing);
    studio.settle();
    let mut live = Live::clone(&strings.live.borrow());
    let now = Timestamp::now();
    let mut pairing = recado::domain::Pairing::starting(now);
    pairing.phase = PairingPhase::Code {
        code,
        received_at: now,
        number: 1,
    };
    live.accounts[0].pairing = Arc::new(pairing);
    strings.live.send_replace(Arc::new(live));
    let mut frames = 1..=FRAMES_AT_MOST;
    let drawn = frames.find(|_| {
        let mut output = studio.frame();
        output.textures_delta.clear();
        output.shapes.iter().any(|clipped| is_code(&clipped.shape))
    });
    drawn.unwrap_or(usize::MAX)
}

fn is_code(shape: &Shape) -> bool {
    match shape {
        Shape::Mesh(mesh) => mesh.vertices.len() >= CODE_VERTICES,
        Shape::Vec(shapes) => shapes.iter().any(is_code),
        _ => false,
    }
}
