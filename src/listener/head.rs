//! What a request head must look like. HTTP libraries read more than the standard allows, each its own way; between a
//! proxy and us such differences smuggle requests. So only what can be read in one way is let through.

/// Longest request target, in bytes. Our own are below a hundred.
const TARGET_BYTES_MAX: usize = 8 * 1024;
/// Longest method, in bytes.
const METHOD_BYTES_MAX: usize = 16;
/// Most headers.
const HEADERS_MAX: usize = 64;

/// How the end of a body is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// By its length in bytes; 0 without a body.
    Length(u64),
    /// By its last chunk.
    Chunked,
}

/// What is wrong with a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadFault {
    /// It cannot be read, or in more than one way.
    Malformed,
    /// It is too long, or has too many headers.
    TooLarge,
}

/// Looks for the end of a head. The bytes before `from` were looked at before.
///
/// # Errors
/// [`HeadFault::Malformed`] for a line break that is not CR LF, and for NUL: told at once, not only when the head's end
/// fails to come.
pub(super) fn find_end(bytes: &[u8], from: usize) -> Result<Option<usize>, HeadFault> {
    for index in from..bytes.len() {
        let after_return = index > 0 && bytes[index - 1] == b'\r';
        match bytes[index] {
            b'\n' if !after_return => return Err(HeadFault::Malformed),
            b'\n' if bytes[..=index].ends_with(b"\r\n\r\n") => return Ok(Some(index + 1)),
            b'\n' => {}
            _ if after_return => return Err(HeadFault::Malformed),
            0 => return Err(HeadFault::Malformed),
            _ => {}
        }
    }
    Ok(None)
}

/// Checks a whole head, its empty line included, and tells how its body is framed.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check(head: &[u8]) -> Result<Framing, HeadFault> {
    let mut lines = head
        .strip_suffix(b"\r\n\r\n")
        .ok_or(HeadFault::Malformed)?
        .split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let newest = check_request_line(lines.next().unwrap_or_default())?;
    let (mut hosts, mut length, mut chunked) = (0, None, false);
    for (index, line) in lines.enumerate() {
        if index >= HEADERS_MAX {
            return Err(HeadFault::TooLarge);
        }
        let (name, value) = header(line)?;
        if name.eq_ignore_ascii_case(b"host") {
            hosts += usize::from(!value.is_empty());
            // A second one must not pass because the first was empty.
            hosts += usize::from(value.is_empty()) * 2;
        } else if name.eq_ignore_ascii_case(b"content-length") {
            if length.replace(decimal(value)?).is_some() {
                return Err(HeadFault::Malformed);
            }
        } else if name.eq_ignore_ascii_case(b"transfer-encoding") {
            if chunked || !newest || !value.eq_ignore_ascii_case(b"chunked") {
                return Err(HeadFault::Malformed);
            }
            chunked = true;
        }
    }
    match (hosts, length, chunked) {
        (1, None, true) => Ok(Framing::Chunked),
        (1, length, false) => Ok(Framing::Length(length.unwrap_or(0))),
        _ => Err(HeadFault::Malformed),
    }
}

/// Whether it is HTTP/1.1.
fn check_request_line(line: &[u8]) -> Result<bool, HeadFault> {
    let mut parts = line.split(|byte| *byte == b' ');
    let (Some(method), Some(target), Some(version), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(HeadFault::Malformed);
    };
    let method_is_good =
        (1..=METHOD_BYTES_MAX).contains(&method.len()) && method.iter().all(u8::is_ascii_uppercase);
    if target.len() > TARGET_BYTES_MAX {
        return Err(HeadFault::TooLarge);
    }
    // Only the origin form: a proxy that passes on anything else, or a path that someone might read differently, was
    // not made for us. None of our own paths needs an escape.
    let path = target.split(|byte| *byte == b'?').next().unwrap_or_default();
    let target_is_good = target.starts_with(b"/")
        && target.iter().all(|byte| byte.is_ascii_graphic() && *byte != b'#')
        && !path.iter().any(|byte| matches!(byte, b'%' | b'\\' | b';'))
        && !path.windows(2).any(|pair| pair == b".." || pair == b"//");
    if !method_is_good || !target_is_good {
        return Err(HeadFault::Malformed);
    }
    match version {
        b"HTTP/1.1" => Ok(true),
        b"HTTP/1.0" => Ok(false),
        _ => Err(HeadFault::Malformed),
    }
}

