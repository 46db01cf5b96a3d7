//! What was read of a call, part by part.

use super::media::{FreshFile, Unkept};
use crate::domain::incoming::{Inbound, InboundFile};
use crate::domain::text::one_line;

/// Most parts of one call; there is more in no call that a gateway means.
const PARTS_MAX: usize = 100_000;
/// How many unreadable parts are told one by one.
const UNREADABLE_MAX: usize = 20;
/// Longest reason, in characters.
const WHY_MAX: usize = 200;

/// The parts, and the files among them that nobody has taken yet.
#[derive(Debug, Default)]
pub(in crate::gateway) struct Parts {
    list: Vec<Inbound>,
    files: Vec<Unkept>,
    unreadable: usize,
    left_out: usize,
}

impl Parts {
    /// One more part.
    pub(in crate::gateway) fn push(&mut self, part: Inbound) {
        if self.list.len() < PARTS_MAX {
            self.list.push(part);
        } else {
            self.left_out += 1;
        }
    }

    /// A file that was stored.
    pub(in crate::gateway) fn push_file(&mut self, key: String, reference: &str, file: FreshFile) {
        let (file, unkept) = file.named(reference);
        if self.list.len() < PARTS_MAX {
            self.list
                .push(Inbound::File(InboundFile { reference: key, file }));
            self.files.push(unkept);
        } else {
            self.left_out += 1;
        }
    }

    /// A part that could not be read.
    pub(in crate::gateway) fn unreadable(&mut self, why: impl AsRef<str>) {
        self.unreadable += 1;
        if self.unreadable <= UNREADABLE_MAX {
            let cleaned: String = why
                .as_ref()
                .chars()
                .take(WHY_MAX * 8)
                .filter(|character| !crate::domain::text::is_direction_control(*character))
                .map(|character| if character.is_control() { ' ' } else { character })
                .collect();
            self.list.push(Inbound::Unreadable {
                why: one_line(&cleaned, WHY_MAX),
            });
        }
    }

    /// How many there are, the unreadable ones too.
    pub(in crate::gateway) fn count(&self) -> usize {
        self.list.len() + self.left_out + self.unreadable.saturating_sub(UNREADABLE_MAX)
    }

    /// Whether any of them could be read.
    pub(in crate::gateway) fn has_meaning(&self) -> bool {
        self.list
            .iter()
            .any(|part| !matches!(part, Inbound::Unreadable { .. }))
    }

    /// All of them, at least one; their files stay.
    pub(in crate::gateway) fn keep(mut self) -> Vec<Inbound> {
        let more = self.unreadable.saturating_sub(UNREADABLE_MAX);
        for (count, what) in [
            (more, "more parts could not be read"),
            (self.left_out, "more parts were too many for one call"),
        ] {
            if count > 0 {
                self.list.push(Inbound::Unreadable {
                    why: format!("{count} {what}"),
                });
            }
        }
        if self.list.is_empty() {
            self.list.push(Inbound::Unreadable {
                why: "there is nothing in it that can be read".to_owned(),
            });
        }
        self.files.drain(..).for_each(Unkept::keep);
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_one_part_and_never_too_many() {
        let whys = |parts: Parts| -> Vec<String> {
            parts
                .keep()
                .into_iter()
                .map(|part| match part {
                    Inbound::Unreadable { why } => why,
                    other => panic!("{other:?}"),
                })
                .collect()
        };
        assert_eq!(whys(Parts::default()).len(), 1);
        let mut parts = Parts::default();
        for number in 0..1_000 {
            parts.unreadable(format!("{number}\0\u{202e}\n{}", "x".repeat(10_000)));
        }
        let whys = whys(parts);
        assert_eq!(whys.len(), UNREADABLE_MAX + 1);
        assert!(whys[0].starts_with("0 xxx") && whys[0].chars().count() <= WHY_MAX + 1);
        assert_eq!(whys[UNREADABLE_MAX], "980 more parts could not be read");
    }
}
