//! What a storm is made of: the same plan makes the same storm.

use super::super::webhook::wire;
use super::super::webhook::{Contact, Said, WebhookIdentity, WebhookStyle};
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use std::time::Duration;
use url::Url;

/// Farthest that a repetition follows what it repeats, in posts, in a storm that is not shuffled.
const REPETITION_REACH: u32 = 60;

/// How fast a storm blows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StormPace {
    /// So many posts a second, each at its own time: a late answer delays nothing but its own connection.
    PerSecond(f64),
    /// Each connection posts again as soon as it is answered.
    AsFastAsPossible,
}

/// What a storm is made of. `Debug` prints the seed, so that a failed test can be repeated.
#[derive(Debug, Clone, PartialEq)]
pub struct StormPlan {
    /// Everything random follows from it, and so do all identifiers: two storms with one seed tell the same.
    pub seed: u64,
    /// Posts, repetitions counted.
    pub count: usize,
    /// How fast.
    pub pace: StormPace,
    /// How many of a hundred posts repeat another one, byte for byte.
    pub duplicate_percent: u8,
    /// How many of a hundred different webhooks are statuses; the others are text messages.
    pub status_percent: u8,
    /// What the statuses are about (`idlog`): each gets sent, received and seen; names are invented once these are used
    /// up.
    pub status_names: Vec<String>,
    /// How many people write.
    pub contacts: usize,
    /// Whether the order is lost altogether. Otherwise only repetitions follow later.
    pub shuffled: bool,
    /// Kept connections, at least one: no more posts than this are on their way at once.
    pub connections: usize,
    /// How long one post may take.
    pub timeout: Duration,
    /// Where to; `None` is the gateway's webhook, asked for before each post: it may move in the middle.
    pub url: Option<Url>,
}

impl Default for StormPlan {
    fn default() -> Self {
        Self {
            seed: 1,
            count: 1_000,
            pace: StormPace::AsFastAsPossible,
            duplicate_percent: 10,
            status_percent: 40,
            status_names: Vec::new(),
            contacts: 40,
            shuffled: true,
            connections: 32,
            timeout: Duration::from_secs(30),
            url: None,
        }
    }
}

impl StormPlan {
    /// 330 a second for a minute, a tenth of them repeated, shuffled.
    #[must_use]
    pub fn sustained(seed: u64) -> Self {
        Self {
            seed,
            count: 330 * 60,
            pace: StormPace::PerSecond(330.0),
            connections: 64,
            ..Self::default()
        }
    }

    /// 10,000 as fast as they are taken.
    #[must_use]
    pub fn burst(seed: u64) -> Self {
        Self {
            seed,
            count: 10_000,
            ..Self::default()
        }
    }

    /// How many different webhooks there are.
    #[must_use]
    pub fn distinct(&self) -> usize {
        let repeated = self.count * usize::from(self.duplicate_percent.min(100)) / 100;
        (self.count - repeated).max(self.count.min(1))
    }

    /// When a post is due, since the storm began.
    pub(super) fn due(&self, post: usize) -> Duration {
        match self.pace {
            StormPace::AsFastAsPossible => Duration::ZERO,
            StormPace::PerSecond(rate) => {
                // Storms are far shorter than what a float counts exactly.
                #[allow(clippy::cast_precision_loss)]
                let secs = post as f64 / rate.max(f64::MIN_POSITIVE);
                Duration::try_from_secs_f64(secs).unwrap_or(Duration::MAX)
            }
        }
    }

    /// Which webhook each post tells, in the order of sending.
    pub(super) fn order(&self) -> Vec<usize> {
        let mut random = StdRng::seed_from_u64(self.seed);
        let distinct = self.distinct();
        let mut order: Vec<usize> = (0..distinct).collect();
        if self.shuffled {
            order.extend((distinct..self.count).map(|_| random.random_range(0..distinct)));
            order.shuffle(&mut random);
            return order;
        }
        let mut placed: Vec<(usize, usize)> = order.into_iter().map(|webhook| (webhook, webhook)).collect();
        placed.extend((distinct..self.count).map(|_| {
            let webhook = random.random_range(0..distinct);
            (
                webhook + random.random_range(1..REPETITION_REACH) as usize,
                webhook,
            )
        }));
        placed.sort_by_key(|(place, _)| *place);
        placed.into_iter().map(|(_, webhook)| webhook).collect()
    }

