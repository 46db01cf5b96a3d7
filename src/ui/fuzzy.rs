//! Finding by a few letters, whatever their case and accents.

/// The letters without case and accents, as far as the languages of this program use them.
#[must_use]
pub fn folded(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|character| {
            Some(match character {
                'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => 'a',
                'é' | 'è' | 'ê' | 'ë' => 'e',
                'í' | 'ì' | 'î' | 'ï' => 'i',
                'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
                'ú' | 'ù' | 'û' | 'ü' => 'u',
                'ç' => 'c',
                'ñ' => 'n',
                'ý' | 'ÿ' => 'y',
                // Combining accents, for text that came decomposed.
                '\u{300}'..='\u{36f}' => return None,
                other => other,
            })
        })
        .collect()
}

/// How well `query` fits `text`: every word of it must be found, its letters in order; more for letters that stand
/// together and at the beginning of words. `None` if it does not fit.
#[must_use]
pub fn score(query: &str, text: &str) -> Option<i32> {
    let text: Vec<char> = folded(text).chars().collect();
    folded(query)
        .split_whitespace()
        .map(|word| word_score(word, &text))
        .sum()
}

fn word_score(word: &str, text: &[char]) -> Option<i32> {
    let letters: Vec<char> = word.chars().collect();
    (0..text.len())
        .filter(|start| Some(&text[*start]) == letters.first())
        .filter_map(|start| from(start, &letters, text))
        .max()
}

fn from(start: usize, letters: &[char], text: &[char]) -> Option<i32> {
    let begins_word = |index: usize| index == 0 || !text[index - 1].is_alphanumeric();
    let (mut at, mut total) = (start, 0);
    let mut previous: Option<usize> = None;
    for letter in letters {
        let found = at + text.get(at..)?.iter().position(|character| character == letter)?;
        total += match previous {
            Some(before) if before + 1 == found => 8,
            _ if begins_word(found) => 6,
            // A letter in the middle of some other word is hardly what was meant.
            Some(_) => -2,
            None => 1,
        };
        previous = Some(found);
        at = found + 1;
    }
    // Scattered letters fit nearly everything; that is not a find.
    (total > 0).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_do_not_count() {
        assert!(score("configuracoes", "Configurações").is_some());
        assert!(score("CLÍNICA", "clinica aurora").is_some());
        assert_eq!(folded("A\u{301}GATA ñandú"), "agata nandu");
    }

    #[test]
    fn what_begins_a_word_comes_first() {
        let best = |query: &str, texts: &[&'static str]| {
            texts
                .iter()
                .copied()
                .filter_map(|text| Some((score(query, text)?, text)))
                .max()
                .map(|(_, text)| text)
        };
        assert_eq!(best("co", &["Fila do banco", "Contas"]), Some("Contas"));
        assert_eq!(
            best("nm", &["Nova mensagem", "Enviar número"]),
            Some("Nova mensagem")
        );
        assert_eq!(
            best("aurora cl", &["Clínica Aurora", "Loja Centro"]),
            Some("Clínica Aurora")
        );
        assert_eq!(best("xyz", &["Contas"]), None);
        assert!(score("", "Contas").is_some());
    }
}
