//! Who may have an attachment, and who is told nothing.

use crate::desk::{Desk, TOKEN, UNKNOWN, listen};
use crate::hostile::assert_discreet;
use crate::raw::{Raw, Reply, ask};
use recado::listener::Listener;

/// The token of the only file.
const FILE: &str = "aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899";
const CONTENT: &str = "0123456789abcdefghij";

fn hosting() -> std::sync::Arc<Desk> {
    let desk = Desk::open();
    desk.host(FILE, "image/jpeg", "jpg", CONTENT.as_bytes());
    desk
}

fn asks(method: &str, path: &str, headers: &str) -> String {
    format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n")
}

fn path() -> String {
    format!("/a/{FILE}/file.jpg")
}

/// The answer to a request whose answer has a body.
async fn get(listener: &Listener, path: &str, headers: &str) -> Reply {
    ask(listener, asks("GET", path, headers)).await.unwrap()
}

#[tokio::test]
async fn who_knows_the_token_gets_the_file_and_nothing_of_ours() {
    let desk = hosting();
    let listener = listen(&desk, |_| {}).await;
    let reply = get(&listener, &path(), "").await;
    assert_eq!((reply.status, reply.body.as_str()), (200, CONTENT));
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("content-length", "20"),
        ("x-content-type-options", "nosniff"),
        ("content-disposition", "attachment; filename=\"file.jpg\""),
        ("cache-control", "private, no-store"),
        ("referrer-policy", "no-referrer"),
        ("accept-ranges", "bytes"),
    ] {
        assert_eq!(reply.header(name), Some(value), "{reply:?}");
    }
    let head = reply.head.to_ascii_lowercase();
    for banned in [
        "server:",
        "access-control",
        "etag",
        "last-modified",
        "stored",
        "recado",
    ] {
        assert!(!head.contains(banned), "{reply:?}");
    }
    // A query is nothing to us, and HTTP/1.0 is served.
    assert_eq!(get(&listener, &(path() + "?x=1"), "").await.body, CONTENT);
    let old = asks("GET", &path(), "").replace("/1.1", "/1.0");
    assert_eq!(ask(&listener, old).await.unwrap().body, CONTENT);
    // Revoked, it is as if it had never been.
    desk.revoke(FILE);
    let revoked = get(&listener, &path(), "").await;
    let never = get(&listener, "/x", "").await;
    assert_eq!(revoked.without_date(), never.without_date());
}

