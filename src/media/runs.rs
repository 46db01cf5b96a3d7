//! What runs something: never sent, whatever a gateway takes. Told by the name or by the first bytes; either is enough.

/// Ends of names that systems and programs run, in lower case: programs, scripts, installers, shortcuts, documents with
/// macros.
const NAMES: &[&str] = &[
    "action",
    "apk",
    "app",
    "appimage",
    "appx",
    "appxbundle",
    "application",
    "asp",
    "aspx",
    "bas",
    "bash",
    "bat",
    "chm",
    "class",
    "cmd",
    "com",
    "command",
    "cpl",
    "crx",
    "csh",
    "deb",
    "desktop",
    "dex",
    "dll",
    "dmg",
    "docm",
    "dotm",
    "dylib",
    "elf",
    "exe",
    "fish",
    "flatpak",
    "flatpakref",
    "gadget",
    "hlp",
    "hta",
    "inf",
    "ins",
    "ipa",
    "iso",
    "isp",
    "jar",
    "jnlp",
    "job",
    "js",
    "jse",
    "jsp",
    "ksh",
    "lnk",
    "lua",
    "mjs",
    "msc",
    "msh",
    "msi",
    "msix",
    "msp",
    "mst",
    "ocx",
    "pif",
    "php",
    "phtml",
    "pkg",
    "pl",
    "potm",
    "ppam",
    "ppsm",
    "pptm",
    "ps1",
    "psm1",
    "py",
    "pyc",
    "pyw",
    "pyz",
    "rb",
    "reg",
    "rpm",
    "run",
    "scf",
    "scpt",
    "scr",
    "sct",
    "sh",
    "shb",
    "shs",
    "sldm",
    "snap",
    "so",
    "swf",
    "sys",
    "tcl",
    "url",
    "vb",
    "vbe",
    "vbs",
    "vhd",
    "vhdx",
    "wasm",
    "webloc",
    "workflow",
    "ws",
    "wsc",
    "wsf",
    "wsh",
    "xap",
    "xlam",
    "xll",
    "xlsm",
    "xltm",
    "xpi",
    "zsh",
];

/// Beginnings of programs and installers.
const STARTS: &[&[u8]] = &[
    b"MZ",               // Windows, DOS
    b"\x7fELF",          // Linux
    b"\xce\xfa\xed\xfe", // Mach-O, four ways
    b"\xcf\xfa\xed\xfe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xca\xfe\xba\xbe",      // Java class, Mach-O for several machines
    b"dex\n",                 // Android
    b"\0asm",                 // WebAssembly
    b"BC\xc0\xde",            // LLVM
    b"L\0\0\0\x01\x14\x02\0", // Windows shortcut
    b"!<arch>\n",             // Debian package, library
    b"\xed\xab\xee\xdb",      // RPM package
    b"MSCF",                  // Windows cabinet
    b"ITSF",                  // compiled help
    b"Cr24",                  // browser extension
    b"xar!",                  // macOS package
    b"FWS",
    b"CWS",
    b"ZWS",  // Flash
    b"hsqs", // Snap package
];

/// Beginnings of texts that are run, in lower case.
const TEXT_STARTS: &[&[u8]] = &[
    b"#!",
    b"@echo",
    b"[internetshortcut]",
    b"windows registry editor",
    b"regedit4",
    b"<?php",
    b"<script",
    b"<job",
    b"<%",
    b"on error resume next",
];

/// What in markup runs when it is shown, in lower case.
const ACTIVE_MARKS: &[&[u8]] = &[
    b"<script",
    b":script",
    b"javascript:",
    b"vbscript:",
    b"<foreignobject",
    b"<iframe",
    b"<object",
    b"<embed",
    b"<!entity",
    b" onload",
    b" onerror",
    b" onclick",
    b" onbegin",
    b" onmouseover",
];

/// Whether a file of this name may run something.
pub(super) fn by_name(name: &str) -> bool {
    // Blanks and dots at the end vanish on Windows.
    let name = name.trim_end_matches(|character: char| character == '.' || character.is_whitespace());
    name.rsplit_once('.').is_some_and(|(_, extension)| {
        let extension = extension.trim().to_lowercase();
        NAMES.contains(&extension.as_str())
    })
}

/// Whether these are the first bytes of a program. `text` if the file has no byte that texts do not have.
pub(super) fn by_start(head: &[u8], text: bool) -> bool {
    !text && STARTS.iter().any(|start| head.starts_with(start))
}

/// Whether a text is a script, a shortcut or the like. `head` in lower case, from its first visible character on.
pub(super) fn is_script(head: &[u8]) -> bool {
    TEXT_STARTS.iter().any(|start| head.starts_with(start)) || contains(head, b"[desktop entry]")
}

/// Whether markup (`head` in lower case) runs something when it is shown.
pub(super) fn is_active_markup(head: &[u8]) -> bool {
    ACTIVE_MARKS.iter().any(|mark| contains(head, mark))
}

/// Whether `what` stands anywhere in `text`.
pub(super) fn contains(text: &[u8], what: &[u8]) -> bool {
    text.windows(what.len()).any(|part| part == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell() {
        for name in [
            "a.exe",
            "A.EXE",
            "orcamento.pdf.exe",
            "a.exe . .",
            "b.desktop",
            "c.AppImage",
            "planilha.xlsm",
            "d.JAR",
            "e.lnk",
            ".sh",
        ] {
            assert!(by_name(name), "{name}");
        }
        for name in ["a.pdf", "exe", "exe.pdf", "a.exe.jpg", "sh", "", ".", "foto.jpeg"] {
            assert!(!by_name(name), "{name}");
        }
    }

    #[test]
    fn bytes_tell() {
        for start in STARTS {
            assert!(by_start(&[start, &[0_u8; 8][..]].concat(), false), "{start:?}");
        }
        // A text may begin like a program.
        assert!(!by_start(b"MZ Materiais Ltda", true));
        assert!(is_script(b"#!/bin/sh") && is_script(b"# x\n[desktop entry]\nexec=x"));
        assert!(!is_script(b"bom dia"));
        assert!(is_active_markup(b"<svg onload=x>") && !is_active_markup(b"<p>oi</p>"));
    }
}
