//! Packets put together from the pages of one logical stream.

use super::ogg::Page;

/// The longest packet that is kept. An Opus packet is shorter; only tags (pictures in them) are longer, and those
/// are not wanted.
const PACKET_MAX_BYTES: usize = 64 * 1024;

/// Carries an unfinished packet from page to page.
#[derive(Default)]
pub(super) struct Assembler {
    partial: Vec<u8>,
    /// A packet has begun and not ended.
    begun: bool,
    /// That packet is too long to keep.
    oversized: bool,
    next_sequence: Option<u32>,
}

impl Assembler {
    /// The packets that end in this page, whole ones only: one whose beginning was lost, or that is too long, is left
    /// out.
    pub(super) fn take(&mut self, page: &Page) -> Vec<Vec<u8>> {
        let lost = self
            .next_sequence
            .is_some_and(|sequence| sequence != page.sequence);
        self.next_sequence = Some(page.sequence.wrapping_add(1));
        if lost || !page.continued {
            self.drop_partial();
        }
        let mut headless = page.continued && !self.begun;
        let mut packets = Vec::new();
        for (piece, ends) in page.pieces() {
            if std::mem::take(&mut headless) {
                continue;
            }
            self.begun = true;
            if self.oversized || self.partial.len() + piece.len() > PACKET_MAX_BYTES {
                self.oversized = true;
                self.partial.clear();
            } else {
                self.partial.extend_from_slice(piece);
            }
            if ends {
                if !self.oversized {
                    packets.push(std::mem::take(&mut self.partial));
                }
                self.drop_partial();
            }
        }
        packets
    }

    fn drop_partial(&mut self) {
        self.partial.clear();
        self.begun = false;
        self.oversized = false;
    }
}