#[tokio::test]
async fn who_guesses_finds_a_path_that_is_not_there_whatever_the_method() {
    let desk = hosting();
    let listener = listen(&desk, |_| {}).await;
    let mut paths = vec![
        format!("/a/{UNKNOWN}/file.jpg"),
        // The token of an account is not that of a file, nor the other way round.
        format!("/a/{TOKEN}/file.jpg"),
        format!("/w/{FILE}/file.jpg"),
        format!("/a/{FILE}"),
        format!("/a/{FILE}/"),
        format!("/a/{FILE}/file"),
        format!("/a/{FILE}/file."),
        format!("/a/{FILE}/file.jpeg"),
        format!("/a/{FILE}/file.JPG"),
        format!("/a/{FILE}/file.jp"),
        format!("/a/{FILE}/file.jpg/"),
        format!("/a/{FILE}/file.jpg.exe"),
        format!("/a/{FILE}/photo.jpg"),
        format!("/a/{FILE}/x/file.jpg"),
        format!("/a/{}/file.jpg", FILE.to_uppercase()),
        format!("/a/{}/file.jpg", FILE.repeat(2)),
        format!("/a/{FILE}{}/file.jpg", "0".repeat(4_000)),
        format!("/A/{FILE}/file.jpg"),
        "/a/".to_owned(),
    ];
    // Every beginning of it, and every token that differs in one place.
    for index in 0..FILE.len() {
        paths.push(format!("/a/{}/file.jpg", &FILE[..index.max(1)]));
        let other = if &FILE[index..=index] == "0" { "1" } else { "0" };
        paths.push(format!(
            "/a/{}{other}{}/file.jpg",
            &FILE[..index],
            &FILE[index + 1..]
        ));
    }
    for method in ["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"] {
        let mut raw = Raw::to(&listener).await;
        raw.send(asks(method, "/x", "")).await;
        let nothing = raw.reply().await.unwrap();
        assert_eq!(nothing.status, 404);
        assert_discreet(&nothing, method);
        for path in &paths {
            raw.send(asks(method, path, "")).await;
            let reply = raw.reply().await.unwrap();
            assert_eq!(reply.without_date(), nothing.without_date(), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn only_get_and_head_are_answered() {
    let desk = hosting();
    let listener = listen(&desk, |_| {}).await;
    for method in [
        "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "GETS",
    ] {
        let reply = ask(&listener, asks(method, &path(), "")).await.unwrap();
        assert_eq!(
            (reply.status, reply.header("allow")),
            (405, Some("GET, HEAD")),
            "{method}"
        );
        assert_discreet(&reply, method);
    }
    assert_eq!(
        std::fs::read(desk.home.path().join(format!("{FILE}.stored"))).unwrap(),
        CONTENT.as_bytes()
    );
}

#[tokio::test]
async fn paths_that_lead_elsewhere_are_refused() {
    let desk = hosting();
    std::fs::write(desk.home.path().join("secret"), "secret").unwrap();
    let listener = listen(&desk, |_| {}).await;
    let token = FILE;
    let long = "x".repeat(9_000);
    for (target, status) in [
        (format!("/a/{token}/../secret"), 400),
        (format!("/a/{token}/%2e%2e%2fsecret"), 400),
        (format!("/a/{token}/%252e%252e%252fsecret"), 400),
        (format!("/a/{token}/file.jpg%00"), 400),
        (format!("/a/{token}/file%2ejpg"), 400),
        (format!("/%61/{token}/file.jpg"), 400),
        (format!("/a/{token}\\file.jpg"), 400),
        (format!("/a/{token}//file.jpg"), 400),
        (format!("//a/{token}/file.jpg"), 400),
        (format!("/a/{token}/file.jpg;x"), 400),
        (format!("/a/{token}/file.jpg#x"), 400),
        (format!("http://localhost/a/{token}/file.jpg"), 400),
        (format!("a/{token}/file.jpg"), 400),
        (format!("/a/./{token}/file.jpg"), 404),
        (format!("/a/{token}/~secret"), 404),
        (format!("/a/{token}/file.{}", "x".repeat(4_000)), 404),
        (format!("/a/{token}/{long}"), 431),
    ] {
        let reply = get(&listener, &target, "").await;
        assert_eq!(reply.status, status, "{target}");
        assert_discreet(&reply, &target);
    }
}

#[tokio::test]
async fn other_hosts_and_web_pages_do_not_get_it() {
    let desk = hosting();
    let listener = listen(&desk, |_| {}).await;
    listener.set_public_host(Some("recado.example".into()));
    let to = |hosts: &str| format!("GET {} HTTP/1.1\r\n{hosts}\r\n", path());
    for (hosts, status) in [
        ("Host: localhost\r\n", 200),
        ("Host: Recado.Example\r\n", 200),
        ("Host: evil.example\r\n", 421),
        ("Host: recado.example.evil.example\r\n", 421),
        ("Host: evil.example\r\nX-Forwarded-Host: localhost\r\n", 421),
        ("Host: localhost\r\nX-Forwarded-Host: evil.example\r\n", 200),
        ("", 400),
        ("Host:\r\n", 400),
        ("Host: localhost\r\nHost: localhost\r\n", 400),
        ("Host: localhost\r\nHost: evil.example\r\n", 400),
        ("Host: localhost\r\nOrigin: https://evil.example\r\n", 403),
        ("Host: localhost\r\nOrigin: null\r\n", 403),
        ("Host: localhost\r\nSec-Fetch-Site: cross-site\r\n", 403),
        ("Host: localhost\r\nSec-Fetch-Site: none\r\n", 200),
    ] {
        let reply = ask(&listener, to(hosts)).await.unwrap();
        assert_eq!(reply.status, status, "{hosts:?}");
        assert_eq!(reply.body == CONTENT, status == 200, "{hosts:?}");
    }
}

#[tokio::test]
async fn one_range_is_a_part_and_everything_else_the_whole() {
    let desk = hosting();
    let listener = listen(&desk, |_| {}).await;
    for (headers, status, body, range) in [
        ("Range: bytes=0-3\r\n", 206, "0123", Some("bytes 0-3/20")),
        ("Range: bytes=18-\r\n", 206, "ij", Some("bytes 18-19/20")),
        ("Range: bytes=-1\r\n", 206, "j", Some("bytes 19-19/20")),
        ("Range: bytes=-99\r\n", 206, CONTENT, Some("bytes 0-19/20")),
        (
            "Range: bytes=19-99999999999999999999\r\n",
            206,
            "j",
            Some("bytes 19-19/20"),
        ),
        (
            "Range: bytes=20-\r\n",
            416,
            "range not satisfiable\n",
            Some("bytes */20"),
        ),
        (
            "Range: bytes=-0\r\n",
            416,
            "range not satisfiable\n",
            Some("bytes */20"),
        ),
        ("Range: bytes=0-0,2-2\r\n", 200, CONTENT, None),
        ("Range: bytes=3-1\r\n", 200, CONTENT, None),
        ("Range: items=0-1\r\n", 200, CONTENT, None),
        ("Range: bytes=0-1\r\nRange: bytes=0-1\r\n", 200, CONTENT, None),
        ("Range: bytes=0-1\r\nIf-Range: \"tag\"\r\n", 200, CONTENT, None),
        ("If-None-Match: *\r\n", 200, CONTENT, None),
        ("If-Match: \"tag\"\r\n", 200, CONTENT, None),
        (
            "If-Modified-Since: Fri, 20 Nov 2099 00:00:00 GMT\r\n",
            200,
            CONTENT,
            None,
        ),
        (
            "If-Unmodified-Since: Fri, 20 Nov 1999 00:00:00 GMT\r\n",
            200,
            CONTENT,
            None,
        ),
    ] {
        let reply = get(&listener, &path(), headers).await;
        assert_eq!((reply.status, reply.body.as_str()), (status, body), "{headers}");
        assert_eq!(reply.header("content-range"), range, "{headers}");
        assert_eq!(
            reply.header("content-length"),
            Some(&*body.len().to_string()),
            "{headers}"
        );
    }
}

#[tokio::test]
async fn a_head_has_everything_but_the_file() {
    let desk = hosting();
    let listener = listen(&desk, |_| {}).await;
    let whole = get(&listener, &path(), "").await;
    // Of a part nothing is said in the standard; several on one connection, so that a body would be seen.
    let mut raw = Raw::to(&listener).await;
    for headers in ["", "Range: bytes=0-3\r\n", "Range: bytes=99-\r\n"] {
        raw.send(asks("HEAD", &path(), headers)).await;
        let head = Reply {
            body: CONTENT.into(),
            ..raw.reply_head().await.unwrap()
        };
        assert_eq!(head.without_date(), whole.without_date(), "{headers}");
    }
    raw.send(asks("HEAD", &format!("/a/{UNKNOWN}/file.jpg"), ""))
        .await;
    assert_eq!(raw.reply_head().await.unwrap().status, 404);
    raw.send(asks("GET", &path(), "")).await;
    assert_eq!(raw.reply().await.unwrap().without_date(), whole.without_date());
}

#[tokio::test]
async fn many_files_and_calls_go_over_one_connection() {
    let desk = hosting();
    let listener = listen(&desk, |_| {}).await;
    let mut raw = Raw::to(&listener).await;
    let round = asks("GET", &path(), "")
        + &asks("GET", &path(), "Range: bytes=1-2\r\n")
        + &crate::raw::call("text/plain", "{}")
        + &asks("GET", &path(), "Range: bytes=99-\r\n");
    raw.send(round.repeat(20)).await;
    for _ in 0..20 {
        for status in [200, 206, 200, 416] {
            assert_eq!(raw.reply().await.unwrap().status, status);
        }
    }
    // A body that comes with it is not read, and nothing behind it.
    raw.send(asks("GET", &path(), "Content-Length: 40\r\n") + &"GET /x HTTP/1.1\r\n".repeat(8))
        .await;
    let reply = raw.reply().await.unwrap();
    assert_eq!((reply.status, reply.header("connection")), (200, Some("close")));
    assert!(raw.ends().await);
}
