//! What the gateway does with a request and what it answers, in the vendor's words.

use super::config::SimulatorCredentials;
use super::document::{Answer, Reply};
use super::faults::{Endpoint, Fault};
use super::form::Fields;
use super::ledger::{BodyEncoding, MessageRecord, RequestRecord};
use super::pairing::PairingSession;
use super::phone::PhoneState;
use super::state::SimulatorState;
use rand::RngExt;
use serde_json::json;
use tokio::time::Instant;

/// Largest delay, in seconds.
const DELAY_MAX_SECS: u32 = 3_600;

/// What a repeated message identifier is answered; the document says only that the message is not sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RepeatAnswer {
    /// Success, with the `idlog` of the first time.
    SameLogId,
    /// Success, with a new `idlog`.
    NewLogId,
    /// `erro` = `sim`, with words about a repeated identifier.
    Refused,
    /// A warning of PHP in HTML, no JSON.
    Noise,
    /// A gateway that breaks its promise: success, **and the message is sent again**. For proving that a test notices.
    SendsAgain,
}

/// A request as it came.
pub(super) struct Intake {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) encoding: BodyEncoding,
    pub(super) fields: Fields,
}

/// What came of a request, and what spoils its answer.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) answer: Answer,
    pub(super) fault: Option<Fault>,
}

impl SimulatorState {
    /// Takes a request for a function: strikes it with a fault or carries it out, and writes it into the book.
    pub(super) fn take_request(&mut self, endpoint: Endpoint, intake: Intake, now: Instant) -> Outcome {
        let rule = self.faults.take(endpoint);
        let processed = rule.as_ref().is_none_or(super::FaultRule::is_processed);
        let answer = if processed {
            self.answer(endpoint, &intake.fields, now)
        } else {
            Answer::Reply(Reply::refusal(&self.style, "Erro interno, tente novamente"))
        };
        let fault = rule.map(|rule| rule.fault);
        self.record(Some(endpoint), intake, processed, fault.as_ref(), now);
        Outcome { answer, fault }
    }

    /// Writes a request into the book.
    pub(super) fn record(
        &mut self,
        endpoint: Option<Endpoint>,
        intake: Intake,
        processed: bool,
        fault: Option<&Fault>,
        now: Instant,
    ) {
        let at = self.since_start(now);
        self.ledger.add_request(RequestRecord {
            method: intake.method,
            path: intake.path,
            endpoint,
            at,
            encoding: intake.encoding,
            fields: intake.fields.without_credentials(),
            processed,
            fault: fault.map(|fault| format!("{fault:?}").chars().take(80).collect()),
        });
        self.touch();
    }

    fn answer(&mut self, endpoint: Endpoint, fields: &Fields, now: Instant) -> Answer {
        if let Err(words) = self.check_credentials(fields) {
            return Answer::Reply(Reply::refusal(&self.style, words));
        }
        let reply = match endpoint {
            Endpoint::Send => return self.answer_send(fields, now),
            Endpoint::Limits => self.answer_limits(),
            Endpoint::StartPairing => self.answer_start_pairing(now),
            Endpoint::PollPairing => self.answer_poll_pairing(now),
            Endpoint::ClearQueue => self.answer_clear_queue(),
            Endpoint::QueueLength => {
                let length = self.style.number(self.queue.length() as u64, false);
                Reply::success(&self.style, vec![("fila", length)])
            }
            Endpoint::SetDelay => self.answer_set_delay(fields),
            Endpoint::Status => self.answer_status(),
        };
        Answer::Reply(reply)
    }

