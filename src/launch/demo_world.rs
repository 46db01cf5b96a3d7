//! The world of the demo's first account: people who have been written to, what the last day of its phone looked like.
//! All of it is written through the same store the program uses, before the engine starts.

use super::demo_answers::Heard;
use super::demo_files::{self, ShopFile};
use super::demo_past::{DAY, Past, Person, Refusal, Shop};
use crate::domain::conversation::{Draft, DraftPlace};
use crate::domain::health::{Connection, ConnectionChange, HealthSample};
use crate::domain::message::{MessageState, ReasonKind};
use crate::domain::settings::QuickReply;
use crate::domain::{Account, AccountId, ConversationId, GatewayKind, Timestamp};
use crate::simulator::scenery::pictures::Scene;
use crate::store::{Store, StoreError};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// Name of the demo's phone.
pub(super) const PHONE_NAME: &str = "Recepção";
/// Number of the demo's phone.
pub(super) const PHONE_NUMBER: &str = "5511900000012";

const PEOPLE: &[Person] = &[
    (
        "5511900000019",
        "Ágata Gomes",
        &[
            Past::Out(
                1_460,
                MessageState::Read,
                "Oi, Ágata! O móvel chegou, pode buscar a partir de *amanhã*.",
            ),
            Past::In(1_440, Heard::Text("Que bom! Vocês abrem no sábado?")),
            Past::Out(1_430, MessageState::Read, "Vou verificar e já retorno"),
            Past::In(1_425, Heard::Text("Obrigada!! 😊")),
        ],
    ),
    (
        "5511900000018",
        "Fernando Nunes",
        &[Past::Out(
            1_390,
            MessageState::Delivered,
            "Boa tarde, Fernando. Segue o endereço da loja: https://loja.example/como-chegar",
        )],
    ),
    (
        "5511900000017",
        "Beatriz Teles",
        &[
            Past::In(
                250,
                Heard::Text("Bom dia, consegue confirmar o horário de _quinta_?"),
            ),
            Past::Out(
                240,
                MessageState::Delivered,
                "Bom dia! Confirmado para quinta às 8h ✅",
            ),
        ],
    ),
    (
        "5511900000016",
        "Rafael Lima",
        &[
            Past::Out(170, MessageState::Read, "Rafael, separamos o seu pedido 📦"),
            Past::Out(165, MessageState::Unknown, "Seu pedido saiu para entrega"),
        ],
    ),
    (
        "5511900000015",
        "Clínica Aurora",
        &[
            Past::In(
                110,
                Heard::Text("Boa tarde! Podem mandar o orçamento das 4 cadeiras?"),
            ),
            Past::File(
                95,
                MessageState::Read,
                "Segue o orçamento em anexo, válido até _sexta_.",
                ShopFile::Document(
                    "orçamento-1842.pdf",
                    "Orçamento 1842",
                    &["4 cadeiras de carvalho", "Entrega em 10 dias"],
                ),
            ),
            Past::In(88, Heard::Document("pedido-assinado.pdf")),
        ],
    ),
    (
        "5521900000031",
        "",
        &[Past::Refused(
            70,
            Refusal {
                kind: ReasonKind::InvalidRecipient,
                detail: None,
                words: "Número não possui WhatsApp",
            },
            "Olá! Recebemos o seu contato pelo site.",
        )],
    ),
    (
        "5511900000013",
        "João Pereira",
        &[
            Past::In(55, Heard::Text("Tem o tênis em quais cores?")),
            Past::Out(
                50,
                MessageState::Delivered,
                "Oi, João! Temos nas cores ~preto~, azul e verde.",
            ),
        ],
    ),
    (
        "5511900000044",
        "Marina Souza",
        &[
            Past::In(47, Heard::Text("Boa tarde! O orçamento ficou pronto?")),
            Past::File(
                41,
                MessageState::Read,
                "Boa tarde, *Marina*! Ficou sim. Segue em anexo, válido até sexta.",
                ShopFile::Document(
                    "orçamento-1907.pdf",
                    "Orçamento 1907",
                    &["1 poltrona", "1 luminária"],
                ),
            ),
            Past::Out(39, MessageState::Read, "Qualquer dúvida é só chamar. 👋"),
            Past::In(22, Heard::Picture("Vocês têm esta poltrona?")),
            Past::In(21, Heard::Voice),
            Past::File(
                8,
                MessageState::Delivered,
                "Temos também a linha nova, veja a foto ✨",
                ShopFile::Picture("linha-nova.jpg", Scene::Street),
            ),
            Past::In(5, Heard::Text("Adorei! Vou passar aí *hoje* às 17h 👍🏽")),
            Past::In(4, Heard::Place(-23.5614, -46.6559)),
        ],
    ),
];

/// The picture that the shop is about to send.
pub(super) const OFFERED: ShopFile = ShopFile::Picture("sala-montada.jpg", Scene::LivingRoom);

/// Texts that the shop sends often.
pub(super) fn quick_replies() -> Vec<QuickReply> {
    let replies = [
        ("Bom dia", "Bom dia, {name}! Em que posso ajudar?"),
        ("Pedido pronto", "{name}, seu pedido está pronto para retirada 📦"),
        ("Horário", "Atendemos de segunda a sábado, das 9h às 18h."),
    ];
    replies
        .map(|(title, text)| QuickReply {
            title: title.to_owned(),
            text: text.to_owned(),
        })
        .to_vec()
}

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
        hosting: crate::domain::hosting::AttachmentHosting::default(),
        created_at: now.minus(DAY),
    }
}

/// Writes the account and its past into a store in `folder`. Answers the conversation last written to.
pub(super) async fn fill(
    store: &Store,
    folder: &Path,
    account: &Account,
    seed: u64,
    now: Timestamp,
) -> anyhow::Result<Option<ConversationId>> {
    store.put_account(account).await?;
    health_of_a_day(store, account.id, seed, now).await?;
    let shop = Shop {
        store,
        folder,
        account: account.id,
        now,
        // This gateway's identifiers are nowhere needed.
        gateway_id: &|_, _| None,
    };
    let newest = shop.live_through(PEOPLE).await?;
    if let Some(conversation) = newest {
        begin_draft(store, folder, account.id, conversation, now).await?;
    }
    shop.write_all_day(seed, |_| {
        Ok(("Seu pedido está pronto para retirada.".to_owned(), None))
    })
    .await?;
    Ok(newest)
}

/// Somebody has begun to write, with a picture.
async fn begin_draft(
    store: &Store,
    folder: &Path,
    account: AccountId,
    conversation: ConversationId,
    now: Timestamp,
) -> anyhow::Result<()> {
    let file = demo_files::take_in(store, folder, account, OFFERED, now).await?;
    let draft = Draft {
        text: "Esta é a sala montada:".to_owned(),
        files: vec![file],
        ..Draft::default()
    };
    store
        .put_draft(DraftPlace::Conversation(conversation), &draft, now)
        .await?;
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

#[cfg(test)]
#[path = "demo_world_tests.rs"]
mod tests;
