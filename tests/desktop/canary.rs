//! Looking for a secret wherever a program may have left it, however it may have written it down.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::fs;
use std::path::{Path, PathBuf};

/// The forms a text has in files: as it is, escaped for JSON, addresses and forms, in hexadecimal, in two-byte
/// characters, in base64 wherever in a longer text it began.
pub fn forms(secret: &str) -> Vec<Vec<u8>> {
    let hex = |bytes: &[u8]| -> String { bytes.iter().map(|byte| format!("{byte:02x}")).collect() };
    let percent = |keep: fn(u8) -> bool| -> String {
        let escaped = |byte: u8| {
            if keep(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        };
        secret.bytes().map(escaped).collect()
    };
    let json = serde_json::to_string(secret).unwrap();
    let ascii_json: String = json
        .chars()
        .map(|letter| match letter {
            letter if letter.is_ascii() => letter.to_string(),
            letter => format!("\\u{:04x}", u32::from(letter)),
        })
        .collect();
    let wide: Vec<u16> = secret.encode_utf16().collect();
    let mut forms = vec![
        secret.as_bytes().to_vec(),
        json.as_bytes()[1..json.len() - 1].to_vec(),
        ascii_json.as_bytes()[1..ascii_json.len() - 1].to_vec(),
        percent(|byte| byte.is_ascii_alphanumeric()).into_bytes(),
        percent(|byte| byte.is_ascii_alphanumeric() || b"-._~*".contains(&byte)).into_bytes(),
        percent(|byte| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte)).into_bytes(),
        hex(secret.as_bytes()).into_bytes(),
        hex(secret.as_bytes()).to_uppercase().into_bytes(),
        wide.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
        wide.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
        secret.bytes().rev().collect(),
        secret
            .chars()
            .map(|letter| u8::try_from(letter).unwrap_or(b'?'))
            .collect(),
    ];
    for shift in 0..3 {
        let shifted = [vec![0; shift], secret.as_bytes().to_vec()].concat();
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            let text = engine.encode(&shifted);
            // The letters at both ends depend on what stands before and after.
            let (first, last) = ((shift * 8).div_ceil(6), (shift + secret.len()) * 8 / 6);
            forms.push(text.as_bytes()[first..last].to_vec());
        }
    }
    forms
}

/// The files below a folder in which one of the forms stands.
pub fn files_with(folder: &Path, forms: &[Vec<u8>]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = fs::symlink_metadata(&path).unwrap().file_type();
        if kind.is_dir() {
            found.extend(files_with(&path, forms));
        } else if kind.is_file() && holds_any(&fs::read(&path).unwrap(), forms) {
            found.push(path);
        }
    }
    found
}

fn holds_any(bytes: &[u8], forms: &[Vec<u8>]) -> bool {
    // Most bytes begin none of the forms: megabytes are looked through in a moment.
    let mut begins = [false; 256];
    for form in forms {
        begins[usize::from(form[0])] = true;
    }
    let places = bytes.iter().enumerate();
    places
        .filter(|(_, byte)| begins[usize::from(**byte)])
        .any(|(at, _)| forms.iter().any(|form| bytes[at..].starts_with(form)))
}

#[test]
fn a_secret_is_found_in_every_form() {
    let secret = "tök/3n+\"x\"=&";
    let forms = forms(secret);
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("deeper");
    fs::create_dir(&inside).unwrap();
    let written = [
        secret.as_bytes().to_vec(),
        serde_json::to_vec(&format!("{{token: {secret}}}")).unwrap(),
        STANDARD_NO_PAD.encode(format!("loja:{secret}!")).into_bytes(),
        STANDARD_NO_PAD.encode(format!("lojas:{secret}!")).into_bytes(),
        URL_SAFE_NO_PAD.encode(format!("lojinha:{secret}!!")).into_bytes(),
        url::form_urlencoded::byte_serialize(secret.as_bytes())
            .collect::<String>()
            .into_bytes(),
        secret.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ];
    for bytes in written {
        assert!(files_with(folder.path(), &forms).is_empty());
        let file = inside.join("file");
        fs::write(&file, [b"before ".to_vec(), bytes, b" after".to_vec()].concat()).unwrap();
        assert_eq!(files_with(folder.path(), &forms), std::slice::from_ref(&file));
        fs::remove_file(file).unwrap();
    }
}
