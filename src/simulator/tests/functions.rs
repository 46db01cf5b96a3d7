//! Each function of the gateway, and its life.

use super::*;
use crate::simulator::demo::{self, DemoScript};
use crate::simulator::style::{BatteryStyle, FlagStyle, NumberStyle};
use crate::simulator::{PairedPhone, PhoneState, Style};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

#[tokio::test]
async fn status_tells_four_states_in_many_spellings() {
    let desk = Desk::fast().await;
    let status = desk.call(Endpoint::Status, &[]).await;
    assert_eq!(
        status,
        json!({"erro": "nao", "sobre_o_erro": "", "logado": "sim", "pronto": "sim", "nome": "Balcão da loja",
               "telefone": "5511900000001", "bateria": "87"})
    );
    desk.control.set_phone(PhoneState::Offline);
    desk.control.set_battery(41);
    desk.control.set_style(Style {
        battery: BatteryStyle::Percent,
        flags: FlagStyle::PaddedCapitals,
        ..Style::default()
    });
    let status = desk.call(Endpoint::Status, &[]).await;
    assert_eq!(
        (&status["logado"], &status["pronto"]),
        (&json!(" SIM "), &json!(" NAO "))
    );
    assert_eq!(status["bateria"], "41%");
    desk.control.set_style(Style {
        numbers: NumberStyle::Number,
        flags: FlagStyle::Capital,
        ..Style::default()
    });
    let status = desk.call(Endpoint::Status, &[]).await;
    assert_eq!(
        (&status["pronto"], &status["bateria"]),
        (&json!("Não"), &json!(41))
    );
    desk.control.set_style(Style {
        battery: BatteryStyle::Missing,
        escapes: false,
        ..Style::default()
    });
    assert_eq!(desk.call(Endpoint::Status, &[]).await.get("bateria"), None);
    desk.control.set_phone(PhoneState::Unpaired);
    let status = desk.call(Endpoint::Status, &[]).await;
    assert_eq!((&status["logado"], &status["nome"]), (&json!("nao"), &json!("")));
    desk.control.refuse_credentials(true);
    let status = desk.call(Endpoint::Status, &[]).await;
    assert_eq!(status["erro"], "sim");
    assert!(
        status["sobre_o_erro"]
            .as_str()
            .unwrap()
            .starts_with("Credenciais inválidas")
    );
}

#[tokio::test]
async fn both_encodings_are_read_and_credentials_are_asked_for() {
    let desk = Desk::fast().await;
    assert_eq!(
        desk.post_urlencoded(Endpoint::Status, &credentials()).await["erro"],
        "nao"
    );
    let missing = desk.post_urlencoded(Endpoint::Status, &credentials()[..2]).await;
    assert_eq!(
        (&missing["erro"], &missing["sobre_o_erro"]),
        (&json!("sim"), &json!("Informe email, token e idapp"))
    );
    let mut wrong = credentials();
    wrong[1].1 = "another";
    assert_eq!(
        desk.post_urlencoded(Endpoint::Limits, &wrong).await["erro"],
        "sim"
    );
    let get = desk
        .client
        .get(desk.address(Endpoint::Status))
        .send()
        .await
        .unwrap();
    assert_eq!(
        (get.status().as_u16(), &get.headers()["allow"]),
        (405, &"POST".parse().unwrap())
    );
    let elsewhere = desk
        .client
        .post(format!("{}inicio", desk.simulator.base_url()))
        .send()
        .await
        .unwrap();
    assert_eq!(elsewhere.status(), 404);
    assert_eq!(desk.ledger.requests_to(Endpoint::Status), 3);
    assert_eq!(desk.ledger.all_requests().last().unwrap().endpoint, None);
}

#[tokio::test]
async fn no_credential_is_shown_or_kept() {
    let desk = Desk::fast().await;
    desk.send("aaaa").await;
    let record = desk.ledger.all_requests().pop().unwrap();
    assert_eq!(record.field("mensagem"), Some("Olá, seu pedido está pronto 😀"));
    assert!(record.processed && record.fields.len() == 6);
    let shown = format!(
        "{record:?} {:?} {:?} {:?} {:?}",
        fast_config(),
        desk.simulator,
        desk.control,
        desk.ledger
    );
    assert!(!shown.contains("demo-token"), "{shown}");
    assert!(shown.contains("seed: 1"), "{shown}");
}

