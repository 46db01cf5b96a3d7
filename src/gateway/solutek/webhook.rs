//! What the gateway tells by webhook. Document, section "Capturando Mensagens Recebidas": messages and statuses as JSON,
//! files as a form of their own with `tipo=arquivo`.
//!
//! Everything may come as anything: one object or an array, JSON with noise around it, in a field of a form or encoded
//! twice, a form instead of JSON, a file in JSON. What has no `tipo` is told by its fields. A text is looked into only if it
//! is all there is, or has no name: beside other fields it may be what a person wrote.

mod message;
mod report;
mod values;

use crate::domain::incoming::Inbound;
use crate::gateway::inbound::ReceiveError;
use crate::gateway::inbound::body::{BODY_MAX, Halt, Source};
use crate::gateway::inbound::collect::{Collector, Readings, Record, store_base64};
use crate::gateway::inbound::media::{FreshFile, MediaFolder};
use crate::gateway::inbound::names::reference_key;
use crate::gateway::inbound::parts::Parts;
use crate::gateway::inbound::shape::{LOOKED_AT, Shape, begins_like_a_document, may_be_json};
use crate::gateway::tolerant::{Found, Json, Object, decoded, each_object, folded, unquoted};

/// The field of a form that holds a file.
const FILE_FIELD: &str = "base64";
/// Largest body that is read as a whole, in bytes; of a larger one only fields are read, as they come.
const WHOLE_MAX: u64 = 4 * 1024 * 1024;
/// How often JSON may stand inside of a field of JSON.
const NESTED_MAX: usize = 2;

/// Reads a call.
///
/// # Errors
/// Only if this machine could not store or read it.
pub(in crate::gateway) fn read(
    source: &Source,
    content_type: Option<&str>,
    media: &MediaFolder,
) -> Result<Parts, ReceiveError> {
    let bytes = source.bytes()?;
    if bytes > BODY_MAX {
        let mut reader = Reader::new(media);
        reader
            .parts
            .unreadable(format!("{bytes} bytes are too many for one call"));
        return Ok(reader.parts);
    }
    let beginning = source.beginning(LOOKED_AT)?;
    let shape = Shape::of(&beginning, content_type);
    if shape == Shape::Json && bytes <= WHOLE_MAX {
        return read_whole(source, media);
    }
    let mut parts = read_fields(source, &shape, media)?;
    // What was told to be a form may be a document after all.
    let may_be_whole = shape == Shape::Json || begins_like_a_document(&beginning);
    if !parts.has_meaning() && bytes <= WHOLE_MAX && may_be_whole {
        let whole = read_whole(source, media)?;
        if whole.has_meaning() {
            parts = whole;
        }
    }
    Ok(parts)
}

fn read_whole(source: &Source, media: &MediaFolder) -> Result<Parts, ReceiveError> {
    let whole = source.beginning(usize::try_from(WHOLE_MAX).unwrap_or(usize::MAX))?;
    let mut reader = Reader::new(media);
    reader.json(&decoded(&whole), 0, true)?;
    if reader.parts.count() == 0 {
        reader.parts.unreadable(if whole.trim_ascii().is_empty() {
            "the body is empty"
        } else {
            "there is no JSON and no form in it"
        });
    }
    Ok(reader.parts)
}

fn read_fields(source: &Source, shape: &Shape, media: &MediaFolder) -> Result<Parts, ReceiveError> {
    let mut readings = Readings::new();
    loop {
        let mut reader = Reader::new(media);
        let mut collector = Collector::new(media, FILE_FIELD, &readings, |record| reader.record(record));
        let outcome = shape.read(source, &mut collector);
        let to_read_again = std::mem::take(&mut collector.to_read_again);
        drop(collector);
        match outcome {
            Ok(()) => {}
            Err(Halt::Broken(why)) => reader.parts.unreadable(why),
            Err(Halt::Fault(fault)) => return Err(fault),
        }
        // The second time every file is read as it was asked for: there is no third time.
        if to_read_again.is_empty() || !readings.is_empty() {
            return Ok(reader.parts);
        }
        readings = to_read_again;
    }
}

/// Puts what was found into our words.
struct Reader<'a> {
    media: &'a MediaFolder,
    parts: Parts,
}

impl<'a> Reader<'a> {
    fn new(media: &'a MediaFolder) -> Self {
        Self {
            media,
            parts: Parts::default(),
        }
    }

    /// Reads every object of a text. `alone` says that there is nothing beside it.
    fn json(&mut self, text: &str, nested: usize, alone: bool) -> Result<(), ReceiveError> {
        let mut fault = None;
        let mut objects = 0_usize;
        let broken = each_object(text, |found| {
            if fault.is_some() {
                return;
            }
            objects += 1;
            match found {
                Found::Object(object) => fault = self.object(&object, None, nested, alone).err(),
                Found::Others(count) => self
                    .parts
                    .unreadable(format!("{count} elements of the array are no objects")),
            }
        });
        if let Some(fault) = fault {
            return Err(fault);
        }
        if broken {
            self.parts.unreadable("the JSON breaks off");
        } else if objects == 0
            && nested < NESTED_MAX
            && let Some(inner) = unquoted(text)
        {
            return self.json(&inner, nested + 1, alone);
        }
        Ok(())
    }

