//! Whether files of our own folder are still there: looked up by a thread of its own, for a frame waits for no disk.

use crate::domain::Timestamp;
use egui::Context;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

/// What was found is looked up again when it is shown this long after.
const LASTS: Duration = Duration::from_secs(30);
/// How many files are remembered.
const KNOWN_MAX: usize = 1_000;
/// How many wait to be looked up.
const WAITING_MAX: usize = 64;

#[derive(Debug, Clone, Copy)]
struct Known {
    there: Option<bool>,
    asked_at: Timestamp,
}

/// What is known about files. The thread begins with the first question, and ends with this.
#[derive(Default)]
pub struct Presence {
    known: HashMap<PathBuf, Known>,
    ways: Option<Ways>,
}

struct Ways {
    questions: mpsc::SyncSender<PathBuf>,
    answers: mpsc::Receiver<(PathBuf, bool)>,
}

impl Presence {
    /// Whether a file is there; `None` until it has been looked up, which wakes the window. To be asked in every frame
    /// that shows it.
    pub fn is_there(&mut self, context: &Context, path: &Path, now: Timestamp) -> Option<bool> {
        self.take_answers();
        let known = self.known.get(path).copied();
        if let Some(known) = known.filter(|known| now.since(known.asked_at) < LASTS) {
            return known.there;
        }
        let there = known.and_then(|known| known.there);
        let ways = self.ways.get_or_insert_with(|| Ways::open(context.clone()));
        // More at once than it takes: what is still in sight is asked again.
        if ways.questions.try_send(path.to_path_buf()).is_ok() {
            if self.known.len() >= KNOWN_MAX {
                self.known.clear();
            }
            let asked_at = now;
            self.known.insert(path.to_path_buf(), Known { there, asked_at });
        } else {
            context.request_repaint_after(Duration::from_millis(200));
        }
        there
    }

    fn take_answers(&mut self) {
        let Some(ways) = &self.ways else { return };
        for (path, there) in ways.answers.try_iter() {
            if let Some(known) = self.known.get_mut(&path) {
                known.there = Some(there);
            }
        }
    }
}

impl Ways {
    fn open(context: Context) -> Self {
        let (questions, asked) = mpsc::sync_channel::<PathBuf>(WAITING_MAX);
        let (found, answers) = mpsc::channel();
        let thread = std::thread::Builder::new()
            .name("files".to_owned())
            .spawn(move || {
                for path in asked {
                    let there = path.is_file();
                    if found.send((path, there)).is_err() {
                        return;
                    }
                    context.request_repaint();
                }
            });
        if let Err(error) = thread {
            // Nothing is known then, and nothing is claimed.
            tracing::warn!(%error, "no thread to look files up");
        }
        Self { questions, answers }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    fn found(presence: &mut Presence, path: &Path, now: Timestamp) -> bool {
        let (context, until) = (Context::default(), Instant::now() + Duration::from_secs(20));
        loop {
            if let Some(there) = presence.is_there(&context, path, now) {
                return there;
            }
            assert!(Instant::now() < until, "it was never looked up");
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_file_is_looked_up_and_again_after_a_while() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let mut presence = Presence::default();
        let begin = Timestamp(1_000_000);
        assert!(!found(&mut presence, &path, begin));
        std::fs::write(&path, "x").unwrap();
        assert!(!found(&mut presence, &path, begin.plus(LASTS / 2)), "not yet");
        let later = begin.plus(LASTS * 2);
        let until = Instant::now() + Duration::from_secs(20);
        while !found(&mut presence, &path, later) {
            assert!(Instant::now() < until, "it was not looked up again");
            std::thread::yield_now();
        }
    }
}
