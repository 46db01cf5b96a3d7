//! Pages of an Ogg file (RFC 3533), read one at a time.
//!
//! The file is hostile until proven otherwise: a page counts only when its checksum is right, junk between pages is
//! skipped up to a bound, and so is the work of checking bytes that only look like a page. Past a bound the file is
//! at its end.

use std::io::{Read, Seek, SeekFrom};

/// The longest page: header, 255 lengths, 255 segments of 255 bytes.
pub(super) const PAGE_MAX_BYTES: usize = HEADER_BYTES + 255 + 255 * 255;
const HEADER_BYTES: usize = 27;
const CAPTURE: &[u8; 4] = b"OggS";
/// Bytes between two pages that are skipped before the file counts as ended.
const JUNK_MAX_BYTES: u64 = 1024 * 1024;
/// Bytes of would-be pages with a wrong checksum that are checked before the file counts as ended. Each wrong one is
/// looked through again for a page inside it, so a crafted file could cost its own size squared.
const WRONG_MAX_BYTES: u64 = 8 * 1024 * 1024;
const READ_BYTES: usize = 64 * 1024;

/// One page whose checksum was right.
#[derive(Debug, Clone)]
pub(super) struct Page {
    /// Where it begins in the file.
    pub(super) offset: u64,
    /// Samples up to the end of the last packet that ends here; `None` when none ends here.
    pub(super) granule: Option<u64>,
    /// Which logical stream it belongs to.
    pub(super) serial: u32,
    /// Counts the pages of a stream.
    pub(super) sequence: u32,
    /// Begins inside a packet of the page before.
    pub(super) continued: bool,
    /// The first of its stream.
    pub(super) first: bool,
    /// The last of its stream.
    pub(super) last: bool,
    lacing: Vec<u8>,
    body: Vec<u8>,
}

impl Page {
    /// The pieces of packets in this page, each with whether its packet ends here. Only the last may not.
    pub(super) fn pieces(&self) -> Vec<(&[u8], bool)> {
        let mut pieces = Vec::new();
        let mut rest = self.body.as_slice();
        let mut length = 0;
        for segment in &self.lacing {
            length += usize::from(*segment);
            if *segment < 255 {
                let (piece, after) = rest.split_at(length.min(rest.len()));
                pieces.push((piece, true));
                rest = after;
                length = 0;
            }
        }
        if self.lacing.last() == Some(&255) {
            pieces.push((rest, false));
        }
        pieces
    }
}

/// Reads pages from wherever it stands, and can be put elsewhere.
pub(super) struct PageReader<R> {
    source: R,
    buffer: Vec<u8>,
    /// The first byte of the buffer that is not used yet.
    used: usize,
    /// Where in the file that byte is.
    offset: u64,
    wrong_bytes: u64,
}

