//! The same kind of job at the accounts whose gateways have templates: free text, a template, and what becomes of both.

use super::Play;
use super::sending::Writing;
use crate::domain::message::MessageState;
use crate::domain::{AccountId, Connection, MessageId, ThreadEntry};
use crate::engine::{Answer, Command, InboxCommand, Question};
use crate::launch::demo_library::ShopTemplate;
use crate::launch::{demo_decision, demo_devino};
use crate::simulator::scenery::pictures::Scene;
use crate::simulator::{Contact, Said};
use crate::ui::words;
use anyhow::bail;
use std::collections::BTreeSet;

/// Nobody has written to it, nor it to us: only a template may be sent.
const STRANGER: &str = "5511900000055";

/// What is sent from an account.
struct Job<'a> {
    account: AccountId,
    /// Who may be written to freely, and what is written.
    text: (&'a str, &'a str),
    template: &'a ShopTemplate,
    values: &'a [&'a str],
}

impl Play<'_> {
    /// The job at the account whose gateway tells what people write.
    pub(super) async fn second_account(&mut self) -> anyhow::Result<()> {
        self.sends_and_follows(Job {
            account: self.stage.devino,
            text: (demo_devino::NEWEST, "Combinado, *Helena*! Até já 👋"),
            template: &demo_devino::READY,
            values: &["Rui", "2240", "sábado"],
        })
        .await?;
        self.customer_step().await
    }

    /// The job at the account whose gateway is asked what became of each message.
    pub(super) async fn third_account(&mut self) -> anyhow::Result<()> {
        self.sends_and_follows(Job {
            account: self.stage.decision,
            text: (demo_decision::WROTE[0], "Renata, a recepção abre às *7h* 👋"),
            template: &demo_decision::REMINDER,
            values: &["Rui", "a Dra. Inês", "segunda, às 8h"],
        })
        .await
    }

    async fn sends_and_follows(&mut self, job: Job<'_>) -> anyhow::Result<()> {
        self.begin(job.account);
        self.account_step(|view| view.health.connection == Connection::Answers)
            .await?;
        self.begin(job.account);
        let (to, text) = job.text;
        let mut sent = self.send_step(&[to], text, Vec::new()).await?;
        self.begin(job.account);
        let (template, text) = job.template.filled(job.values)?;
        let writing = Writing {
            to: &[STRANGER],
            text: &text,
            attachments: Vec::new(),
            template: Some(template),
        };
        sent.extend(self.write_step(writing).await?);
        self.begin(job.account);
        self.read_step(sent.iter().map(|message| message.id).collect())
            .await
    }

    /// Waits until these messages are read, and says each step that is seen on the way.
    async fn read_step(&mut self, messages: Vec<MessageId>) -> anyhow::Result<()> {
        let mut waiting: BTreeSet<MessageId> = messages.into_iter().collect();
        let mut told = BTreeSet::new();
        loop {
            for id in waiting.clone() {
                let ticket = self.ticket();
                self.send(Command::Ask(ticket, Question::Message(id))).await?;
                let Answer::Message(message) = self.answer(ticket).await? else {
                    bail!("a message is gone")
                };
                if message.state.is_problem() {
                    bail!("a message did not arrive: {message:?}");
                }
                let number = message.to.to_string();
                let key = match message.state {
                    MessageState::Delivered => "demo-step-delivered",
                    MessageState::Read => "demo-step-read",
                    _ => continue,
                };
                if told.insert((id, key)) {
                    self.step(key, &[("number", number.into())]);
                }
                if message.state == MessageState::Read {
                    waiting.remove(&id);
                }
            }
            if waiting.is_empty() {
                return Ok(());
            }
            self.event().await?;
        }
    }

    /// A customer answers in the kinds that this gateway knows. A file that comes as an address is fetched.
    async fn customer_step(&mut self) -> anyhow::Result<()> {
        let Some(gateways) = &self.stage.gateways else {
            return Ok(());
        };
        self.begin(self.stage.devino);
        self.step("demo-step-customer", &[]);
        let helena = Contact::new(demo_devino::NEWEST, "Helena Prado");
        let said = [
            Said::text("Chegou, *obrigada*! 👍"),
            Said::picture(Scene::LivingRoom, "Ficou assim"),
            Said::place(-23.5505, -46.6333, false),
            Said::contact_card("Oficina do Nilo", "5511900000023"),
        ];
        let expected = said.len();
        let control = gateways.devino.control();
        for said in said {
            control.contact_writes(helena.clone(), said);
        }
        let mut kinds = BTreeSet::new();
        let mut told = BTreeSet::new();
        let mut fetched = BTreeSet::new();
        while kinds.len() < expected {
            for entry in self.newest_entries().await? {
                let ThreadEntry::Incoming(message) = entry else {
                    continue;
                };
                let is_hers = message.sender_name.as_deref() == Some(helena.name.as_str());
                if message.received_at < self.began || !is_hers || told.contains(&message.id) {
                    continue;
                }
                let media = message.media.as_ref();
                if message.kind.has_file() && media.is_none_or(|media| media.file.is_none()) {
                    if fetched.insert(message.id) {
                        self.fetch(message.id).await?;
                    }
                    // Told when its file is here.
                    continue;
                }
                told.insert(message.id);
                kinds.insert(message.kind.key());
                self.came(&message);
            }
            if kinds.len() < expected {
                self.event().await?;
            }
        }
        Ok(())
    }

    async fn fetch(&mut self, message: MessageId) -> anyhow::Result<()> {
        let ticket = self.ticket();
        self.send(Command::Inbox(InboxCommand::FetchContent(ticket, message)))
            .await?;
        match self.answer(ticket).await? {
            Answer::ContentFetched(Ok(())) => Ok(()),
            other => bail!("a file was not fetched: {other:?}"),
        }
    }

    /// Says what came.
    pub(super) fn came(&self, message: &crate::domain::IncomingMessage) {
        let name = message.sender_name.clone().unwrap_or_default();
        let line = words::incoming_line(self.text, message.kind, &message.text);
        self.step("demo-step-came", &[("name", name.into()), ("text", line.into())]);
    }
}
