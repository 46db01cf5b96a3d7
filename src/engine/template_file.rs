//! The file in which a library of templates goes from one account or machine to another.
//!
//! A JSON object with `templates`, a list of objects: `key` (the identifier or name at the vendor), `language`, `text` with
//! `{{1}}` where a parameter stands, `parameters` (a list of objects with `name` and `sample`), and `header_image`, whether a
//! picture stands above the text. What is missing is empty; what is not known is passed over.

use super::protocol::TemplateError;
use crate::domain::template::{Template, TemplateParameter, TemplateProblem};
use crate::domain::{AccountId, TemplateId, Timestamp};
use crate::gateway::TemplateForm;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

/// Largest file that is read, in bytes.
const BYTES_MAX: u64 = 1024 * 1024;
/// Most templates in a file.
const TEMPLATES_MAX: usize = 1_000;
/// Some editors put it in front.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

#[derive(Debug, Serialize, Deserialize)]
struct Library {
    templates: Vec<Entry>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Entry {
    key: String,
    language: String,
    text: String,
    parameters: Vec<TemplateParameter>,
    header_image: bool,
}

/// Where templates go that are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shelf {
    /// The account.
    pub(super) account: AccountId,
    /// What its gateway's templates have.
    pub(super) form: TemplateForm,
    /// When.
    pub(super) now: Timestamp,
}

impl Shelf {
    /// The template as it is kept: without blanks around what the vendor compares, and without a picture that its gateway
    /// does not know.
    pub(super) fn fit(self, mut template: Template) -> Result<Template, Vec<TemplateProblem>> {
        for part in [&mut template.key, &mut template.language] {
            *part = part.trim().to_owned();
        }
        template.account = self.account;
        template.header_image &= self.form.header_image;
        template.updated_at = self.now;
        let problems = template.problems(self.form.key_max);
        if problems.is_empty() {
            Ok(template)
        } else {
            Err(problems)
        }
    }

    /// Reads the templates of a file; all of them are fit to be kept, or none. Answers as well how many of them lost the
    /// picture above their text.
    pub(super) fn read(self, path: &Path) -> Result<(Vec<Template>, usize), TemplateError> {
        let bytes = bytes_of(path).map_err(|error| file_error(path, &error))?;
        if bytes.len() as u64 > BYTES_MAX {
            return Err(not_templates(format!("more than {BYTES_MAX} bytes")));
        }
        self.parse(&bytes)
    }

    fn parse(self, bytes: &[u8]) -> Result<(Vec<Template>, usize), TemplateError> {
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        let library: Library =
            serde_json::from_slice(bytes).map_err(|error| not_templates(error.to_string()))?;
        if library.templates.len() > TEMPLATES_MAX {
            return Err(not_templates(format!("more than {TEMPLATES_MAX} templates")));
        }
        let mut named = BTreeSet::new();
        let mut templates = Vec::with_capacity(library.templates.len());
        let mut without_picture = 0;
        for (index, entry) in library.templates.into_iter().enumerate() {
            without_picture += usize::from(entry.header_image && !self.form.header_image);
            let template = self
                .fit(self.template(entry))
                .and_then(|template| {
                    if named.insert((template.key.clone(), template.language.clone())) {
                        Ok(template)
                    } else {
                        Err(vec![TemplateProblem::Taken])
                    }
                })
                .map_err(|problems| TemplateError::InFile(index + 1, problems))?;
            templates.push(template);
        }
        Ok((templates, without_picture))
    }

    fn template(self, entry: Entry) -> Template {
        Template {
            id: TemplateId::new(),
            account: self.account,
            key: entry.key,
            language: entry.language,
            text: entry.text,
            parameters: entry.parameters,
            header_image: entry.header_image,
            updated_at: self.now,
        }
    }
}

/// Writes templates to a file, whole or not at all; one that is there is replaced.
pub(super) fn write(path: &Path, templates: Vec<Template>) -> Result<usize, TemplateError> {
    let count = templates.len();
    let entries = templates.into_iter().map(|template| Entry {
        key: template.key,
        language: template.language,
        text: template.text,
        parameters: template.parameters,
        header_image: template.header_image,
    });
    let library = Library {
        templates: entries.collect(),
    };
    let failed = |error: io::Error| file_error(path, &error);
    let mut json = serde_json::to_vec_pretty(&library).map_err(|error| failed(error.into()))?;
    json.push(b'\n');
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file =
        tempfile::NamedTempFile::new_in(folder.unwrap_or_else(|| Path::new("."))).map_err(failed)?;
    file.write_all(&json).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(count)
}

