//! The part of the job in which people answer and our own messages are read.

use super::Play;
use crate::domain::ThreadEntry;
use crate::domain::conversation::ConversationFilter;
use crate::domain::message::MessageState;
use crate::engine::{Answer, Command, Question};
use crate::simulator::scenery::pictures::Scene;
use crate::simulator::{Contact, Said};
use anyhow::bail;
use std::collections::BTreeSet;

impl Play<'_> {
    /// Waits until a customer has answered in every kind and our own messages are read, and says both.
    pub(super) async fn answers_step(&mut self) -> anyhow::Result<()> {
        let Some(gateways) = &self.stage.gateways else {
            return Ok(());
        };
        self.step("demo-step-webhook", &[]);
        let marina = Contact::new("5511900000044", "Marina Souza");
        let said = [
            Said::text("Recebi, *obrigada*! 👍"),
            Said::picture(Scene::LivingRoom, "Ficou assim"),
            Said::voice(),
            Said::pdf("comprovante.pdf", "Comprovante", &["Pagamento confirmado"]),
            Said::place(-23.5505, -46.6333, false),
        ];
        let control = gateways.solutek.control();
        for said in said {
            control.contact_writes(marina.clone(), said);
        }
        let mut kinds = BTreeSet::new();
        let mut told = BTreeSet::new();
        let mut read = BTreeSet::new();
        while kinds.len() < 5 || read.len() < 2 {
            for entry in self.newest_entries().await? {
                match entry {
                    ThreadEntry::Incoming(message)
                        if message.received_at >= self.began && told.insert(message.id) =>
                    {
                        let waits = message.kind.has_file()
                            && message.media.as_ref().is_none_or(|media| media.file.is_none());
                        if waits {
                            // Told when its file is here.
                            told.remove(&message.id);
                            continue;
                        }
                        kinds.insert(message.kind.key());
                        self.came(&message);
                    }
                    ThreadEntry::Outgoing(message)
                        if message.state == MessageState::Read
                            && message.created_at >= self.began
                            && read.insert(message.id) =>
                    {
                        let number = message.to.to_string();
                        self.step("demo-step-read", &[("number", number.into())]);
                    }
                    _ => {}
                }
            }
            if kinds.len() < 5 || read.len() < 2 {
                self.event().await?;
            }
        }
        Ok(())
    }

    /// The newest entries of the account's conversations.
    pub(super) async fn newest_entries(&mut self) -> anyhow::Result<Vec<ThreadEntry>> {
        let ticket = self.ticket();
        let question = Question::Conversations {
            filter: ConversationFilter {
                account: Some(self.account),
                ..ConversationFilter::default()
            },
            before: None,
            limit: 50,
        };
        self.send(Command::Ask(ticket, question)).await?;
        let Answer::Conversations(rows) = self.answer(ticket).await? else {
            bail!("the conversations cannot be read")
        };
        let mut entries = Vec::new();
        for row in rows {
            let ticket = self.ticket();
            let question = Question::Thread {
                conversation: row.conversation.id,
                before: None,
                limit: 20,
            };
            self.send(Command::Ask(ticket, question)).await?;
            let Answer::Thread(page) = self.answer(ticket).await? else {
                bail!("a conversation cannot be read")
            };
            entries.extend(page);
        }
        Ok(entries)
    }
}
