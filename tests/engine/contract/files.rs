//! Files: by an address of the operator's, and his own from this computer.

use super::desk::deaf;
use super::scene::{Scene, at_each_gateway};
use crate::attachments::bench::{fetched, until_gone, url_of};
use crate::program::number;
use recado::domain::Attachment;
use recado::domain::hosting::HostingPlace;
use recado::domain::message::MessageState;

fn by_address(scene: &mut Scene) {
    let mut program = scene.program();
    deaf(&mut program);
    let account = scene.account(&mut program);
    for (index, rule) in scene.can.media.iter().enumerate() {
        let url = format!("https://files.example/catalogo-{index}.{}", rule.extension);
        let attachment = Attachment::from_url(&url, scene.can.media).unwrap();
        assert_eq!(attachment.kind, rule.kind);
        let message = scene
            .send_attached(&mut program, account, &number(1), attachment)
            .unwrap();
        program.until_state(message.id, MessageState::Accepted);
        let taken = scene.gateway.facts().taken;
        assert_eq!((taken.len(), &*taken[index].file_url), (index + 1, &*url));
    }
    assert!(Attachment::from_url("https://files.example/x.exe", scene.can.media).is_err());
}

#[test]
fn a_file_goes_by_its_address() {
    at_each_gateway("a file goes by its address", by_address);
}

fn from_this_computer(scene: &mut Scene) {
    let path = scene.stage.folder.path().join("Vitrine.png");
    let seed = scene.stage.seed.to_le_bytes();
    image::RgbImage::from_fn(64, 48, |x, y| {
        image::Rgb([x as u8 ^ seed[0], y as u8 ^ seed[1], seed[2]])
    })
    .save(&path)
    .unwrap();
    let mut program = scene.program();
    let account = scene.called_account(&mut program);
    scene.gateway.hold(true);
    let file = program.take_in(account, &path);
    // What becomes of the original does not matter.
    std::fs::remove_file(&path).unwrap();
    let message = program.send_file(account, &number(1), &file);
    let accepted = program.until_state(message.id, MessageState::Accepted);
    let url = url_of(&accepted);
    assert!(url.ends_with("/file.png") && !url.contains("Vitrine"), "{url}");
    assert_eq!(scene.gateway.facts().taken[0].file_url, url);
    assert_eq!(fetched(&scene.stage, &url).0, 200);
    // A guess is no way to it.
    assert_eq!(fetched(&scene.stage, &url.replace("/a/", "/a/0")).0, 404);
    let hosted = program.until_hosted("one file outside", |files| files.len() == 1);
    assert_eq!(hosted[0].placement.place, HostingPlace::Listener);
    scene.gateway.hold(false);
    program.until_state(message.id, MessageState::Read);
    let came = scene.gateway.facts().taken[0].file;
    assert_eq!(came, Some((Some(200), file.file.sha256)));
    // What is over is taken away.
    until_gone(&scene.stage, &mut program, &url);
    program.until_hosted("nothing is outside", <[_]>::is_empty);
}

#[test]
fn a_file_of_this_computer_is_handed_out_and_taken_away_again() {
    at_each_gateway("a file of this computer", from_this_computer);
}
