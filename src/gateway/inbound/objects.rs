//! The objects of a body that brings no files: JSON with noise around it, an array or one document after the other, JSON
//! encoded twice, in a field of something else or of a form, and a form that is itself the object.
//!
//! A text is looked into only if it is all there is: beside other fields it may be what a person wrote, and a person who
//! writes JSON must not be taken for the gateway.

use super::ReceiveError;
use super::body::{FieldSink, Halt, Source};
use super::shape::{LOOKED_AT, Shape, begins_like_a_document, may_be_json};
use crate::gateway::tolerant::{Found, Json, Object, decoded, each_object, unquoted};

/// Largest body that is read, in bytes.
pub(in crate::gateway) const WHOLE_MAX: u64 = 4 * 1024 * 1024;
/// How often JSON may stand inside of a field of JSON.
const NESTED_MAX: usize = 2;
/// Most fields of a form.
const FIELDS_MAX: usize = 1_000;

/// Who is given the objects.
pub(in crate::gateway) trait TakeObjects {
    /// Whether the object means something by itself; if not, one inside of it may.
    fn is_meant(&self, object: &Object) -> bool;
    /// One that does.
    fn take(&mut self, object: &Object);
    /// Something in the body could not be read.
    fn unreadable(&mut self, why: &str);
}

/// Finds the objects of a body.
///
/// # Errors
/// Only if this machine could not read it.
pub(in crate::gateway) fn read_objects(
    source: &Source,
    content_type: Option<&str>,
    taker: &mut dyn TakeObjects,
) -> Result<(), ReceiveError> {
    let bytes = source.bytes()?;
    if bytes > WHOLE_MAX {
        taker.unreadable(&format!("{bytes} bytes are too many for one call"));
        return Ok(());
    }
    let body = source.beginning(usize::try_from(WHOLE_MAX).unwrap_or(usize::MAX))?;
    let shape = Shape::of(&body[..body.len().min(LOOKED_AT)], content_type);
    let mut search = Search {
        taker,
        found: 0,
        problems: Vec::new(),
    };
    if shape != Shape::Json {
        let mut form = Form::default();
        match shape.read(source, &mut form) {
            Ok(()) => {}
            Err(Halt::Broken(why)) => search.problem(&why),
            Err(Halt::Fault(fault)) => return Err(fault),
        }
        for fields in form.records {
            search.form(fields);
        }
    }
    // What was told to be a form may be a document after all.
    if search.found == 0 && (shape == Shape::Json || begins_like_a_document(&body)) {
        let problems = std::mem::take(&mut search.problems);
        search.text(&decoded(&body), 0, true);
        if search.problems.is_empty() && search.found == 0 {
            search.problems = problems;
        }
    }
    if search.found == 0 && search.problems.is_empty() {
        search.problem(if body.trim_ascii().is_empty() {
            "the body is empty"
        } else {
            "there is no JSON and no form in it"
        });
    }
    let problems = std::mem::take(&mut search.problems);
    problems.iter().for_each(|why| search.taker.unreadable(why));
    Ok(())
}

struct Search<'a> {
    taker: &'a mut dyn TakeObjects,
    found: usize,
    problems: Vec<String>,
}

impl Search<'_> {
    fn problem(&mut self, why: &str) {
        self.problems.push(why.to_owned());
    }

    /// Looks for objects in a text. `alone` says that there is nothing beside it.
    fn text(&mut self, text: &str, nested: usize, alone: bool) {
        let mut any = false;
        let broken = each_object(text, |found| {
            any = true;
            match found {
                Found::Object(object) => self.object(&object, nested, alone),
                Found::Others(count) => {
                    self.problem(&format!("{count} elements of the array are no objects"));
                }
            }
        });
        if broken {
            self.problem("the JSON breaks off");
        } else if !any
            && nested < NESTED_MAX
            && let Some(inner) = unquoted(text)
        {
            self.text(&inner, nested + 1, alone);
        }
    }

    fn object(&mut self, object: &Object, nested: usize, alone: bool) {
        if self.taker.is_meant(object) {
            self.found += 1;
            self.taker.take(object);
            return;
        }
        let before = (self.found, self.problems.len());
        if nested < NESTED_MAX {
            let alone = alone && object.iter().nth(1).is_none();
            for (_, value) in object.iter() {
                match value {
                    Json::Object(inner) => self.object(inner, nested + 1, alone),
                    Json::List(list) => {
                        for inner in list {
                            if let Json::Object(inner) = inner {
                                self.object(inner, nested + 1, alone && list.len() == 1);
                            }
                        }
                    }
                    Json::Text(text) if alone && may_be_json(text) => self.text(text, nested + 1, true),
                    _ => {}
                }
            }
        }
        if before == (self.found, self.problems.len()) {
            self.problem("it does not say of what kind it is");
        }
    }

    /// A form is the object, or the object stands in the value or, by mistake, in the name of its only field.
    fn form(&mut self, fields: Vec<(String, String)>) {
        let object: Object = fields
            .iter()
            .map(|(name, value)| (name.clone(), Json::Text(value.clone())))
            .collect();
        if fields.len() == 1 && !self.taker.is_meant(&object) {
            let before = self.found;
            for text in fields.iter().flat_map(|(name, value)| [value, name]) {
                if may_be_json(text) {
                    self.text(text, 1, true);
                }
            }
            if self.found > before {
                return;
            }
        }
        self.object(&object, NESTED_MAX, true);
    }
}

