//! What is typed about a bucket, and the names of the objects in it.

use crate::domain::account::{DraftProblemKind, check_base_url};
use crate::domain::hosting::{StorageConfig, StorageKeys, StorageProblem};
use rusty_s3::{Bucket, UrlStyle};

/// Longest address, region, prefix or key, in characters.
const TEXT_MAX: usize = 200;
/// Lengths of a bucket's name, in characters (Amazon S3 user guide, "Bucket naming rules").
const BUCKET_LENGTHS: std::ops::RangeInclusive<usize> = 3..=63;

/// What is wrong with a place's fields, each field at most once. Without keys only the rest is looked at.
#[must_use]
pub fn check_config(config: &StorageConfig, keys: Option<&StorageKeys>) -> Vec<StorageProblem> {
    let mut found: Vec<(&'static str, Option<DraftProblemKind>)> = vec![
        ("endpoint", endpoint_problem(config)),
        ("bucket", bucket_problem(&config.bucket)),
        ("region", region_problem(&config.region)),
        ("prefix", prefix_problem(&config.prefix)),
    ];
    if let Some(keys) = keys {
        found.push(("access_key", key_problem(keys.access_key.reveal())));
        found.push(("secret_key", key_problem(keys.secret_key.reveal())));
    }
    found
        .into_iter()
        .filter_map(|(field, kind)| kind.map(|kind| StorageProblem { field, kind }))
        .collect()
}

/// The name of the object for a file: `<prefix>/<token>/file.<extension of its name>`.
#[must_use]
pub fn object_key(config: &StorageConfig, token: &str, name: &str) -> String {
    let extension: String = name
        .rsplit_once('.')
        .map(|(_, extension)| extension)
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_lowercase())
        .take(8)
        .collect();
    let extension = if extension.is_empty() { "bin" } else { &extension };
    let prefix = config.prefix.trim_end_matches('/');
    if prefix.is_empty() {
        format!("{token}/file.{extension}")
    } else {
        format!("{prefix}/{token}/file.{extension}")
    }
}

/// The bucket as requests address it; `None` if its name cannot stand in front of the host's.
pub(super) fn bucket_of(config: &StorageConfig) -> Option<Bucket> {
    let endpoint = check_base_url(&config.endpoint).ok()?;
    let style = if config.path_style {
        UrlStyle::Path
    } else {
        UrlStyle::VirtualHost
    };
    Bucket::new(endpoint, style, config.bucket.clone(), config.region.clone()).ok()
}

fn text_problem(text: &str) -> Option<DraftProblemKind> {
    if text.trim().is_empty() {
        Some(DraftProblemKind::Empty)
    } else if text.chars().count() > TEXT_MAX {
        Some(DraftProblemKind::TooLong(TEXT_MAX))
    } else if text.chars().any(char::is_control) {
        Some(DraftProblemKind::ControlCharacters)
    } else {
        None
    }
}

fn malformed(wrong: bool) -> Option<DraftProblemKind> {
    wrong.then_some(DraftProblemKind::Malformed)
}

fn endpoint_problem(config: &StorageConfig) -> Option<DraftProblemKind> {
    text_problem(&config.endpoint).or_else(|| match check_base_url(&config.endpoint) {
        Err(problem) => Some(problem),
        Ok(url) if url.query().is_some() || url.fragment().is_some() => Some(DraftProblemKind::NotAUrl),
        // A bucket cannot stand in front of a number.
        Ok(url) => malformed(!config.path_style && !matches!(url.host(), Some(url::Host::Domain(_)))),
    })
}

fn bucket_problem(name: &str) -> Option<DraftProblemKind> {
    let ends = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit();
    text_problem(name).or_else(|| {
        malformed(
            !BUCKET_LENGTHS.contains(&name.len())
                || !name
                    .chars()
                    .all(|character| ends(character) || matches!(character, '.' | '-'))
                || !name.starts_with(ends)
                || !name.ends_with(ends)
                || name.contains("..")
                || name.parse::<std::net::Ipv4Addr>().is_ok(),
        )
    })
}

fn region_problem(region: &str) -> Option<DraftProblemKind> {
    text_problem(region).or_else(|| {
        malformed(
            !region
                .chars()
                .all(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '_')),
        )
    })
}