#[tokio::test]
async fn limits_count_what_was_accepted() {
    let desk = Desk::open(SimulatorConfig {
        daily_limit: 12,
        daily_used: 10,
        ..fast_config()
    })
    .await;
    for client_id in ["a1", "a2"] {
        assert_eq!(desk.send(client_id).await["erro"], "nao");
    }
    let refused = desk.send("a3").await;
    assert_eq!(
        (&refused["erro"], &refused["sobre_o_erro"]),
        (&json!("sim"), &json!("limite diario atingido"))
    );
    assert_eq!(desk.send("a1").await["erro"], "nao", "a repetition costs nothing");
    desk.control.set_expiry("31/12/2027");
    let limits = desk.call(Endpoint::Limits, &[]).await;
    assert_eq!(limits["limite_diario"], "12");
    assert_eq!(limits["limite_diario_usado"], "12");
    assert_eq!(
        (&limits["limite_diario_restante"], &limits["expira"]),
        (&json!(0), &json!("31/12/2027"))
    );
    desk.control.set_used(0);
    desk.control.set_limit(1);
    assert_eq!(
        desk.send("a3").await["erro"],
        "nao",
        "a new day; what was refused may be tried again"
    );
}

#[tokio::test]
async fn queue_delay_and_clearing() {
    let desk = Desk::fast().await;
    desk.control.set_phone(PhoneState::Offline);
    for client_id in ["q1", "q2", "q3"] {
        assert_eq!(desk.send(client_id).await["status"], "Processando");
    }
    assert_eq!(desk.call(Endpoint::QueueLength, &[]).await["fila"], 3);
    assert_eq!(desk.call(Endpoint::ClearQueue, &[]).await["excluidos"], 3);
    assert_eq!(desk.call(Endpoint::QueueLength, &[]).await["fila"], 0);
    assert_eq!(desk.call(Endpoint::Limits, &[]).await["limite_diario_usado"], "3");
    assert!(desk.ledger.message("q2").unwrap().cleared);
    desk.control.set_phone(PhoneState::Online);
    assert_eq!(desk.control.read(|state| state.sent_total()), 0);
    let changed = desk.call(Endpoint::SetDelay, &[("segundos", "7")]).await;
    assert_eq!(
        (&changed["delay_anterior"], &changed["delay_atual"]),
        (&json!("0"), &json!(7))
    );
    let changed = desk.call(Endpoint::SetDelay, &[("segundos", "0")]).await;
    assert_eq!(
        (&changed["delay_anterior"], &changed["delay_atual"]),
        (&json!("7"), &json!(0))
    );
    for wrong in [
        &[][..],
        &[("segundos", "")],
        &[("segundos", "-1")],
        &[("segundos", "3601")],
    ] {
        assert_eq!(
            desk.call(Endpoint::SetDelay, wrong).await["erro"],
            "sim",
            "{wrong:?}"
        );
    }
}

#[tokio::test]
async fn pairing_from_code_to_phone() {
    let desk = Desk::fast().await;
    assert!(
        !desk.control.scan_code() && !desk.control.renew_code(),
        "there is no code yet"
    );
    assert_eq!(desk.call(Endpoint::StartPairing, &[]).await["erro"], "nao");
    assert_eq!(desk.control.read(SimulatorState::phone), PhoneState::Unpaired);
    desk.wait_for(|state| state.pairing_text().is_some()).await;

    let mut pictures = Vec::new();
    for round in 0..4 {
        let text = desk
            .control
            .read(|state| state.pairing_text().map(str::to_owned))
            .unwrap();
        let answer = desk.call(Endpoint::PollPairing, &[]).await;
        assert_eq!(answer["conectado"], "nao");
        let picture = answer["qrcode"].as_str().unwrap();
        let bare = picture.strip_prefix("data:image/png;base64,");
        assert_eq!(bare.is_some(), round % 2 == 0, "the spelling alternates");
        assert_eq!(read_code(bare.unwrap_or(picture)), text);
        pictures.push(bare.unwrap_or(picture).to_owned());
        if round == 1 {
            assert!(desk.control.renew_code());
        }
    }
    assert!(pictures[0] == pictures[1] && pictures[1] != pictures[2] && pictures[2] == pictures[3]);

    assert!(
        desk.control
            .scan_code_with(PairedPhone::new("Entregas", "5511900000009"))
    );
    desk.wait_for(|state| state.phone() == PhoneState::Online).await;
    let answer = desk.call(Endpoint::PollPairing, &[]).await;
    assert_eq!(
        (&answer["conectado"], &answer["qrcode"]),
        (&json!("sim"), &json!(""))
    );
    assert_eq!(
        (&answer["nome"], &answer["telefone"]),
        (&json!("Entregas"), &json!("5511900000009"))
    );
}