/// Gathers the fields of forms.
#[derive(Default)]
struct Form {
    records: Vec<Vec<(String, String)>>,
    fields: Vec<(String, String)>,
    open: Option<(Vec<u8>, Vec<u8>)>,
}

impl FieldSink for Form {
    fn begin(&mut self, name: &[u8]) -> Result<(), Halt> {
        if self.fields.len() >= FIELDS_MAX {
            return Err(Halt::Broken("it has more fields than any message".to_owned()));
        }
        self.open = Some((name.to_vec(), Vec::new()));
        Ok(())
    }

    fn data(&mut self, bytes: &[u8]) -> Result<(), Halt> {
        if let Some((_, value)) = &mut self.open {
            value.extend_from_slice(bytes);
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Halt> {
        if let Some((name, value)) = self.open.take() {
            self.fields
                .push((decoded(&name).trim().to_owned(), decoded(&value)));
        }
        Ok(())
    }

    fn end_record(&mut self) -> Result<(), Halt> {
        self.records.push(std::mem::take(&mut self.fields));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Taken {
        values: Vec<String>,
        problems: Vec<String>,
    }

    impl TakeObjects for Taken {
        fn is_meant(&self, object: &Object) -> bool {
            object.get("a").is_some()
        }

        fn take(&mut self, object: &Object) {
            self.values.push(object.text("a").unwrap_or_default());
        }

        fn unreadable(&mut self, why: &str) {
            self.problems.push(why.to_owned());
        }
    }

    fn taken(body: &str) -> (String, usize) {
        let mut taken = Taken::default();
        read_objects(&Source::Memory(body.into()), None, &mut taken).unwrap();
        (taken.values.join(" "), taken.problems.len())
    }

    #[test]
    fn objects_are_found_in_every_wrapping() {
        for (body, values, problems) in [
            (r#"{"a":1}"#, "1", 0),
            (r#"[{"a":1},{"a":2},]"#, "1 2", 0),
            (r#"{"a":1}{"a":2}"#, "1 2", 0),
            (r#"{"b":{"a":1},"c":[{"a":2}]}"#, "1 2", 0),
            (r#""{\"a\":1}""#, "1", 0),
            (r#"{"b":"{\"a\":1}"}"#, "1", 0),
            ("b=1&a=2", "2", 0),
            ("b=%7B%22a%22%3A1%7D", "1", 0),
            ("%7B%22a%22%3A1%7D", "1", 0),
            (
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n7\r\n--x--\r\n",
                "7",
                0,
            ),
            (r#"[{"a":1},{"b":2},3,{"a":"#, "1", 2),
            ("", "", 1),
            ("hello", "", 1),
            ("{}", "", 1),
            ("b=1", "", 1),
            (r#"{"b":{"c":{"d":{"a":1}}}}"#, "", 1),
            // What a person wrote is not looked into.
            (r#"{"b":"{\"a\":1}","c":"d"}"#, "", 1),
            (r#"{"c":{"b":"{\"a\":1}"},"d":2}"#, "", 1),
            (r#"{"c":[{"b":"{\"a\":1}"},{"b":"{\"a\":2}"}]}"#, "", 2),
            (r#""{\"b\":\"{\\\"a\\\":1}\",\"c\":2}""#, "", 1),
            ("b=%7B%22a%22%3A1%7D&c=d", "", 1),
            ("c=d&b={\"a\":1}", "", 1),
            (
                "--x\r\nContent-Disposition: form-data; name=\"c\"\r\n\r\n7\r\n--x\r\n\
                 Content-Disposition: form-data; name=\"b\"\r\n\r\n{\"a\":1}\r\n--x--\r\n",
                "",
                1,
            ),
            (
                "--x\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n{\"a\":1} and no end",
                "",
                1,
            ),
        ] {
            assert_eq!(taken(body), (values.to_owned(), problems), "{body}");
        }
        let large = format!("{{\"a\":\"{}\"}}", "x".repeat(5_000_000));
        assert_eq!(taken(&large), (String::new(), 1));
    }
}
