//! The people of the demo: they answer after a while, or not; and they write by themselves.

use super::people_words::{self, Line};
use super::webhook::{Contact, Said};
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::Instant;

/// Keeps this room's chance apart from the others', so that one does not shift the other.
const SEED_OF_THIS_ROOM: u64 = 0x7065_6f70_6c65_0000;
/// Most words that may be on their way at once; more would be a crowd.
const PLANNED_MAX: usize = 12;
/// Between two lines of one who goes on, in seconds.
const NEXT_LINE_SECS: std::ops::Range<f64> = 2.5..6.0;

/// Who is there, and how they write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleScript {
    /// Who writes by themselves.
    pub contacts: Vec<Contact>,
    /// From when the phone is first connected until somebody writes.
    pub first_words_after: Duration,
    /// Between two who write by themselves; varies by half of it either way, and is four times as long once everybody
    /// has said theirs.
    pub words_interval: Duration,
    /// From when a message was seen until it is answered; varies by half of it either way.
    pub answer_after: Duration,
    /// How many of a hundred messages nobody answers.
    pub silence_percent: u8,
}

impl Default for PeopleScript {
    fn default() -> Self {
        Self {
            contacts: people_words::contacts(),
            first_words_after: Duration::from_secs(5),
            words_interval: Duration::from_secs(24),
            answer_after: Duration::from_secs(7),
            silence_percent: 25,
        }
    }
}

/// Where the people stand.
#[derive(Debug)]
pub(super) struct People {
    script: PeopleScript,
    random: StdRng,
    planned: BTreeMap<(Instant, u64), (Contact, Line)>,
    planned_total: u64,
    /// When somebody writes by themselves.
    next_scene_at: Option<Instant>,
    scenes: Vec<usize>,
    scenes_told: usize,
    answers: Vec<Line>,
}

impl People {
    pub(super) fn new(script: PeopleScript, seed: u64) -> Self {
        Self {
            script,
            random: StdRng::seed_from_u64(seed ^ SEED_OF_THIS_ROOM),
            planned: BTreeMap::new(),
            planned_total: 0,
            next_scene_at: None,
            scenes: Vec::new(),
            scenes_told: 0,
            answers: Vec::new(),
        }
    }

    /// The phone is connected for the first time.
    pub(super) fn begin(&mut self, now: Instant) {
        if !self.script.contacts.is_empty() {
            self.next_scene_at = Some(now + self.script.first_words_after);
        }
    }

    /// When somebody writes next.
    pub(super) fn next_words(&self) -> Option<Instant> {
        let planned = self.planned.keys().next().map(|(due, _)| *due);
        planned.into_iter().chain(self.next_scene_at).min()
    }

    /// Somebody has seen a message, and may answer it.
    pub(super) fn message_seen(&mut self, phone: &str, at: Instant) {
        let silent = self.random.random_range(0..100_u8) < self.script.silence_percent;
        let answering = self.planned.values().any(|(contact, _)| contact.phone == phone);
        if silent || answering || self.planned.len() >= PLANNED_MAX {
            return;
        }
        if self.answers.is_empty() {
            self.answers = people_words::answers();
            self.answers.shuffle(&mut self.random);
            // Whoever tries the demo sees words first, and then what else there is.
            self.answers
                .sort_by_key(|line| std::cmp::Reverse(line.comes_early()));
        }
        let Some(answer) = self.answers.pop() else { return };
        let contact = self.contact(phone);
        let after = self
            .script
            .answer_after
            .mul_f64(self.random.random_range(0.5..1.5));
        self.plan(contact, answer, at + after);
    }

    /// What is written at `at`; `None` if it was only a beginning.
    pub(super) fn words(&mut self, at: Instant) -> Option<(Contact, Said)> {
        if self.next_scene_at.is_some_and(|due| due <= at) {
            self.begin_scene(at);
        }
        let (due, _) = *self.planned.first_key_value()?.0;
        if due > at {
            return None;
        }
        let (_, (contact, line)) = self.planned.pop_first()?;
        Some((contact, line.said()))
    }

