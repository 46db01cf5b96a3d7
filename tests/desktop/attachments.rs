//! Files of the operator's own disk and clipboard, in the real window: picked by a typed path, dropped by another program,
//! pasted; what does not fit is said with its way out; and the gateway fetches the very bytes.

use crate::accounts::fill_in;
use crate::played::Played;
use crate::window::{Desk, Program};
use recado::simulator::SimulatorState;
use recado::ui::text::Value;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

const RECIPIENT: &str = "+55 11 90000-0044";
const TEXT: &str = "Segue o orcamento";
const PLACE: &[u8] = b"Rua das Flores 120, Sao Paulo";

/// The operator's files.
struct Files {
    folder: PathBuf,
}

impl Files {
    fn new(desk: &Desk) -> Self {
        let folder = desk.home().join("Meus arquivos");
        fs::create_dir(&folder).unwrap();
        Self { folder }
    }

    fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn pdf(&self) -> PathBuf {
        let body = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n\
                    trailer<</Root 1 0 R>>\n%%EOF\n";
        self.put("Orcamento 1842.pdf", body.as_bytes())
    }

    fn picture(&self, name: &str, format: image::ImageFormat) -> PathBuf {
        let picture = image::RgbImage::from_fn(96, 64, |x, y| {
            image::Rgb([(x * 2) as u8, (y * 3) as u8, ((x + y) % 256) as u8])
        });
        let path = self.folder.join(name);
        picture.save_with_format(&path, format).unwrap();
        path
    }

    /// A photograph that tells where it was taken.
    fn photograph(&self) -> PathBuf {
        let path = self.picture("Vitrine.jpg", image::ImageFormat::Jpeg);
        let plain = fs::read(&path).unwrap();
        let mut told = b"Exif\0\0II*\0\x08\0\0\0\0\0".to_vec();
        told.extend_from_slice(PLACE);
        let length = u16::try_from(told.len() + 2).unwrap().to_be_bytes();
        // Right behind the mark with which every JPEG begins.
        let bytes = [&plain[..2], &[0xff, 0xe1], &length, &told, &plain[2..]].concat();
        fs::write(&path, bytes).unwrap();
        path
    }
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// What stands in the program's folder for files.
fn kept(desk: &Desk) -> Vec<Vec<u8>> {
    fs::read_dir(desk.data_folder().join("media"))
        .unwrap()
        .map(|file| fs::read(file.unwrap().path()).unwrap())
        .collect()
}

fn add_the_account(program: &Program<'_>, played: &Played) {
    fill_in(program, "Loja", &played.address());
    program.press(&program.desk.words("save"));
    program.see_part(&program.desk.words("accounts-saved-title"));
}

fn attach(program: &Program<'_>, how: &str) {
    program.click(&program.desk.words("composer-attach"));
    program.click(&program.desk.words(how));
}

fn attach_by_path(program: &Program<'_>, path: &Path) {
    let desk = program.desk;
    attach(program, "composer-attach-path");
    program.paste_over(&desk.words("composer-path"), path.to_str().unwrap());
    program.keys(&["Return"]);
    program.gone(&desk.words("composer-path-title"));
}

/// Waits until a file stands in the composer and may go.
fn taken_in(program: &Program<'_>, name: &str) {
    let remove = program
        .desk
        .words_with("composer-file-remove", &[("name", Value::from(name))]);
    program.see(&remove);
    program.gone(&program.desk.words("composer-file-taking-in"));
}

#[test]
fn files_are_picked_dropped_and_pasted_and_the_gateway_gets_the_same_bytes() {
    let Some(desk) = Desk::start() else { return };
    let played = Played::start_paired();
    let files = Files::new(&desk);
    let (pdf, photograph) = (files.pdf(), files.photograph());
    let program = desk.open(&desk.data_folder());
    add_the_account(&program, &played);
    program.keys(&["ctrl+n"]);
    program.type_over(&desk.words("new-message-to"), "(11) 90000-0044");
    program.keys(&["Return"]);
    program.see_part(RECIPIENT);

    // By a path: the system here has no dialog of its own.
    attach_by_path(&program, &pdf);
    taken_in(&program, "Orcamento 1842.pdf");

    // Dropped, as a file manager does it; what will happen stands across the window.
    let across = desk.words("drop-attach");
    let drag = program.drag_over(&[&photograph]);
    program.see_part(&across);
    drag.leave();
    program.until("the words across the window to go", || {
        program.look_for(&across).is_empty().then_some(())
    });
    let drag = program.drag_over(&[&photograph]);
    program.see_part(&across);
    drag.drop_here();
    taken_in(&program, "Vitrine.jpg");

    // Pasted, as from a program for screenshots.
    let copied = files.picture("copiada.png", image::ImageFormat::Png);
    desk.copy_picture(&copied);
    program.click(&desk.words("composer-text"));
    program.keys(&["ctrl+v"]);
    let line = program.until("the pasted picture", || {
        let parts = program.look_for("96 × 64");
        (parts.len() >= 2).then_some(parts)
    });
    assert!(!line.is_empty());

    // What the gateway does not take is said, with the way out.
    let moving = files.picture("Logo.gif", image::ImageFormat::Gif);
    attach_by_path(&program, &moving);
    program.see_part("GIF");
    let convert = desk.words("composer-file-convert");
    let action = [
        ("action", Value::from(convert.as_str())),
        ("name", Value::from("Logo.gif")),
    ];
    program.click(&desk.words_with("composer-file-action", &action));
    program.until("the converted picture", || {
        (program.look_for("96 × 64").len() >= 3).then_some(())
    });

    program.type_over(&desk.words("composer-text"), TEXT);
    program.holds(&desk.words("composer-text"), TEXT);
    program.keys(&["Return"]);
    // Four to somebody who never wrote: that is asked about, and answered with the keyboard.
    program.see(&desk.words("cancel"));
    let send = desk.words_with("new-message-send-many", &[("count", Value::from(4_u64))]);
    program.until("the button that sends to have the keyboard", || {
        program.keys(&["Tab"]);
        program.focused().filter(|element| element.name == send)
    });
    program.keys(&["Return"]);
    let sent = program.until("four messages, each with its file fetched", || {
        let records = played.control.read(|state: &SimulatorState| {
            let records: Vec<_> = state.ledger().messages().to_vec();
            records
        });
        (records.len() == 4 && records.iter().all(|record| record.attachment.is_some())).then_some(records)
    });

    let texts: Vec<&str> = sent.iter().map(|record| record.text.as_str()).collect();
    assert_eq!(texts, [TEXT, "", "", ""], "the text goes with the first");
    let own: Vec<[u8; 32]> = kept(&desk).iter().map(|bytes| digest(bytes)).collect();
    for record in &sent {
        let fetched = record.attachment.as_ref().unwrap();
        assert!(fetched.is_there(), "{fetched:?}");
        assert!(own.contains(&fetched.sha256), "other bytes: {fetched:?}");
        assert_eq!(record.sent_at.len(), 1);
    }
    let first = sent[0].attachment.as_ref().unwrap();
    assert_eq!(first.sha256, digest(&fs::read(&pdf).unwrap()));
    // Where the photograph was taken has stayed here.
    assert!(
        kept(&desk)
            .iter()
            .all(|bytes| !bytes.windows(PLACE.len()).any(|window| window == PLACE))
    );
    assert!(program.close().success());
}