#[tokio::test]
async fn a_code_takes_time_and_so_does_its_confirmation() {
    let mut config = fast_config();
    config.timing.code_preparation = Duration::from_secs(3_600);
    config.timing.confirmation = Duration::from_secs(3_600);
    let desk = Desk::open(config.clone()).await;
    desk.call(Endpoint::StartPairing, &[]).await;
    let answer = desk.call(Endpoint::PollPairing, &[]).await;
    assert_eq!(
        (&answer["conectado"], &answer["qrcode"]),
        (&json!("nao"), &json!(""))
    );

    config.timing.code_preparation = Duration::ZERO;
    let desk = Desk::open(config).await;
    desk.call(Endpoint::StartPairing, &[]).await;
    assert_ne!(desk.call(Endpoint::PollPairing, &[]).await["qrcode"], "");
    assert!(desk.control.scan_code());
    let answer = desk.call(Endpoint::PollPairing, &[]).await;
    assert_eq!(
        (&answer["conectado"], &answer["qrcode"]),
        (&json!("nao"), &json!(""))
    );
    assert!(desk.control.read(|state| state.is_confirming()));
}

#[tokio::test]
async fn the_demo_scans_and_goes_away_by_itself() {
    let moment = Duration::from_millis(20);
    let mut config = SimulatorConfig {
        timing: Timing::fast(),
        ..demo::config(9)
    };
    let offline_for = Duration::from_secs(3_600);
    config.demo = Some(DemoScript {
        scan_after: moment,
        offline_after: moment,
        offline_for,
        ..DemoScript::default()
    });
    let desk = Desk::open(config).await;
    desk.send("d1").await;
    desk.call(Endpoint::StartPairing, &[]).await;
    desk.wait_for(|state| state.pairing_text().is_some()).await;
    let not_shown = desk
        .control
        .wait_for(SimulatorState::is_confirming, moment * 3)
        .await;
    assert!(not_shown.is_err(), "nobody scans a code that nobody has seen");
    assert_ne!(desk.call(Endpoint::PollPairing, &[]).await["qrcode"], "");
    desk.wait_for(|state| state.phone() == PhoneState::Offline).await;
    assert_eq!(
        desk.call(Endpoint::Status, &[]).await["nome"],
        "Padaria Boa Massa"
    );
    desk.control.set_phone(PhoneState::Online);
    desk.wait_for(|state| state.sent_total() == 1).await;
}

#[tokio::test]
async fn the_same_seed_tells_the_same_story() {
    let mut stories = Vec::new();
    for seed in [5, 5, 6] {
        let desk = Desk::open(SimulatorConfig {
            seed,
            ..fast_config()
        })
        .await;
        desk.send("s1").await;
        let log_id = desk.control.latest_log_id().unwrap();
        desk.control.hold_queue(true);
        desk.call(Endpoint::StartPairing, &[]).await;
        desk.send("s2").await;
        stories.push((log_id, desk.control.latest_log_id().unwrap()));
    }
    assert_eq!(stories[0].0, stories[1].0);
    assert_ne!(stories[0], stories[2]);
}

#[tokio::test]
async fn shutdown_and_drop_free_the_port() {
    let desk = Desk::fast().await;
    let port = desk.simulator.address().port();
    desk.control.fault(
        Endpoint::Status,
        crate::simulator::Fault::ProcessThenNever,
        crate::simulator::Times::Always,
    );
    let control = desk.control.clone();
    let (answer, ()) = tokio::join!(desk.post(Endpoint::Status, &[]), async {
        let asked = |state: &SimulatorState| state.ledger().requests_to(Endpoint::Status) == 1;
        control.wait_for(asked, PATIENCE).await.unwrap();
        // Stops while a request hangs.
        control.shared.stop.cancel();
    });
    assert!(answer.is_err() || answer.is_ok_and(|response| response.status() == 503));
    desk.simulator.shutdown().await;
    assert_eq!(
        desk.ledger.requests_to(Endpoint::Status),
        1,
        "the book stays readable"
    );

    let again = Desk::open(SimulatorConfig {
        port,
        ..fast_config()
    })
    .await;
    assert_eq!(again.call(Endpoint::Status, &[]).await["erro"], "nao");
    let taken = SolutekSimulator::start(SimulatorConfig {
        port,
        ..fast_config()
    })
    .await;
    assert!(matches!(
        taken,
        Err(crate::simulator::SimulatorError::Listen { .. })
    ));
    let Desk {
        simulator, client, ..
    } = again;
    drop(simulator);
    let address = format!("http://127.0.0.1:{port}/status");
    while client.post(&address).send().await.is_ok() {
        tokio::task::yield_now().await;
    }
}

fn read_code(base64: &str) -> String {
    let picture = image::load_from_memory(&STANDARD.decode(base64).unwrap())
        .unwrap()
        .to_luma8();
    let mut prepared = rqrr::PreparedImage::prepare(picture);
    prepared.detect_grids()[0].decode().unwrap().1
}
