//! What is wrong with a template, in words.

use super::text::Localizer;
use super::words;
use crate::domain::template::TemplateProblem;
use crate::engine::TemplateError;

/// One thing that is wrong with a template, or with the values for one.
#[must_use]
pub fn problem(text: &Localizer, problem: &TemplateProblem) -> String {
    match problem {
        TemplateProblem::NoKey => text.get("template-problem-no-key"),
        TemplateProblem::BadKey(max) => text.with("template-problem-bad-key", &[("max", (*max).into())]),
        TemplateProblem::BadLanguage => text.get("template-problem-bad-language"),
        TemplateProblem::NoText => text.get("template-problem-no-text"),
        TemplateProblem::TextTooLong(max) => {
            text.with("template-problem-text-too-long", &[("max", (*max).into())])
        }
        TemplateProblem::ParameterName(number) => {
            text.with("template-problem-parameter-name", &[("number", (*number).into())])
        }
        TemplateProblem::Places(number) => {
            let place = format!("{{{{{number}}}}}");
            text.with("template-problem-places", &[("place", place.into())])
        }
        TemplateProblem::Missing(name) => text.with(
            "composer-template-value-missing",
            &[("name", name.as_str().into())],
        ),
        TemplateProblem::BadValue(name) => {
            text.with("composer-template-value-bad", &[("name", name.as_str().into())])
        }
        TemplateProblem::ValueTooLong(name, max) => text.with(
            "composer-template-value-too-long",
            &[("name", name.as_str().into()), ("max", (*max).into())],
        ),
        TemplateProblem::NoHeaderImage => text.get("composer-template-picture-missing"),
        TemplateProblem::Taken => text.get("template-problem-taken"),
    }
}

/// Why templates could not be kept, read or written.
#[must_use]
pub fn error(text: &Localizer, error: &TemplateError) -> String {
    let all = |problems: &[TemplateProblem]| {
        let sentences: Vec<String> = problems.iter().map(|one| problem(text, one)).collect();
        sentences.join(" ")
    };
    let with_words = |key: &str, said: &str| {
        let sentence = text.get(key);
        if said.trim().is_empty() {
            sentence
        } else {
            format!("{sentence} {}", words::their_words(text, said))
        }
    };
    match error {
        TemplateError::Problems(problems) => all(problems),
        TemplateError::InFile(number, problems) => {
            let head = text.with("template-error-in-file", &[("number", (*number).into())]);
            format!("{head} {}", all(problems))
        }
        TemplateError::NotTemplates(said) => with_words("template-error-not-templates", said),
        TemplateError::File(said) => with_words("template-error-file", said),
        TemplateError::Store(said) => with_words("template-error-store", said),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::Language;

    #[test]
    fn every_problem_and_error_has_a_sentence_of_its_own_in_every_language() {
        use TemplateProblem as P;
        let problems = [
            P::NoKey,
            P::BadKey(512),
            P::BadLanguage,
            P::NoText,
            P::TextTooLong(1_024),
            P::ParameterName(2),
            P::Places(3),
            P::Missing("nome".into()),
            P::BadValue("nome".into()),
            P::ValueTooLong("nome".into(), 1_024),
            P::NoHeaderImage,
            P::Taken,
        ];
        let errors = [
            TemplateError::InFile(7, vec![P::NoText, P::Taken]),
            TemplateError::NotTemplates("x".into()),
            TemplateError::File(String::new()),
            TemplateError::Store("x".into()),
        ];
        for language in Language::ALL {
            let text = Localizer::new(*language);
            let mut said: Vec<String> = problems.iter().map(|one| problem(&text, one)).collect();
            said.extend(errors.iter().map(|one| error(&text, one)));
            for sentence in &said {
                let is_words = sentence.contains(' ') && !sentence.starts_with("template-");
                assert!(is_words, "{sentence} in {}", language.key());
            }
            let places = &said[6];
            assert!(places.contains("{{3}}"), "{places}");
            let count = said.len();
            said.sort();
            said.dedup();
            assert_eq!(said.len(), count, "two alike in {}", language.key());
        }
    }
}
