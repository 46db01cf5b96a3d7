//! This gateway's endpoints against the table of bad replies.

use super::*;
use crate::gateway::bad_replies_tests::{
    Call, Contract, End, Endpoint, cut_at_every_byte, every_kind, file, text,
};
use std::sync::Arc;

const TOKEN: &str = "canary-token-7f3a9c";

fn connect(base_url: Url, timeouts: Timeouts) -> Arc<dyn Gateway> {
    let fields = [
        ("email", "loja@example.com"),
        ("token", TOKEN),
        ("idapp", "app-12"),
    ];
    let fields = fields
        .into_iter()
        .map(|(key, value)| (key.to_owned(), Secret::new(value.to_owned())))
        .collect();
    Arc::new(Solutek::with_timeouts(Credentials { base_url, fields }, timeouts).unwrap())
}

fn endpoint(name: &'static str, call: Call, fields: &str) -> Endpoint {
    Endpoint {
        name,
        call,
        good: format!("{{\"erro\":\"nao\",\"sobre_o_erro\":\"\",{fields}}}"),
        refusal: r#"{"erro":"sim","sobre_o_erro":"Formato do envio desconhecido"}"#.to_owned(),
        good_is_error: false,
        payment: End::Unclear,
    }
}

fn contract() -> Contract {
    let sent =
        r#""whatsapp":"5511900000012","mensagem":"Oi","status":"Processando","idlog":9007199254740993"#;
    let status = r#""logado":"sim","pronto":"sim","nome":"Loja","telefone":"5511900000012","bateria":87"#;
    Contract {
        gateway: CAPABILITIES.vendor,
        forms: vec![("in the body", Box::new(connect))],
        endpoints: vec![
            endpoint("text", Call::send(text(0)), sent),
            endpoint("picture", Call::send(file(MediaKind::Image, "png")), sent),
            endpoint("document", Call::send(file(MediaKind::Document, "pdf")), sent),
            endpoint("several", Call::Many(vec![text(0)]), sent),
            endpoint("test", Call::Test, status),
            endpoint("status", Call::Status, status),
            endpoint(
                "limits",
                Call::Limits,
                r#""limite_diario":500,"limite_diario_usado":20,"limite_diario_restante":480,"expira":"2027-01-31""#,
            ),
            endpoint("pairing", Call::StartPairing, r#""status":"ok""#),
            endpoint(
                "state of pairing",
                Call::PollPairing,
                r#""conectado":"nao","qrcode":"aGk=","url_retorno":"","nome":"","telefone":"""#,
            ),
            endpoint("queue", Call::QueueLength, r#""fila":7"#),
            endpoint("clearing", Call::ClearQueue, r#""excluidos":7"#),
            endpoint("delay", Call::SetDelay, r#""delay_anterior":0,"delay_atual":5"#),
        ],
        secret: TOKEN,
    }
}

#[tokio::test]
async fn every_kind_of_bad_reply_to_every_endpoint() {
    every_kind(contract()).await;
}

#[tokio::test]
async fn a_reply_cut_at_every_byte() {
    cut_at_every_byte(contract()).await;
}