    fn check_credentials(&self, fields: &Fields) -> Result<(), &'static str> {
        let SimulatorCredentials {
            email,
            token,
            application_id,
        } = &self.config.credentials;
        let right = [
            ("email", email.as_str()),
            ("token", token.reveal()),
            ("idapp", application_id.as_str()),
        ];
        if right
            .iter()
            .any(|(name, _)| fields.get(name).is_none_or(str::is_empty))
        {
            return Err("Informe email, token e idapp");
        }
        if self.credentials_refused || right.iter().any(|(name, value)| fields.get(name) != Some(value)) {
            return Err("Credenciais inválidas: verifique email, token e idapp");
        }
        Ok(())
    }

    fn answer_send(&mut self, fields: &Fields, now: Instant) -> Answer {
        let message = match read_message(fields) {
            Ok(message) => message,
            Err(words) => return Answer::Reply(Reply::refusal(&self.style, &words)),
        };
        if let Some(index) = self.ledger.index_of(&message.client_id) {
            return self.answer_repeated(index, fields, now);
        }
        if self.daily_used >= self.daily_limit {
            return Answer::Reply(Reply::refusal(&self.style, "limite diario atingido"));
        }
        self.daily_used += 1;
        let log_id = self.new_log_id();
        let accepted_at = self.since_start(now);
        let (log_ids, log) = (vec![log_id.clone()], log_id.clone());
        let index = self.ledger.add_message(MessageRecord {
            log_id: log,
            log_ids,
            accepted_at,
            ..message
        });
        self.queue.push(index, now);
        Answer::Reply(self.accepted(fields, &log_id))
    }

    fn answer_repeated(&mut self, index: usize, fields: &Fields, now: Instant) -> Answer {
        let client_id = fields.get("idmsg").unwrap_or_default();
        let first_log_id = self
            .ledger
            .message_mut(index)
            .map(|message| message.log_id.clone())
            .unwrap_or_default();
        match self.repeat_answer {
            RepeatAnswer::SameLogId => Answer::Reply(self.accepted(fields, &first_log_id)),
            RepeatAnswer::NewLogId => {
                let log_id = self.new_log_id();
                if let Some(message) = self.ledger.message_mut(index) {
                    message.log_ids.push(log_id.clone());
                }
                Answer::Reply(self.accepted(fields, &log_id))
            }
            RepeatAnswer::Refused => Answer::Reply(Reply::refusal(&self.style, "ID da mensagem repetido")),
            RepeatAnswer::Noise => Answer::Noise(format!(
                "<br />\n<b>Warning</b>:  mysqli_query(): (23000/1062): Duplicate entry '{client_id}' for key 'idmsg' \
                 in <b>/var/www/html/api/enviar.php</b> on line <b>143</b><br />\n"
            )),
            RepeatAnswer::SendsAgain => {
                self.queue.push(index, now);
                Answer::Reply(self.accepted(fields, &first_log_id))
            }
        }
    }

    fn accepted(&self, fields: &Fields, log_id: &str) -> Reply {
        let fields = vec![
            ("whatsapp", json!(fields.get("whatsapp").unwrap_or_default())),
            ("mensagem", json!(fields.get("mensagem").unwrap_or_default())),
            ("status", json!("Processando")),
            ("idlog", json!(log_id)),
        ];
        Reply::success(&self.style, fields)
    }

    fn new_log_id(&mut self) -> String {
        self.latest_log_id += self.random.random_range(1..20_u64);
        self.latest_log_id.to_string()
    }

    fn answer_limits(&self) -> Reply {
        let left = self.daily_limit.saturating_sub(self.daily_used);
        let fields = vec![
            ("limite_diario", self.style.number(self.daily_limit, true)),
            ("limite_diario_usado", self.style.number(self.daily_used, true)),
            ("limite_diario_restante", self.style.number(left, false)),
            ("expira", json!(self.expiry)),
        ];
        Reply::success(&self.style, fields)
    }

    fn answer_start_pairing(&mut self, now: Instant) -> Reply {
        self.phone.set_state(PhoneState::Unpaired, now);
        self.pairing = PairingSession::begin(&self.config.timing, now);
        Reply::success(&self.style, vec![("status", json!("Processando"))])
    }

    fn answer_poll_pairing(&mut self, now: Instant) -> Reply {
        let picture = match self.pairing.hand_out(now) {
            Some(base64) => {
                self.pictures_answered += 1;
                self.style.picture(&base64, self.pictures_answered)
            }
            None => json!(""),
        };
        let (name, number) = self
            .paired_phone()
            .map_or((String::new(), String::new()), |phone| {
                (phone.name.clone(), phone.number.clone())
            });
        let fields = vec![
            ("conectado", self.style.flag(!number.is_empty())),
            ("qrcode", picture),
            ("url_retorno", json!(format!("{}retorno", self.base_url))),
            ("nome", json!(name)),
            ("telefone", json!(number)),
        ];
        Reply::success(&self.style, fields)
    }

    fn answer_clear_queue(&mut self) -> Reply {
        let cleared = self.queue.clear();
        for index in &cleared {
            if let Some(message) = self.ledger.message_mut(*index) {
                message.cleared = true;
            }
        }
        Reply::success(
            &self.style,
            vec![("excluidos", self.style.number(cleared.len() as u64, false))],
        )
    }

    fn answer_set_delay(&mut self, fields: &Fields) -> Reply {
        let Some(text) = fields.get("segundos") else {
            return Reply::refusal(&self.style, "Campo obrigatório: segundos");
        };
        let Some(secs) = text.trim().parse().ok().filter(|secs| *secs <= DELAY_MAX_SECS) else {
            return Reply::refusal(&self.style, "O campo segundos deve ser um número de 0 a 3600");
        };
        let previous = std::mem::replace(&mut self.queue.delay_secs, secs);
        let fields = vec![
            ("delay_anterior", self.style.number(u64::from(previous), true)),
            ("delay_atual", self.style.number(u64::from(secs), false)),
        ];
        Reply::success(&self.style, fields)
    }

    fn answer_status(&self) -> Reply {
        let (name, number) = self
            .paired_phone()
            .map_or((String::new(), String::new()), |phone| {
                (phone.name.clone(), phone.number.clone())
            });
        let mut fields = vec![
            (
                "logado",
                self.style.flag(self.phone.state != PhoneState::Unpaired),
            ),
            ("pronto", self.style.flag(self.phone.state == PhoneState::Online)),
            ("nome", json!(name)),
            ("telefone", json!(number)),
        ];
        if let Some(battery) = self.style.battery(self.phone.reported_battery()) {
            fields.push(("bateria", battery));
        }
        Reply::success(&self.style, fields)
    }
}

