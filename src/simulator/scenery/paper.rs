//! A document people send: a PDF of one page, set in code.

use bytes::Bytes;
use std::fmt::Write as _;

/// A page in A4 with a title and lines, in Helvetica. Letters beyond Latin-1 become question marks.
#[must_use]
pub fn page(title: &str, lines: &[&str]) -> Bytes {
    let mut text = format!("BT /F2 20 Tf 60 770 Td ({}) Tj ET\n", escaped(title));
    text.push_str("0.75 w 60 756 m 535 756 l S\n");
    let mut from_bottom = 728;
    for line in lines {
        let _ = writeln!(text, "BT /F1 12 Tf 60 {from_bottom} Td ({}) Tj ET", escaped(line));
        from_bottom -= 20;
    }
    let font = |name: &str| {
        format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>")
    };
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}endstream", text.len()),
        font("Helvetica"),
        font("Helvetica-Bold"),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let table_at = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let _ = write!(
        file,
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table_at}\n%%EOF\n",
        objects.len() + 1
    );
    Bytes::from(file)
}

/// A text between parentheses, in ASCII.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match (letter, u8::try_from(letter)) {
            ('(' | ')' | '\\', _) => {
                out.push('\\');
                out.push(letter);
            }
            (' '..='~', _) => out.push(letter),
            ('\u{a0}'..='\u{ff}', Ok(byte)) => {
                let _ = write!(out, "\\{byte:03o}");
            }
            _ => out.push('?'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_file_points_at_its_objects() {
        let file = page("Orçamento (nº 1043)", &["Sofá 3 lugares", "😀"]);
        let text = std::str::from_utf8(&file).unwrap();
        assert!(text.is_ascii() && text.starts_with("%PDF-1.4\n") && text.ends_with("%%EOF\n"));
        assert!(text.contains(r"(Or\347amento \(n\272 1043\))") && text.contains("(?)"));
        let table_at: usize = text
            .rsplit("startxref\n")
            .next()
            .and_then(|end| end.lines().next())
            .unwrap()
            .parse()
            .unwrap();
        let table = &text[table_at..];
        assert!(table.starts_with("xref\n0 7\n"));
        for (index, entry) in table.lines().skip(3).take(6).enumerate() {
            assert_eq!(entry.len(), 19, "with its line end, 20 bytes");
            let place: usize = entry[..10].parse().unwrap();
            assert!(text[place..].starts_with(&format!("{} 0 obj\n", index + 1)));
        }
        let stream = text.split("stream\n").nth(1).unwrap();
        let length = stream.strip_suffix("end").unwrap().len();
        assert!(text.contains(&format!("<< /Length {length} >>")));
    }
}
