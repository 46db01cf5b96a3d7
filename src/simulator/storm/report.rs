//! What became of a storm.

use super::super::webhook::WebhookIdentity;
use std::collections::BTreeSet;
use std::time::Duration;

/// One post of a storm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StormPost {
    /// What it told.
    pub identity: WebhookIdentity,
    /// When it was due, since the storm began; as fast as possible means when it left.
    pub due_at: Duration,
    /// When it left, since the storm began; later than due if all connections were busy.
    pub sent_at: Duration,
    /// When it was answered, since the storm began; `None` without an answer.
    pub answered_at: Option<Duration>,
    /// HTTP status; `None` without an answer.
    pub status: Option<u16>,
}

impl StormPost {
    /// Whether it was answered 2xx.
    #[must_use]
    pub fn is_acknowledged(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }

    /// From when it was due to its answer: that it had to wait for a connection counts.
    #[must_use]
    pub fn latency(&self) -> Option<Duration> {
        Some(self.answered_at?.saturating_sub(self.due_at))
    }
}

/// How far a storm has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StormProgress {
    /// Posts that have ended, answered or not.
    pub ended: usize,
    /// Posts answered 2xx.
    pub acknowledged: usize,
}

/// What became of a storm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StormReport {
    /// The seed of its plan.
    pub seed: u64,
    /// Every post that left, in the order of leaving.
    pub posts: Vec<StormPost>,
    /// From its beginning to its last answer.
    pub took: Duration,
}

impl StormReport {
    /// What was answered 2xx at least once: the receiver must have all of it, each once.
    #[must_use]
    pub fn acknowledged(&self) -> BTreeSet<&WebhookIdentity> {
        self.posts
            .iter()
            .filter(|post| post.is_acknowledged())
            .map(|post| &post.identity)
            .collect()
    }

    /// What was told and never answered 2xx: the receiver may have it or not.
    #[must_use]
    pub fn unacknowledged(&self) -> BTreeSet<&WebhookIdentity> {
        let acknowledged = self.acknowledged();
        self.posts
            .iter()
            .map(|post| &post.identity)
            .filter(|identity| !acknowledged.contains(identity))
            .collect()
    }

    /// How many posts had this answer; `None` counts those without one.
    #[must_use]
    pub fn answered_with(&self, status: Option<u16>) -> usize {
        self.posts.iter().filter(|post| post.status == status).count()
    }

    /// The latency that `percent` of a hundred answered posts stayed within; `None` if none was answered.
    #[must_use]
    pub fn latency_percentile(&self, percent: usize) -> Option<Duration> {
        let mut latencies: Vec<Duration> = self.posts.iter().filter_map(StormPost::latency).collect();
        latencies.sort_unstable();
        let rank = (latencies.len() * percent.min(100)).div_ceil(100);
        latencies.get(rank.saturating_sub(1)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_answer_is_enough_and_percentiles_are_ranks() {
        let post = |name: &str, status: Option<u16>, millis: u64| StormPost {
            identity: WebhookIdentity::Message(name.to_owned()),
            due_at: Duration::from_millis(10),
            sent_at: Duration::from_millis(11),
            answered_at: status.map(|_| Duration::from_millis(10 + millis)),
            status,
        };
        let report = StormReport {
            seed: 1,
            posts: vec![
                post("a", None, 0),
                post("a", Some(200), 4),
                post("b", Some(503), 2),
                post("c", None, 0),
            ],
            took: Duration::ZERO,
        };
        let names = |set: BTreeSet<&WebhookIdentity>| set.into_iter().cloned().collect::<Vec<_>>();
        let name = |name: &str| WebhookIdentity::Message(name.to_owned());
        assert_eq!(names(report.acknowledged()), [name("a")]);
        assert_eq!(names(report.unacknowledged()), [name("b"), name("c")]);
        assert_eq!(
            (report.answered_with(None), report.answered_with(Some(503))),
            (2, 1)
        );
        assert_eq!(report.latency_percentile(50), Some(Duration::from_millis(2)));
        assert_eq!(report.latency_percentile(99), Some(Duration::from_millis(4)));
    }
}
