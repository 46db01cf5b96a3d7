//! The way of several messages to the gateway: which are posted together, what waits, and what became of each.

use super::replies::{Fate, Judgement};
use crate::domain::outbox::SendVerdict;
use crate::gateway::SendReport;
use std::collections::{BTreeMap, VecDeque};

/// The parts of a send. Messages are meant by their position in it; each is in one part, and every part ends in reports.
pub(super) struct Parts {
    waiting: VecDeque<Vec<usize>>,
    reports: BTreeMap<usize, SendReport>,
    has_begun: bool,
}

impl Parts {
    /// `count` messages in parts of at most `most`.
    pub(super) fn of(count: usize, most: usize) -> Self {
        let indices: Vec<usize> = (0..count).collect();
        Self {
            waiting: indices.chunks(most.max(1)).map(<[usize]>::to_vec).collect(),
            reports: BTreeMap::new(),
            has_begun: false,
        }
    }

    /// Whether a part was posted.
    pub(super) fn has_begun(&self) -> bool {
        self.has_begun
    }

    /// The part that is posted next.
    pub(super) fn next(&mut self) -> Option<Vec<usize>> {
        self.waiting.pop_front()
    }

    /// What was posted came to this.
    pub(super) fn apply(&mut self, part: Vec<usize>, judgement: Judgement, raw: Option<&str>) {
        self.has_begun = true;
        match judgement {
            Judgement::Split | Judgement::TooMany => {
                let (first, second) = part.split_at(part.len() / 2);
                self.waiting.push_front(second.to_vec());
                self.waiting.push_front(first.to_vec());
            }
            Judgement::Each(fates) => {
                let mut again = Vec::new();
                let mut unclear = None;
                for (index, fate) in part.into_iter().zip(fates) {
                    match fate {
                        Fate::Final(verdict) => {
                            if matches!(verdict, SendVerdict::Ambiguous(_)) {
                                unclear = not_tried(&verdict);
                            }
                            self.report(index, verdict, raw);
                        }
                        Fate::RefusedAlong => again.push(index),
                    }
                }
                if !again.is_empty() {
                    self.waiting.push_front(again);
                }
                self.end_if(unclear);
            }
            Judgement::All(verdict) => {
                let of_the_rest = not_tried(&verdict);
                for index in part {
                    self.report(index, verdict.clone(), raw);
                }
                self.end_if(of_the_rest);
            }
        }
    }

    /// Nothing more is posted, neither this part nor another one.
    pub(super) fn leave(&mut self, part: Vec<usize>, words: &str) {
        self.waiting.push_front(part);
        self.end_if(Some(SendVerdict::NotSent {
            words: words.to_owned(),
        }));
    }

    /// What became of each, in their order.
    pub(super) fn reports(self) -> Vec<SendReport> {
        self.reports.into_values().collect()
    }

    fn end_if(&mut self, verdict: Option<SendVerdict>) {
        let Some(verdict) = verdict else { return };
        while let Some(part) = self.waiting.pop_front() {
            for index in part {
                self.report(index, verdict.clone(), None);
            }
        }
    }

    fn report(&mut self, index: usize, verdict: SendVerdict, raw: Option<&str>) {
        let raw = raw.map(str::to_owned);
        self.reports.insert(index, SendReport { verdict, raw });
    }
}

/// What is said of messages that were not tried because of what became of others; `None` if they are to be tried.
fn not_tried(verdict: &SendVerdict) -> Option<SendVerdict> {
    match verdict {
        SendVerdict::Accepted { .. } | SendVerdict::AlreadyKnown { .. } | SendVerdict::Rejected(_) => None,
        SendVerdict::Wait { .. } | SendVerdict::CredentialsRefused { .. } | SendVerdict::NotSent { .. } => {
            Some(verdict.clone())
        }
        SendVerdict::Ambiguous(_) => Some(SendVerdict::NotSent {
            words: "the gateway gave no clear answer to the messages before".to_owned(),
        }),
    }
}
