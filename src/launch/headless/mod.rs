//! The demo without a display: the same job, step by step, in the terminal.

mod answers;
mod sending;
mod templates;

use super::demo::Stage;
use super::say;
use crate::domain::AccountId;
use crate::domain::pairing::{PairingCode, PairingPhase};
use crate::domain::{Connection, PhoneNumber, Timestamp};
use crate::engine::{
    AccountView, Answer, Command, Engine, Event, HealthCommand, Link, Live, OutboxCommand, PairingCommand,
    Ticket,
};
use crate::ui::text::Localizer;
use crate::ui::words;
use anyhow::{Context as _, bail};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// How long a step may take before the demo says that something is wrong.
const PATIENCE: Duration = Duration::from_secs(60);
/// Seconds of delay the demo sets.
const DELAY_SECS: u32 = 1;

/// Does the job and prints each step.
pub(super) fn run(stage: &Stage, text: &Localizer) -> anyhow::Result<()> {
    let mut engine = Engine::start(stage.engine_options())?;
    let link = engine.take_link().context("the engine has no link")?;
    for panel in stage.panels() {
        panel.follow(link.live.clone());
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let done = runtime.block_on(
        Play {
            stage,
            text,
            link,
            tickets: 0,
            began: Timestamp::now(),
            account: stage.account,
            until: Instant::now() + PATIENCE,
        }
        .play(),
    );
    engine.shutdown();
    done
}

struct Play<'a> {
    stage: &'a Stage,
    text: &'a Localizer,
    link: Link,
    tickets: u64,
    began: Timestamp,
    /// The account the job is done at.
    account: AccountId,
    /// When the step must have come about.
    until: Instant,
}

