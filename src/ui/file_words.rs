//! Why a file cannot be attached and why an address cannot be fetched, in words that say what can be done.

use super::text::Localizer;
use super::words::their_words;
use crate::domain::hosting::FetchProblem;
use crate::domain::outgoing::FileProblem;

/// Why a file cannot be attached, and the way out.
#[must_use]
pub fn file_problem(text: &Localizer, problem: &FileProblem) -> String {
    match problem {
        FileProblem::Unreadable(said) => with_their_words(text, "file-unreadable", said),
        FileProblem::BadPicture(said) => with_their_words(text, "file-bad-picture", said),
        FileProblem::Failed(said) => with_their_words(text, "file-failed", said),
        FileProblem::NotAFile | FileProblem::Empty | FileProblem::MayRun | FileProblem::NoRoom => {
            text.get(&format!("file-{}", problem.key()))
        }
        FileProblem::Unsupported {
            found,
            allowed,
            convertible,
        } => {
            let key = match (found.is_empty(), convertible) {
                (_, true) => "file-unsupported-convertible",
                (true, false) => "file-unsupported-unknown",
                (false, false) => "file-unsupported",
            };
            let allowed = allowed.join(", ").to_uppercase();
            text.with(
                key,
                &[
                    ("found", found.to_uppercase().into()),
                    ("allowed", allowed.into()),
                ],
            )
        }
        FileProblem::NotWhatItSays { named, found } => {
            let key = if found.is_empty() {
                "file-not-what-it-says-unknown"
            } else {
                "file-not-what-it-says"
            };
            text.with(
                key,
                &[
                    ("named", named.to_uppercase().into()),
                    ("found", found.to_uppercase().into()),
                ],
            )
        }
        FileProblem::TooLarge {
            bytes,
            max_bytes,
            shrinkable,
        } => {
            let key = if *shrinkable {
                "file-too-large-picture"
            } else {
                "file-too-large"
            };
            text.with(
                key,
                &[
                    ("size", text.file_size(*bytes).into()),
                    ("max", text.file_size(*max_bytes).into()),
                ],
            )
        }
    }
}

/// Why an address could not be fetched, or was not what it should be.
#[must_use]
pub fn fetch_problem(text: &Localizer, problem: &FetchProblem) -> String {
    match problem {
        FetchProblem::Unreachable(said) => with_their_words(text, "fetch-unreachable", said),
        FetchProblem::Status(status) => {
            let key = match status {
                401 | 403 => "fetch-status-refused",
                404 | 410 => "fetch-status-nothing",
                _ => "fetch-status",
            };
            text.with(key, &[("status", status.to_string().into())])
        }
        FetchProblem::TooLarge(max) => text.with("fetch-too-large", &[("max", text.file_size(*max).into())]),
        FetchProblem::NotHttps
        | FetchProblem::NotPublic
        | FetchProblem::TimedOut
        | FetchProblem::Redirected
        | FetchProblem::Different => text.get(&format!("fetch-{}", problem.key())),
    }
}

/// A sentence, and what the system said, if it said anything.
fn with_their_words(text: &Localizer, key: &str, said: &str) -> String {
    let sentence = text.get(key);
    if said.trim().is_empty() {
        sentence
    } else {
        format!("{sentence} {}", their_words(text, said))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::Language;

    /// Every sentence is there in every language, with everything filled in.
    fn each(problem: impl Fn(&Localizer) -> String) {
        for language in [Language::Portuguese, Language::Spanish, Language::English] {
            let words = problem(&Localizer::new(language));
            assert!(words.contains(' '), "{language:?}: {words}");
            assert!(!words.contains(['{', '}']), "{language:?}: {words}");
        }
    }

    #[test]
    fn every_problem_of_a_file_has_a_sentence() {
        let unsupported = |found: &str, convertible| FileProblem::Unsupported {
            found: found.into(),
            allowed: vec!["jpg", "pdf"],
            convertible,
        };
        let says = |found: &str| FileProblem::NotWhatItSays {
            named: "pdf".into(),
            found: found.into(),
        };
        let large = |shrinkable| FileProblem::TooLarge {
            bytes: 20_000_000,
            max_bytes: 16_777_216,
            shrinkable,
        };
        for problem in [
            FileProblem::Unreadable("permission denied".into()),
            FileProblem::NotAFile,
            FileProblem::Empty,
            FileProblem::MayRun,
            unsupported("gif", true),
            unsupported("xyz", false),
            unsupported("", false),
            says("zip"),
            says(""),
            large(true),
            large(false),
            FileProblem::BadPicture(String::new()),
            FileProblem::NoRoom,
            FileProblem::Failed("disk".into()),
        ] {
            each(|text| file_problem(text, &problem));
        }
    }

    #[test]
    fn every_problem_of_an_address_has_a_sentence() {
        for problem in [
            FetchProblem::NotHttps,
            FetchProblem::NotPublic,
            FetchProblem::Unreachable("no such host".into()),
            FetchProblem::TimedOut,
            FetchProblem::Status(403),
            FetchProblem::Status(404),
            FetchProblem::Status(503),
            FetchProblem::Redirected,
            FetchProblem::TooLarge(1_000_000),
            FetchProblem::Different,
        ] {
            each(|text| fetch_problem(text, &problem));
        }
    }
}
