//! Pictures of every screen, drawn in memory: the real app on the demo's engine, without a display or a graphics card.

mod scenes;
mod studio;

use super::demo::Stage;
use super::say;
use crate::domain::pairing::PairingPhase;
use crate::domain::settings::ThemeChoice;
use crate::engine::{AccountView, Command, Engine, PairingCommand};
use crate::ui::screens::Screen;
use crate::ui::text::Localizer;
use anyhow::Context as _;
use egui::{Vec2, vec2};
use std::path::Path;
use studio::Studio;

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

/// Draws every screen in every view into `folder` as `<screen>-<view>.png`, and what only the accounts with templates have.
pub(super) fn draw_all(stage: &Stage, folder: &Path, text: &Localizer) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let mut engine = Engine::start(stage.engine_options())?;
    let link = engine.take_link().context("the engine has no link")?;
    let mut studio = Studio::new(link);
    // Whoever listens writes the port into the settings, which are changed for each picture.
    studio.wait_for("somebody to listen", |live| live.settings.listen_port != 0)?;
    studio.wait_for("the gateways to be read", |live| {
        let has_queue = |view: &AccountView| !view.capabilities.queue || view.health.queue_length.is_some();
        live.accounts
            .iter()
            .all(|view| view.health.read_at.is_some() && has_queue(view))
    })?;
    let mut album = Album { studio, folder, text };
    album.draw(stage)?;
    drop(album);
    engine.shutdown();
    Ok(())
}

/// The pictures, and where they are put.
struct Album<'a> {
    studio: Studio,
    folder: &'a Path,
    text: &'a Localizer,
}

impl Album<'_> {
    fn draw(&mut self, stage: &Stage) -> anyhow::Result<()> {
        if let Some(open) = stage.conversation {
            self.studio.app.open_conversation(open);
        }
        for screen in Screen::ALL.iter().filter(|screen| **screen != Screen::Pairing) {
            self.studio.app.go(*screen);
            self.take(screen.key())?;
        }
        self.draw_others(stage)?;
        // Pairing comes last: it disconnects the phone, and the other screens would tell of it.
        self.studio.app.choose(stage.account);
        self.studio
            .send(Command::Pairing(PairingCommand::Start(stage.account)))?;
        self.studio.wait_for("a pairing code", |live| {
            live.accounts
                .iter()
                .any(|view| matches!(view.pairing.phase, PairingPhase::Code { .. }))
        })?;
        self.studio.app.go(Screen::Pairing);
        self.take(Screen::Pairing.key())
    }

    /// Draws what is shown now in every view.
    fn take(&mut self, name: &str) -> anyhow::Result<()> {
        for view in VIEWS {
            self.take_in(name, view)?;
        }
        Ok(())
    }

    fn take_in(&mut self, name: &str, view: &View) -> anyhow::Result<()> {
        self.studio.look(view)?;
        let picture = self.studio.draw(view)?;
        let file = self.folder.join(format!("{name}-{}.png", view.name));
        picture
            .save(&file)
            .with_context(|| format!("{} cannot be written", file.display()))?;
        let shown = file.display().to_string();
        say(&self.text.with("demo-picture", &[("file", shown.into())]));
        Ok(())
    }
}
