//! The world of the demo's second account: a shop whose gateway tells what people write, and lets it write freely to them
//! for a day only.

use super::demo_answers::Heard;
use super::demo_files::ShopFile;
use super::demo_library::{self, ShopTemplate};
use super::demo_past::{DAY, Past, Person, Refusal, Shop};
use crate::domain::message::{MessageState, ReasonKind};
use crate::domain::{Account, AccountId, GatewayKind, Timestamp};
use crate::simulator::devino::DevinoControl;
use crate::store::Store;
use rand::RngExt as _;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// As whom it sends.
pub(super) const SENDER: &str = "5511900000099";
/// Who wrote last.
pub(super) const NEWEST: &str = "5511900000045";
/// Who has not written for more than a day.
pub(super) const SILENT: &str = "5511900000051";
/// What is before the first identifier that the gateway gave a message of the past.
const BEFORE_FIRST_ID: u64 = 3_482_512_350_000_000_000;

/// The templates that are registered.
pub(super) const TEMPLATES: &[ShopTemplate] = &[
    READY,
    DELIVERY,
    ShopTemplate {
        key: "envio_en_camino",
        language: "es",
        text: "¡Hola, {{1}}! Tu mueble ya va en camino y llega el *{{2}}* 🚚",
        parameters: &[("nombre", "Íñigo"), ("día", "viernes")],
        header_image: false,
    },
    ShopTemplate {
        key: "pesquisa_satisfacao",
        language: "pt_BR",
        text: "Como foi comprar com a gente? Responda com uma nota de *1 a 5* ⭐",
        parameters: &[],
        header_image: false,
    },
];

/// The one that the shop sends all day.
pub(super) const READY: ShopTemplate = ShopTemplate {
    key: "pedido_pronto",
    language: "pt_BR",
    text: "Olá, {{1}}! Seu pedido *{{2}}* está pronto. Retire até {{3}}, das 9h às 18h.",
    parameters: &[("nome", "Helena"), ("pedido", "2214"), ("prazo", "sexta-feira")],
    header_image: false,
};

/// The one that asks whether the day suits.
pub(super) const DELIVERY: ShopTemplate = ShopTemplate {
    key: "confirmacao_entrega",
    language: "pt_BR",
    text: "Oi, {{1}}! A entrega do pedido {{2}} está marcada para *{{3}}*, entre {{4}}. Podemos confirmar?",
    parameters: &[
        ("nome", "Helena"),
        ("pedido", "2214"),
        ("dia", "quinta-feira"),
        ("horário", "8h e 12h"),
    ],
    header_image: false,
};