impl<R: Read + Seek> PageReader<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            source,
            buffer: Vec::new(),
            used: 0,
            offset: 0,
            wrong_bytes: 0,
        }
    }

    /// Where the next page is looked for.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// How many bytes the file has. The place is lost: seek afterwards.
    pub(super) fn file_bytes(&mut self) -> std::io::Result<u64> {
        let bytes = self.source.seek(SeekFrom::End(0))?;
        self.seek(0)?;
        Ok(bytes)
    }

    /// Whether the file at least begins like an Ogg file. The place is lost: seek afterwards.
    pub(super) fn begins_with_capture(&mut self) -> std::io::Result<bool> {
        self.seek(0)?;
        Ok(self.fill(CAPTURE.len())? && self.ahead().starts_with(CAPTURE))
    }

    /// Looks for the next page from this byte on.
    pub(super) fn seek(&mut self, offset: u64) -> std::io::Result<()> {
        self.source.seek(SeekFrom::Start(offset))?;
        self.buffer.clear();
        self.used = 0;
        self.offset = offset;
        Ok(())
    }

    /// Forgives what was wrong so far, for a new run over the file.
    pub(super) fn forgive(&mut self) {
        self.wrong_bytes = 0;
    }

    fn ahead(&self) -> &[u8] {
        self.buffer.get(self.used..).unwrap_or_default()
    }

    /// Tries to have this many bytes ahead; tells whether there are.
    fn fill(&mut self, bytes: usize) -> std::io::Result<bool> {
        while self.ahead().len() < bytes {
            self.buffer.drain(..self.used);
            self.used = 0;
            let before = self.buffer.len();
            self.buffer.resize(before + READ_BYTES, 0);
            let read = loop {
                match self
                    .source
                    .read(self.buffer.get_mut(before..).unwrap_or_default())
                {
                    Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                    read => break read,
                }
            };
            self.buffer
                .truncate(before + read.as_ref().copied().unwrap_or_default());
            if read? == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn skip(&mut self, bytes: usize) {
        self.used += bytes;
        self.offset += bytes as u64;
    }

    /// The next page; `None` at the end of the file, or where nothing sensible follows.
    pub(super) fn next(&mut self) -> std::io::Result<Option<Page>> {
        let mut junk = 0_u64;
        while junk <= JUNK_MAX_BYTES && self.wrong_bytes <= WRONG_MAX_BYTES {
            if !self.fill(HEADER_BYTES)? {
                return Ok(None);
            }
            let ahead = self.ahead();
            let found = ahead.windows(CAPTURE.len()).position(|bytes| bytes == CAPTURE);
            // The last three bytes may be the beginning of the next capture pattern.
            let before = found.unwrap_or(ahead.len() - (CAPTURE.len() - 1));
            if before > 0 {
                self.skip(before);
                junk += before as u64;
                continue;
            }
            if let Some(page) = self.page_here()? {
                return Ok(Some(page));
            }
            self.skip(CAPTURE.len());
            junk += CAPTURE.len() as u64;
        }
        Ok(None)
    }

    /// The page that begins right here, if one does.
    fn page_here(&mut self) -> std::io::Result<Option<Page>> {
        let Some(header) = self.ahead().first_chunk::<HEADER_BYTES>().copied() else {
            return Ok(None);
        };
        let [.., segments] = header;
        let (version, flags) = (header[4], header[5]);
        let table_end = HEADER_BYTES + usize::from(segments);
        if version != 0 || flags > 7 || !self.fill(table_end)? {
            return Ok(None);
        }
        let lacing = self
            .ahead()
            .get(HEADER_BYTES..table_end)
            .unwrap_or_default()
            .to_vec();
        let page_end = table_end + lacing.iter().map(|length| usize::from(*length)).sum::<usize>();
        if !self.fill(page_end)? {
            return Ok(None);
        }
        let bytes = self.ahead().get(..page_end).unwrap_or_default();
        if checksum(bytes) != little_endian(&header, 22) {
            self.wrong_bytes += page_end as u64;
            return Ok(None);
        }
        let granule = u64::from(little_endian(&header, 6)) | u64::from(little_endian(&header, 10)) << 32;
        let page = Page {
            offset: self.offset,
            // All ones says that no packet ends here; other negative ones say nothing.
            granule: (granule >> 63 == 0).then_some(granule),
            serial: little_endian(&header, 14),
            sequence: little_endian(&header, 18),
            continued: flags & 1 != 0,
            first: flags & 2 != 0,
            last: flags & 4 != 0,
            lacing,
            body: bytes.get(table_end..).unwrap_or_default().to_vec(),
        };
        self.skip(page_end);
        Ok(Some(page))
    }
}

fn little_endian(header: &[u8; HEADER_BYTES], at: usize) -> u32 {
    header
        .iter()
        .skip(at)
        .take(4)
        .rev()
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}

const CHECKSUM_TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut value = (index as u32) << 24;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 0x8000_0000 == 0 {
                value << 1
            } else {
                value << 1 ^ 0x04C1_1DB7
            };
            bit += 1;
        }
        table[index] = value;
        index += 1;
    }
    table
};

/// The checksum of a page (RFC 3533, section 6), its own field taken as zero.
pub(super) fn checksum(page: &[u8]) -> u32 {
    page.iter().enumerate().fold(0, |sum, (at, byte)| {
        let byte = if (22..26).contains(&at) { 0 } else { *byte };
        sum << 8 ^ CHECKSUM_TABLE[((sum >> 24) as u8 ^ byte) as usize]
    })
}
