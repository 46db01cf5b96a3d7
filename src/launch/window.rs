//! The program itself, in its window.

use super::service::{Service, to_desktop};
use super::{say, say_error};
use crate::engine::EngineOptions;
use crate::platform::folders::{self, FolderError};
use crate::platform::instance::{self, Claim};
use crate::platform::{display, logging};
use crate::secrets::Secrets;
use crate::secrets::manager::SecretsSetup;
use crate::store::StoreError;
use crate::ui::app::AppOptions;
use crate::ui::failure::StartFailure;
use crate::ui::text::{Language, Localizer};
use crate::ui::voices::VoicePlayer;
use crate::ui::window::{self, Start, WindowOptions};
use anyhow::Context as _;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Runs the program until its window is closed.
pub(super) fn run(data_dir: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let text = Localizer::new(Language::of_system());
    if !display::is_there() {
        say_error(&text.get(display::NO_DISPLAY_KEY));
        return Ok(ExitCode::FAILURE);
    }
    let folder = match folders::data_folder(data_dir) {
        Ok(folder) => folder,
        Err(error) => return no_folder(&text, &error),
    };
    let logs = logging::start(&folder).context("the log cannot be written")?;
    let raise = window::Raise::default();
    let shown = raise.clone();
    let instance = match instance::claim(&folder, move || shown.raise()) {
        Ok(Claim::First(instance)) => instance,
        Ok(Claim::Second { shown }) => {
            say(&text.get(Claim::key_of_second(shown)));
            return Ok(if shown {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            });
        }
        Err(error) => {
            let failed = text.with("instance-failed", &[("words", error.to_string().into())]);
            say_error(&failed);
            return Ok(ExitCode::FAILURE);
        }
    };
    let service = Arc::new(Service::default());
    let app = AppOptions::default();
    let start = start(Arc::clone(&service), folder.clone(), Arc::clone(&app.player));
    let ran = window::run(
        WindowOptions {
            raise,
            ..WindowOptions::new("Recado", folder, app)
        },
        start,
    );
    service.stop();
    drop(instance);
    drop(logs);
    match ran {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => {
            say_error(&text.with("window-failed", &[("words", error.to_string().into())]));
            Ok(ExitCode::FAILURE)
        }
    }
}

fn start(service: Arc<Service>, folder: PathBuf, player: Arc<dyn VoicePlayer>) -> Start {
    let desktop = to_desktop(player);
    Arc::new(move |wake| {
        service.stop();
        let secrets = Secrets::start(SecretsSetup::for_folder(&folder));
        let mut options = EngineOptions::new(folder.clone(), secrets);
        options.wake = wake;
        options.on_alert = Arc::clone(&desktop.on_alert);
        options.on_arrival = Arc::clone(&desktop.on_arrival);
        let link = service.start(options)?;
        desktop.live.fill(link.watch_live());
        Ok(link)
    })
}

/// There is nowhere to keep anything: whoever started the program from an icon learns it from a window.
fn no_folder(text: &Localizer, error: &FolderError) -> anyhow::Result<ExitCode> {
    let path = error.path().map(std::path::Path::to_path_buf).unwrap_or_default();
    let words = error.to_string();
    let values = [
        ("path", path.display().to_string().into()),
        ("words", words.clone().into()),
    ];
    say_error(&text.with(error.key(), &values));
    let shown = path.clone();
    let start: Start = Arc::new(move |_wake| {
        let source = io::Error::other(words.clone());
        Err(StartFailure::Store(StoreError::Folder {
            path: shown.clone(),
            source,
        }))
    });
    if let Err(error) = window::run(WindowOptions::new("Recado", path, AppOptions::default()), start) {
        say_error(&error.to_string());
    }
    Ok(ExitCode::FAILURE)
}