/// What stands in a file, up to one byte more than is read.
fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    // A pipe or device could go on for ever, or never begin.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file"));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path)?
        .take(BYTES_MAX + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn not_templates(words: String) -> TemplateError {
    TemplateError::NotTemplates(words)
}

fn file_error(path: &Path, error: &io::Error) -> TemplateError {
    TemplateError::File(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf() -> Shelf {
        Shelf {
            account: AccountId::new(),
            form: TemplateForm {
                by_identifier: false,
                header_image: true,
                key_max: 40,
            },
            now: Timestamp(5),
        }
    }

    const TWO: &str = r#"{"templates": [
        {"key": " loja:pedido_pronto ", "language": "pt_BR", "text": "Olá {{1}}", "header_image": true,
         "parameters": [{"name": "nome", "sample": "Ana"}], "unknown": [1]},
        {"key": "aviso", "language": "EN", "text": "Hello"}
    ], "comment": "x"}"#;

    #[test]
    fn what_is_written_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("modelos.json");
        std::fs::write(&path, [BYTE_ORDER_MARK, TWO.as_bytes()].concat()).unwrap();
        let shelf = shelf();
        let (read, without_picture) = shelf.read(&path).unwrap();
        assert_eq!(without_picture, 0);
        assert_eq!(
            (read[0].key.as_str(), read[0].header_image, read[0].account),
            ("loja:pedido_pronto", true, shelf.account)
        );
        assert_eq!(read[0].parameters[0].sample, "Ana");
        assert_eq!(
            (read[1].parameters.len(), read[1].header_image),
            (0, false),
            "what is missing is empty"
        );
        // Over the one that is there.
        assert_eq!(write(&path, read.clone()), Ok(2));
        let (mut again, _) = shelf.read(&path).unwrap();
        for (again, before) in again.iter_mut().zip(&read) {
            again.id = before.id;
        }
        assert_eq!(again, read);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let nowhere = folder.path().join("none").join("x.json");
        assert!(matches!(write(&nowhere, read), Err(TemplateError::File(_))));
        // Where the gateway knows no picture above the text, there is none, and that is told.
        let mut plain = shelf;
        plain.form.header_image = false;
        let (read, without_picture) = plain.read(&path).unwrap();
        assert_eq!((read[0].header_image, without_picture), (false, 1));
    }

    #[test]
    fn one_that_cannot_stand_is_named_and_none_is_taken() {
        let shelf = shelf();
        let problems = |json: &str| shelf.parse(json.as_bytes()).unwrap_err();
        let second = TWO.replace("\"EN\"", "\"english!\"");
        assert_eq!(
            problems(&second),
            TemplateError::InFile(2, vec![TemplateProblem::BadLanguage])
        );
        let twice = TWO
            .replace("aviso", "loja:pedido_pronto")
            .replace("\"EN\"", "\"pt_BR\"");
        assert_eq!(
            problems(&twice),
            TemplateError::InFile(2, vec![TemplateProblem::Taken])
        );
        let long = TWO.replace("aviso", &"a".repeat(41));
        assert_eq!(
            problems(&long),
            TemplateError::InFile(2, vec![TemplateProblem::BadKey(40)])
        );
        assert_eq!(
            problems(r#"{"templates": [{}]}"#),
            TemplateError::InFile(
                1,
                vec![
                    TemplateProblem::NoKey,
                    TemplateProblem::BadLanguage,
                    TemplateProblem::NoText
                ]
            )
        );
    }

    #[test]
    fn what_is_no_list_of_templates_is_told_apart() {
        let shelf = shelf();
        for bytes in [
            &b""[..],
            b"{}",
            b"[]",
            b"\xff\xfe{\0}\0",
            b"{\"templates\": 3}",
            b"{\"templates\": [{\"key\": 3}]}",
            b"{\"templates\": [",
        ] {
            let answer = shelf.parse(bytes);
            assert!(matches!(answer, Err(TemplateError::NotTemplates(_))), "{bytes:?}");
        }
        let many = format!("{{\"templates\": [{}]}}", vec!["{}"; 1_001].join(","));
        assert!(matches!(
            shelf.parse(many.as_bytes()),
            Err(TemplateError::NotTemplates(_))
        ));
        assert_eq!(shelf.parse(b"{\"templates\": []}"), Ok((vec![], 0)));
        let folder = tempfile::tempdir().unwrap();
        let large = folder.path().join("large.json");
        std::fs::write(&large, vec![b' '; 1024 * 1024 + 1]).unwrap();
        assert!(matches!(shelf.read(&large), Err(TemplateError::NotTemplates(_))));
        for path in [folder.path(), &folder.path().join("none")] {
            assert!(matches!(shelf.read(path), Err(TemplateError::File(_))));
        }
    }
}
