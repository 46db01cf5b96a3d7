//! Saving and choosing files, driven by accessible names against a played system.

use super::tests::wait_for;
use super::*;
use crate::domain::Timestamp;
use crate::ui::context::UiAction;
use crate::ui::testing::{self, Played};
use egui::{Key, Modifiers};

fn played_with(change: impl FnOnce(&mut Live)) -> Played {
    let mut live = testing::live(1);
    change(&mut live);
    let mut played = Played::new(live, [1_280.0, 800.0], 64);
    played.settle();
    played
}

fn played() -> Played {
    played_with(|_| {})
}

#[test]
fn a_file_is_saved_where_the_operator_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut played = played();
    let chosen = folder.path().join("chosen.txt");
    *played.system.save_to.lock().unwrap() = Some(chosen.clone());
    let save = UiAction::SaveFile("a.txt".into(), b"abc".to_vec());
    played.harness.state().requests.act_for_test(save);
    played.settle();
    wait_for(|| {
        played.settle();
        chosen.exists() && !played.shows("Caminho do arquivo")
    });
    assert_eq!(std::fs::read(&chosen).unwrap(), b"abc");

    // Without a dialog of the system a path can be typed.
    *played.system.save_to.lock().unwrap() = None;
    let save = UiAction::SaveFile("b.txt".into(), b"xyz".to_vec());
    played.harness.state().requests.act_for_test(save);
    played.settle();
    let typed = folder.path().join("b.txt");
    played.focus_field("Caminho do arquivo");
    played.press(Modifiers::COMMAND, Key::A);
    played.type_text(&typed.display().to_string());
    played.click("Salvar");
    wait_for(|| {
        played.settle();
        typed.exists() && !played.shows("Caminho do arquivo")
    });
    assert_eq!(std::fs::read(&typed).unwrap(), b"xyz");
}

/// Asks for a file of this name to be saved, and waits until the system has been asked too.
fn ask_to_save(played: &mut Played, name: &str) {
    let before = played.system.asked.lock().unwrap().len();
    let save = UiAction::SaveFile(name.into(), b"content".to_vec());
    played.harness.state().requests.act_for_test(save);
    played.settle();
    wait_for(|| played.system.asked.lock().unwrap().len() > before);
}

/// The path that can be typed while the system's dialog is open.
fn typed_path(played: &Played) -> String {
    use egui_kittest::kittest::{NodeT as _, Queryable as _};
    let field = played
        .harness
        .query_all_by_label("Caminho do arquivo")
        .find_map(|node| node.accesskit_node().value());
    field.unwrap()
}

#[test]
fn the_folder_of_the_last_save_is_where_the_next_begins() {
    let folder = tempfile::tempdir().unwrap();
    let mut played = played();
    let chosen = folder.path().join("um.pdf");
    *played.system.save_to.lock().unwrap() = Some(chosen.clone());
    ask_to_save(&mut played, "um.pdf");
    wait_for(|| {
        played.settle();
        !played.shows("Caminho do arquivo")
    });
    let remembered = |command: &Command| match command {
        Command::Settings(settings) => settings.downloads_folder.clone(),
        _ => None,
    };
    let sent = played.engine.sent();
    assert_eq!(
        sent.iter().filter_map(remembered).collect::<Vec<_>>(),
        [folder.path()]
    );

    *played.system.save_to.lock().unwrap() = None;
    ask_to_save(&mut played, "../../dois.pdf");
    let begun = played.system.asked.lock().unwrap().last().cloned().unwrap();
    assert_eq!(
        begun,
        (Some(folder.path().to_path_buf()), "_.._dois.pdf".to_owned())
    );
    assert_eq!(
        std::path::PathBuf::from(typed_path(&played)),
        folder.path().join("_.._dois.pdf"),
        "without a dialog it is the path to be typed, and leads nowhere else"
    );
    played.click("Salvar");
    wait_for(|| {
        played.settle();
        folder.path().join("_.._dois.pdf").exists() && !played.shows("Caminho do arquivo")
    });
    assert!(
        !played
            .engine
            .sent()
            .iter()
            .any(|command| remembered(command).is_some()),
        "it is the same folder"
    );
}

#[test]
fn a_folder_that_is_gone_is_not_where_a_dialog_begins() {
    let folder = tempfile::tempdir().unwrap();
    let gone = folder.path().join("gone");
    let mut played = played_with(|live| {
        let mut settings = crate::domain::settings::Settings::clone(&live.settings);
        settings.downloads_folder = Some(gone.clone());
        settings.pick_folder = Some(gone.clone());
        live.settings = std::sync::Arc::new(settings);
    });
    ask_to_save(&mut played, "um.pdf");
    let begun = |played: &Played| played.system.asked.lock().unwrap().last().cloned().unwrap().0;
    assert_ne!(begun(&played), Some(gone.clone()));
    let ticket = played.harness.state().requests.ticket();
    let pick = UiAction::PickFiles(ticket);
    played.harness.state().requests.act_for_test(pick);
    played.settle();
    wait_for(|| played.system.asked.lock().unwrap().len() == 2);
    assert_eq!(begun(&played), None);
}

#[test]
fn what_was_answered_for_a_save_that_was_given_up_is_not_for_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let mut played = played();
    ask_to_save(&mut played, "um.pdf");
    played.click("Cancelar");
    assert!(!played.shows("Caminho do arquivo"));
    ask_to_save(&mut played, "dois.pdf");
    let app = played.harness.state_mut();
    let late = crate::ui::outside::DialogAnswer::Chosen(folder.path().join("um.pdf"));
    app.dialogs
        .saving
        .chosen(&Context::default(), &app.outside, 1, late);
    played.settle();
    assert!(played.shows("Caminho do arquivo") && !folder.path().join("um.pdf").exists());
}

#[test]
fn files_are_chosen_for_whoever_asked_and_their_folder_is_remembered() {
    use crate::ui::outside::DialogAnswer;
    let mut played = played();
    let files: Vec<std::path::PathBuf> = vec!["/home/operator/a.pdf".into(), "/home/operator/b.png".into()];
    *played.system.pick.lock().unwrap() = Some(files.clone());
    let (one, other) = {
        let requests = &played.harness.state().requests;
        (requests.ticket(), requests.ticket())
    };
    let pick = |played: &mut Played, ticket| {
        let action = UiAction::PickFiles(ticket);
        played.harness.state().requests.act_for_test(action);
        played.settle();
    };
    let taken = |played: &mut Played, ticket| {
        played.settle();
        let app = played.harness.state();
        let ctx = UiContext::new(
            &app.theme,
            &app.text,
            &app.live,
            &app.model,
            None,
            Timestamp(0),
            false,
            &app.requests,
        );
        ctx.take_picked(ticket)
    };
    pick(&mut played, one);
    let mut answer = None;
    wait_for(|| {
        assert_eq!(taken(&mut played, other), None);
        answer = taken(&mut played, one);
        answer.is_some()
    });
    assert_eq!(answer, Some(DialogAnswer::Chosen(files)));
    assert_eq!(taken(&mut played, one), None, "once");
    let folder = &played.harness.state().live.settings.pick_folder;
    assert_eq!(folder.as_deref(), Some(std::path::Path::new("/home/operator")));

    *played.system.pick.lock().unwrap() = None;
    pick(&mut played, other);
    wait_for(|| {
        answer = taken(&mut played, other);
        answer.is_some()
    });
    assert_eq!(answer, Some(DialogAnswer::NoDialog));
}
