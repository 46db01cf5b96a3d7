//! Where the pictures are taken: the real app on a running engine, and a hand that presses what it finds by its name.

use super::View;
use crate::domain::settings::Settings;
use crate::domain::{AccountId, GatewayKind, Timestamp};
use crate::engine::{Command, HealthCommand, Link, Live};
use crate::ui::app::{AppOptions, RecadoApp};
use crate::ui::link::EngineLink;
use crate::ui::offscreen::{self, Textures};
use crate::ui::theme;
use anyhow::{Context as _, bail};
use egui::accesskit::{Action, Node};
use egui::{FullOutput, Pos2, RawInput, Rect, Vec2};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, watch};

/// How long a screen may take to come to rest.
const PATIENCE: Duration = Duration::from_secs(20);
/// A frame that wants to be drawn again later than this is at rest.
const REST: Duration = Duration::from_millis(150);
/// The time between two frames.
const FRAME: Duration = Duration::from_millis(16);

/// The app, and what it is drawn with.
pub(super) struct Studio {
    pub(super) app: RecadoApp,
    commands: mpsc::Sender<Command>,
    live: watch::Receiver<Arc<Live>>,
    egui: egui::Context,
    textures: Textures,
    began: Instant,
}

impl Studio {
    /// The app on a running engine.
    pub(super) fn new(link: Link) -> Self {
        let egui = egui::Context::default();
        theme::install(&egui);
        // What can be pressed is found by its name.
        egui.enable_accesskit();
        Self {
            commands: link.commands.clone(),
            live: link.live.clone(),
            app: RecadoApp::new(
                EngineLink::new(link.commands, link.events, link.live),
                AppOptions::default(),
            ),
            egui,
            textures: Textures::default(),
            began: Instant::now(),
        }
    }

    pub(super) fn send(&self, command: Command) -> anyhow::Result<()> {
        self.commands
            .blocking_send(command)
            .ok()
            .context("the engine has ended")
    }

    /// The gateway of an account.
    pub(super) fn gateway_of(&self, account: AccountId) -> Option<GatewayKind> {
        self.live
            .borrow()
            .account(account)
            .map(|view| view.account.gateway)
    }

    /// Waits until the engine's picture looks like this.
    pub(super) fn wait_for(
        &mut self,
        what: &str,
        mut looks: impl FnMut(&Live) -> bool,
    ) -> anyhow::Result<()> {
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
    pub(super) fn look(&mut self, view: &View) -> anyhow::Result<()> {
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
    pub(super) fn draw(&mut self, view: &View) -> anyhow::Result<image::RgbaImage> {
        let output = self.rest(view);
        let (size, pixels_per_point) = (points(view), output.pixels_per_point);
        let textures = &mut self.textures;
        Ok(offscreen::render(
            &self.egui,
            output,
            size,
            pixels_per_point,
            textures,
        ))
    }

    /// Runs frames until nothing moves any more. Questions and their answers go back and forth a few times before a screen
    /// has everything.
    fn rest(&mut self, view: &View) -> FullOutput {
        let until = Instant::now() + PATIENCE;
        let mut at_rest = 0;
        loop {
            let output = self.run(view, Vec::new());
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
                return output;
            }
            self.pass_by(output);
            std::thread::sleep(FRAME);
        }
    }

    /// One frame.
    fn run(&mut self, view: &View, events: Vec<egui::Event>) -> FullOutput {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, points(view))),
            time: Some(self.began.elapsed().as_secs_f64()),
            events,
            ..RawInput::default()
        };
        if let Some(viewport) = input.viewports.get_mut(&egui::ViewportId::ROOT) {
            viewport.native_pixels_per_point = Some(1.0);
        }
        self.egui.run_ui(input, |ui| self.app.frame(ui))
    }

    /// Takes over the textures of a frame that is not drawn.
    fn pass_by(&mut self, mut output: FullOutput) {
        self.textures.apply(&output.textures_delta);
        self.textures.free(&output.textures_delta);
        output.textures_delta.clear();
    }

    /// Presses what has this name, or begins with it, once everything is at rest.
    pub(super) fn press(&mut self, view: &View, name: &str) -> anyhow::Result<()> {
        let output = self.rest(view);
        let at = place_of(&output, name);
        self.pass_by(output);
        let at = at.with_context(|| format!("nothing is called {name:?}"))?;
        let button = |pressed| egui::Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        };
        let events = [
            egui::Event::PointerMoved(at),
            button(true),
            button(false),
            egui::Event::PointerGone,
        ];
        for event in events {
            let output = self.run(view, vec![event]);
            self.pass_by(output);
        }
        Ok(())
    }

    /// Writes into the field of this name.
    pub(super) fn write(&mut self, view: &View, name: &str, text: &str) -> anyhow::Result<()> {
        self.press(view, name)?;
        let output = self.run(view, vec![egui::Event::Text(text.to_owned())]);
        self.pass_by(output);
        Ok(())
    }
}

fn points(view: &View) -> Vec2 {
    view.size / (f32::from(view.scale_percent) / 100.0)
}

/// The middle of what has this name, in points; of several the first that has it whole.
fn place_of(output: &FullOutput, name: &str) -> Option<Pos2> {
    let nodes = &output.platform_output.accesskit_update.as_ref()?.nodes;
    let words = |node: &Node| node.label().or(node.value()).map(str::to_owned);
    // A field is called what stands above it.
    let name_of = |node: &Node| {
        let label = node.labelled_by().first();
        let label = label.and_then(|label| nodes.iter().find(|(id, _)| id == label));
        label
            .and_then(|(_, label)| words(label))
            .or_else(|| node.label().map(str::to_owned))
    };
    let named = |is_meant: &dyn Fn(&str) -> bool| {
        nodes.iter().find_map(|(_, node)| {
            let bounds = node.bounds()?;
            let can_be_pressed = node.supports_action(Action::Click) || node.supports_action(Action::Focus);
            let middle = (bounds.x0.midpoint(bounds.x1), bounds.y0.midpoint(bounds.y1));
            // A screen is a few thousand points wide at most.
            #[allow(
                clippy::cast_possible_truncation,
                reason = "far below where a f32 has no halves"
            )]
            let middle = egui::pos2(middle.0 as f32, middle.1 as f32);
            (can_be_pressed && name_of(node).is_some_and(|name| is_meant(&name))).then_some(middle)
        })
    };
    named(&|label| label == name).or_else(|| named(&|label| label.starts_with(name)))
}
