//! The engine as the window holds it: started beside the window, stopped after it, its alerts put into words.

use crate::domain::health::Alert;
use crate::engine::{
    Arrivals, Engine, EngineOptions, Live, OnAlert, OnArrival, StartError, newest_whole_backup,
};
use crate::platform::notify::Notifier;
use crate::store::StoreError;
use crate::ui::failure::StartFailure;
use crate::ui::link::EngineLink;
use crate::ui::text::{Language, Localizer};
use crate::ui::voices::VoicePlayer;
use crate::ui::words;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// Keeps the engine from its start to the end of the program.
#[derive(Default)]
pub(super) struct Service {
    engine: Mutex<Option<Engine>>,
}

impl Service {
    /// Starts the engine and gives the window's ends of its channels.
    pub(super) fn start(&self, options: EngineOptions) -> Result<EngineLink, StartFailure> {
        let folder = options.folder.clone();
        let mut engine = Engine::start(options).map_err(|error| failure(error, folder))?;
        let link = engine.take_link().ok_or(StartFailure::SecondCopy)?;
        *self.engine.lock().unwrap_or_else(PoisonError::into_inner) = Some(engine);
        Ok(EngineLink::new(link.commands, link.events, link.live))
    }

    /// Stops the engine, if it runs.
    pub(super) fn stop(&self) {
        let engine = self.engine.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(engine) = engine {
            engine.shutdown();
        }
    }
}

fn failure(error: StartError, folder: PathBuf) -> StartFailure {
    match error {
        StartError::Store(StoreError::Damaged(words)) => match newest_whole_backup(&folder) {
            Some(backup) => StartFailure::Damaged { words, backup },
            None => StartFailure::Store(StoreError::Damaged(words)),
        },
        StartError::Store(error) => StartFailure::Store(error),
        StartError::Runtime(source) => StartFailure::Store(StoreError::Folder { path: folder, source }),
    }
}

/// The way to the desktop: notifications in the language that is set at the time.
#[derive(Clone)]
pub(super) struct ToDesktop {
    /// Tells alerts.
    pub(super) on_alert: Arc<OnAlert>,
    /// Tells what came.
    pub(super) on_arrival: Arc<OnArrival>,
    /// To be filled when the engine runs.
    pub(super) live: Arc<LiveSlot>,
}

/// Tells alerts and what came by the desktop's notifications, and plays the sound of what came: also while the window is
/// hidden and draws nothing.
pub(super) fn to_desktop(player: Arc<dyn VoicePlayer>) -> ToDesktop {
    let live = Arc::new(LiveSlot::default());
    let notifier = Arc::new(Notifier::start());
    let (slot, shown_by) = (Arc::clone(&live), Arc::clone(&notifier));
    let on_alert = move |account: &str, alert: Alert| {
        let text = Localizer::new(slot.language());
        let (title, body) = words::alert(&text, alert, account);
        shown_by.show(&title, &body);
    };
    let slot = Arc::clone(&live);
    let on_arrival = move |arrivals: &Arrivals| {
        if arrivals.show {
            let text = Localizer::new(slot.language());
            let (title, body) = words::arrivals(&text, arrivals);
            notifier.show(&title, &body);
        }
        if arrivals.sound {
            player.chime();
        }
    };
    ToDesktop {
        on_alert: Arc::new(on_alert),
        on_arrival: Arc::new(on_arrival),
        live,
    }
}

/// Where the live picture will be found once the engine runs.
#[derive(Default)]
pub(super) struct LiveSlot(Mutex<Option<watch::Receiver<Arc<Live>>>>);

impl LiveSlot {
    /// The engine runs, and this is its picture.
    pub(super) fn fill(&self, live: watch::Receiver<Arc<Live>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(live);
    }

    fn language(&self) -> Language {
        let slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let setting = slot
            .as_ref()
            .and_then(|live| live.borrow().settings.language.clone());
        Language::of_setting(setting.as_deref())
    }
}
