//! TLS against a server of our own: what is not trusted gets no byte of a request.

use super::*;
use crate::domain::Secret;
use base64::Engine as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::io::{Read, Write};
use std::sync::Arc;

/// A root nobody trusts, made for these tests, whose key was thrown away.
const ROOT: &str = "MIIBjzCCATWgAwIBAgIUB5N4tBrG1YBugUKBZX0l3rB/V/kwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJVGVzdCByb290MCAXDTI2\
MTEyMTA2NDgwMVoYDzIxMjYxMDI4MDY0ODAxWjAUMRIwEAYDVQQDDAlUZXN0IHJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC\
AASzwaPsE/5A91oCZKnAFztlysAZLy5OybGeVn2B9ElOxFGiIkHZ77Py4ijv3CceHFo1cEZ0FEZcOnqFlPQmvG7Vo2MwYTAdBgNV\
HQ4EFgQUrov+L4q075AUhiHDsF6W2k4xCdEwHwYDVR0jBBgwFoAUrov+L4q075AUhiHDsF6W2k4xCdEwDwYDVR0TAQH/BAUwAwEB\
/zAOBgNVHQ8BAf8EBAMCAgQwCgYIKoZIzj0EAwIDSAAwRQIgYDFWV4VpL9e9F66OnKMG56usbRvLoT/58tmOTUe9DxwCIQCzTT04\
2ALiPfYXSPRIRlj0aIdJJWOyi1/VURGRU2O28g==";
/// A certificate of that root for `localhost`, valid to the year 2126.
const LEAF: &str = "MIIBkjCCATegAwIBAgIBAjAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlUZXN0IHJvb3QwIBcNMjYxMTIxMDY0ODAxWhgPMjEyNjEw\
MjgwNjQ4MDFaMBQxEjAQBgNVBAMMCWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABCidDge0tQ5zzGBJPX6mDIDt\
dydoHKj3ixLTYbIC+DLIz/IJAE98Aw1+fGXudFdRNdJEB/1b0KfmOoD0/0zmiwOjeDB2MBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAJ\
BgNVHRMEAjAAMBMGA1UdJQQMMAoGCCsGAQUFBwMBMB0GA1UdDgQWBBS7lakBHXL9pZPWOEFqt/CFQbS01DAfBgNVHSMEGDAWgBSu\
i/4virTvkBSGIcOwXpbaTjEJ0TAKBggqhkjOPQQDAgNJADBGAiEA4hJBB3I0bbwe4IMk0/xxKUO0xbrfjF5yWqM90/o4BLYCIQCQ\
8BGMTWcTZRlBd+e5wkph3wy8v4Kv7xswEjNe3/VzyA==";
/// The key of that certificate; it opens nothing.
const LEAF_KEY: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgDYYDNeQeDAYcshKw7kerFA2QhBUHeLH+M/G77ZpP0buhRANCAAQo\
nQ4HtLUOc8xgST1+pgyA7XcnaByo94sS02GyAvgyyM/yCQBPfAMNfnxl7nRXUTXSRAf9W9Cn5jqA9P9M5osD";

fn der(text: &str) -> Vec<u8> {
    base64::engine::general_purpose::STANDARD.decode(text).unwrap()
}

/// A server for one connection that answers with `reply` and then closes without telling TLS so. Tells its port, and
/// at its end how many bytes of a request it got.
fn server(reply: &'static [u8]) -> (u16, std::thread::JoinHandle<usize>) {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from(der(LEAF))],
            PrivateKeyDer::from(PrivatePkcs8KeyDer::from(der(LEAF_KEY))),
        )
        .unwrap();
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let thread = std::thread::spawn(move || {
        let (socket, _) = listener.accept().unwrap();
        let connection = rustls::ServerConnection::new(Arc::new(config)).unwrap();
        let mut stream = rustls::StreamOwned::new(connection, socket);
        let (mut bytes, mut buffer) = (Vec::new(), [0; 4_096]);
        // The last boundary of a form ends with two hyphens.
        while !bytes.ends_with(b"--\r\n") {
            match stream.read(&mut buffer) {
                Ok(count) if count > 0 => bytes.extend_from_slice(&buffer[..count]),
                _ => return bytes.len(),
            }
        }
        let _ = stream.write_all(reply).and_then(|()| stream.flush());
        bytes.len()
    });
    (port, thread)
}

fn timeouts() -> Timeouts {
    Timeouts {
        connect: Duration::from_secs(5),
        send: Duration::from_secs(5),
        read: Duration::from_secs(5),
    }
}

/// A client that trusts the root of these tests.
fn trusting() -> HttpClient {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let root = reqwest::Certificate::from_der(&der(ROOT)).unwrap();
    HttpClient {
        client: builder(true, timeouts().connect)
            .tls_certs_only([root])
            .build()
            .unwrap(),
        to_this_machine: true,
        timeouts: timeouts(),
        redactor: Redactor::new([&Secret::new("canary-7f3a9c".into())]),
    }
}

async fn post(client: &HttpClient, host: &str, port: u16) -> Outcome {
    let url = Url::parse(&format!("https://{host}:{port}/")).unwrap();
    let form = vec![("token", "canary-7f3a9c".to_owned())];
    client.post(&url, form, Purpose::Send).await
}

#[tokio::test]
async fn an_untrusted_certificate_gets_no_request() {
    let (port, server) = server(b"");
    let base = Url::parse(&format!("https://localhost:{port}/")).unwrap();
    let client = HttpClient::new(&base, timeouts(), Redactor::default()).unwrap();
    let outcome = post(&client, "localhost", port).await;
    assert!(
        matches!(&outcome, Outcome::NotSent { words } if words.contains("certificate")),
        "{outcome:?}"
    );
    assert_eq!(server.join().unwrap(), 0);
}

#[tokio::test]
async fn a_certificate_for_another_name_gets_no_request() {
    let (port, server) = server(b"");
    let outcome = post(&trusting(), "127.0.0.1", port).await;
    assert!(matches!(outcome, Outcome::NotSent { .. }), "{outcome:?}");
    assert_eq!(server.join().unwrap(), 0);
}

#[tokio::test]
async fn an_end_without_a_word_is_whole_only_where_nothing_told_the_length() {
    let (port, whole) = server(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}");
    let outcome = post(&trusting(), "localhost", port).await;
    assert!(
        matches!(&outcome, Outcome::Answered(answer) if answer.body == b"{}"),
        "{outcome:?}"
    );
    assert!(whole.join().unwrap() > 0);
    for reply in [
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}".as_slice(),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
        b"HTTP/1.1 200 OK\r\n",
        b"",
    ] {
        let (port, _server) = server(reply);
        let outcome = post(&trusting(), "localhost", port).await;
        assert!(
            matches!(
                outcome,
                Outcome::MaybeSent {
                    loss: Loss::ConnectionLost,
                    ..
                }
            ),
            "{outcome:?}"
        );
    }
}