impl Play<'_> {
    async fn play(mut self) -> anyhow::Result<()> {
        say(&self.text.with(
            "demo-headless-begins",
            &[("seed", self.stage.seed.to_string().into())],
        ));
        let account = self.stage.account;
        self.begin(account);
        self.account_step(|view| view.health.connection != Connection::NotChecked)
            .await?;
        self.begin(account);
        self.pairing_step().await?;
        self.begin(account);
        self.health_step().await?;
        self.delay_step().await?;
        self.begin(account);
        self.send_step(
            &["5511900000044", "5511900000013"],
            "Olá, ação é ñ 👋🇧🇷",
            Vec::new(),
        )
        .await?;
        self.begin(account);
        self.file_step().await?;
        self.begin(account);
        self.drain_step().await?;
        self.begin(account);
        self.answers_step().await?;
        self.begin(account);
        self.send_step(
            &["5511900000016", "5511900000017", "5511900000018"],
            "🎉",
            Vec::new(),
        )
        .await?;
        self.begin(account);
        self.clear_step().await?;
        self.second_account().await?;
        self.third_account().await?;
        say(&self.text.get("demo-headless-done"));
        Ok(())
    }

    /// A step begins: it has its own time.
    fn begin(&mut self, account: AccountId) {
        self.account = account;
        self.until = Instant::now() + PATIENCE;
    }

    async fn account_step(&mut self, looks: impl Fn(&AccountView) -> bool) -> anyhow::Result<()> {
        let view = self.until(looks).await?;
        let connection = words::connection(self.text, view.health.connection);
        self.step(
            "demo-step-account",
            &[
                ("name", view.account.name.as_str().into()),
                ("vendor", view.capabilities.vendor.into()),
                ("state", connection.into()),
            ],
        );
        Ok(())
    }

    async fn pairing_step(&mut self) -> anyhow::Result<()> {
        self.step("demo-step-pairing", &[]);
        self.send(Command::Pairing(PairingCommand::Start(self.stage.account)))
            .await?;
        let mut shown = 0;
        loop {
            let view = self
                .until(|view| match &view.pairing.phase {
                    PairingPhase::Code { number, .. } => *number != shown,
                    PairingPhase::Idle => false,
                    _ => !view.pairing.is_active(),
                })
                .await?;
            match &view.pairing.phase {
                PairingPhase::Code { code, number, .. } => {
                    shown = *number;
                    self.step("demo-step-code", &[("number", (*number).into())]);
                    for line in half_blocks(code) {
                        say(&line);
                    }
                    if let Some(gateways) = &self.stage.gateways {
                        self.step("demo-step-scan", &[]);
                        if !gateways.solutek.control().scan_code() {
                            tracing::debug!("the code had just been scanned by the demo's own phone");
                        }
                    }
                }
                PairingPhase::Connected { name, number, .. } => {
                    let name = name.clone().unwrap_or_default();
                    let number = number.clone().unwrap_or_default();
                    let number =
                        PhoneNumber::from_digits(&number).map_or(number, |number| number.to_string());
                    self.step(
                        "demo-step-paired",
                        &[("name", name.into()), ("number", number.into())],
                    );
                    return Ok(());
                }
                other => bail!("pairing ended otherwise: {other:?}"),
            }
        }
    }

    async fn health_step(&mut self) -> anyhow::Result<()> {
        self.send(Command::Health(HealthCommand::Refresh(self.stage.account)))
            .await?;
        let view = self
            .until(|view| view.health.connection == Connection::Ready && view.health.limits.is_some())
            .await?;
        let phone = view
            .health
            .phone
            .as_ref()
            .map(|read| read.value.clone())
            .unwrap_or_default();
        let limits = view
            .health
            .limits
            .as_ref()
            .map(|read| read.value.clone())
            .unwrap_or_default();
        self.step(
            "demo-step-health",
            &[
                (
                    "state",
                    words::connection(self.text, view.health.connection).into(),
                ),
                ("battery", phone.battery_percent.unwrap_or_default().into()),
                ("left", self.text.number(limits.left.unwrap_or_default()).into()),
                ("daily", self.text.number(limits.daily.unwrap_or_default()).into()),
            ],
        );
        Ok(())
    }

    async fn delay_step(&mut self) -> anyhow::Result<()> {
        let ticket = self.ticket();
        let command = OutboxCommand::SetDelay {
            ticket,
            account: self.stage.account,
            secs: DELAY_SECS,
        };
        self.send(Command::Outbox(command)).await?;
        match self.answer(ticket).await? {
            Answer::DelaySet(Ok(change)) => {
                let (previous, current) = (
                    change.previous_secs.unwrap_or_default(),
                    change.current_secs.unwrap_or_default(),
                );
                self.step(
                    "demo-step-delay",
                    &[("previous", previous.into()), ("current", current.into())],
                );
                Ok(())
            }
            other => bail!("the delay was not set: {other:?}"),
        }
    }

    /// Waits until the gateway has sent everything it was given.
    async fn drain_step(&mut self) -> anyhow::Result<()> {
        let account = self.stage.account;
        loop {
            let asked_at = Timestamp::now();
            self.send(Command::Health(HealthCommand::Refresh(account)))
                .await?;
            let view = self
                .until(|view| view.health.read_at.is_some_and(|at| at >= asked_at))
                .await?;
            let length = view.health.queue_length.as_ref().map_or(0, |read| read.value);
            self.step("demo-step-queue", &[("count", length.into())]);
            if length == 0 {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    async fn clear_step(&mut self) -> anyhow::Result<()> {
        let ticket = self.ticket();
        let account = self.stage.account;
        self.send(Command::Outbox(OutboxCommand::ClearGatewayQueue {
            ticket,
            account,
        }))
        .await?;
        match self.answer(ticket).await? {
            Answer::QueueCleared(Ok((deleted, uncertain))) => {
                self.step(
                    "demo-step-cleared",
                    &[("deleted", deleted.into()), ("uncertain", uncertain.into())],
                );
                Ok(())
            }
            other => bail!("the queue was not cleared: {other:?}"),
        }
    }

    fn step(&self, key: &str, values: &[(&str, crate::ui::text::Value)]) {
        say(&self.text.with(key, values));
    }

    fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    async fn send(&self, command: Command) -> anyhow::Result<()> {
        self.link
            .commands
            .send(command)
            .await
            .ok()
            .context("the engine has ended")
    }

    async fn event(&mut self) -> anyhow::Result<Event> {
        tokio::time::timeout_at(self.until, self.link.events.recv())
            .await
            .context("it did not come about within a minute")?
            .context("the engine has ended")
    }

    async fn answer(&mut self, wanted: Ticket) -> anyhow::Result<Answer> {
        loop {
            if let Event::Answer(ticket, answer) = self.event().await?
                && ticket == wanted
            {
                return Ok(answer);
            }
        }
    }

    /// Waits until the account looks like this.
    async fn until(&mut self, looks: impl Fn(&AccountView) -> bool) -> anyhow::Result<AccountView> {
        let account = self.account;
        let waiting = self
            .link
            .live
            .wait_for(|live: &Arc<Live>| live.account(account).is_some_and(&looks));
        let live = tokio::time::timeout_at(self.until, waiting)
            .await
            .context("it did not come about within a minute")??;
        live.account(account).cloned().context("the account is gone")
    }
}

/// A code drawn with half blocks, two modules a character, dark on light with its quiet zone.
fn half_blocks(code: &PairingCode) -> Vec<String> {
    const QUIET: usize = 2;
    let PairingCode::Modules { width, dark } = code else {
        return Vec::new();
    };
    let side = width + 2 * QUIET;
    let is_dark = |x: usize, y: usize| {
        let (x, y) = (x.wrapping_sub(QUIET), y.wrapping_sub(QUIET));
        x < *width && y < *width && dark[y * width + x]
    };
    (0..side)
        .step_by(2)
        .map(|y| {
            let row: String = (0..side)
                .map(|x| match (is_dark(x, y), is_dark(x, y + 1)) {
                    (false, false) => '█',
                    (false, true) => '▀',
                    (true, false) => '▄',
                    (true, true) => ' ',
                })
                .collect();
            format!("    {row}")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::launch::demo_gateways::Pace;
    use crate::simulator::Times;
    use crate::simulator::common::{Ending, Step};
    use crate::ui::text::Language;

    #[test]
    fn the_whole_job_comes_about_at_all_three_gateways() {
        let language = Language::Portuguese;
        let stage = Stage::set(7, language, &Pace::fast()).unwrap();
        run(&stage, &Localizer::new(language)).unwrap();
        let gateways = stage.gateways.as_ref().unwrap();
        let second = gateways.devino.ledger().messages();
        let third = gateways.decision.ledger().messages();
        for newest in [&second[second.len() - 2..], &third[third.len() - 2..]] {
            assert!(
                newest[0].template.is_none() && newest[1].template.is_some(),
                "{newest:?}"
            );
            assert!(
                newest
                    .iter()
                    .all(|record| record.latest_step() == Some(Step::Seen))
            );
            // Each was told at an address of its own.
            assert_ne!(
                newest[0].callback.as_ref().unwrap(),
                newest[1].callback.as_ref().unwrap()
            );
        }
        stage.clear();
    }

    #[test]
    fn what_does_not_come_about_is_a_failure() {
        let language = Language::English;
        let stage = Stage::set(8, language, &Pace::fast()).unwrap();
        let gateways = stage.gateways.as_ref().unwrap();
        let control = gateways.devino.control();
        control.end_messages(Ending::Fails(2300), Times::Always);
        let failed = run(&stage, &Localizer::new(language)).unwrap_err();
        // It is seen while it is waited for or afterwards.
        let words = failed.to_string();
        let expected = ["did not arrive", "was not accepted"];
        assert!(expected.iter().any(|part| words.contains(part)), "{words}");
        assert!(
            gateways
                .decision
                .ledger()
                .messages()
                .iter()
                .all(|record| record.callback.is_none())
        );
        stage.clear();
    }

    #[test]
    fn a_code_in_half_blocks_has_its_quiet_zone() {
        let code = PairingCode::Modules {
            width: 2,
            dark: Arc::from([true, false, false, true]),
        };
        assert_eq!(half_blocks(&code), ["    ██████", "    ██▄▀██", "    ██████"]);
    }
}
