//! The engine as the window holds it: started beside the window, stopped after it, its alerts put into words.

use crate::domain::health::Alert;
use crate::engine::{Engine, EngineOptions, Live, OnAlert, StartError};
use crate::platform::notify::Notifier;
use crate::store::StoreError;
use crate::ui::failure::StartFailure;
use crate::ui::link::EngineLink;
use crate::ui::text::{Language, Localizer};
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
    StartFailure::Store(match error {
        StartError::Store(error) => error,
        StartError::Runtime(source) => StoreError::Folder { path: folder, source },
    })
}

/// Tells alerts by the desktop's notifications, in the language that is set at the time.
pub(super) fn alerts_to_desktop() -> (Arc<OnAlert>, Arc<LiveSlot>) {
    let slot = Arc::new(LiveSlot::default());
    let notifier = Notifier::start();
    let live = Arc::clone(&slot);
    let tell = move |account: &str, alert: Alert| {
        let text = Localizer::new(live.language());
        let (title, body) = words::alert(&text, alert, account);
        notifier.show(&title, &body);
    };
    (Arc::new(tell), slot)
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
