//! The demo keeps nothing: also when the system asks it to end, its temporary folder goes.

use std::path::Path;
use tokio::runtime::Handle;

/// What a shell calls a program that was ended by the request to end, less the number of the signal.
const ENDED_BY_SIGNAL: i32 = 128;
/// The engine may still write while the folder is emptied.
const TRIES: usize = 20;

/// When the system asks the program to end, removes `folder` and ends. (Closing the window ends in the usual way.)
pub(super) fn remove_when_asked_to_end(runtime: &Handle, folder: &Path) {
    let folder = folder.to_path_buf();
    runtime.spawn(async move {
        let number = asked_to_end().await;
        remove(&folder);
        // The window's loop and the engine's threads hold nothing that outlives the demo.
        std::process::exit(ENDED_BY_SIGNAL + number);
    });
}

fn remove(folder: &Path) {
    for _ in 0..TRIES {
        match std::fs::remove_dir_all(folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                tracing::debug!(%error, "the demo's folder is not empty yet");
            }
            _ => return,
        }
    }
}

/// Waits for the request; answers the number of its signal.
#[cfg(unix)]
async fn asked_to_end() -> i32 {
    use tokio::signal::unix::{SignalKind, signal};
    let kinds = [
        SignalKind::terminate(),
        SignalKind::interrupt(),
        SignalKind::hangup(),
    ];
    let waits = kinds.into_iter().map(|kind| {
        Box::pin(async move {
            match signal(kind) {
                Ok(mut signals) => signals.recv().await,
                Err(error) => {
                    tracing::debug!(%error, "requests to end are left to the system");
                    std::future::pending().await
                }
            };
            kind.as_raw_value()
        })
    });
    futures_util::future::select_all(waits).await.0
}

/// Waits for the request; answers the number of its signal.
#[cfg(not(unix))]
async fn asked_to_end() -> i32 {
    const INTERRUPT: i32 = 2;
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::debug!(%error, "requests to end are left to the system");
        std::future::pending::<()>().await;
    }
    INTERRUPT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_goes_with_everything_in_it_and_one_that_is_gone_is_no_trouble() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("demo");
        std::fs::create_dir_all(inside.join("media")).unwrap();
        std::fs::write(inside.join("media").join("a"), "x").unwrap();
        remove(&inside);
        assert!(!inside.exists());
        remove(&inside);
    }
}
