//! The part of the job in which messages go out, with and without a file of this disk.

use super::{PATIENCE, Play};
use crate::domain::message::MessageState;
use crate::domain::outgoing::{FileSource, PictureChange};
use crate::domain::{Attachment, Message, MessageId, PhoneNumber, TemplateMessage};
use crate::engine::{Answer, AttachmentCommand, Command, OutboxCommand, Question};
use crate::launch::demo_world::OFFERED;
use crate::ui::words;
use anyhow::{Context as _, bail};
use std::collections::BTreeSet;

/// What is sent.
pub(super) struct Writing<'a> {
    /// To whom: digits.
    pub(super) to: &'a [&'a str],
    /// The text, with a template as the person sees it.
    pub(super) text: &'a str,
    /// What goes along.
    pub(super) attachments: Vec<Attachment>,
    /// The template.
    pub(super) template: Option<TemplateMessage>,
}

impl Play<'_> {
    /// Sends a picture of this disk: it is taken in, put under our own address, fetched back, and fetched by the gateway.
    pub(super) async fn file_step(&mut self) -> anyhow::Result<()> {
        let path = self.stage.folder.path().join(OFFERED.name());
        let bytes = OFFERED.bytes();
        tokio::fs::write(&path, &bytes)
            .await
            .context("no room for a file")?;
        let ticket = self.ticket();
        self.send(Command::Attachment(AttachmentCommand::TakeIn {
            ticket,
            account: self.account,
            source: FileSource::Path(path),
            change: PictureChange::Keep,
        }))
        .await?;
        let Answer::TakenIn(Ok(file)) = self.answer(ticket).await? else {
            bail!("the file was not taken in")
        };
        let size = self.text.file_size(file.file.bytes);
        self.step(
            "demo-step-file",
            &[("name", file.file.name.as_str().into()), ("size", size.into())],
        );
        let sent = self
            .send_step(
                &["5511900000044"],
                "Veja a foto 📷",
                vec![Attachment::from_file(&file)],
            )
            .await?;
        let message = sent.into_iter().next().context("the message is gone")?;
        let url = message
            .attachment
            .map(|attachment| attachment.url)
            .unwrap_or_default();
        self.step("demo-step-file-put", &[("url", url.into())]);
        let Some(gateways) = &self.stage.gateways else {
            return Ok(());
        };
        let (control, client_id) = (gateways.solutek.control(), message.client_id.to_string());
        control
            .wait_for(
                |state| {
                    let sent = state.ledger().message(&client_id);
                    sent.is_some_and(|sent| sent.attachment.is_some())
                },
                PATIENCE,
            )
            .await?;
        let fetched = control
            .ledger()
            .message(&client_id)
            .and_then(|sent| sent.attachment);
        let fetched = fetched.context("the gateway has not fetched the file")?;
        if !fetched.is_there() || fetched.sha256 != file.file.sha256 {
            bail!("the gateway fetched something else: {fetched:?}");
        }
        let size = self.text.file_size(fetched.bytes);
        let kind = fetched.content_type.unwrap_or_default();
        self.step(
            "demo-step-file-fetched",
            &[("kind", kind.into()), ("size", size.into())],
        );
        Ok(())
    }

    /// Sends, and waits until the gateway has taken everything; answers the messages as they are then.
    pub(super) async fn send_step(
        &mut self,
        to: &[&str],
        text: &str,
        attachments: Vec<Attachment>,
    ) -> anyhow::Result<Vec<Message>> {
        self.write_step(Writing {
            to,
            text,
            attachments,
            template: None,
        })
        .await
    }

    /// The same with a template or without.
    pub(super) async fn write_step(&mut self, writing: Writing<'_>) -> anyhow::Result<Vec<Message>> {
        let ticket = self.ticket();
        let to = writing
            .to
            .iter()
            .map(|digits| PhoneNumber::from_digits(digits).map_err(|problem| anyhow::anyhow!("{problem:?}")))
            .collect::<Result<Vec<_>, _>>()?;
        self.send(Command::Outbox(OutboxCommand::Send {
            template: writing.template,
            ticket,
            account: self.account,
            to,
            names: Vec::new(),
            text: writing.text.to_owned(),
            attachments: writing.attachments,
            not_before: None,
        }))
        .await?;
        let Answer::Enqueued(Ok(messages)) = self.answer(ticket).await? else {
            bail!("the messages were not stored")
        };
        for message in &messages {
            let (number, text) = (message.to.to_string(), message.text.as_str());
            match &message.template {
                Some(template) => self.step(
                    "demo-step-template",
                    &[
                        ("key", template.key.as_str().into()),
                        ("number", number.into()),
                        ("text", text.into()),
                    ],
                ),
                None => self.step(
                    "demo-step-stored",
                    &[("number", number.into()), ("text", text.into())],
                ),
            }
        }
        let mut open: BTreeSet<MessageId> = messages.iter().map(|message| message.id).collect();
        let mut sent = Vec::new();
        while !open.is_empty() {
            for id in open.clone() {
                let ticket = self.ticket();
                self.send(Command::Ask(ticket, Question::Message(id))).await?;
                let Answer::Message(message) = self.answer(ticket).await? else {
                    bail!("a message is gone")
                };
                if message.state.is_open() {
                    continue;
                }
                open.remove(&id);
                let state = words::state(self.text, message.state);
                self.step(
                    "demo-step-sent",
                    &[("number", message.to.to_string().into()), ("state", state.into())],
                );
                // A report may already have come.
                if message.state.progress() < MessageState::Accepted.progress() {
                    bail!("a message was not accepted: {message:?}");
                }
                sent.push(*message);
            }
            if !open.is_empty() {
                self.event().await?;
            }
        }
        Ok(sent)
    }
}