    /// What a webhook is, by its number.
    pub(super) fn identity(&self, webhook: usize) -> WebhookIdentity {
        // Statuses and messages alternate in blocks of a hundred, so that both go on all the time.
        let (block, within) = (webhook / 100, webhook % 100);
        let statuses = usize::from(self.status_percent.min(100));
        if within >= statuses {
            return WebhookIdentity::Message(format!("storm-{:x}-{webhook}", self.seed));
        }
        let status = block * statuses + within;
        let name = self
            .status_names
            .get(status / 3)
            .cloned()
            .unwrap_or_else(|| format!("storm-{:x}-log-{}", self.seed, status / 3));
        let code = [1, 2, 3][status % 3];
        WebhookIdentity::Status(name, code)
    }

    /// The JSON of a webhook; the same each time for the same `began_unix_secs`.
    pub(super) fn body(&self, webhook: usize, began_unix_secs: u64, style: &WebhookStyle) -> String {
        match self.identity(webhook) {
            WebhookIdentity::Status(name, code) => wire::status(&name, code, style),
            WebhookIdentity::Message(id) | WebhookIdentity::Revocation(id) | WebhookIdentity::File(id) => {
                let mut random = StdRng::seed_from_u64(self.seed ^ (webhook as u64).rotate_left(32));
                let person = random.random_range(0..self.contacts.clamp(1, 100));
                let from = Contact::new(&format!("55119000000{person:02}"), &format!("Pessoa {person}"));
                let said = Said::Text(text(webhook, &mut random));
                // Nobody writes in the future, and what was written first has the earlier time.
                let ago = (self.distinct() - webhook) as u64;
                let unix_secs = began_unix_secs.saturating_sub(ago);
                wire::message(&from, &said, &id, None, unix_secs, style)
            }
        }
    }
}

fn text(webhook: usize, random: &mut StdRng) -> String {
    const WORDS: [&str; 16] = [
        "pedido",
        "entrega",
        "amanhã",
        "orçamento",
        "sofá",
        "coração",
        "niño",
        "obrigado 🙏",
        "*urgente*",
        "_talvez_",
        "às 10h",
        "endereço",
        "número",
        "👍🏽",
        "confirmado",
        "não",
    ];
    let mut text = format!("Mensagem {webhook}:");
    for _ in 0..random.random_range(2..12_u8) {
        text.push(' ');
        text.push_str(WORDS[random.random_range(0..WORDS.len())]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_same_seed_makes_the_same_storm_and_every_webhook_is_in_it() {
        for shuffled in [false, true] {
            let plan = StormPlan {
                count: 1_000,
                shuffled,
                ..StormPlan::default()
            };
            let order = plan.order();
            assert_eq!(order, plan.order());
            assert_eq!((order.len(), plan.distinct()), (1_000, 900));
            let told: BTreeSet<_> = order.iter().map(|webhook| plan.identity(*webhook)).collect();
            assert_eq!(told.len(), 900);
            let statuses = told
                .iter()
                .filter(|identity| matches!(identity, WebhookIdentity::Status(..)));
            assert_eq!(statuses.count(), 360);
        }
        let plan = StormPlan {
            status_names: vec!["A".to_owned()],
            ..StormPlan::default()
        };
        assert_eq!(plan.identity(1), WebhookIdentity::Status("A".to_owned(), 2));
        assert_eq!(
            plan.identity(3),
            WebhookIdentity::Status("storm-1-log-1".to_owned(), 1)
        );
        let style = WebhookStyle::default();
        assert_eq!(plan.body(50, 9_000_000, &style), plan.body(50, 9_000_000, &style));
        assert_eq!(StormPlan::sustained(1).due(330), Duration::from_secs(1));
        assert_eq!(StormPlan { count: 0, ..plan }.order(), Vec::<usize>::new());
    }
}