/// Reads a message out of the fields of `enviar`; the words say what is wrong with it.
fn read_message(fields: &Fields) -> Result<MessageRecord, String> {
    let required = |name: &str| {
        fields
            .get(name)
            .ok_or_else(|| format!("Campo obrigatório: {name}"))
    };
    let filled = |name: &str| {
        required(name).and_then(|value| {
            if value.is_empty() {
                Err(format!("Campo obrigatório: {name}"))
            } else {
                Ok(value)
            }
        })
    };
    let client_id = filled("idmsg")?;
    let media = filled("midia")?;
    let to = filled("whatsapp")?;
    let text = required("mensagem")?;
    if !matches!(filled("emoji")?, "sim" | "nao") {
        return Err("O campo emoji deve ser sim ou nao".to_owned());
    }
    if !(8..=15).contains(&to.len()) || !to.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("Número do whatsapp inválido".to_owned());
    }
    let attachment_url = fields.get("url_anexo").unwrap_or_default();
    match media {
        "texto" if text.is_empty() => return Err("Campo obrigatório: mensagem".to_owned()),
        "texto" => {}
        "imagem" | "arquivo" => check_attachment(attachment_url)?,
        _ => return Err("O campo midia deve ser texto, imagem ou arquivo".to_owned()),
    }
    Ok(MessageRecord {
        client_id: client_id.to_owned(),
        log_id: String::new(),
        log_ids: Vec::new(),
        to: to.to_owned(),
        text: text.to_owned(),
        media: media.to_owned(),
        attachment_url: attachment_url.to_owned(),
        attachment: None,
        accepted_at: std::time::Duration::ZERO,
        sent_at: Vec::new(),
        cleared: false,
        statuses: Vec::new(),
    })
}

fn check_attachment(address: &str) -> Result<(), String> {
    let extension_is_known = url::Url::parse(address)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .and_then(|url| Some(url.path().rsplit_once('.')?.1.to_ascii_lowercase()))
        .is_some_and(|extension| matches!(extension.as_str(), "jpg" | "jpeg" | "png" | "pdf" | "mp3"));
    if extension_is_known {
        Ok(())
    } else {
        Err("URL do anexo inválida. Extensões suportadas: JPG, PNG, PDF e MP3".to_owned())
    }
}
