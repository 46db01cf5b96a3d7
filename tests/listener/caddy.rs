//! A real Caddy in front of the listener, with the very configuration that is recommended in `dist/proxy`.

use crate::desk::{Desk, TOKEN, listen};
use crate::proxy::{self, PUBLIC, Proxy, post};
use crate::raw::Raw;
use recado::listener::Listener;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

/// Starts one with the recommended configuration.
async fn start(listener: &Listener) -> Proxy {
    let program = proxy::program("caddy", "caddy");
    Proxy::start("caddy", |address, home| {
        let file = home.join("Caddyfile");
        std::fs::write(&file, recommended(address, listener.address())).unwrap();
        let mut command = Command::new(&program);
        command
            .args(["run", "--adapter", "caddyfile", "--config"])
            .arg(&file)
            .stderr(std::process::Stdio::null())
            .env("HOME", home)
            .env("XDG_DATA_HOME", home)
            .env("XDG_CONFIG_HOME", home);
        command
    })
    .await
}

/// The recommended configuration, without TLS, on the ports of this test.
fn recommended(address: SocketAddr, listener: SocketAddr) -> String {
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("dist/proxy/Caddyfile")).unwrap();
    let site = format!("\n{PUBLIC} {{\n");
    assert!(text.contains(&site) && text.contains(" 127.0.0.1:8484\n") && text.contains("\n{\n"));
    text.replacen("\n{\n", "\n{\nadmin off\nauto_https off\n", 1)
        .replace(
            &site,
            &format!("\nhttp://{PUBLIC}:{} {{\nbind {}\n", address.port(), address.ip()),
        )
        .replace(" 127.0.0.1:8484\n", &format!(" {listener}\n"))
}

#[tokio::test]
async fn calls_and_attachments_come_through_the_recommended_caddy() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    listener.set_public_host(Some(PUBLIC.into()));
    let caddy = start(&listener).await;
    let mut raw = Raw::connect(caddy.address).await;
    raw.send(post(&format!("/w/{TOKEN}"), "application/json", "{}"))
        .await;
    assert_eq!(raw.reply().await.unwrap().status, 200);
    assert_eq!(desk.taken().len(), 1);
    proxy::attachments_come_through(&desk, &caddy).await;
}