/// Name and value of a header line; a folded one has no name.
fn header(line: &[u8]) -> Result<(&[u8], &[u8]), HeadFault> {
    let colon = line
        .iter()
        .position(|byte| *byte == b':')
        .ok_or(HeadFault::Malformed)?;
    let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
    let name_is_good = !name.is_empty() && name.iter().all(|byte| is_token_byte(*byte));
    let value_is_good = value
        .iter()
        .all(|byte| *byte == b'\t' || (*byte >= b' ' && *byte != 0x7f));
    if name_is_good && value_is_good {
        Ok((name, value))
    } else {
        Err(HeadFault::Malformed)
    }
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Digits and nothing else: no sign, no list of two. Half of what 64 bits hold is far beyond any limit, and the HTTP
/// library gives the last numbers above it meanings of its own.
fn decimal(value: &[u8]) -> Result<u64, HeadFault> {
    if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
        return Err(HeadFault::Malformed);
    }
    std::str::from_utf8(value)
        .ok()
        .and_then(|digits| digits.parse().ok())
        .filter(|bytes| *bytes <= u64::MAX / 2)
        .ok_or(HeadFault::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(line: &str, headers: &str) -> Result<Framing, HeadFault> {
        check(format!("{line}\r\n{headers}\r\n").as_bytes())
    }

    #[test]
    fn plain_heads_pass() {
        let host = "Host: localhost\r\n";
        assert_eq!(with("GET /x HTTP/1.1", host), Ok(Framing::Length(0)));
        assert_eq!(with("GET /x?a=%2e..// HTTP/1.0", host), Ok(Framing::Length(0)));
        let length = format!("content-LENGTH:\t12 \r\n{host}X-Nothing:\r\nX-Latin: \u{e7}\r\n");
        assert_eq!(with("POST /x HTTP/1.1", &length), Ok(Framing::Length(12)));
        let chunked = format!("{host}Transfer-Encoding: Chunked\r\n");
        assert_eq!(with("POST /x HTTP/1.1", &chunked), Ok(Framing::Chunked));
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused() {
        for line in [
            "GET  /x HTTP/1.1",
            "GET /x",
            "GET /x HTTP/1.1 ",
            "GET /x HTTP/2.0",
            "get /x HTTP/1.1",
            "GET http://localhost/x HTTP/1.1",
            "GET //localhost/x HTTP/1.1",
            "CONNECT localhost:80 HTTP/1.1",
            "OPTIONS * HTTP/1.1",
            "GET x HTTP/1.1",
            "GET /x\tHTTP/1.1",
            "GET /a/../x HTTP/1.1",
            "GET /%2e%2e/x HTTP/1.1",
            "GET /%252e/x HTTP/1.1",
            "GET /x%00 HTTP/1.1",
            "GET /x\\y HTTP/1.1",
            "GET /x#y HTTP/1.1",
            "GET /\u{e7} HTTP/1.1",
            "",
        ] {
            assert_eq!(
                with(line, "Host: localhost\r\n"),
                Err(HeadFault::Malformed),
                "{line}"
            );
        }
        for headers in [
            "",
            "Host:\r\n",
            "Host: a\r\nHost: a\r\n",
            "Host:\r\nHost: a\r\n",
            "Host : a\r\n",
            "Host: a\r\n b\r\n",
            "Host: a\r\nno colon\r\n",
            "Host: a\r\n: empty\r\n",
            "Host: a\r\nX: \u{1}\r\n",
            "Host: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n",
            "Host: a\r\nContent-Length: 1, 1\r\n",
            "Host: a\r\nContent-Length: +1\r\n",
            "Host: a\r\nContent-Length:\r\n",
            "Host: a\r\nContent-Length: 99999999999999999999\r\n",
            "Host: a\r\nContent-Length: 18446744073709551615\r\n",
            "Host: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n",
            "Host: a\r\nTransfer-Encoding: gzip, chunked\r\n",
            "Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        ] {
            assert_eq!(
                with("POST /x HTTP/1.1", headers),
                Err(HeadFault::Malformed),
                "{headers}"
            );
        }
        let old = "Host: a\r\nTransfer-Encoding: chunked\r\n";
        assert_eq!(with("POST /x HTTP/1.0", old), Err(HeadFault::Malformed));
    }

    #[test]
    fn too_much_is_refused() {
        let target = format!("GET /{} HTTP/1.1", "x".repeat(TARGET_BYTES_MAX));
        assert_eq!(with(&target, "Host: a\r\n"), Err(HeadFault::TooLarge));
        let headers = "X: y\r\n".repeat(HEADERS_MAX) + "Host: a\r\n";
        assert_eq!(with("GET / HTTP/1.1", &headers), Err(HeadFault::TooLarge));
    }

    #[test]
    fn the_end_is_found_wherever_the_bytes_are_cut() {
        let head = b"GET / HTTP/1.1\r\nHost: a\r\n\r\nbody\n";
        let end = head.len() - 5;
        for cut in 0..end {
            assert_eq!(find_end(&head[..cut], 0), Ok(None), "{cut}");
            assert_eq!(find_end(head, cut), Ok(Some(end)), "{cut}");
        }
        for bad in ["GET / HTTP/1.1\n", "GET / HTTP/1.1\rX", "GET /\0", "\n"] {
            assert_eq!(find_end(bad.as_bytes(), 0), Err(HeadFault::Malformed), "{bad:?}");
        }
    }
}
