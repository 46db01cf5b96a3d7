//! Pictures of every screen, drawn in memory: the real app on the demo's engine, without a display or a graphics card.

use super::demo::Stage;
use super::say;
use crate::domain::Timestamp;
use crate::domain::pairing::PairingPhase;
use crate::domain::settings::{Settings, ThemeChoice};
use crate::engine::{Command, Engine, HealthCommand, Live, PairingCommand};
use crate::ui::app::{AppOptions, RecadoApp};
use crate::ui::link::EngineLink;
use crate::ui::offscreen::{self, Textures};
use crate::ui::screens::Screen;
use crate::ui::text::Localizer;
use crate::ui::theme;
use anyhow::{Context as _, bail};
use egui::{Pos2, RawInput, Rect, Vec2, vec2};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, watch};

/// How long a screen may take to come to rest.
const PATIENCE: Duration = Duration::from_secs(20);
/// A frame that wants to be drawn again later than this is at rest.
const REST: Duration = Duration::from_millis(150);
/// The time between two frames.
const FRAME: Duration = Duration::from_millis(16);

/// One way of looking at every screen.
struct View {
    name: &'static str,
    theme: ThemeChoice,
    size: Vec2,
    scale_percent: u16,
}

const VIEWS: &[View] = &[
    View {
        name: "light",
        theme: ThemeChoice::Light,
        size: vec2(1_280.0, 800.0),
        scale_percent: 100,
    },
    View {
        name: "dark",
        theme: ThemeChoice::Dark,
        size: vec2(1_280.0, 800.0),
        scale_percent: 100,
    },
    View {
        name: "small",
        theme: ThemeChoice::Light,
        size: vec2(900.0, 600.0),
        scale_percent: 100,
    },
    View {
        name: "large",
        theme: ThemeChoice::Dark,
        size: vec2(1_280.0, 800.0),
        scale_percent: 150,
    },
];

/// Draws every screen in every view into `folder` as `<screen>-<view>.png`.
pub(super) fn draw_all(stage: &Stage, folder: &Path, text: &Localizer) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let mut engine = Engine::start(stage.engine_options())?;
    let link = engine.take_link().context("the engine has no link")?;
    let mut studio = Studio {
        commands: link.commands.clone(),
        live: link.live.clone(),
        app: RecadoApp::new(
            EngineLink::new(link.commands, link.events, link.live),
            AppOptions::default(),
        ),
        egui: egui::Context::default(),
        textures: Textures::default(),
        began: Instant::now(),
    };
    theme::install(&studio.egui);
    studio.wait_for("the gateway to be read", |live| {
        live.accounts
            .iter()
            .all(|view| view.health.queue_length.is_some())
    })?;
    if let Some(open) = stage.conversation {
        studio.app.open_conversation(open);
    }
    // Pairing comes last: it disconnects the phone, and the other screens would tell of it.
    let order = Screen::ALL
        .iter()
        .filter(|screen| **screen != Screen::Pairing)
        .chain([&Screen::Pairing]);
    for screen in order {
        if *screen == Screen::Pairing {
            studio.send(Command::Pairing(PairingCommand::Start(stage.account)))?;
            studio.wait_for("a pairing code", |live| {
                live.accounts
                    .iter()
                    .any(|view| matches!(view.pairing.phase, PairingPhase::Code { .. }))
            })?;
        }
        studio.app.go(*screen);
        for view in VIEWS {
            studio.look(view)?;
            let picture = studio.draw(view)?;
            let file = folder.join(format!("{}-{}.png", screen.key(), view.name));
            picture
                .save(&file)
                .with_context(|| format!("{} cannot be written", file.display()))?;
            say(&text.with("demo-picture", &[("file", file.display().to_string().into())]));
        }
    }
    drop(studio);
    engine.shutdown();
    Ok(())
}

struct Studio {
    app: RecadoApp,
    commands: mpsc::Sender<Command>,
    live: watch::Receiver<Arc<Live>>,
    egui: egui::Context,
    textures: Textures,
    began: Instant,
}

impl Studio {
    fn send(&self, command: Command) -> anyhow::Result<()> {
        self.commands
            .blocking_send(command)
            .ok()
            .context("the engine has ended")
    }

    fn wait_for(&mut self, what: &str, mut looks: impl FnMut(&Live) -> bool) -> anyhow::Result<()> {
        let until = Instant::now() + PATIENCE;
        while !looks(&self.live.borrow_and_update()) {
            if Instant::now() > until {
                bail!("waited in vain for {what}");
            }
            std::thread::sleep(FRAME);
        }
        Ok(())
    }

    /// Changes theme and scale, and reads the health again so that every age is small.
    fn look(&mut self, view: &View) -> anyhow::Result<()> {
        let wanted = Settings {
            theme: view.theme,
            scale_percent: view.scale_percent,
            ..(*self.live.borrow().settings).clone()
        };
        self.send(Command::Settings(Box::new(wanted.clone())))?;
        self.wait_for("the settings", |live| *live.settings == wanted)?;
        let asked_at = Timestamp::now();
        let accounts: Vec<_> = self
            .live
            .borrow()
            .accounts
            .iter()
            .map(|view| view.account.id)
            .collect();
        for account in accounts {
            self.send(Command::Health(HealthCommand::Refresh(account)))?;
        }
        self.wait_for("the gateway to be read again", |live| {
            live.accounts
                .iter()
                .all(|view| view.health.read_at.is_some_and(|at| at >= asked_at))
        })
    }

    /// Runs frames until one is at rest, and draws that.
    fn draw(&mut self, view: &View) -> anyhow::Result<image::RgbaImage> {
        let until = Instant::now() + PATIENCE;
        // Questions and their answers go back and forth a few times before a screen has everything.
        let mut at_rest = 0;
        loop {
            let zoom = f32::from(view.scale_percent) / 100.0;
            let size = view.size / zoom;
            let mut input = RawInput {
                screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
                time: Some(self.began.elapsed().as_secs_f64()),
                ..RawInput::default()
            };
            if let Some(viewport) = input.viewports.get_mut(&egui::ViewportId::ROOT) {
                viewport.native_pixels_per_point = Some(1.0);
            }
            let output = self.egui.run_ui(input, |ui| self.app.frame(ui));
            let delay = output
                .viewport_output
                .values()
                .map(|output| output.repaint_delay)
                .min();
            at_rest = if delay.is_none_or(|delay| delay >= REST) {
                at_rest + 1
            } else {
                0
            };
            if at_rest >= 12 || Instant::now() > until {
                let pixels_per_point = output.pixels_per_point;
                return Ok(offscreen::render(
                    &self.egui,
                    output,
                    size,
                    pixels_per_point,
                    &mut self.textures,
                ));
            }
            self.textures.apply(&output.textures_delta);
            self.textures.free(&output.textures_delta);
            let mut output = output;
            output.textures_delta.clear();
            std::thread::sleep(FRAME);
        }
    }
}
