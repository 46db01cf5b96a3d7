//! The simulator over real HTTP: what each function answers, what each fault does to the socket.

mod attachments;
mod faults;
mod functions;
pub(in crate::simulator) mod receiver;
mod sending;
mod storms;
mod webhook_kinds;
mod webhook_styles;

use super::{Control, Endpoint, Ledger, SimulatorConfig, SimulatorState, SolutekSimulator, Timing};
use serde_json::Value;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// How long a test waits for what must happen.
pub(in crate::simulator) const PATIENCE: Duration = Duration::from_secs(20);

/// A gateway and a client of it.
struct Desk {
    simulator: SolutekSimulator,
    control: Control,
    ledger: Ledger,
    client: reqwest::Client,
}

fn fast_config() -> SimulatorConfig {
    SimulatorConfig {
        timing: Timing::fast(),
        ..SimulatorConfig::default()
    }
}

impl Desk {
    async fn open(config: SimulatorConfig) -> Self {
        // Another test of this process may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let simulator = SolutekSimulator::start(config).await.unwrap();
        Self {
            control: simulator.control(),
            ledger: simulator.ledger(),
            simulator,
            client,
        }
    }

    async fn fast() -> Self {
        Self::open(fast_config()).await
    }

    fn address(&self, endpoint: Endpoint) -> String {
        format!("{}{}", self.simulator.base_url(), endpoint.path())
    }

    /// Posts a multipart form with the right credentials.
    async fn post(&self, endpoint: Endpoint, fields: &[(&str, &str)]) -> reqwest::Result<reqwest::Response> {
        let mut form = reqwest::multipart::Form::new();
        for (name, value) in credentials().iter().chain(fields) {
            form = form.text((*name).to_owned(), (*value).to_owned());
        }
        self.client
            .post(self.address(endpoint))
            .multipart(form)
            .send()
            .await
    }

    /// Posts a urlencoded form as it is, without adding credentials.
    async fn post_urlencoded(&self, endpoint: Endpoint, fields: &[(&str, &str)]) -> Value {
        let request = self
            .client
            .post(self.address(endpoint))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(urlencoded(fields));
        read_json(request.send().await.unwrap()).await
    }

    /// The answer of a function that goes well for HTTP.
    async fn call(&self, endpoint: Endpoint, fields: &[(&str, &str)]) -> Value {
        read_json(self.post(endpoint, fields).await.unwrap()).await
    }

    /// Sends a text message.
    async fn send(&self, client_id: &str) -> Value {
        self.call(Endpoint::Send, &message(client_id)).await
    }

    async fn wait_for(&self, condition: impl FnMut(&super::SimulatorState) -> bool) {
        self.control.wait_for(condition, PATIENCE).await.unwrap();
    }

    /// A request written by hand, for looking at the socket itself.
    async fn raw_send(&self, client_id: &str) -> TcpStream {
        let mut fields = credentials().to_vec();
        fields.extend(message(client_id));
        let body = urlencoded(&fields);
        let request = format!(
            "POST /enviar HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(self.simulator.address()).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }
}

fn credentials() -> [(&'static str, &'static str); 3] {
    [
        ("email", "demo@recado.example"),
        ("token", "demo-token-0000"),
        ("idapp", "1"),
    ]
}

fn message(client_id: &str) -> [(&'static str, &str); 6] {
    [
        ("idmsg", client_id),
        ("midia", "texto"),
        ("url_anexo", ""),
        ("whatsapp", "5511900000002"),
        ("mensagem", "Olá, seu pedido está pronto 😀"),
        ("emoji", "sim"),
    ]
}

fn urlencoded(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

async fn read_json(response: reqwest::Response) -> Value {
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/html; charset=UTF-8");
    let body = response.text().await.unwrap();
    serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error} in {body}"))
}
