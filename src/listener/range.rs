//! Which part of a file is asked for: one range of bytes, as RFC 9110 (section 14) words it.

use hyper::HeaderMap;
use hyper::header::{IF_RANGE, RANGE};

/// What of a file is to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it.
    Whole,
    /// The bytes from the first to the last of these, both included; they are in the file.
    Part {
        /// Number of the first byte, from 0.
        first: u64,
        /// Number of the last byte.
        last: u64,
    },
    /// Bytes that are not in it.
    NotThere,
}

impl Wanted {
    /// Reads the headers of a GET of a file with this many bytes. What cannot be read, and more than one range, is as if
    /// nothing had been said: the standard leaves that to the server, and parts in many pieces cost more than the whole.
    pub(super) fn of(headers: &HeaderMap, bytes: u64) -> Self {
        let mut ranges = headers.get_all(RANGE).iter();
        let (Some(range), None) = (ranges.next(), ranges.next()) else {
            return Self::Whole;
        };
        // The condition compares with a mark of the file; we give none, so it never holds.
        if headers.contains_key(IF_RANGE) {
            return Self::Whole;
        }
        range
            .to_str()
            .ok()
            .and_then(|text| read(text, bytes))
            .unwrap_or(Self::Whole)
    }
}

/// Reads one range; `None` if it is none, or several.
fn read(text: &str, bytes: u64) -> Option<Wanted> {
    let (unit, range) = text.split_once('=')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let (first, last) = range.trim().split_once('-')?;
    if first.is_empty() {
        let count = number(last)?.min(bytes);
        return Some(match count {
            0 => Wanted::NotThere,
            count => Wanted::Part {
                first: bytes - count,
                last: bytes - 1,
            },
        });
    }
    let first = number(first)?;
    let last = if last.is_empty() { u64::MAX } else { number(last)? };
    if last < first {
        return None;
    }
    Some(if first >= bytes {
        Wanted::NotThere
    } else {
        Wanted::Part {
            first,
            last: last.min(bytes - 1),
        }
    })
}

/// Digits and nothing else. What is too large to be counted is beyond every file.
fn number(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderValue;

    fn wanted(range: &str, bytes: u64) -> Wanted {
        let mut headers = HeaderMap::new();
        headers.insert(RANGE, HeaderValue::from_str(range).unwrap());
        Wanted::of(&headers, bytes)
    }

    fn part(first: u64, last: u64) -> Wanted {
        Wanted::Part { first, last }
    }

    #[test]
    fn one_range_is_read() {
        for (range, expected) in [
            ("bytes=0-0", part(0, 0)),
            ("bytes=0-99", part(0, 99)),
            ("bytes=0-100", part(0, 99)),
            ("bytes=90-99999999999999999999999", part(90, 99)),
            ("Bytes=10-", part(10, 99)),
            ("bytes= 10-19 ", part(10, 19)),
            ("bytes=-1", part(99, 99)),
            ("bytes=-100", part(0, 99)),
            ("bytes=-101", part(0, 99)),
            ("bytes=100-", Wanted::NotThere),
            ("bytes=99999999999999999999999-", Wanted::NotThere),
            ("bytes=-0", Wanted::NotThere),
        ] {
            assert_eq!(wanted(range, 100), expected, "{range}");
        }
        assert_eq!(wanted("bytes=0-", 0), Wanted::NotThere);
        assert_eq!(wanted("bytes=-5", 0), Wanted::NotThere);
    }

    #[test]
    fn what_is_no_single_range_means_the_whole() {
        for range in [
            "bytes=0-1,3-4",
            "bytes=0-1, -1",
            "bytes=5-2",
            "bytes=-",
            "bytes=",
            "bytes",
            "bytes=a-b",
            "bytes=+1-2",
            "bytes=1--2",
            "bytes=0x1-2",
            "lines=0-1",
            "",
        ] {
            assert_eq!(wanted(range, 100), Wanted::Whole, "{range}");
        }
        let mut headers = HeaderMap::new();
        assert_eq!(Wanted::of(&headers, 100), Wanted::Whole);
        headers.append(RANGE, HeaderValue::from_static("bytes=0-1"));
        assert_eq!(Wanted::of(&headers, 100), part(0, 1));
        headers.append(IF_RANGE, HeaderValue::from_static("\"tag\""));
        assert_eq!(Wanted::of(&headers, 100), Wanted::Whole);
        headers.remove(IF_RANGE);
        headers.append(RANGE, HeaderValue::from_static("bytes=0-1"));
        assert_eq!(Wanted::of(&headers, 100), Wanted::Whole);
    }
}
