//! The thread that decodes pictures: what was asked for last comes first, for it is what is in sight.

use super::PictureKey;
use super::decode::{self, Decoded, Source};
use egui::Context;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};

/// How many decoded pictures wait for the window before the thread does.
const DECODED_MAX: usize = 4;

/// A picture to be decoded.
pub(super) struct Job {
    pub(super) key: PictureKey,
    pub(super) source: Source,
    pub(super) side: u32,
}

#[derive(Default)]
struct Queue {
    jobs: Vec<Job>,
    closed: bool,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Option<Job> {
        let mut queue = self.queue();
        loop {
            if queue.closed {
                return None;
            }
            if let Some(job) = queue.jobs.pop() {
                return Some(job);
            }
            queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// The thread, which ends with this.
pub(super) struct Worker {
    shared: Arc<Shared>,
    decoded: mpsc::Receiver<(PictureKey, Option<Decoded>)>,
    runs: bool,
}

impl Worker {
    pub(super) fn start(context: Context) -> Self {
        let shared = Arc::new(Shared::default());
        let (sender, decoded) = mpsc::sync_channel(DECODED_MAX);
        let theirs = shared.clone();
        let thread = std::thread::Builder::new()
            .name("pictures".to_owned())
            .spawn(move || {
                while let Some(job) = theirs.next() {
                    // A decoder that fails badly on what somebody sent must not take the others with it.
                    let work = AssertUnwindSafe(|| decode::decode(&job.source, job.side));
                    let decoded = catch_unwind(work).unwrap_or_default();
                    if sender.send((job.key, decoded)).is_err() {
                        return;
                    }
                    context.request_repaint();
                }
            });
        Self {
            shared,
            decoded,
            runs: thread.is_ok(),
        }
    }

    /// Whether the system gave a thread.
    pub(super) fn runs(&self) -> bool {
        self.runs
    }

    /// Puts a job in front of the others; answers those that are given up for it.
    pub(super) fn push(&self, job: Job, most: usize) -> Vec<PictureKey> {
        let mut queue = self.shared.queue();
        queue.jobs.push(job);
        let surplus = queue.jobs.len().saturating_sub(most);
        let given_up = queue.jobs.drain(..surplus).map(|job| job.key).collect();
        drop(queue);
        self.shared.changed.notify_one();
        given_up
    }

    /// What has been decoded since the last call.
    pub(super) fn decoded(&self) -> impl Iterator<Item = (PictureKey, Option<Decoded>)> + '_ {
        self.decoded.try_iter()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.shared.queue().closed = true;
        self.shared.changed.notify_all();
    }
}
