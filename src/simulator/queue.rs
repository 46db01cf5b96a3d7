//! The gateway's queue: accepted messages that wait for the phone, one after another.

use std::collections::VecDeque;
use std::time::Duration;
use tokio::time::Instant;

/// The gateway's queue. A message is known by its number in the ledger.
#[derive(Debug, Clone)]
pub(super) struct SendQueue {
    waiting: VecDeque<Waiting>,
    last_sent_at: Option<Instant>,
    /// Kept back on purpose since the beginning or a control's wish.
    held: bool,
    released_at: Instant,
    /// The gateway's own pace.
    send_interval: Duration,
    /// The operator's delay, in seconds; 0 for none.
    pub(super) delay_secs: u32,
}

#[derive(Debug, Clone, Copy)]
struct Waiting {
    message: usize,
    accepted_at: Instant,
}

impl SendQueue {
    /// An empty queue.
    pub(super) fn new(send_interval: Duration, delay_secs: u32, now: Instant) -> Self {
        Self {
            waiting: VecDeque::new(),
            last_sent_at: None,
            held: false,
            released_at: now,
            send_interval,
            delay_secs,
        }
    }

    /// Messages that wait.
    pub(super) fn length(&self) -> usize {
        self.waiting.len()
    }

    /// Puts a message at the end.
    pub(super) fn push(&mut self, message: usize, now: Instant) {
        self.waiting.push_back(Waiting {
            message,
            accepted_at: now,
        });
    }

    /// When the first message is sent, if the phone has been available since `available_since`.
    pub(super) fn next_send(&self, available_since: Instant) -> Option<Instant> {
        let first = self.waiting.front().filter(|_| !self.held)?;
        let gap = self
            .send_interval
            .max(Duration::from_secs(u64::from(self.delay_secs)));
        let after_acceptance = first.accepted_at + self.send_interval;
        let after_last = self.last_sent_at.map_or(after_acceptance, |last| last + gap);
        Some(
            after_acceptance
                .max(after_last)
                .max(available_since)
                .max(self.released_at),
        )
    }

    /// Takes the first message out to send it.
    pub(super) fn take_first(&mut self, now: Instant) -> Option<usize> {
        let first = self.waiting.pop_front()?;
        self.last_sent_at = Some(now);
        Some(first.message)
    }

    /// What was taken out is sent, or given up, only now: the pace goes on from here.
    pub(super) fn resume(&mut self, now: Instant) {
        self.last_sent_at = Some(now);
    }

    /// Deletes everything; answers which messages went.
    pub(super) fn clear(&mut self) -> Vec<usize> {
        self.waiting.drain(..).map(|waiting| waiting.message).collect()
    }

    /// Keeps everything back, or lets it go.
    pub(super) fn hold(&mut self, held: bool, now: Instant) {
        if self.held && !held {
            self.released_at = now;
        }
        self.held = held;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_spaces_messages_and_a_hold_keeps_them() {
        let start = Instant::now();
        let pace = Duration::from_millis(300);
        let mut queue = SendQueue::new(pace, 0, start);
        assert_eq!(queue.next_send(start), None);
        queue.push(0, start);
        queue.push(1, start);
        queue.push(2, start);
        assert_eq!(queue.next_send(start), Some(start + pace));
        assert_eq!(queue.take_first(start + pace), Some(0));
        assert_eq!(queue.next_send(start), Some(start + pace * 2));
        queue.delay_secs = 5;
        assert_eq!(
            queue.next_send(start),
            Some(start + pace + Duration::from_secs(5))
        );
        let online_at = start + Duration::from_secs(60);
        assert_eq!(
            queue.next_send(online_at),
            Some(online_at),
            "a phone that comes back sends at once"
        );
        queue.hold(true, start);
        assert_eq!(queue.next_send(start), None);
        queue.hold(false, online_at);
        assert_eq!(queue.next_send(start), Some(online_at));
        assert_eq!(queue.clear(), [1, 2]);
        assert_eq!(queue.length(), 0);
    }
}
