//! Reading the little that matters of the storage's XML. What comes may as well be HTML, nothing, or made to do harm: no
//! document is built, no entity is expanded but the five of the standard, and nothing is read twice.

use std::borrow::Cow;

/// The text of the first element of this name, whatever its namespace, with blanks around it cut off. `None` if there is no
/// such element, or no plain text in it.
pub(super) fn text_of(document: &str, name: &str) -> Option<String> {
    let mut rest = document;
    while let Some(open) = rest.find('<') {
        rest = &rest[open..];
        if let Some(skipped) = past_aside(rest) {
            rest = skipped;
            continue;
        }
        let close = rest.find('>')?;
        let tag = &rest[1..close];
        rest = &rest[close + 1..];
        if local_name(tag) == name && !tag.ends_with('/') {
            return content(rest);
        }
    }
    None
}

/// Whether there is an element of this name.
pub(super) fn has(document: &str, name: &str) -> bool {
    let mut rest = document;
    while let Some(open) = rest.find('<') {
        rest = &rest[open..];
        if let Some(skipped) = past_aside(rest) {
            rest = skipped;
            continue;
        }
        let Some(close) = rest.find('>') else { return false };
        if local_name(&rest[1..close]) == name {
            return true;
        }
        rest = &rest[close + 1..];
    }
    false
}

/// The text as it may stand in an element.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if text.contains(['&', '<', '>', '"', '\'']) {
        Cow::Owned(
            text.replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('"', "&quot;")
                .replace('\'', "&apos;"),
        )
    } else {
        Cow::Borrowed(text)
    }
}

/// What follows a comment or a quoted section that begins here.
fn past_aside(rest: &str) -> Option<&str> {
    for (begin, end) in [("<!--", "-->"), ("<![CDATA[", "]]>")] {
        if let Some(inside) = rest.strip_prefix(begin) {
            return Some(inside.find(end).map_or("", |at| &inside[at + end.len()..]));
        }
    }
    None
}

/// The name of a tag without its namespace and attributes; of a closing tag, something no name begins with.
fn local_name(tag: &str) -> &str {
    let name = tag
        .split(|character: char| character.is_ascii_whitespace() || character == '/')
        .next()
        .unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default()
}

fn content(rest: &str) -> Option<String> {
    let (text, quoted) = match rest.trim_start().strip_prefix("<![CDATA[") {
        Some(inside) => (inside.split("]]>").next()?, true),
        None => (&rest[..rest.find('<')?], false),
    };
    let text = text.trim();
    Some(if quoted { text.to_owned() } else { unescaped(text) })
}

fn unescaped(text: &str) -> String {
    // The ampersand last: what it uncovers is no entity.
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&apos;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_it_is_asked_for() {
        let document = "<?xml version=\"1.0\"?>\n<!-- <Code>no</Code> --><s3:Error xmlns:s3='x'><s3:Code a='1'> NoSuchKey \
                        </s3:Code><Message>a &amp;lt; &lt;b&gt; &quot;c&#34;</Message><Empty/><Nothing></Nothing>\
                        <Quoted><![CDATA[ <x> & ]]></Quoted></s3:Error>";
        assert_eq!(text_of(document, "Code").as_deref(), Some("NoSuchKey"));
        assert_eq!(text_of(document, "Message").as_deref(), Some("a &lt; <b> \"c\""));
        assert_eq!(text_of(document, "Quoted").as_deref(), Some("<x> &"));
        assert_eq!(text_of(document, "Nothing").as_deref(), Some(""));
        assert_eq!(text_of(document, "Empty"), None);
        assert_eq!(text_of(document, "Region"), None);
        assert!(has(document, "Error") && has(document, "Empty") && !has(document, "x"));
    }

    #[test]
    fn nothing_harms_it() {
        let bomb = format!(
            "<!DOCTYPE l [<!ENTITY a \"{}\"><!ENTITY b \"&a;&a;\">]><Code>&b;</Code>",
            "x".repeat(1_000)
        );
        assert_eq!(text_of(&bomb, "Code").as_deref(), Some("&b;"));
        for odd in [
            "",
            "<",
            ">",
            "<>",
            "</Code>",
            "<Code",
            "<Code>",
            "<Code>x",
            "<!--<Code>x</Code>",
            "<![CDATA[<Code>x</Code>",
            "<Code><![CDATA[x",
            "é<é>é</é>",
        ] {
            let _ = text_of(odd, "Code");
            let _ = has(odd, "Code");
        }
        let deep = "<a>".repeat(100_000);
        assert_eq!(text_of(&deep, "Code"), None);
        assert_eq!(text_of("<Code><b>x</b></Code>", "Code").as_deref(), Some(""));
        assert_eq!(escaped("\"a&b\"<'>"), "&quot;a&amp;b&quot;&lt;&apos;&gt;");
        assert_eq!(escaped("plain"), "plain");
    }
}
