//! Texts that people typed: cleaned, counted, shortened.

use unicode_segmentation::UnicodeSegmentation;

/// What had to be removed from a text before it can be sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Control characters other than line break and tab (a NUL, an escape).
    pub control: usize,
    /// Characters that reverse the direction of the text around them and can make it read as something else.
    pub direction: usize,
}

impl Cleaned {
    /// Whether anything was removed.
    #[must_use]
    pub fn any(self) -> bool {
        self.control + self.direction > 0
    }
}

/// Whether the character reorders the text around it: overrides, embeddings and isolates. The marks that right-to-left
/// writing needs (`U+200E`, `U+200F`) are not among them.
#[must_use]
pub fn is_direction_control(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Prepares a text for sending: line ends become `\n`, control and direction-override characters go. Says what went.
#[must_use]
pub fn clean_message(text: &str) -> (String, Cleaned) {
    let mut removed = Cleaned::default();
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let kept = text
        .chars()
        .filter(|&character| {
            if is_direction_control(character) {
                removed.direction += 1;
                false
            } else if character.is_control() && !matches!(character, '\n' | '\t') {
                removed.control += 1;
                false
            } else {
                true
            }
        })
        .collect();
    (kept, removed)
}

/// A name as it may be shown: no control and no direction-override characters, at most 120 characters.
#[must_use]
pub fn shown_name(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() && !is_direction_control(*c))
        .take(120)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The length of a text as a gateway counts it: Unicode characters (code points).
#[must_use]
pub fn character_count(text: &str) -> usize {
    text.chars().count()
}

/// The first line of a text, cut after `max` visible characters with `…`, for a list row.
#[must_use]
pub fn one_line(text: &str, max: usize) -> String {
    let mut out = String::new();
    // A row never needs more than this much of a long text.
    let text: String = text.chars().take(max.saturating_mul(8).max(64)).collect();
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (index, cluster) in flat.graphemes(true).enumerate() {
        if index == max {
            out.push('…');
            break;
        }
        out.push_str(cluster);
    }
    out
}

/// The mark in a text that stands for the recipient's name.
pub const NAME_MARK: &str = "{name}";

/// Whether the text has a mark for the recipient's name.
#[must_use]
pub fn has_name_mark(text: &str) -> bool {
    text.contains(NAME_MARK)
}

/// The text with the recipient's name in the place of every [`NAME_MARK`]. Without a name the mark goes, and with it the
/// blank before it and the comma that has nothing to part any more: `Bom dia, {name}!` becomes `Bom dia!`.
#[must_use]
pub fn with_name(text: &str, name: Option<&str>) -> String {
    let name = name.map(shown_name).filter(|name| !name.is_empty());
    let mut parts = text.split(NAME_MARK);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for after in parts {
        match &name {
            Some(name) => {
                out.push_str(name);
                out.push_str(after);
            }
            None => join_without_name(&mut out, after),
        }
    }
    out
}

/// Puts together what stood before and after a name that is not known.
fn join_without_name(out: &mut String, after: &str) {
    const BLANKS: [char; 3] = [' ', '\u{a0}', '\t'];
    const CLOSING: [char; 8] = [',', '.', '!', '?', ';', ':', '…', '\n'];
    let begins_line = out.trim_end_matches(BLANKS).is_empty() || out.trim_end_matches(BLANKS).ends_with('\n');
    if begins_line {
        // What called the name: `{name}, bom dia`.
        out.push_str(after.trim_start_matches([',', '!', ':', ' ', '\u{a0}', '\t']));
        return;
    }
    if !after.starts_with(char::is_alphanumeric) {
        out.truncate(out.trim_end_matches(BLANKS).len());
    }
    if after.is_empty() || after.starts_with(CLOSING) {
        out.truncate(out.trim_end_matches(',').len());
    }
    out.push_str(after);
}

/// Whether the text holds an emoji, in the sense of a gateway that wants to be told so: any character outside the
/// letters, digits, punctuation and ordinary symbols that older telephones know.
#[must_use]
pub fn has_emoji(text: &str) -> bool {
    text.chars().any(|character| {
        matches!(u32::from(character),
            0x1F000..=0x1FAFF        // pictographs, flags, faces, hands
            | 0xE0020..=0xE007F      // tags of regional flags
            | 0x2600..=0x27BF        // weather, signs, dingbats
            | 0x2B05..=0x2B07 | 0x2B1B..=0x2B1C | 0x2B50 | 0x2B55
            | 0x231A..=0x231B | 0x2328 | 0x23CF | 0x23E9..=0x23F3 | 0x23F8..=0x23FA
            | 0x25AA..=0x25AB | 0x25B6 | 0x25C0 | 0x25FB..=0x25FE
            | 0x2934..=0x2935 | 0x3030 | 0x303D | 0x3297 | 0x3299
            | 0x203C | 0x2049 | 0x2139 | 0x2194..=0x2199 | 0x21A9..=0x21AA
            | 0xFE0F | 0x20E3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_override_characters_go_and_are_counted() {
        let (text, removed) = clean_message("a\0b\r\nc\u{202e}d\u{1b}e\tf\u{200f}g");
        assert_eq!(text, "ab\ncde\tf\u{200f}g");
        assert_eq!(
            removed,
            Cleaned {
                control: 2,
                direction: 1
            }
        );
        assert!(!clean_message("Olá, ação é ñ 👋🇧🇷").1.any());
    }

    #[test]
    fn emoji_are_found_and_words_are_not() {
        for with in ["👋", "🇧🇷", "❤️", "1️⃣", "☀", "👨‍👩‍👧", "⌚"] {
            assert!(has_emoji(with), "{with}");
        }
        for without in [
            "",
            "Olá, ação é ñ",
            "R$ 10,00 € – “x” … № §",
            "日本語",
            "אבג",
            "→",
        ] {
            assert!(!has_emoji(without), "{without}");
        }
    }

    #[test]
    fn a_name_takes_the_place_of_its_mark() {
        assert_eq!(
            with_name("Bom dia, {name}!", Some("Marina Souza")),
            "Bom dia, Marina Souza!"
        );
        assert_eq!(with_name("{name}, {name}", Some("Zé")), "Zé, Zé");
        // A name is text, not a mark, and cannot turn the text around.
        assert_eq!(with_name("Oi {name}", Some("{name}\u{202e}\n")), "Oi {name}");
        assert_eq!(with_name("sem marca", Some("Zé")), "sem marca");
    }

    #[test]
    fn without_a_name_nothing_is_left_of_the_mark() {
        for (text, expected) in [
            ("Bom dia, {name}!", "Bom dia!"),
            ("Bom dia, {name}, tudo bem?", "Bom dia, tudo bem?"),
            ("Olá {name}, tudo bem?", "Olá, tudo bem?"),
            ("Bom dia, {name} 😊", "Bom dia, 😊"),
            ("{name}, seu pedido chegou", "seu pedido chegou"),
            ("Oi!\n{name}! Chegou", "Oi!\nChegou"),
            ("Bom dia, {name}\nChegou", "Bom dia\nChegou"),
            ("Bom dia, {name}", "Bom dia"),
            ("Obrigado {name}{name}.", "Obrigado."),
            ("{name}", ""),
            ("chave {nome}", "chave {nome}"),
        ] {
            assert_eq!(with_name(text, None), expected, "{text}");
            assert_eq!(with_name(text, Some(" \n")), expected, "a blank name is none");
        }
    }

    #[test]
    fn rows_are_cut_at_whole_characters() {
        assert_eq!(one_line("a\n b   c", 10), "a b c");
        assert_eq!(one_line("👨‍👩‍👧🇧🇷x", 2), "👨‍👩‍👧🇧🇷…");
        assert_eq!(one_line(&"x".repeat(1_000_000), 3), "xxx…");
        assert_eq!(shown_name("a\u{202e}gpj\0.exe"), "agpj.exe");
    }
}
