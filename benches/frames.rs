//! What a frame of each screen costs: laying out, drawing and cutting into triangles, on the real engine with a past in its
//! database, beside a frame with nothing in it. Run with `cargo bench --bench frames`.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use recado::engine::{Engine, EngineOptions};
use recado::ui::link::EngineLink;
use recado::ui::screens::Screen;
use support::{Studio, World, empty_frame, finish, time_of_one};

const PEOPLE: usize = 60;
const MESSAGES_EACH: usize = 10;
const FRAMES: usize = 400;

fn main() {
    let world = World::new();
    world.fill(PEOPLE, MESSAGES_EACH);
    let options = EngineOptions::new(world.folder.path().to_path_buf(), world.secrets.clone());
    let mut engine = Engine::start(options).unwrap();
    let mut link = engine.take_link().unwrap();
    let read = link.live.wait_for(|live| {
        let mut accounts = live.accounts.iter();
        accounts.any(|view| view.health.queue_length.is_some())
    });
    world.runtime.block_on(read).unwrap();
    let mut studio = Studio::new(EngineLink::new(link.commands, link.events, link.live));

    let empty = empty_frame(FRAMES);
    println!("time for a frame of 1280 × 800, {PEOPLE} people with {MESSAGES_EACH} messages each, medians:");
    println!("  {:<16} {empty:>7.3} ms", "nothing");
    for screen in Screen::ALL {
        studio.app.go(*screen);
        let frames = studio.settle();
        let spent = time_of_one(FRAMES, || {
            let output = studio.frame();
            finish(&studio.egui, output);
        });
        println!(
            "  {:<16} {spent:>7.3} ms, ratio {:>6.1} (at rest after {frames} frames)",
            screen.key(),
            spent / empty
        );
    }
    drop(studio);
    engine.shutdown();
}
