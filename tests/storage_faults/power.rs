//! The power goes: at any moment of a recorded run the disk is made as it may be then, opened with the program's own store
//! and compared with what had been promised. `RECADO_POWER_CUTS` asks for more cuts than the usual 400.

use crate::disk::{Disk, Luck, Syncs};
use crate::events::{self, Event};
use crate::play::{self, Scene, Size};
use crate::promises;
use crate::shim::Shim;
use crate::stage::Stage;
use crate::trace::{self, Record};
use rand::RngExt as _;
use rand::rngs::StdRng;
use recado::simulator::webhook::WebhookEnd;
use std::fmt;
use std::time::{Duration, Instant};

/// How many cuts one recording is good for.
const CUTS_OF_A_RECORDING: usize = 1_000;
/// How many cuts a control has to find a loss.
const CUTS_OF_A_CONTROL: usize = 100;
/// How much happens in a recording.
const SIZE: Size = Size {
    rounds: 5,
    texts: 6,
    files: 3,
    patience: Duration::from_secs(30),
};

fn cuts() -> usize {
    std::env::var("RECADO_POWER_CUTS")
        .ok()
        .and_then(|cuts| cuts.parse().ok())
        .unwrap_or(400)
}

/// A run, written down.
struct Recording {
    records: Vec<Record>,
    events: Vec<(usize, Event)>,
}

/// A cut after which something was not as promised.
struct Loss {
    /// How many records had been made.
    at: usize,
    luck: Luck,
    /// Of what the luck was made.
    seed: u64,
    lost: String,
}

impl fmt::Debug for Loss {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, luck, seed, lost } = self;
        write!(out, "after {at} records, {luck:?} with {seed}: {lost}")
    }
}

impl Recording {
    fn make(stage: &Stage, random: &mut StdRng) -> Self {
        let home = play::home();
        let scene = Scene::new(stage, home.path());
        let mut shim = Shim::new(&scene.disk, &scene.scratch);
        shim.trace = Some(scene.scratch.join("trace"));
        let gateway = stage.gateway();
        let run = scene.play(&shim, &gateway, random, SIZE);
        assert!(run.ended_well, "{:?}\n{}", run.said, run.errors);
        let webhooks = gateway.ledger.webhooks();
        for webhook in &webhooks {
            assert_eq!(webhook.end, Some(WebhookEnd::Acknowledged), "{webhook:?}");
        }
        let records = trace::read(&scene.scratch.join("trace"));
        let events = events::read(&records, &webhooks);
        let recording = Self { records, events };
        recording.assert_complete(&gateway, webhooks.len());
        recording
    }

    /// Nothing of what is to be looked at has been missed.
    fn assert_complete(&self, gateway: &crate::stage::Played, told: usize) {
        let count =
            |wanted: fn(&Event) -> bool| self.events.iter().filter(|(_, event)| wanted(event)).count();
        let sent = 2 * (SIZE.rounds * 2 + SIZE.rounds.div_ceil(3));
        assert_eq!(gateway.ledger.messages().len(), sent);
        assert_eq!(count(|event| matches!(event, Event::Stored { .. })), sent);
        assert_eq!(count(|event| matches!(event, Event::Left { .. })), sent);
        assert_eq!(count(|event| matches!(event, Event::File { .. })), 2 * SIZE.files);
        let answered = |event: &Event| {
            matches!(
                event,
                Event::Message { .. } | Event::File { .. } | Event::Report { .. }
            )
        };
        assert_eq!(count(answered), told);
        assert_eq!(count(|event| matches!(event, Event::Account { .. })), 1);
        assert!(count(|event| matches!(event, Event::TakenIn { .. })) > 0);
        assert!(count(|event| matches!(event, Event::Shown { .. })) > 0);
        let syncs = self
            .records
            .iter()
            .filter(|record| matches!(record, Record::Sync { .. }));
        assert!(syncs.count() > 2 * sent, "what it does with its files was seen");
    }

    /// Where the power goes: often in the moment in which something was promised.
    fn moments(&self, random: &mut StdRng, count: usize) -> Vec<usize> {
        let mut moments: Vec<usize> = (0..count)
            .map(|index| match index % 2 {
                0 => self.events[random.random_range(0..self.events.len())].0 + 1,
                _ => random.random_range(0..=self.records.len()),
            })
            .collect();
        moments.sort_unstable();
        moments
    }

    fn cut(&self, stage: &Stage, random: &mut StdRng, syncs: Syncs, count: usize) -> Vec<Loss> {
        let mut disk = Disk::new(syncs);
        let mut done = 0;
        let mut losses = Vec::new();
        for at in self.moments(random, count) {
            self.records[done..at]
                .iter()
                .for_each(|record| disk.apply(record));
            done = at;
            let luck = match random.random_range(0..10) {
                0..4 => Luck::None,
                4 => Luck::All,
                _ => Luck::Each(random.random_range(0.1..0.95)),
            };
            let seed = random.random();
            let home = play::home();
            disk.cut(home.path(), luck, seed);
            let promised = self.events.iter().take_while(|(event, _)| *event < at);
            let held = stage
                .handle()
                .block_on(promises::open(&home.path().join("data")))
                .and_then(|books| books.hold(promised.map(|(_, event)| event)));
            losses.extend(held.err().map(|lost| Loss { at, luck, seed, lost }));
        }
        losses
    }
}

#[test]
fn nothing_acknowledged_is_gone_after_a_power_cut() {
    let stage = Stage::new();
    let mut random = stage.random();
    let mut left = cuts();
    while left > 0 {
        let begun = Instant::now();
        let recording = Recording::make(&stage, &mut random);
        let recorded = begun.elapsed();
        let count = left.min(CUTS_OF_A_RECORDING);
        left -= count;
        let losses = recording.cut(&stage, &mut random, Syncs::All, count);
        println!(
            "{count} cuts in {:?} after {recorded:?}: {} records, {} promises, {} losses",
            begun.elapsed() - recorded,
            recording.records.len(),
            recording.events.len(),
            losses.len()
        );
        assert!(losses.is_empty(), "{losses:#?}");
        // The same must fail where the program would not sync.
        for (syncs, known_by) in [
            (Syncs::NoneOfDatabase, "lost"),
            (Syncs::NoneOfMedia, "the file"),
            (Syncs::NoneOfFolders, "lost"),
        ] {
            let losses = recording.cut(&stage, &mut random, syncs, CUTS_OF_A_CONTROL);
            println!("{syncs:?}: {} losses in {CUTS_OF_A_CONTROL} cuts", losses.len());
            let found = losses.iter().any(|loss| loss.lost.contains(known_by));
            assert!(found, "{syncs:?} loses nothing: {losses:#?}");
        }
    }
}