    /// Reads a form, or the fields of a large object.
    fn record(&mut self, record: Record) -> Result<(), ReceiveError> {
        let Record { texts, file } = record;
        let object: Object = texts
            .iter()
            .map(|(name, value)| (name.clone(), Json::Text(value.clone())))
            .collect();
        if file.is_some() || Kind::of(&object, false).is_some() {
            return self.object(&object, file, NESTED_MAX, true);
        }
        let before = self.parts.count();
        let alone = texts.len() == 1;
        for (name, value) in &texts {
            let looked_into = [(value, alone || name.is_empty()), (name, alone)];
            for (text, looked_into) in looked_into {
                if looked_into && may_be_json(text) {
                    self.json(text, 1, true)?;
                }
            }
        }
        if self.parts.count() == before {
            self.object(&object, None, NESTED_MAX, true)?;
        }
        Ok(())
    }

    /// Reads one object.
    fn object(
        &mut self,
        object: &Object,
        file: Option<Result<FreshFile, String>>,
        nested: usize,
        alone: bool,
    ) -> Result<(), ReceiveError> {
        let file = match (file, object.get(FILE_FIELD)) {
            (None, Some(Json::Text(text))) if !text.trim().is_empty() => {
                Some(store_base64(text, self.media)?)
            }
            (file, _) => file,
        };
        match Kind::of(object, file.is_some()) {
            Some(Kind::Message) => {
                match message::read(object) {
                    Ok(message) => self.parts.push(Inbound::Message(Box::new(message))),
                    Err(why) => self.parts.unreadable(why),
                }
                if let Some(file) = file {
                    self.file(object, file);
                }
            }
            Some(Kind::Report) => match report::read(object) {
                Ok(report) => self.parts.push(Inbound::Report(report)),
                Err(why) => self.parts.unreadable(why),
            },
            Some(Kind::File) => {
                let file = file.unwrap_or_else(|| Err("a file was announced and is not in it".to_owned()));
                self.file(object, file);
            }
            None => return self.nested(object, nested, alone),
        }
        Ok(())
    }

    fn file(&mut self, object: &Object, file: Result<FreshFile, String>) {
        let reference = object.text("referencia").unwrap_or_default();
        match (reference_key(&reference), file) {
            (_, Err(why)) => self.parts.unreadable(why),
            (None, Ok(file)) => self.parts.unreadable(format!(
                "a file of {} bytes came without a reference to its message",
                file.bytes()
            )),
            (Some(key), Ok(file)) => self.parts.push_file(key, &reference, file),
        }
    }

    /// An object that means nothing by itself: somebody may have put the real one into a field of it.
    fn nested(&mut self, object: &Object, nested: usize, alone: bool) -> Result<(), ReceiveError> {
        let before = self.parts.count();
        if nested < NESTED_MAX && object.text("tipo").is_none() {
            let alone = alone && object.iter().nth(1).is_none();
            for (_, value) in object.iter() {
                match value {
                    Json::Object(inner) => self.object(inner, None, nested + 1, alone)?,
                    Json::List(list) => {
                        for inner in list {
                            if let Json::Object(inner) = inner {
                                self.object(inner, None, nested + 1, alone && list.len() == 1)?;
                            }
                        }
                    }
                    Json::Text(text) if alone && may_be_json(text) => self.json(text, nested + 1, true)?,
                    _ => {}
                }
            }
        }
        if self.parts.count() == before {
            self.parts.unreadable(match object.text("tipo") {
                Some(word) => format!("it is of a kind that is not known: {word}"),
                None => "it does not say of what kind it is".to_owned(),
            });
        }
        Ok(())
    }
}

/// What an object is: `tipo`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `mensagem`.
    Message,
    /// `status`.
    Report,
    /// `arquivo`.
    File,
}

impl Kind {
    /// What it says it is, or without a word what its fields say.
    fn of(object: &Object, has_file: bool) -> Option<Self> {
        let has = |key: &str| object.get(key).is_some();
        match folded(&object.text("tipo").unwrap_or_default()).as_str() {
            "mensagem" => Some(Self::Message),
            "status" => Some(Self::Report),
            "arquivo" => Some(Self::File),
            "" if has("codigo_status") || has("referencia_status") => Some(Self::Report),
            "" if has("whatsapp") && (has("midia") || has("mensagem")) => Some(Self::Message),
            "" if has_file => Some(Self::File),
            _ => None,
        }
    }
}

#[cfg(test)]
#[path = "webhook_file_tests.rs"]
mod file_tests;
#[cfg(test)]
#[path = "webhook_hostile_tests.rs"]
mod hostile_tests;
#[cfg(test)]
#[path = "webhook_property_tests.rs"]
mod property_tests;
#[cfg(test)]
#[path = "webhook_tests.rs"]
mod tests;
