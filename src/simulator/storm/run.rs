//! The storm itself.

use super::super::control::Control;
use super::super::life::Shared;
use super::super::webhook::{BodyShape, WebhookStyle, courier};
use super::plan::{StormPace, StormPlan};
use super::report::{StormPost, StormProgress, StormReport};
use bytes::Bytes;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep_until, timeout_at};
use tokio_util::sync::{CancellationToken, DropGuard};

/// A storm that blows. Dropping it ends it: what is on its way still arrives, nothing else leaves.
#[derive(Debug)]
pub struct StormHandle {
    seed: u64,
    progress: watch::Receiver<StormProgress>,
    stop: CancellationToken,
    running: JoinHandle<StormReport>,
    _stop_when_dropped: DropGuard,
}

impl Control {
    /// Lets a storm of webhooks begin. Nothing of it is in the ledger: its report says what became of each. Must be
    /// called inside of a tokio runtime with I/O and time.
    ///
    /// # Errors
    /// What the HTTP client says if it cannot be made.
    pub fn storm(&self, plan: StormPlan) -> Result<StormHandle, reqwest::Error> {
        let client = courier::client(plan.connections.max(1))?;
        let stop = self.shared.stop.child_token();
        let (tell_progress, progress) = watch::channel(StormProgress::default());
        let seed = plan.seed;
        let style = self.read(|state| state.outgoing.config.style.clone());
        let storm = Arc::new(Storm {
            order: plan.order(),
            plan,
            style,
            client,
            shared: Arc::clone(&self.shared),
            stop: stop.clone(),
            progress: tell_progress,
            next: AtomicUsize::new(0),
            began: Instant::now(),
            began_unix_secs: SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |time| time.as_secs()),
        });
        Ok(StormHandle {
            seed,
            progress,
            stop: stop.clone(),
            running: tokio::spawn(storm.blow()),
            _stop_when_dropped: stop.drop_guard(),
        })
    }
}

impl StormHandle {
    /// How far it has come.
    #[must_use]
    pub fn progress(&self) -> StormProgress {
        *self.progress.borrow()
    }

    /// Waits until it has come so far, or is over; answers how far it has come. `None` after `patience`.
    pub async fn wait_for(
        &self,
        mut far_enough: impl FnMut(&StormProgress) -> bool,
        patience: Duration,
    ) -> Option<StormProgress> {
        let mut progress = self.progress.clone();
        let deadline = Instant::now() + patience;
        let waited = timeout_at(deadline, progress.wait_for(|now| far_enough(now))).await;
        match waited {
            Ok(Ok(now)) => Some(*now),
            Ok(Err(_)) => Some(self.progress()),
            Err(_) => None,
        }
    }

    /// Ends it: what is on its way still arrives, nothing else leaves.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    /// Waits until it is over.
    pub async fn finish(self) -> StormReport {
        let seed = self.seed;
        match self.running.await {
            Ok(report) => report,
            Err(error) => {
                tracing::warn!(%error, "a storm ended badly");
                StormReport {
                    seed,
                    posts: Vec::new(),
                    took: Duration::ZERO,
                }
            }
        }
    }
}

/// What all connections of a storm share.
struct Storm {
    plan: StormPlan,
    order: Vec<usize>,
    style: WebhookStyle,
    client: reqwest::Client,
    shared: Arc<Shared>,
    stop: CancellationToken,
    progress: watch::Sender<StormProgress>,
    next: AtomicUsize,
    began: Instant,
    began_unix_secs: u64,
}

impl Storm {
    async fn blow(self: Arc<Self>) -> StormReport {
        let mut connections = JoinSet::new();
        for _ in 0..self.plan.connections.clamp(1, self.order.len().max(1)) {
            connections.spawn(Arc::clone(&self).one_after_another());
        }
        let mut posts: Vec<StormPost> = connections.join_all().await.into_iter().flatten().collect();
        posts.sort_by_key(|post| post.sent_at);
        StormReport {
            seed: self.plan.seed,
            posts,
            took: self.began.elapsed(),
        }
    }

    /// One connection: takes the next post, waits until it is due, sends it.
    async fn one_after_another(self: Arc<Self>) -> Vec<StormPost> {
        let mut posts = Vec::new();
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(webhook) = self.order.get(number) else {
                return posts;
            };
            let due_at = self.plan.due(number);
            tokio::select! {
                biased;
                () = self.stop.cancelled() => return posts,
                () = sleep_until(self.began + due_at) => {}
            }
            let post = self.post(*webhook, due_at).await;
            self.progress.send_modify(|progress| {
                progress.ended += 1;
                progress.acknowledged += usize::from(post.is_acknowledged());
            });
            posts.push(post);
        }
    }

    async fn post(&self, webhook: usize, due_at: Duration) -> StormPost {
        let object = self.plan.body(webhook, self.began_unix_secs, &self.style);
        let body = match self.style.shape {
            BodyShape::Object => object,
            BodyShape::Array { .. } => format!("[{object}]"),
        };
        let url = self
            .plan
            .url
            .clone()
            .or_else(|| self.shared.with(|state, _| state.outgoing.config.url.clone()));
        let sent_at = self.began.elapsed();
        let due_at = match self.plan.pace {
            StormPace::PerSecond(_) => due_at,
            StormPace::AsFastAsPossible => sent_at,
        };
        let status = match url {
            Some(url) => {
                let content_type = self.style.content_type.header();
                let timeout = self.plan.timeout;
                courier::post(&self.client, url, content_type, Bytes::from(body), timeout).await
            }
            None => None,
        };
        StormPost {
            identity: self.plan.identity(webhook),
            due_at,
            sent_at,
            answered_at: status.map(|_| self.began.elapsed()),
            status,
        }
    }
}