fn prefix_problem(prefix: &str) -> Option<DraftProblemKind> {
    if prefix.is_empty() {
        return None;
    }
    text_problem(prefix).or_else(|| {
        malformed(
            prefix.starts_with('/')
                || prefix.contains("//")
                || !prefix.chars().all(|character| character.is_ascii_graphic())
                // Servers disagree about these, or they would end the path.
                || prefix.contains(['\\', '?', '#', '%', '+'])
                || prefix.split('/').any(|part| matches!(part, "." | "..")),
        )
    })
}

fn key_problem(key: &str) -> Option<DraftProblemKind> {
    text_problem(key).or_else(|| malformed(!key.chars().all(|character| character.is_ascii_graphic())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Secret;

    fn config() -> StorageConfig {
        StorageConfig {
            endpoint: "https://s3.example".into(),
            bucket: "my-files".into(),
            region: "sa-east-1".into(),
            prefix: "recado/attachments".into(),
            path_style: true,
        }
    }

    fn changed(change: impl FnOnce(&mut StorageConfig)) -> Vec<(&'static str, DraftProblemKind)> {
        let mut config = config();
        change(&mut config);
        check_config(&config, None)
            .into_iter()
            .map(|problem| (problem.field, problem.kind))
            .collect()
    }

    #[test]
    fn good_fields_stand() {
        for good in [
            "https://s3.example",
            "https://s3.example/below/",
            "http://127.0.0.1:9000",
            "http://localhost:1",
        ] {
            assert_eq!(changed(|config| config.endpoint = good.into()), [], "{good}");
        }
        for good in ["abc", "a.b-c", "0files9", &"a".repeat(63)] {
            assert_eq!(changed(|config| config.bucket = good.into()), [], "{good}");
        }
        for good in ["", "a", "a/b/", "a=b/c!d"] {
            assert_eq!(changed(|config| config.prefix = good.into()), [], "{good}");
        }
        assert_eq!(changed(|config| config.path_style = false), []);
    }

    #[test]
    fn bad_fields_are_named() {
        use DraftProblemKind::{ControlCharacters, Empty, Malformed, NotAUrl, NotEncrypted, TooLong};
        for (bad, kind) in [
            ("", Empty),
            ("s3.example", NotAUrl),
            ("http://s3.example", NotEncrypted),
            ("https://user:word@s3.example", NotAUrl),
            ("https://s3.example/?a=b", NotAUrl),
        ] {
            assert_eq!(
                changed(|config| config.endpoint = bad.into()),
                [("endpoint", kind)],
                "{bad}"
            );
        }
        assert_eq!(
            changed(|config| {
                config.endpoint = "http://127.0.0.1:9000".into();
                config.path_style = false;
            }),
            [("endpoint", Malformed)]
        );
        let long = "a".repeat(64);
        for bad in [
            "ab",
            "Files",
            "a_b",
            "-ab",
            "ab.",
            "a..b",
            "192.168.0.1",
            "a b",
            &long,
        ] {
            assert_eq!(
                changed(|config| config.bucket = bad.into()),
                [("bucket", Malformed)],
                "{bad}"
            );
        }
        assert_eq!(changed(|config| config.region = " ".into()), [("region", Empty)]);
        assert_eq!(
            changed(|config| config.region = "a/b".into()),
            [("region", Malformed)]
        );
        for bad in ["/a", "a//b", "../a", "a/..", "a/./b", "a b", "á", "a?b"] {
            assert_eq!(
                changed(|config| config.prefix = bad.into()),
                [("prefix", Malformed)],
                "{bad}"
            );
        }
        assert_eq!(
            changed(|config| config.prefix = "a".repeat(201)),
            [("prefix", TooLong(200))]
        );
        let keys = StorageKeys {
            access_key: Secret::new(String::new()),
            secret_key: Secret::new("a\nb".into()),
        };
        let found: Vec<_> = check_config(&config(), Some(&keys))
            .into_iter()
            .map(|problem| (problem.field, problem.kind))
            .collect();
        assert_eq!(found, [("access_key", Empty), ("secret_key", ControlCharacters)]);
    }

    #[test]
    fn objects_have_plain_names() {
        let mut config = config();
        assert_eq!(
            object_key(&config, "t0", "Orçamento.PDF"),
            "recado/attachments/t0/file.pdf"
        );
        config.prefix = "a/".into();
        assert_eq!(object_key(&config, "t0", "x.j/../pg"), "a/t0/file.pg");
        config.prefix = String::new();
        assert_eq!(object_key(&config, "t0", "nothing"), "t0/file.bin");
    }
}
