//! How long is waited. Bounds are on progress: a large file on a slow line takes as long as it takes.

use std::time::Duration;

/// How long the storage is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoragePatience {
    /// Name, connection and TLS.
    pub connect: Duration,
    /// Without a byte of the file going out.
    pub stall: Duration,
    /// For the answer, once all has been handed to the system (which may hold a few megabytes back), and for its body.
    pub answer: Duration,
    /// Before something is tried the second time; four times as long before the third.
    pub backoff: Duration,
}

impl Default for StoragePatience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            stall: Duration::from_secs(30),
            answer: Duration::from_secs(90),
            backoff: Duration::from_millis(500),
        }
    }
}

/// How long a fetched address is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FetchPatience {
    /// Name, connection and TLS.
    pub connect: Duration,
    /// Without a byte coming.
    pub stall: Duration,
    /// The whole of it, whatever its size.
    pub whole: Duration,
    /// Slowest rate that is waited for beyond that.
    pub bytes_per_sec: u64,
}

impl Default for FetchPatience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            stall: Duration::from_secs(15),
            whole: Duration::from_secs(30),
            bytes_per_sec: 100 * 1024,
        }
    }
}

impl FetchPatience {
    /// How long a file of this size may take as a whole.
    #[must_use]
    pub fn whole_for(&self, bytes: u64) -> Duration {
        self.whole
            .saturating_add(Duration::from_secs(bytes / self.bytes_per_sec.max(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_file_may_take_longer() {
        let patience = FetchPatience::default();
        assert_eq!(patience.whole_for(10), Duration::from_secs(30));
        assert_eq!(patience.whole_for(100 * 1024 * 100), Duration::from_secs(130));
        assert!(patience.whole_for(u64::MAX) > Duration::from_secs(1_000_000));
    }
}
