//! The world of the demo's third account: a clinic whose gateway tells nothing of what people write, and is asked what
//! became of each message.

use super::demo_library::{self, ShopTemplate};
use super::demo_past::{DAY, Past, Person, Refusal, Shop};
use crate::domain::message::{MessageState, ReasonKind};
use crate::domain::{Account, AccountId, GatewayKind, Timestamp};
use crate::simulator::Times;
use crate::simulator::common::Ending;
use crate::simulator::decision_telecom::{DecisionControl, ERRORS};
use crate::store::Store;
use rand::RngExt as _;
use std::collections::BTreeMap;
use std::path::Path;

/// As whom it sends.
pub(super) const SENDER: &str = "Clinica";
/// Who has not written for more than a day.
pub(super) const SILENT: &str = "5511900000036";
/// Who wrote lately, so that they may be written to freely.
pub(super) const WROTE: &[&str] = &["5511900000034", "5511900000035", "5511900000037", "5511900000038"];

/// The templates that are registered.
pub(super) const TEMPLATES: &[ShopTemplate] = &[
    REMINDER,
    ShopTemplate {
        key: "resultado_disponivel",
        language: "pt_BR",
        text: "Olá, {{1}}. O resultado do seu exame já está no portal: https://clinica.example/exames",
        parameters: &[("nome", "Renata")],
        header_image: false,
    },
    ShopTemplate {
        key: "campanha_vacinacao",
        language: "pt_BR",
        text: "Vacinação contra a gripe de *{{1}}* a *{{2}}*, sem hora marcada 💉",
        parameters: &[("início", "23/11"), ("fim", "27/11")],
        header_image: true,
    },
];

/// The one that the clinic sends all day.
pub(super) const REMINDER: ShopTemplate = ShopTemplate {
    key: "lembrete_consulta",
    language: "pt_BR",
    text: "Olá, {{1}}! Lembramos da sua consulta com {{2}} em *{{3}}*. Para remarcar, ligue para a recepção.",
    parameters: &[
        ("nome", "Renata"),
        ("profissional", "a Dra. Inês"),
        ("quando", "terça, às 14h30"),
    ],
    header_image: false,
};

/// The gateway says that more than a day has passed.
const CLOSED: Refusal = Refusal {
    kind: ReasonKind::OutsideWindow,
    detail: Some("decision-outside-window"),
    words: ERRORS[7].message,
};

const PEOPLE: &[Person] = &[
    (
        SILENT,
        "Sérgio Luz",
        &[
            Past::Template(
                2_890,
                MessageState::Read,
                &REMINDER,
                &["Sérgio", "o Dr. Paulo", "sexta, às 9h"],
            ),
            Past::Refused(88, CLOSED, "Sérgio, quer remarcar a consulta que perdeu?"),
        ],
    ),
    (
        "5511900000034",
        "Renata Dias",
        &[
            Past::Template(
                320,
                MessageState::Read,
                &REMINDER,
                &["Renata", "a Dra. Inês", "terça, às 14h30"],
            ),
            Past::Out(
                260,
                MessageState::Read,
                "Renata, o estacionamento fica na rua de trás.",
            ),
        ],
    ),
    (
        "5511900000035",
        "Igor Bastos",
        &[Past::Out(
            170,
            MessageState::Unknown,
            "Igor, o convênio autorizou o exame ✅",
        )],
    ),
    (
        "5511900000037",
        "Noêmia Reis",
        &[
            Past::Out(95, MessageState::Read, "Dona Noêmia, a receita está na recepção."),
            Past::Out(93, MessageState::Delivered, "Atendemos até as *18h*."),
        ],
    ),
    (
        "5511900000038",
        "Caetano Melo",
        &[
            Past::Template(
                31,
                MessageState::Delivered,
                &REMINDER,
                &["Caetano", "a Dra. Inês", "quarta, às 10h"],
            ),
            Past::Out(
                2,
                MessageState::Accepted,
                "Caetano, traga os exames anteriores, por favor.",
            ),
        ],
    ),
];

/// The account, whose gateway is at `base_url`.
pub(super) fn account(name: &str, base_url: &str, now: Timestamp) -> Account {
    Account {
        id: AccountId::new(),
        gateway: GatewayKind::DecisionTelecom,
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

/// Writes the account and its past into a store in `folder`, and into the gateway what it took then and who wrote lately.
pub(super) async fn fill(
    store: &Store,
    folder: &Path,
    account: &Account,
    gateway: &DecisionControl,
    seed: u64,
    now: Timestamp,
) -> anyhow::Result<()> {
    store.put_account(account).await?;
    demo_library::keep(store, account.id, TEMPLATES, now.minus(DAY)).await?;
    let shop = Shop {
        store,
        folder,
        account: account.id,
        now,
        // It will be asked what became of them.
        gateway_id: &|message, end| {
            if end == MessageState::Rejected {
                return None;
            }
            if end == MessageState::Delivered {
                gateway.end_messages(Ending::Delivered, Times::ONCE);
            }
            Some(
                gateway
                    .took_before(message.to.digits(), &message.text)
                    .to_string(),
            )
        },
    };
    shop.live_through(PEOPLE).await?;
    shop.write_all_day(seed, |random| {
        let hour = random.random_range(8..18_u32);
        let (template, text) =
            REMINDER.filled(&["paciente", "a Dra. Inês", &format!("quinta, às {hour}h")])?;
        Ok((text, Some(template)))
    })
    .await?;
    for person in WROTE {
        gateway.person_wrote(person);
    }
    Ok(())
}
