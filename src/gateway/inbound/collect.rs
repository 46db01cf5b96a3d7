//! Gathers the fields of a form: short ones as text, the one that holds a file decoded to the disk as it comes.

use super::ReceiveError;
use super::base64_stream::{Base64Stream, Blanks, NotBase64};
use super::body::{FieldSink, Halt};
use super::media::{FreshFile, MediaFolder, MediaWriter};
use crate::gateway::tolerant::decoded;
use std::collections::BTreeMap;

/// Longest field of text, in bytes; the rest of a longer one is passed over.
const FIELD_MAX: usize = 4 * 1024 * 1024;
/// Most bytes of text in a record. A field that goes beyond is left out: half of an identifier would be another one.
const TEXT_MAX: usize = 16 * 1024 * 1024;
/// Most fields of a record.
const FIELDS_MAX: usize = 1_000;

/// How the blanks in the files of a body are read, by the number of the file in the body; others are `+`.
pub(in crate::gateway) type Readings = BTreeMap<usize, Blanks>;

/// A record, whole.
#[derive(Debug, Default)]
pub(in crate::gateway) struct Record {
    /// Its fields by name; of a repeated one the last.
    pub(in crate::gateway) texts: BTreeMap<String, String>,
    /// Its file, or why there is none though there should be one.
    pub(in crate::gateway) file: Option<Result<FreshFile, String>>,
}

/// Where the file of a record comes to.
#[derive(Debug)]
struct Upload {
    stream: Base64Stream,
    writer: Option<MediaWriter>,
    problem: Option<NotBase64>,
    decoded: Vec<u8>,
}

impl Upload {
    fn new(blanks: Blanks) -> Self {
        Self {
            stream: Base64Stream::new(blanks),
            writer: None,
            problem: None,
            decoded: Vec::new(),
        }
    }

    fn data(&mut self, media: &MediaFolder, bytes: &[u8]) -> std::io::Result<()> {
        if self.problem.is_some() {
            return Ok(());
        }
        if let Err(problem) = self.stream.feed(bytes, &mut self.decoded) {
            self.problem = Some(problem);
            self.writer = None;
            return Ok(());
        }
        self.write(media)
    }

    fn write(&mut self, media: &MediaFolder) -> std::io::Result<()> {
        if self.decoded.is_empty() {
            return Ok(());
        }
        let writer = match &mut self.writer {
            Some(writer) => writer,
            None => self.writer.insert(media.begin()?),
        };
        writer.write(&self.decoded)?;
        self.decoded.clear();
        Ok(())
    }

    /// The file, or why there is none, or with which reading of blanks it has to be read again.
    fn finish(mut self, media: &MediaFolder) -> std::io::Result<Result<Result<FreshFile, String>, Blanks>> {
        if self.problem.is_none() {
            match self.stream.finish(&mut self.decoded) {
                Ok(None) => self.write(media)?,
                Ok(Some(better)) => return Ok(Err(better)),
                Err(problem) => self.problem = Some(problem),
            }
        }
        Ok(Ok(match (self.problem, self.writer) {
            (Some(problem), _) => Err(problem.to_string()),
            (None, None) => Err("the file is empty".to_owned()),
            (None, Some(writer)) => Ok(writer.finish()?),
        }))
    }
}

/// Decodes a file that is in memory.
///
/// # Errors
/// Only if it cannot be stored. Inside: why there is no file.
pub(in crate::gateway) fn store_base64(
    text: &str,
    media: &MediaFolder,
) -> Result<Result<FreshFile, String>, ReceiveError> {
    let mut blanks = Blanks::default();
    loop {
        let mut upload = Upload::new(blanks);
        for piece in text.as_bytes().chunks(64 * 1024) {
            upload.data(media, piece)?;
        }
        match upload.finish(media)? {
            Ok(file) => return Ok(file),
            Err(better) => blanks = better,
        }
    }
}

/// What a field goes into.
#[derive(Debug)]
enum Open {
    Text(String, Vec<u8>),
    File(Box<Upload>),
}

/// Gathers records and hands each over when it is whole.
pub(in crate::gateway) struct Collector<'a, T> {
    media: &'a MediaFolder,
    file_field: &'static str,
    readings: &'a Readings,
    take: T,
    /// Files of which another reading of the blanks is the better one.
    pub(in crate::gateway) to_read_again: Readings,
    record: Record,
    open: Option<Open>,
    text_bytes: usize,
    fields: usize,
    uploads: usize,
}

impl<'a, T> Collector<'a, T>
where
    T: FnMut(Record) -> Result<(), ReceiveError>,
{
    /// `file_field` is the name of the field that holds a file in base64.
    pub(in crate::gateway) fn new(
        media: &'a MediaFolder,
        file_field: &'static str,
        readings: &'a Readings,
        take: T,
    ) -> Self {
        Self {
            media,
            file_field,
            readings,
            take,
            to_read_again: Readings::new(),
            record: Record::default(),
            open: None,
            text_bytes: 0,
            fields: 0,
            uploads: 0,
        }
    }

    fn is_full(&self) -> bool {
        self.text_bytes > TEXT_MAX
    }
}

impl<T> FieldSink for Collector<'_, T>
where
    T: FnMut(Record) -> Result<(), ReceiveError>,
{
    fn begin(&mut self, name: &[u8]) -> Result<(), Halt> {
        self.fields += 1;
        if self.fields > FIELDS_MAX {
            return Err(Halt::Broken("it has more fields than any message".to_owned()));
        }
        let name = decoded(name).trim().to_owned();
        self.open = Some(if name.eq_ignore_ascii_case(self.file_field) {
            let blanks = self.readings.get(&self.uploads).copied().unwrap_or_default();
            self.uploads += 1;
            Open::File(Box::new(Upload::new(blanks)))
        } else {
            self.text_bytes += name.len();
            Open::Text(name, Vec::new())
        });
        Ok(())
    }

    fn data(&mut self, bytes: &[u8]) -> Result<(), Halt> {
        let full = self.is_full();
        match &mut self.open {
            Some(Open::Text(_, value)) if !full => {
                let room = FIELD_MAX.saturating_sub(value.len()).min(bytes.len());
                value.extend_from_slice(&bytes[..room]);
                self.text_bytes += room;
            }
            Some(Open::Text(..)) => {}
            Some(Open::File(upload)) => upload.data(self.media, bytes)?,
            None => {}
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Halt> {
        match self.open.take() {
            Some(Open::Text(..)) if self.is_full() => {}
            Some(Open::Text(name, value)) => {
                self.record.texts.insert(name, decoded(&value));
            }
            Some(Open::File(upload)) => match upload.finish(self.media)? {
                Ok(file) => self.record.file = Some(file),
                Err(better) => {
                    self.to_read_again.insert(self.uploads - 1, better);
                }
            },
            None => {}
        }
        Ok(())
    }

    fn end_record(&mut self) -> Result<(), Halt> {
        self.text_bytes = 0;
        self.fields = 0;
        (self.take)(std::mem::take(&mut self.record)).map_err(Halt::Fault)
    }
}