const PEOPLE: &[Person] = &[
    (
        SILENT,
        "Nelson Araújo",
        &[
            Past::In(2_980, Heard::Text("Boa tarde! Vocês reformam poltrona?")),
            Past::Out(
                2_960,
                MessageState::Read,
                "Boa tarde, Nelson! Reformamos, sim. Pode mandar uma foto dela?",
            ),
            Past::In(2_945, Heard::Picture("É esta, da minha avó")),
            Past::Out(2_930, MessageState::Read, "Que linda! Já vejo com a oficina 👍"),
            Past::Refused(
                65,
                Refusal {
                    kind: ReasonKind::OutsideWindow,
                    detail: Some("devino-outside-window"),
                    words: "2312 UNDELIVERED",
                },
                "Nelson, o orçamento da poltrona ficou pronto. Posso enviar?",
            ),
        ],
    ),
    (
        "5511900000052",
        "Yasmin Couto",
        &[
            Past::Template(310, MessageState::Read, &READY, &["Yasmin", "2207", "sábado"]),
            Past::In(295, Heard::Text("Oba! Passo aí amanhã cedo 🙌")),
            Past::Out(290, MessageState::Read, "Combinado, Yasmin! Abrimos às *9h*."),
        ],
    ),
    (
        "5511900000048",
        "Davi Moura",
        &[
            Past::In(
                190,
                Heard::Text("Conseguem entregar a mesa na _segunda_? Estarei em casa o dia todo"),
            ),
            Past::Out(
                182,
                MessageState::Unknown,
                "Conseguimos, Davi! Entre 8h e 12h está bom?",
            ),
        ],
    ),
    (
        "5521900000033",
        "",
        &[Past::Refused(
            150,
            Refusal {
                kind: ReasonKind::InvalidRecipient,
                detail: Some("devino-no-whatsapp"),
                words: "2305 UNDELIVERED",
            },
            "Olá! Recebemos o seu pedido pelo site.",
        )],
    ),
    (
        "5511900000047",
        "Pousada do Ipê",
        &[
            Past::In(130, Heard::Text("Bom dia! E o orçamento dos 6 estofados?")),
            Past::File(
                118,
                MessageState::Read,
                "Segue, com o tecido impermeável que pediram.",
                ShopFile::Document(
                    "orçamento-2231.pdf",
                    "Orçamento 2231",
                    &["6 estofados, tecido impermeável", "Entrega em 15 dias"],
                ),
            ),
            Past::In(104, Heard::Document("pedido-pousada.pdf")),
        ],
    ),
    (
        "5511900000046",
        "Tomás Villela",
        &[
            Past::In(78, Heard::Picture("Tem um sofá que combine com esta sala?")),
            Past::Out(
                71,
                MessageState::Delivered,
                "Tem o *Girassol* de 3 lugares, em linho cru. Fica lindo aí!",
            ),
        ],
    ),
    (
        NEWEST,
        "Helena Prado",
        &[
            Past::Template(40, MessageState::Read, &READY, &["Helena", "2214", "sexta-feira"]),
            Past::In(33, Heard::Text("Que rápido! Posso mandar buscar?")),
            Past::Out(
                30,
                MessageState::Read,
                "Pode, sim. É só dizer o número do pedido.",
            ),
            Past::In(6, Heard::Place(-23.5505, -46.6333)),
            Past::In(5, Heard::Text("O motorista sai daqui agora 🚚")),
        ],
    ),
];

/// The account, whose gateway is at `base_url`.
pub(super) fn account(name: &str, base_url: &str, now: Timestamp) -> Account {
    Account {
        id: AccountId::new(),
        gateway: GatewayKind::Devino,
        name: name.to_owned(),
        identity: BTreeMap::from([("sender".to_owned(), SENDER.to_owned())]),
        base_url: Some(base_url.to_owned()),
        default_country: "BR".to_owned(),
        paused: false,
        delay_secs: None,
        hosting: crate::domain::hosting::AttachmentHosting::default(),
        created_at: now.minus(DAY),
    }
}

/// Writes the account and its past into a store in `folder`, and into the gateway who wrote when.
pub(super) async fn fill(
    store: &Store,
    folder: &Path,
    account: &Account,
    gateway: &DevinoControl,
    seed: u64,
    now: Timestamp,
) -> anyhow::Result<()> {
    store.put_account(account).await?;
    demo_library::keep(store, account.id, TEMPLATES, now.minus(DAY)).await?;
    let given = Cell::new(BEFORE_FIRST_ID);
    let shop = Shop {
        store,
        folder,
        account: account.id,
        now,
        gateway_id: &|_, _| {
            given.set(given.get() + 1_009);
            Some(given.get().to_string())
        },
    };
    shop.live_through(PEOPLE).await?;
    shop.write_all_day(seed, |random| {
        let order = random.random_range(2_150..2_230_u32).to_string();
        let (template, text) = READY.filled(&["cliente", &order, "sexta-feira"])?;
        Ok((text, Some(template)))
    })
    .await?;
    remember_who_wrote(gateway);
    Ok(())
}

/// Tells the gateway when each person last wrote, to the minute.
fn remember_who_wrote(gateway: &DevinoControl) {
    let mut wrote: Vec<(u64, &str)> = PEOPLE
        .iter()
        .filter_map(|(number, _, messages)| {
            let minutes = messages.iter().filter_map(|past| match past {
                Past::In(minutes, _) => Some(*minutes),
                _ => None,
            });
            Some((minutes.min()?, *number))
        })
        .collect();
    wrote.sort_unstable_by(|one, other| other.cmp(one));
    let mut ago = wrote.first().map_or(0, |(minutes, _)| *minutes);
    let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
    for (then, number) in wrote {
        gateway.advance_clock(minutes(ago - then));
        gateway.person_wrote(number);
        ago = then;
    }
    gateway.advance_clock(minutes(ago));
}
