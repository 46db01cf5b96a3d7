//! The eight functions of the vendor's document, each one POST with the credentials in its body.

use super::{CAPABILITIES, replies};
use crate::domain::health::{Limits, PhoneStatus};
use crate::domain::pairing::PairingAnswer;
use crate::domain::{MediaKind, Secret, text};
use crate::gateway::http::{HttpClient, Outcome, Purpose, Timeouts};
use crate::gateway::{
    Capabilities, Credentials, DelayChange, Gateway, GatewayError, SendReport, SendRequest,
};
use futures_util::future::BoxFuture;
use url::Url;

/// A function of the gateway: a section of the vendor's document, and the last part of its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// "Enviar Mensagens".
    Send,
    /// "Consultar Limites e Informações do Plano".
    Limits,
    /// "Iniciando a requisição para obter o QRCODE".
    StartPairing,
    /// "Obtendo a Atualização do QRCODE".
    PollPairing,
    /// "Limpar Fila de disparos".
    ClearQueue,
    /// "Obter Número de Mensagens na Fila".
    QueueLength,
    /// "Aplicar Delay no envio de mensagens".
    SetDelay,
    /// "Consultando Status Da Conexão".
    Status,
}

impl Function {
    /// All eight.
    pub const ALL: &'static [Self] = &[
        Self::Send,
        Self::Limits,
        Self::StartPairing,
        Self::PollPairing,
        Self::ClearQueue,
        Self::QueueLength,
        Self::SetDelay,
        Self::Status,
    ];

    /// The last part of its address.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Send => "enviar",
            Self::Limits => "limites",
            Self::StartPairing => "qrcode",
            Self::PollPairing => "qrcode_update",
            Self::ClearQueue => "limpar",
            Self::QueueLength => "obter_fila",
            Self::SetDelay => "delay",
            Self::Status => "status",
        }
    }

    fn purpose(self) -> Purpose {
        match self {
            Self::Send | Self::StartPairing | Self::ClearQueue | Self::SetDelay => Purpose::Send,
            Self::Limits | Self::PollPairing | Self::QueueLength | Self::Status => Purpose::Read,
        }
    }
}

/// The client of one account.
#[derive(Debug)]
pub struct Solutek {
    http: HttpClient,
    base: Url,
    credentials: Vec<(&'static str, Secret)>,
}

impl Solutek {
    /// A client for an account.
    ///
    /// # Errors
    /// [`GatewayError::CredentialsRefused`] if a credential is missing, [`GatewayError::Unreachable`] if the base
    /// address is refused or no HTTP client can be made on this machine.
    pub fn new(credentials: Credentials) -> Result<Self, GatewayError> {
        Self::with_timeouts(credentials, Timeouts::default())
    }

    /// The same with other bounds.
    ///
    /// # Errors
    /// As [`Solutek::new`].
    pub fn with_timeouts(credentials: Credentials, timeouts: Timeouts) -> Result<Self, GatewayError> {
        let mut sent = Vec::new();
        let mut secret = Vec::new();
        for field in CAPABILITIES.credentials {
            let value = credentials.required(field.key)?;
            if field.secret {
                secret.push(value.clone());
            }
            sent.push((field.key, value));
        }
        Ok(Self {
            http: credentials.http(timeouts, &secret)?,
            base: credentials.base_url,
            credentials: sent,
        })
    }

    /// The address of a function, whether or not the base address ends in `/`.
    fn address(&self, function: Function) -> Url {
        let mut url = self.base.clone();
        url.set_fragment(None);
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push(function.path());
        }
        url
    }

    async fn call(&self, function: Function, more: Vec<(&'static str, String)>) -> Outcome {
        let fields = self
            .credentials
            .iter()
            .map(|(key, value)| (*key, value.reveal().to_owned()))
            .chain(more)
            .collect();
        self.http
            .post(&self.address(function), fields, function.purpose())
            .await
    }

    /// Calls a function that sends no message and reads its reply.
    fn ask<T: Send + 'static>(
        &self,
        function: Function,
        more: Vec<(&'static str, String)>,
        read: fn(&replies::Reply) -> Option<T>,
    ) -> BoxFuture<'_, Result<T, GatewayError>> {
        Box::pin(async move {
            let outcome = self.call(function, more).await;
            replies::result(outcome, self.http.redactor(), read)
        })
    }
}

/// The fields of a message, in the order of the document's table. Made from the message alone, so that a repeated send
/// carries the same.
fn message_fields(request: &SendRequest) -> Vec<(&'static str, String)> {
    let (media, url) = match &request.attachment {
        None => ("texto", String::new()),
        Some(attachment) => (
            match attachment.kind {
                MediaKind::Image => "imagem",
                MediaKind::Document | MediaKind::Audio | MediaKind::Video => "arquivo",
            },
            attachment.url.clone(),
        ),
    };
    let emoji = if text::has_emoji(&request.text) {
        "sim"
    } else {
        "nao"
    };
    vec![
        ("idmsg", request.client_id.as_str().to_owned()),
        ("midia", media.to_owned()),
        ("url_anexo", url),
        ("whatsapp", request.to.digits().to_owned()),
        ("mensagem", request.text.clone()),
        ("emoji", emoji.to_owned()),
    ]
}

impl Gateway for Solutek {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn send<'a>(&'a self, request: &'a SendRequest) -> BoxFuture<'a, SendReport> {
        Box::pin(async move {
            let outcome = self.call(Function::Send, message_fields(request)).await;
            replies::report(outcome, self.http.redactor())
        })
    }

    fn status(&self) -> BoxFuture<'_, Result<PhoneStatus, GatewayError>> {
        self.ask(Function::Status, Vec::new(), replies::phone_status)
    }

    fn limits(&self) -> BoxFuture<'_, Result<Limits, GatewayError>> {
        self.ask(Function::Limits, Vec::new(), replies::limits)
    }

    fn start_pairing(&self) -> BoxFuture<'_, Result<(), GatewayError>> {
        self.ask(Function::StartPairing, Vec::new(), |_| Some(()))
    }

    fn poll_pairing(&self) -> BoxFuture<'_, Result<PairingAnswer, GatewayError>> {
        self.ask(Function::PollPairing, Vec::new(), replies::pairing)
    }

    fn queue_length(&self) -> BoxFuture<'_, Result<u64, GatewayError>> {
        self.ask(Function::QueueLength, Vec::new(), |reply| reply.unsigned("fila"))
    }

    fn clear_queue(&self) -> BoxFuture<'_, Result<u64, GatewayError>> {
        self.ask(Function::ClearQueue, Vec::new(), |reply| {
            reply.unsigned("excluidos")
        })
    }

    fn set_delay(&self, secs: u32) -> BoxFuture<'_, Result<DelayChange, GatewayError>> {
        self.ask(
            Function::SetDelay,
            vec![("segundos", secs.to_string())],
            |reply| Some(replies::delay_change(reply)),
        )
    }
}

#[cfg(test)]
#[path = "client_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "bad_replies_tests.rs"]
mod bad_replies_tests;
