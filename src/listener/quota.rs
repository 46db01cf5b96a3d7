//! How many bytes all calls together may hold.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A number of bytes that calls share.
#[derive(Debug)]
pub(super) struct Quota {
    limit: u64,
    used: AtomicU64,
}

impl Quota {
    pub(super) fn new(limit: u64) -> Arc<Self> {
        Arc::new(Self {
            limit,
            used: AtomicU64::new(0),
        })
    }

    /// A share that holds nothing yet.
    pub(super) fn share(self: &Arc<Self>) -> Share {
        Share {
            quota: Arc::clone(self),
            bytes: 0,
        }
    }
}

/// What one call holds; given back when dropped.
#[derive(Debug)]
pub(super) struct Share {
    quota: Arc<Quota>,
    bytes: u64,
}

impl Share {
    /// Makes sure that this many bytes in all are held. `false` if there are not so many.
    #[must_use]
    pub(super) fn hold(&mut self, bytes: u64) -> bool {
        let more = bytes.saturating_sub(self.bytes);
        let limit = self.quota.limit;
        let held = self
            .quota
            .used
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |used| {
                used.checked_add(more).filter(|sum| *sum <= limit)
            })
            .is_ok();
        if held {
            self.bytes += more;
        }
        held
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.quota.used.fetch_sub(self.bytes, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_never_exceed_the_quota_and_are_given_back() {
        let quota = Quota::new(10);
        let (mut one, mut other) = (quota.share(), quota.share());
        assert!(one.hold(6) && other.hold(4) && one.hold(3));
        assert!(!other.hold(5) && !one.hold(u64::MAX));
        drop(one);
        assert!(other.hold(10) && !other.hold(11));
        drop(other);
        assert_eq!(quota.used.load(Ordering::Acquire), 0);
    }
}
