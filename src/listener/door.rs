//! For whom a request is meant. A web page in the operator's browser can reach this machine, under a name of its own that
//! it lets point here; it cannot make the browser hide that.

use hyper::HeaderMap;
use hyper::header::{HOST, ORIGIN};
use std::net::{IpAddr, SocketAddr};

/// The name and port that stand in a public address, as [`ListenerOptions::public_host`](super::ListenerOptions) wants
/// them. `None` if it is no address.
#[must_use]
pub fn public_host(public_url: &str) -> Option<String> {
    let url = url::Url::parse(public_url.trim()).ok()?;
    let host = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

/// Why a request is sent away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SentAway {
    /// It is meant for another host.
    OtherHost,
    /// A web page sent it.
    WebPage,
}

/// Looks at where a request wants to go and who sent it. `local` is the end of the connection on this machine.
pub(super) fn check(headers: &HeaderMap, local: SocketAddr, public: Option<&str>) -> Result<(), SentAway> {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return Err(SentAway::OtherHost);
    };
    let is_ours =
        host.to_str().ok().and_then(split).is_some_and(|host| {
            is_this_machine(host, local) || public.is_some_and(|name| is_public(host, name))
        });
    if !is_ours {
        return Err(SentAway::OtherHost);
    }
    // Browsers send one or both with everything but what a person typed into the address line. Servers send neither.
    let from_page = headers.contains_key(ORIGIN)
        || headers
            .get_all("sec-fetch-site")
            .iter()
            .any(|site| site != "none");
    if from_page { Err(SentAway::WebPage) } else { Ok(()) }
}

/// Name and port. `None` if it is neither `name` nor `name:port`.
fn split(host: &str) -> Option<(&str, Option<u16>)> {
    let name_end = if host.starts_with('[') {
        host.find(']')? + 1
    } else {
        host.find(':').unwrap_or(host.len())
    };
    let (name, rest) = host.split_at(name_end);
    let port = match rest.strip_prefix(':') {
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => Some(digits.parse().ok()?),
        Some(_) => return None,
        None if rest.is_empty() => None,
        None => return None,
    };
    (!name.is_empty()).then_some((name, port))
}

fn is_this_machine((name, port): (&str, Option<u16>), local: SocketAddr) -> bool {
    let by_name = ["127.0.0.1", "localhost", "[::1]"]
        .iter()
        .any(|ours| name.eq_ignore_ascii_case(ours));
    // By number only the very address the connection came to.
    let by_number = name
        .trim_start_matches('[')
        .trim_end_matches(']')
        .parse::<IpAddr>()
        .is_ok_and(|address| address.to_canonical() == local.ip().to_canonical());
    (by_name || by_number) && port.is_none_or(|port| port == local.port())
}

/// A proxy may pass the public port on or leave it out.
fn is_public((name, port): (&str, Option<u16>), public: &str) -> bool {
    let Some((public_name, public_port)) = split(public) else {
        return false;
    };
    name.eq_ignore_ascii_case(public_name)
        && match (port, public_port) {
            (None, _) => true,
            (Some(port), Some(public_port)) => port == public_port,
            (Some(port), None) => matches!(port, 80 | 443),
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderValue;

    fn admitted(host: &str, public: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_str(host).unwrap());
        check(&headers, "127.0.0.2:8123".parse().unwrap(), public).is_ok()
    }

    #[test]
    fn only_names_of_this_machine_and_the_public_one_pass() {
        for host in [
            "127.0.0.1",
            "127.0.0.1:8123",
            "LOCALHOST",
            "localhost:8123",
            "[::1]:8123",
            "127.0.0.2:8123",
        ] {
            assert!(admitted(host, None), "{host}");
        }
        for host in [
            "localhost:80",
            "localhost:",
            "localhost:x",
            "localhost:+8123",
            "localhost.",
            "localhost.example",
            "127.0.0.3",
            "127.1",
            "0.0.0.0:8123",
            "[::1",
            "[::1]8123",
            "::1",
            ":8123",
            "user@localhost",
            "localhost:8123:8123",
            "recado.example",
            "127.0.0.1, localhost",
        ] {
            assert!(!admitted(host, None), "{host}");
        }
        let public = Some("Recado.Example");
        assert!(admitted("recado.example", public) && admitted("recado.example:443", public));
        assert!(admitted("localhost", public) && !admitted("recado.example:8443", public));
        assert!(!admitted("x.recado.example", public) && !admitted("recado.example.evil", public));
        let public = Some("recado.example:8443");
        assert!(admitted("recado.example:8443", public) && admitted("recado.example", public));
        assert!(!admitted("recado.example:443", public) && !admitted("x", Some("")));
    }

    #[test]
    fn a_host_must_be_told_once() {
        let local = "127.0.0.1:1".parse().unwrap();
        let mut headers = HeaderMap::new();
        assert_eq!(check(&headers, local, None), Err(SentAway::OtherHost));
        headers.append(HOST, HeaderValue::from_static("localhost"));
        assert_eq!(check(&headers, local, None), Ok(()));
        headers.append(HOST, HeaderValue::from_static("localhost"));
        assert_eq!(check(&headers, local, None), Err(SentAway::OtherHost));
    }

    #[test]
    fn web_pages_are_sent_away() {
        let local = "127.0.0.1:1".parse().unwrap();
        for (name, value, verdict) in [
            ("origin", "null", Err(SentAway::WebPage)),
            ("origin", "http://localhost:1", Err(SentAway::WebPage)),
            ("sec-fetch-site", "cross-site", Err(SentAway::WebPage)),
            ("sec-fetch-site", "same-site", Err(SentAway::WebPage)),
            ("sec-fetch-site", "same-origin", Err(SentAway::WebPage)),
            ("sec-fetch-site", "none", Ok(())),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static("localhost"));
            headers.insert(name, HeaderValue::from_static(value));
            assert_eq!(check(&headers, local, None), verdict, "{name}: {value}");
        }
    }

    #[test]
    fn the_public_name_is_read_from_the_public_address() {
        assert_eq!(
            public_host(" https://Recado.Example/in/ ").as_deref(),
            Some("recado.example")
        );
        assert_eq!(
            public_host("https://recado.example:443").as_deref(),
            Some("recado.example")
        );
        assert_eq!(public_host("https://[::1]:8443").as_deref(), Some("[::1]:8443"));
        assert_eq!(public_host("recado.example"), None);
    }
}
