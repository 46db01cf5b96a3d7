//! Who is in the played store, and what has been written to them.

use super::Stored;
use crate::domain::message::{Message, MessageState, Reason, ReasonKind};
use crate::domain::{
    AccountId, Attachment, ClientMessageId, ConversationId, MediaKind, MessageId, PhoneNumber, ThreadEntry,
};
use crate::ui::screens::stage;
use crate::ui::testing::NOW;
use std::time::Duration;

/// One of ours as a line of a thread.
pub fn outgoing(message: Message) -> ThreadEntry {
    ThreadEntry::Outgoing(Box::new(message))
}

/// A message written so many minutes before [`NOW`].
pub fn message(minutes: u64, state: MessageState, text: &str) -> Message {
    let at = NOW.minus(Duration::from_secs(minutes * 60));
    Message {
        template: None,
        id: MessageId::new(),
        account: AccountId::new(),
        conversation: ConversationId::new(),
        to: PhoneNumber::from_digits("5511900000012").unwrap(),
        text: text.into(),
        attachment: None,
        client_id: ClientMessageId::random(),
        gateway_id: None,
        state,
        reason: None,
        attempts: 1,
        next_attempt_at: None,
        first_unclear_at: None,
        not_before: None,
        created_at: at,
        updated_at: at,
    }
}

/// A file that goes along.
fn file(name: &str, kind: MediaKind) -> Option<Attachment> {
    Some(Attachment {
        url: format!("https://files.example/{name}"),
        file: None,
        name: name.into(),
        kind,
    })
}

/// A few people, with messages in every state.
pub fn people(account: AccountId) -> Stored {
    use MessageState as State;
    let because = |kind| Some(Reason::new(kind));
    let day = 24 * 60;
    let mut stored = Stored {
        history: stage::history(),
        ..Stored::default()
    };
    stored.add(
        account,
        Some("Marina Souza"),
        "5511900000044",
        vec![
            message(2 * day, State::Read, "Oi Marina, tudo bem? Aqui é da Loja Centro 😊"),
            message(day + 30, State::Read, "Seu pedido *1842* chegou. Retire até _sexta_, das 9h às 18h."),
            Message {
                attachment: file("orcamento-1842.pdf", MediaKind::Document),
                ..message(40, State::Delivered, "")
            },
            message(38, State::Read, "Boa tarde, *Marina*! Ficou sim. Segue em anexo, válido até sexta. Detalhes em https://loja.example/1842"),
            Message {
                reason: because(ReasonKind::TimedOut),
                first_unclear_at: Some(NOW),
                ..message(9, State::Unknown, "Seu pedido saiu para entrega")
            },
            Message {
                reason: because(ReasonKind::InvalidAttachment),
                attachment: file("catalogo.webp", MediaKind::Image),
                ..message(6, State::Rejected, "Catálogo novo")
            },
            message(4, State::Accepted, "Por nada! Qualquer dúvida é só chamar. 👋"),
            Message {
                attempts: 0,
                ..message(1, State::Queued, "Temos também a linha nova, veja a foto ✨")
            },
        ],
    );
    let rest: [(Option<&str>, &str, u64, State, &str); 6] = [
        (
            Some("João Pereira"),
            "5511900000021",
            13,
            State::Delivered,
            "Combinado, até amanhã!",
        ),
        (
            None,
            "5521900000031",
            30,
            State::Sent,
            "Segue o endereço: Rua das Flores, 120",
        ),
        (
            Some("Clínica Aurora"),
            "5511900000052",
            52,
            State::Read,
            "Segue o orçamento em anexo",
        ),
        (
            Some("Rafael Lima"),
            "5511900000063",
            140,
            State::Rejected,
            "Seu pedido saiu para entrega",
        ),
        (
            Some("Beatriz Teles"),
            "5511900000074",
            200,
            State::Delivered,
            "Bom dia! Confirmado para quinta às 15h30, na unidade do centro",
        ),
        (
            Some("Ágata Gomes"),
            "5511900000085",
            day + 90,
            State::Read,
            "Vou verificar e já retorno",
        ),
    ];
    for (name, digits, minutes, state, text) in rest {
        stored.add(account, name, digits, vec![message(minutes, state, text)]);
    }
    stored.rows[2].draft = Some("Bom dia! Passando para".into());
    stored
}