    /// Somebody begins to write by themselves, perhaps in several lines.
    fn begin_scene(&mut self, at: Instant) {
        let scenes = people_words::SCENES;
        if self.scenes.is_empty() {
            self.scenes = (0..scenes.len()).collect();
            self.scenes.shuffle(&mut self.random);
        }
        let repeated = self.scenes_told >= scenes.len();
        self.scenes_told += 1;
        let pause = self.script.words_interval * if repeated { 4 } else { 1 };
        self.next_scene_at = Some(at + pause.mul_f64(self.random.random_range(0.5..1.5)));
        let Some((who, lines)) = self.scenes.pop().and_then(|scene| scenes.get(scene)) else {
            return;
        };
        let count = self.script.contacts.len();
        let Some(contact) = self.script.contacts.get(who % count.max(1)).cloned() else {
            return;
        };
        let mut due = at;
        for line in *lines {
            self.plan(contact.clone(), *line, due);
            due += Duration::from_secs_f64(self.random.random_range(NEXT_LINE_SECS));
        }
    }

    fn plan(&mut self, contact: Contact, line: Line, due: Instant) {
        self.planned_total += 1;
        self.planned.insert((due, self.planned_total), (contact, line));
    }

    /// The one with this number: known, or somebody with a name of the street.
    fn contact(&self, phone: &str) -> Contact {
        self.script
            .contacts
            .iter()
            .find(|contact| contact.phone == phone)
            .cloned()
            .unwrap_or_else(|| Contact::new(phone, people_words::name_of(phone)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn day(seed: u64) -> Vec<(Duration, Contact, Said)> {
        let start = Instant::now();
        let mut people = People::new(PeopleScript::default(), seed);
        people.begin(start);
        let mut written = Vec::new();
        for minute in 0..60_u64 {
            let minute = Duration::from_secs(minute * 60);
            people.message_seen("5511900000077", start + minute);
            while let Some(due) = people
                .next_words()
                .filter(|due| *due < start + minute + Duration::from_secs(60))
            {
                if let Some((from, said)) = people.words(due) {
                    written.push((due - start, from, said));
                }
            }
        }
        written
    }

    #[test]
    fn people_write_in_every_kind_and_the_same_for_the_same_seed() {
        let written = day(5);
        assert_eq!(written, day(5));
        assert_ne!(written, day(6));
        let own_words = written
            .iter()
            .find(|(_, from, _)| from.phone != "5511900000077")
            .unwrap();
        assert_eq!(own_words.0, Duration::from_secs(5));
        let kinds: BTreeSet<_> = written
            .iter()
            .map(|(_, _, said)| said.kind().to_owned())
            .collect();
        let all = ["chat", "document", "image", "location", "ptt", "vcard", "video"];
        assert_eq!(kinds.into_iter().collect::<Vec<_>>(), all);
        let answers: Vec<_> = written
            .iter()
            .filter(|(_, from, _)| from.phone == "5511900000077")
            .map(|(_, from, said)| (from.name.as_str(), said.kind()))
            .collect();
        let first: Vec<_> = answers.iter().take(5).map(|(_, kind)| *kind).collect();
        assert_eq!(first, ["chat", "image", "ptt", "document", "location"]);
        assert!(answers.len() < 60, "some are not answered");
        assert!(answers.iter().all(|(name, _)| *name == answers[0].0));
    }

    #[test]
    fn many_messages_at_once_are_not_answered_by_a_crowd() {
        let now = Instant::now();
        let mut people = People::new(PeopleScript::default(), 1);
        for person in 0..90 {
            people.message_seen(&format!("55119000000{person:02}"), now);
        }
        assert_eq!(people.planned.len(), PLANNED_MAX);
    }
}
