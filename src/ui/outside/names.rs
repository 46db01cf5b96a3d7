//! Names that others gave to files, as names of files of ours: they lead nowhere, and every system takes them.

/// Longest name, in bytes: what file systems take, less what a program may put behind it.
const NAME_BYTES_MAX: usize = 200;
/// Longest extension that is kept when a name is cut, in bytes, with its dot.
const EXTENSION_BYTES_MAX: usize = 17;
/// Names that mean a device on Windows, whatever their extension and the case of their letters.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// Devices that have a number.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// The name as that of a file: without what leads into other folders, hides it, or means something else to a system.
/// Empty if nothing is left of it.
pub(in crate::ui) fn file_name(name: &str) -> String {
    let name: String = crate::domain::text::shown_name(name)
        .chars()
        .map(|character| match character {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            other => other,
        })
        .collect();
    let name = name
        .trim_start_matches(['.', ' ', '-', '~'])
        .trim_end_matches(['.', ' ']);
    let name = shortened(name);
    if is_device(&name) {
        format!("_{name}")
    } else {
        name
    }
}

/// Cut before its extension, at the end of a character.
fn shortened(name: &str) -> String {
    if name.len() <= NAME_BYTES_MAX {
        return name.to_owned();
    }
    let extension = name
        .rfind('.')
        .map(|dot| &name[dot..])
        .filter(|extension| extension.len() <= EXTENSION_BYTES_MAX)
        .unwrap_or_default();
    let mut end = NAME_BYTES_MAX - extension.len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name[..end].to_owned() + extension
}

fn is_device(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_lowercase();
    let is_numbered = || {
        NUMBERED_DEVICES.iter().any(|device| {
            stem.strip_prefix(device)
                .is_some_and(|number| number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()))
        })
    };
    DEVICES.contains(&stem.as_str()) || is_numbered()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_others_lead_nowhere() {
        for (name, expected) in [
            ("orçamento 1842.pdf", "orçamento 1842.pdf"),
            ("../../.ssh/authorized_keys", "_.._.ssh_authorized_keys"),
            ("/etc/passwd", "_etc_passwd"),
            ("C:\\Windows\\system.ini", "C__Windows_system.ini"),
            ("\\\\?\\C:\\x.pdf", "____C__x.pdf"),
            ("~/.bashrc", "_.bashrc"),
            (".hidden.pdf", "hidden.pdf"),
            ("-rf.pdf", "rf.pdf"),
            ("fatura.pdf. .", "fatura.pdf"),
            ("fdp.\u{202e}exe", "fdp.exe"),
            ("a\0b\u{1b}c\n.pdf", "abc.pdf"),
            ("CON", "_CON"),
            ("nul.txt", "_nul.txt"),
            ("Com1.tar.gz", "_Com1.tar.gz"),
            ("com10.pdf", "com10.pdf"),
            ("contrato.pdf", "contrato.pdf"),
            ("...", ""),
            ("", ""),
        ] {
            assert_eq!(file_name(name), expected, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let name = "😀".repeat(110) + ".pdf";
        let short = file_name(&name);
        assert!(
            short.len() <= NAME_BYTES_MAX && short.ends_with("😀.pdf"),
            "{short}"
        );
        assert!(file_name(&"x.".repeat(1 << 19)).len() <= NAME_BYTES_MAX);
    }
}
