//! Files to be uploaded.

use recado::domain::incoming::StoredFile;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Bytes in which every stretch differs from every other.
pub fn content(bytes: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut out = Vec::with_capacity(bytes + 8);
    while out.len() < bytes {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        out.extend_from_slice(&state.to_le_bytes());
    }
    out.truncate(bytes);
    out
}

/// Writes a file and says what is expected to be fetched back.
pub fn written(folder: &Path, bytes: &[u8]) -> (PathBuf, StoredFile) {
    let path = folder.join("file");
    std::fs::write(&path, bytes).unwrap();
    (path, expected(bytes))
}

pub fn expected(bytes: &[u8]) -> StoredFile {
    StoredFile {
        stored_name: "file".into(),
        name: "Orçamento.pdf".into(),
        bytes: bytes.len().try_into().unwrap(),
        mime: "application/pdf".into(),
        sha256: Sha256::digest(bytes).into(),
    }
}
