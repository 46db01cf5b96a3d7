//! The gateways of the demo, each played on this machine, and an account at each.

use super::{demo_decision, demo_devino, demo_world};
use crate::domain::{Account, Secret, Timestamp};
use crate::secrets::{SecretVault as _, Secrets};
use crate::simulator::decision_telecom::{self, DecisionConfig, DecisionSimulator};
use crate::simulator::devino::{self, DevinoConfig, DevinoSimulator};
use crate::simulator::{PairedPhone, SimulatorConfig, SolutekSimulator, Timing};
use crate::ui::text::Localizer;
use anyhow::Context as _;

/// How quick the played gateways are.
pub(super) struct Pace(Timing);

impl Pace {
    /// So that a person can watch.
    pub(super) fn lively() -> Self {
        Self(Timing::default())
    }

    /// Everything within milliseconds, for tests.
    #[cfg(test)]
    pub(super) fn fast() -> Self {
        Self(Timing::fast())
    }
}

/// The accounts of the demo, one at each gateway.
pub(super) struct Accounts {
    pub(super) solutek: Account,
    pub(super) devino: Account,
    pub(super) decision: Account,
}

/// The gateways of the demo.
pub(super) struct Gateways {
    pub(super) solutek: SolutekSimulator,
    pub(super) devino: DevinoSimulator,
    pub(super) decision: DecisionSimulator,
    first: SimulatorConfig,
    devino_key: Secret,
    decision_key: Secret,
}

/// The first gateway: the shop's phone is paired, a good part of the day's limit is used.
fn first(seed: u64, pace: &Pace) -> SimulatorConfig {
    let expires = Timestamp::now()
        .plus(std::time::Duration::from_secs(27 * 24 * 3_600))
        .local();
    SimulatorConfig {
        paired: Some(PairedPhone::new(demo_world::PHONE_NAME, demo_world::PHONE_NUMBER)),
        scanning_phone: PairedPhone::new("Balcão", "5511900000014"),
        battery_percent: 68,
        daily_limit: 2_000,
        daily_used: 823,
        delay_secs: 3,
        expiry: expires.strftime("%d/%m/%Y").to_string(),
        timing: pace.0.clone(),
        ..crate::simulator::demo::config(seed)
    }
}

fn second(seed: u64, pace: &Pace) -> DevinoConfig {
    let mut config = devino::demo::config(seed, demo_devino::SENDER);
    config.common.timing = pace.0.clone();
    let templates = demo_devino::TEMPLATES.iter();
    config.common.templates = templates.map(|template| template.registered()).collect();
    config
}

fn third(seed: u64, pace: &Pace) -> DecisionConfig {
    let mut config = decision_telecom::demo::config(seed, demo_decision::SENDER);
    config.common.timing = pace.0.clone();
    let templates = demo_decision::TEMPLATES.iter();
    config.common.templates = templates.map(|template| template.registered()).collect();
    config
}

impl Gateways {
    /// Begins to play them.
    ///
    /// # Errors
    /// One of them does not start.
    pub(super) async fn start(seed: u64, pace: &Pace) -> anyhow::Result<Self> {
        const WORDS: &str = "a played gateway did not start";
        let first = first(seed, pace);
        let (second, third) = (second(seed, pace), third(seed, pace));
        let (devino_key, decision_key) = (second.key.clone(), third.key.clone());
        Ok(Self {
            solutek: SolutekSimulator::start(first.clone()).await.context(WORDS)?,
            devino: DevinoSimulator::start(second).await.context(WORDS)?,
            decision: DecisionSimulator::start(third).await.context(WORDS)?,
            first,
            devino_key,
            decision_key,
        })
    }

    /// An account at each.
    pub(super) fn accounts(&self, text: &Localizer, now: Timestamp) -> Accounts {
        let credentials = &self.first.credentials;
        let (email, application) = (&credentials.email, &credentials.application_id);
        Accounts {
            solutek: demo_world::account(self.solutek.base_url().as_str(), email, application, now),
            devino: demo_devino::account(
                &text.get("demo-account-shop"),
                self.devino.base_url().as_str(),
                now,
            ),
            decision: demo_decision::account(
                &text.get("demo-account-clinic"),
                self.decision.base_url().as_str(),
                now,
            ),
        }
    }

    /// Keeps the secrets of the accounts.
    ///
    /// # Errors
    /// They cannot be kept.
    pub(super) async fn put_secrets(&self, secrets: &Secrets, accounts: &Accounts) -> anyhow::Result<()> {
        let token = self.first.credentials.token.clone();
        secrets.put(accounts.solutek.id, "token", token).await?;
        secrets
            .put(accounts.devino.id, "key", self.devino_key.clone())
            .await?;
        secrets
            .put(accounts.decision.id, "key", self.decision_key.clone())
            .await?;
        Ok(())
    }

    /// Ends them.
    pub(super) async fn shutdown(self) {
        tokio::join!(
            self.solutek.shutdown(),
            self.devino.shutdown(),
            self.decision.shutdown()
        );
    }
}
