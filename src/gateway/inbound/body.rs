//! The bytes of a body, in pieces.

use super::ReceiveError;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

/// Largest body, in bytes; the listener's own bound is the same.
pub(in crate::gateway) const BODY_MAX: u64 = 140 * 1024 * 1024;
/// How much is read at once, in bytes.
const PIECE: usize = 64 * 1024;

/// Where a body is. It can be read several times.
#[derive(Debug)]
pub(in crate::gateway) enum Source {
    /// In memory.
    Memory(Vec<u8>),
    /// In a file.
    File(PathBuf),
}

/// Why reading a body ended before its end.
#[derive(Debug)]
pub(in crate::gateway) enum Halt {
    /// It makes no sense, and why.
    Broken(String),
    /// This machine failed.
    Fault(ReceiveError),
}

impl From<std::io::Error> for Halt {
    fn from(error: std::io::Error) -> Self {
        Self::Fault(error.into())
    }
}

impl Source {
    /// Its size in bytes.
    pub(in crate::gateway) fn bytes(&self) -> Result<u64, ReceiveError> {
        match self {
            Self::Memory(bytes) => Ok(u64::try_from(bytes.len()).unwrap_or(u64::MAX)),
            Self::File(path) => Ok(std::fs::metadata(path)?.len()),
        }
    }

    /// Its first bytes, at most `max`.
    pub(in crate::gateway) fn beginning(&self, max: usize) -> Result<Vec<u8>, ReceiveError> {
        match self {
            Self::Memory(bytes) => Ok(bytes[..bytes.len().min(max)].to_vec()),
            Self::File(path) => {
                let mut beginning = Vec::new();
                File::open(path)?
                    .take(u64::try_from(max).unwrap_or(u64::MAX))
                    .read_to_end(&mut beginning)?;
                Ok(beginning)
            }
        }
    }

    /// Hands every piece over, in order, up to [`BODY_MAX`].
    pub(in crate::gateway) fn each_piece(
        &self,
        mut take: impl FnMut(&[u8]) -> Result<(), Halt>,
    ) -> Result<(), Halt> {
        match self {
            Self::Memory(bytes) => bytes.chunks(PIECE).try_for_each(take),
            Self::File(path) => {
                let mut file = File::open(path)?.take(BODY_MAX);
                let mut piece = vec![0; PIECE];
                loop {
                    match file.read(&mut piece) {
                        Ok(0) => return Ok(()),
                        Ok(length) => take(&piece[..length])?,
                        Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                        Err(error) => return Err(error.into()),
                    }
                }
            }
        }
    }
}

/// Who takes the fields of a body. A record is a form, or one object of a list.
pub(in crate::gateway) trait FieldSink {
    /// A field begins.
    fn begin(&mut self, name: &[u8]) -> Result<(), Halt>;
    /// More of its value.
    fn data(&mut self, bytes: &[u8]) -> Result<(), Halt>;
    /// It is whole.
    fn end(&mut self) -> Result<(), Halt>;
    /// The record is whole.
    fn end_record(&mut self) -> Result<(), Halt>;
}

/// A reader that takes a body in pieces of any size and gives its fields.
pub(in crate::gateway) trait FieldReader {
    /// Reads one more piece.
    fn feed(&mut self, piece: &[u8], sink: &mut dyn FieldSink) -> Result<(), Halt>;
    /// There is no more.
    fn finish(&mut self, sink: &mut dyn FieldSink) -> Result<(), Halt>;
}

#[cfg(test)]
pub(in crate::gateway) mod testing {
    use super::*;

    /// Writes down what it is given.
    #[derive(Default)]
    pub(in crate::gateway) struct Written {
        pub(in crate::gateway) records: Vec<Vec<(String, String)>>,
        fields: Vec<(String, String)>,
        open: Option<(Vec<u8>, Vec<u8>)>,
    }

    impl FieldSink for Written {
        fn begin(&mut self, name: &[u8]) -> Result<(), Halt> {
            assert!(self.open.is_none());
            self.open = Some((name.to_vec(), Vec::new()));
            Ok(())
        }

        fn data(&mut self, bytes: &[u8]) -> Result<(), Halt> {
            self.open.as_mut().unwrap().1.extend_from_slice(bytes);
            Ok(())
        }

        fn end(&mut self) -> Result<(), Halt> {
            let (name, value) = self.open.take().unwrap();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            self.fields.push((text(&name), text(&value)));
            Ok(())
        }

        fn end_record(&mut self) -> Result<(), Halt> {
            assert!(self.open.is_none());
            self.records.push(std::mem::take(&mut self.fields));
            Ok(())
        }
    }

    /// What a reader makes of a body that comes in pieces of `size` bytes; the text of the error, if there was one.
    pub(in crate::gateway) fn read_in_pieces(
        mut reader: impl FieldReader,
        body: &[u8],
        size: usize,
    ) -> (Vec<Vec<(String, String)>>, Option<String>) {
        let mut written = Written::default();
        let outcome = body
            .chunks(size.max(1))
            .try_for_each(|piece| reader.feed(piece, &mut written))
            .and_then(|()| reader.finish(&mut written));
        let error = match outcome {
            Ok(()) => None,
            Err(Halt::Broken(why)) => Some(why),
            Err(Halt::Fault(fault)) => panic!("{fault}"),
        };
        (written.records, error)
    }
}
