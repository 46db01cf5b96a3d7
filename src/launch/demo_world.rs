//! The world of the demo: an account, people who have been written to, and what the last day looked like. All of it is
//! written through the same store the program uses, before the engine starts.

use crate::domain::health::{Connection, ConnectionChange, HealthSample};
use crate::domain::message::{MessageState, Reason, ReasonKind};
use crate::domain::outbox::Transition;
use crate::domain::{Account, AccountId, ConversationId, GatewayKind, PhoneNumber, Timestamp};
use crate::store::{NewMessage, Store, StoreError};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::collections::BTreeMap;
use std::time::Duration;

/// Name of the demo's phone.
pub(super) const PHONE_NAME: &str = "Recepção";
/// Number of the demo's phone.
pub(super) const PHONE_NUMBER: &str = "5511900000012";

/// One message of the past: minutes ago, what became of it, its text.
type Past = (u64, MessageState, &'static str);

const PEOPLE: &[(&str, &str, &[Past])] = &[
    (
        "5511900000019",
        "Ágata Gomes",
        &[
            (
                1_460,
                MessageState::Read,
                "Oi, Ágata! O móvel chegou, pode buscar a partir de *amanhã*.",
            ),
            (1_430, MessageState::Read, "Vou verificar e já retorno"),
        ],
    ),
    (
        "5511900000018",
        "Fernando Nunes",
        &[(
            1_390,
            MessageState::Delivered,
            "Boa tarde, Fernando. Segue o endereço da loja: https://loja.example/como-chegar",
        )],
    ),
    (
        "5511900000017",
        "Beatriz Teles",
        &[(
            240,
            MessageState::Delivered,
            "Bom dia! Confirmado para quinta às 8h ✅",
        )],
    ),
    (
        "5511900000016",
        "Rafael Lima",
        &[
            (170, MessageState::Read, "Rafael, separamos o seu pedido 📦"),
            (165, MessageState::Unknown, "Seu pedido saiu para entrega"),
        ],
    ),
    (
        "5511900000015",
        "Clínica Aurora",
        &[(
            95,
            MessageState::Read,
            "Segue o orçamento em anexo, válido até _sexta_.",
        )],
    ),
    (
        "5521900000031",
        "",
        &[(
            70,
            MessageState::Rejected,
            "Olá! Recebemos o seu contato pelo site.",
        )],
    ),
    (
        "5511900000013",
        "João Pereira",
        &[(
            50,
            MessageState::Delivered,
            "Oi, João! Temos nas cores ~preto~, azul e verde.",
        )],
    ),
    (
        "5511900000044",
        "Marina Souza",
        &[
            (
                41,
                MessageState::Read,
                "Boa tarde, *Marina*! Ficou sim. Segue em anexo, válido até sexta.",
            ),
            (39, MessageState::Read, "Qualquer dúvida é só chamar. 👋"),
            (
                8,
                MessageState::Delivered,
                "Temos também a linha nova, veja a foto ✨",
            ),
        ],
    ),
];

/// The demo's account, whose gateway is at `base_url`.
pub(super) fn account(base_url: &str, email: &str, application: &str, now: Timestamp) -> Account {
    Account {
        id: AccountId::new(),
        gateway: GatewayKind::Solutek,
        name: "Loja Centro".to_owned(),
        identity: BTreeMap::from([
            ("email".to_owned(), email.to_owned()),
            ("idapp".to_owned(), application.to_owned()),
        ]),
        base_url: Some(base_url.to_owned()),
        default_country: "BR".to_owned(),
        paused: false,
        delay_secs: Some(3),
        created_at: now.minus(DAY),
    }
}

const DAY: Duration = Duration::from_secs(24 * 3_600);

/// Writes the account and its past into an empty store. Answers the conversation last written to.
pub(super) async fn fill(
    store: &Store,
    account: &Account,
    seed: u64,
    now: Timestamp,
) -> Result<Option<ConversationId>, StoreError> {
    let mut newest = None;
    store.put_account(account).await?;
    health_of_a_day(store, account.id, seed, now).await?;
    for (number, name, messages) in PEOPLE {
        let Ok(to) = PhoneNumber::from_digits(number) else {
            continue;
        };
        for (minutes, state, text) in *messages {
            let at = now.minus(Duration::from_secs(minutes * 60));
            let message = NewMessage {
                to: to.clone(),
                text: (*text).to_owned(),
                attachment: None,
                not_before: None,
            };
            for message in store.enqueue(account.id, vec![message], at).await? {
                if !name.is_empty() {
                    store.rename_conversation(message.conversation, name).await?;
                }
                play(store, &message, *state, at).await?;
                newest = Some(message.conversation);
            }
        }
    }
    let mut random = StdRng::seed_from_u64(seed);
    for hour in 1..11_u64 {
        for _ in 0..random.random_range(1..5_u32) {
            let minutes = hour * 60 + random.random_range(0..55_u64);
            let at = now.minus(Duration::from_secs(minutes * 60));
            let Ok(to) = PhoneNumber::from_digits(&format!("55119000000{}", random.random_range(60..90_u32)))
            else {
                continue;
            };
            let text = "Seu pedido está pronto para retirada.".to_owned();
            let message = NewMessage {
                to,
                text,
                attachment: None,
                not_before: None,
            };
            let state = if random.random_bool(0.7) {
                MessageState::Read
            } else {
                MessageState::Delivered
            };
            for message in store.enqueue(account.id, vec![message], at).await? {
                play(store, &message, state, at).await?;
            }
        }
    }
    Ok(newest)
}

/// Lets a message go its way as it would have gone then.
async fn play(
    store: &Store,
    message: &crate::domain::Message,
    end: MessageState,
    at: Timestamp,
) -> Result<(), StoreError> {
    let later = |secs| at.plus(Duration::from_secs(secs));
    store.begin_attempt(message.id, later(1)).await?;
    let (state, reason) = match end {
        MessageState::Rejected => (
            end,
            Some(Reason::with_words(
                ReasonKind::InvalidRecipient,
                "Número não possui WhatsApp",
            )),
        ),
        MessageState::Unknown => (end, Some(Reason::new(ReasonKind::TimedOut))),
        _ => (MessageState::Accepted, None),
    };
    let transition = Transition {
        state,
        reason,
        next_attempt_at: None,
        gateway_id: None,
        unclear: state == MessageState::Unknown,
        holds_account: false,
    };
    store
        .finish_attempt(message.id, &transition, None, later(2))
        .await?;
    let mut from = MessageState::Accepted;
    for (next, secs) in [
        (MessageState::Sent, 3),
        (MessageState::Delivered, 5),
        (MessageState::Read, 60),
    ] {
        if state == MessageState::Accepted && next.progress() <= end.progress() {
            store
                .change_state(message.id, &[from], next, None, later(secs))
                .await?;
            from = next;
        }
    }
    Ok(())
}

async fn health_of_a_day(
    store: &Store,
    account: AccountId,
    seed: u64,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut random = StdRng::seed_from_u64(seed);
    let mut used = 500_u64;
    for step in (0..96_u64).rev() {
        let at = now.minus(Duration::from_secs(step * 900 + 60));
        // Charged overnight, used by day.
        let battery = if step > 60 {
            100 - (step - 60)
        } else {
            100 - (60 - step) * 32 / 60
        };
        used += random.random_range(0..8);
        let queue = if random.random_bool(0.3) {
            random.random_range(1..12)
        } else {
            0
        };
        let sample = HealthSample {
            at,
            battery_percent: u8::try_from(battery.min(100)).ok(),
            queue_length: Some(queue),
            limit_used: Some(used),
        };
        store.put_sample(account, sample).await?;
    }
    let changes = [
        (1_400, Connection::MustPair),
        (1_390, Connection::Ready),
        (372, Connection::PhoneOffline),
        (368, Connection::Ready),
    ];
    for (minutes, connection) in changes {
        let change = ConnectionChange {
            at: now.minus(Duration::from_secs(minutes * 60)),
            connection,
            phone_name: Some(PHONE_NAME.to_owned()),
        };
        store.put_connection_change(account, &change).await?;
    }
    Ok(())
}
