//! WhatsApp's own formatting: `*bold*`, `_italic_`, `~strike~`, ```` ```mono``` ````, and links. There is no markup
//! engine: a mark that has no partner is an ordinary character.

use linkify::{LinkFinder, LinkKind};

/// How a piece of text is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// `*…*`
    pub bold: bool,
    /// `_…_`
    pub italic: bool,
    /// `~…~`
    pub strike: bool,
    /// ```` ```…``` ````
    pub mono: bool,
}

/// A piece of text of one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// How it is drawn.
    pub style: Style,
    /// The address, if it is a link: `http` or `https`, whole.
    pub link: Option<String>,
}

/// The words of a message without the marks of their formatting, for where it is told in a line.
#[must_use]
pub fn plain(text: &str) -> String {
    spans(text).into_iter().map(|span| span.text).collect()
}

/// Takes a message apart.
#[must_use]
pub fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut rest = text;
    // Mono may go over lines and nothing inside it is formatted, so it is found first.
    while let Some(start) = rest.find("```") {
        let after = &rest[start + 3..];
        let Some(length) = after.find("```").filter(|length| *length > 0) else {
            break;
        };
        lines(&rest[..start], &mut spans);
        push(
            &mut spans,
            &after[..length],
            Style {
                mono: true,
                ..Style::default()
            },
        );
        rest = &after[length + 3..];
    }
    lines(rest, &mut spans);
    spans
}

fn lines(text: &str, spans: &mut Vec<Span>) {
    for line in text.split_inclusive('\n') {
        inline(line, &masked(line), Style::default(), spans, 0);
    }
}

/// The line with the marks inside its links made unrecognisable, byte for byte as long as before.
fn masked(line: &str) -> String {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let mark = |text: &str| text.replace(['*', '_', '~'], "-");
    finder
        .spans(line)
        .map(|span| {
            if span.kind().is_some() {
                mark(span.as_str())
            } else {
                span.as_str().to_owned()
            }
        })
        .collect()
}

/// Marks hold within a line; they may stand in each other, but not deeper than there are kinds of them.
fn inline(text: &str, masked: &str, style: Style, spans: &mut Vec<Span>, depth: u8) {
    let mut plain_from = 0;
    let mut at = 0;
    while let Some(found) = masked[at..].find(['*', '_', '~']) {
        let open = at + found;
        let mark = masked.as_bytes()[open];
        match closing(masked, open, mark).filter(|_| depth < 3) {
            Some(close) => {
                links(&text[plain_from..open], style, spans);
                let mut inner = style;
                match mark {
                    b'*' => inner.bold = true,
                    b'_' => inner.italic = true,
                    _ => inner.strike = true,
                }
                inline(
                    &text[open + 1..close],
                    &masked[open + 1..close],
                    inner,
                    spans,
                    depth + 1,
                );
                at = close + 1;
                plain_from = at;
            }
            None => at = open + 1,
        }
    }
    links(&text[plain_from..], style, spans);
}

/// The place of the mark that closes the one at `open`, if that one opens: it stands at the beginning of a word, the
/// closing one at the end of one, and there is something other than blanks between.
fn closing(text: &str, open: usize, mark: u8) -> Option<usize> {
    let before = text[..open].chars().next_back();
    if before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let inside = &text[open + 1..];
    if inside
        .chars()
        .next()
        .is_none_or(|first| first.is_whitespace() || first == char::from(mark))
    {
        return None;
    }
    inside
        .match_indices(char::from(mark))
        .map(|(index, _)| index)
        .find_map(|index| {
            let last = inside[..index].chars().next_back()?;
            let next = inside[index + 1..].chars().next();
            (!last.is_whitespace() && next.is_none_or(|next| !next.is_alphanumeric()))
                .then_some(open + 1 + index)
        })
}

fn links(text: &str, style: Style, spans: &mut Vec<Span>) {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    for span in finder.spans(text) {
        let address = span.as_str();
        let is_web = |scheme: &str| {
            address
                .get(..scheme.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
        };
        if span.kind().is_some() && (is_web("https://") || is_web("http://")) {
            spans.push(Span {
                text: address.to_owned(),
                style,
                link: Some(address.to_owned()),
            });
        } else {
            push(spans, address, style);
        }
    }
}

fn push(spans: &mut Vec<Span>, text: &str, style: Style) {
    if text.is_empty() {
        return;
    }
    match spans.last_mut() {
        Some(last) if last.style == style && last.link.is_none() => last.text.push_str(text),
        _ => spans.push(Span {
            text: text.to_owned(),
            style,
            link: None,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        spans(text)
            .iter()
            .map(|span| {
                let marks = [
                    (span.style.bold, "b"),
                    (span.style.italic, "i"),
                    (span.style.strike, "s"),
                    (span.style.mono, "m"),
                    (span.link.is_some(), "l"),
                ];
                let marks: String = marks
                    .iter()
                    .filter(|(on, _)| *on)
                    .map(|(_, mark)| *mark)
                    .collect();
                if marks.is_empty() {
                    span.text.clone()
                } else {
                    format!("<{marks}:{}>", span.text)
                }
            })
            .collect()
    }

    #[test]
    fn marks_are_read_as_whatsapp_reads_them() {
        let table = [
            ("Boa tarde, *Marina*!", "Boa tarde, <b:Marina>!"),
            ("_a_ ~b~ ```c *d*```", "<i:a> <s:b> <m:c *d*>"),
            ("*a _b_ c*", "<b:a ><bi:b><b: c>"),
            ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
            ("* a * ** __ ~", "* a * ** __ ~"),
            ("*a\nb*", "*a\nb*"),
            ("``` open", "``` open"),
            ("``````", "``````"),
            ("*ação* ñ", "<b:ação> ñ"),
            (
                "veja https://loja.example/a_b_c?d=*1*x agora",
                "veja <l:https://loja.example/a_b_c?d=*1*x> agora",
            ),
            (
                "*veja https://a.example/x_y_z*",
                "<b:veja ><bl:https://a.example/x_y_z>",
            ),
            (
                "javascript://x.example ftp://a.example mailto:a@b.example",
                "javascript://x.example ftp://a.example mailto:a@b.example",
            ),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}

#[cfg(test)]
mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_is_lost_but_marks(text in "[ab *_~`\\n./:htps]{0,60}") {
            let joined: String = spans(&text).into_iter().map(|span| span.text).collect();
            let bare = |text: &str| text.chars().filter(|c| !matches!(c, '*' | '_' | '~' | '`')).collect::<String>();
            prop_assert_eq!(bare(&joined), bare(&text));
        }
    }
}
