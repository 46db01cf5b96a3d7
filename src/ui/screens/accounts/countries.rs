//! The countries offered for numbers without `+`, and any other by its code.

use crate::domain::phone::country_code;
use crate::t;
use crate::ui::context::UiContext;

/// Codes of the countries offered, Latin America; the rest goes by its code.
pub(super) const OFFERED: &[&str] = &[
    "AR", "BO", "BR", "CL", "CO", "CR", "CU", "DO", "EC", "SV", "GT", "HN", "MX", "NI", "PA", "PY", "PE",
    "PR", "UY", "VE",
];

/// Whether the country stands in the list.
pub(super) fn is_offered(code: &str) -> bool {
    OFFERED.contains(&code)
}

/// The list, by name, with the calling code: `Brasil (+55)`. The empty code at its end stands for *another country*.
pub(super) fn options(ctx: &UiContext<'_>) -> Vec<(String, String)> {
    let mut options: Vec<(String, String)> = OFFERED
        .iter()
        .map(|code| {
            let name = ctx.text.get(&format!("country-{}", code.to_lowercase()));
            let words = match country_code(code) {
                Some(calling) => format!("{name} (+{calling})"),
                None => name,
            };
            ((*code).to_owned(), words)
        })
        .collect();
    options.sort_by(|left, right| left.1.cmp(&right.1));
    options.push((String::new(), t!(ctx, "accounts-country-other")));
    options
}
