//! A real nginx in front of the listener, with the very configuration that is recommended in `dist/proxy`.

use crate::desk::{Desk, TOKEN, UNKNOWN, listen, until};
use crate::proxy::{self, PUBLIC, Proxy, post};
use crate::raw::Raw;
use recado::listener::{Listener, OutsideFault};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

/// Starts one with the recommended configuration, changed by `edit`.
async fn start(listener: &Listener, edit: impl Fn(String) -> String) -> Proxy {
    let program = proxy::program("nginx", "nginx-light");
    Proxy::start("nginx", |address, home| {
        let server = edit(recommended(address, listener.address()));
        std::fs::write(home.join("nginx.conf"), whole(&server, home)).unwrap();
        let mut command = Command::new(&program);
        command.args(["-e", "stderr", "-c", "nginx.conf", "-p"]).arg(home);
        command
    })
    .await
}

/// The recommended server, without TLS and a log, on the ports of this test.
fn recommended(address: SocketAddr, listener: SocketAddr) -> String {
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("dist/proxy/nginx.conf")).unwrap();
    assert!(
        text.contains("listen 443 ssl;") && text.contains("http://127.0.0.1:8484;") && text.contains(PUBLIC)
    );
    text.replace("listen 443 ssl;", &format!("listen {address};"))
        .replace("listen [::]:443 ssl;", "")
        .replace("http://127.0.0.1:8484;", &format!("http://{listener};"))
        .lines()
        .filter(|line| {
            !["ssl_", "error_log"]
                .iter()
                .any(|start| line.trim_start().starts_with(start))
        })
        .fold(String::new(), |mut text, line| {
            writeln!(text, "{line}").unwrap();
            text
        })
}

/// One process that stays in the foreground and writes into `home` only.
fn whole(server: &str, home: &Path) -> String {
    let folder = |name: &str| home.join(name).display().to_string();
    let mut text = format!(
        "daemon off; master_process off; error_log stderr crit; pid {};\n",
        folder("pid")
    );
    text.push_str("events {}\nhttp {\naccess_log off;\n");
    for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"] {
        writeln!(text, "{name}_temp_path {};", folder(name)).unwrap();
    }
    text + server + "}\n"
}

#[tokio::test]
async fn attachments_come_through_the_recommended_nginx() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    listener.set_public_host(Some(PUBLIC.into()));
    let nginx = start(&listener, |server| server).await;
    proxy::attachments_come_through(&desk, &nginx).await;
}

#[tokio::test]
async fn calls_and_the_check_come_through_the_recommended_nginx() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    listener.set_public_host(Some(PUBLIC.into()));
    let nginx = start(&listener, |server| server).await;
    let mut raw = Raw::connect(nginx.address).await;
    let path = format!("/w/{TOKEN}");
    for number in 0..20 {
        raw.send(post(&path, "application/json", &number.to_string()))
            .await;
        assert_eq!(raw.reply().await.unwrap().status, 200);
    }
    let large = "file=".to_owned() + &"x".repeat(3_000_000);
    raw.send(post(&path, "application/x-www-form-urlencoded", &large))
        .await;
    assert_eq!(raw.reply().await.unwrap().status, 200);
    let taken = desk.taken();
    let last = taken.last().unwrap();
    assert_eq!(
        (taken.len(), last.in_file, &last.digest),
        (21, true, &Sha256::digest(&large).to_vec())
    );
    until("the file is gone", || desk.spooled() == 0).await;
    raw.send(post(&format!("/w/{UNKNOWN}"), "application/json", "{}"))
        .await;
    assert_eq!(raw.reply().await.unwrap().status, 404);
    // Too large for us is a clear answer there too, not an error of the proxy.
    let mut raw = Raw::connect(nginx.address).await;
    raw.send(post(&path, "application/json", &format!("[{large}]")))
        .await;
    assert_eq!(raw.reply().await.unwrap().status, 413);
    assert_eq!(desk.taken().len(), 21);

    // This machine's own name stands in the address, and nginx passes it on.
    let round_trip = listener.check_from_outside(&nginx.url()).await.unwrap();
    assert!(!round_trip.duration.is_zero());
}

#[tokio::test]
async fn the_check_goes_by_the_public_name_and_below_a_path() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let public = |server: String| {
        server
            .replace("Host $host;", &format!("Host {PUBLIC};"))
            .replace("location / {", "location /in/ {")
            .replace(
                &format!("http://{};", listener.address()),
                &format!("http://{}/;", listener.address()),
            )
    };
    let nginx = start(&listener, public).await;
    let url = nginx.url() + "/in";
    // The name is not known to us yet: then it is ourselves who refuse.
    let expected = OutsideFault::SomebodyElse {
        status: 421,
        beginning: "misdirected request".into(),
    };
    assert_eq!(listener.check_from_outside(&url).await, Err(expected));
    listener.set_public_host(recado::listener::public_host(&format!("https://{PUBLIC}/in")));
    assert!(listener.check_from_outside(&url).await.is_ok());
    // Beside the path it is the proxy who answers.
    let beside = listener.check_from_outside(&nginx.url()).await.unwrap_err();
    assert!(
        matches!(beside, OutsideFault::SomebodyElse { status: 404, .. }),
        "{beside:?}"
    );
    // And when we are gone, it is the proxy too.
    let other = listen(&desk, |_| {}).await;
    listener.shutdown().await;
    let gone = other.check_from_outside(&url).await.unwrap_err();
    assert!(
        matches!(gone, OutsideFault::SomebodyElse { status: 502, .. }),
        "{gone:?}"
    );
}
