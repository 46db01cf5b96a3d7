use crate::domain::hosting::{HostedFile, HostingPlace, Placement, PreparingStep, StorageConfig};
use crate::domain::incoming::StoredFile;
use crate::domain::{AccountId, MediaKind, OutgoingFile, OutgoingFileId};
use crate::engine::{Answer, AttachmentCommand, Command, Event, Question, Ticket};
use crate::ui::testing::{self, NOW, Played};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use std::sync::Arc;
use std::time::Duration;

fn hosted(account: AccountId, name: &str, place: HostingPlace, needed_by: u32) -> HostedFile {
    let at = NOW.minus(Duration::from_secs(600));
    HostedFile {
        file: OutgoingFile {
            id: OutgoingFileId::new(),
            account,
            file: StoredFile {
                stored_name: "00112233445566778899aabbccddeeff".to_owned(),
                name: name.to_owned(),
                bytes: 1_258_291,
                mime: "image/jpeg".to_owned(),
                sha256: [7; 32],
            },
            kind: MediaKind::Image,
            pixels: None,
            created_at: at,
        },
        placement: Placement {
            place,
            token: "c4".repeat(32),
            storage: (place == HostingPlace::Storage).then(StorageConfig::default),
            upload: None,
            url: Some("https://recado.example/a/c4/file.jpg".to_owned()),
            placed_at: Some(at),
            checked_at: Some(at),
            expires_at: Some(at.plus(crate::domain::hosting::HOSTED_MAX)),
        },
        needed_by,
    }
}

/// The settings screen with these files outside; the first account is the one of the files.
fn screen(accounts: usize, files: impl FnOnce(AccountId) -> Vec<HostedFile>) -> Played {
    let live = testing::live(accounts);
    let files = files(live.accounts[0].account.id);
    let mut played = Played::new(live, [1_280.0, 3_200.0], 64);
    played.settle();
    played.press(Modifiers::COMMAND, Key::Num7);
    let asked = questions(&mut played);
    assert_eq!(asked.len(), 1, "asked once, not in every frame");
    answer(&mut played, asked[0], Answer::HostedFiles(files));
    played
}

/// The questions for the list since the last call.
fn questions(played: &mut Played) -> Vec<Ticket> {
    let asked = played.engine.asked();
    asked
        .into_iter()
        .filter(|(_, question)| *question == Question::HostedFiles)
        .map(|(ticket, _)| ticket)
        .collect()
}

fn answer(played: &mut Played, ticket: Ticket, answer: Answer) {
    tell(played, Event::Answer(ticket, answer));
}

fn tell(played: &mut Played, event: Event) {
    played.engine.events.try_send(event).unwrap();
    played.settle();
}

fn mentions(played: &Played, words: &str) -> bool {
    played.harness.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn nothing_outside_is_said() {
    let played = screen(1, |_| Vec::new());
    assert!(mentions(
        &played,
        "Nenhum arquivo deste computador pode ser buscado de fora."
    ));
}

#[test]
fn each_file_says_where_it_is_until_when_and_who_needs_it() {
    let played = screen(2, |account| {
        vec![
            hosted(account, "foto.jpg", HostingPlace::Listener, 2),
            hosted(account, "contrato.pdf", HostingPlace::Storage, 0),
        ]
    });
    assert!(mentions(&played, "2 arquivos, 2,4\u{a0}MB ao todo"));
    for words in [
        "foto.jpg",
        "este computador",
        "2 mensagens precisam dele",
        "contrato.pdf",
        "armazenamento",
        "nenhuma mensagem precisa dele",
        "desde ",
        "até ",
        "Loja Centro",
    ] {
        assert!(mentions(&played, words), "{words}");
    }
    let one = screen(1, |account| {
        vec![hosted(account, "foto.jpg", HostingPlace::Listener, 1)]
    });
    assert!(mentions(&one, "1 arquivo, 1,2\u{a0}MB"));
    assert!(
        !mentions(&one, "uma mensagem precisa dele · Loja Centro"),
        "there is one account only"
    );
}

#[test]
fn a_file_that_is_not_there_yet_says_how_far_it_is() {
    let mut file = None;
    let mut played = screen(1, |account| {
        let mut hosted = hosted(account, "video.mp4", HostingPlace::Storage, 1);
        hosted.placement.url = None;
        hosted.placement.placed_at = None;
        hosted.placement.expires_at = None;
        file = Some((hosted.file.id, account));
        vec![hosted]
    });
    assert!(mentions(&played, "a caminho"));
    let (id, account) = file.unwrap();
    let step = PreparingStep::Uploading { done: 40, total: 100 };
    played.engine.change(|live| {
        Arc::make_mut(&mut live.preparing).insert(id, (account, step));
    });
    tell(&mut played, Event::Live);
    assert!(mentions(&played, "a caminho, 40%"));
}

#[test]
fn the_list_is_read_again_when_something_has_changed_and_not_otherwise() {
    let mut played = screen(1, |_| Vec::new());
    played.settle();
    assert!(questions(&mut played).is_empty());
    for event in [
        Event::Messages {
            ids: Vec::new(),
            conversations: Vec::new(),
        },
        Event::Live,
        Event::Overflow,
    ] {
        tell(&mut played, event);
        let asked = questions(&mut played);
        assert_eq!(asked.len(), 1);
        answer(&mut played, asked[0], Answer::HostedFiles(Vec::new()));
        assert!(questions(&mut played).is_empty());
    }
    tell(&mut played, Event::Live);
    let asked = questions(&mut played);
    answer(&mut played, asked[0], Answer::Failed("locked".to_owned()));
    assert!(mentions(&played, "locked"));
    assert!(
        questions(&mut played).is_empty(),
        "what failed is not asked again by itself"
    );
    played.click("Tentar de novo");
    assert_eq!(questions(&mut played).len(), 1);
}

#[test]
fn taking_a_file_away_says_what_becomes_of_the_messages() {
    let mut played = screen(1, |account| {
        vec![
            hosted(account, "foto.jpg", HostingPlace::Listener, 3),
            hosted(account, "velha.jpg", HostingPlace::Listener, 0),
        ]
    });
    played.click("Retirar: velha.jpg");
    assert!(mentions(&played, "Nenhuma mensagem precisa mais dele."));
    assert!(!mentions(&played, "já aceitou"));
    played.press(Modifiers::NONE, Key::Escape);
    assert!(!mentions(&played, "Retirar velha.jpg?"));

    played.click("Retirar: foto.jpg");
    assert!(mentions(&played, "Retirar foto.jpg?"));
    assert!(mentions(
        &played,
        "As 3 mensagens que ainda precisam dele esperam"
    ));
    assert!(mentions(&played, "já aceitou pode chegar sem o arquivo"));
    played.click("Deixar como está");
    assert!(played.engine.sent().is_empty());

    played.click("Retirar: foto.jpg");
    played.click("Retirar arquivo");
    let commands: Vec<Command> = std::iter::from_fn(|| played.engine.commands.try_recv().ok()).collect();
    let revoked = commands
        .iter()
        .filter(|command| matches!(command, Command::Attachment(AttachmentCommand::Revoke(_))));
    assert_eq!(revoked.count(), 1);
    played.clock.advance(Duration::from_secs(1));
    played.settle();
    let asked = questions(&mut played);
    assert_eq!(asked.len(), 1, "whether it is gone");
    answer(&mut played, asked[0], Answer::HostedFiles(Vec::new()));
    assert!(!mentions(&played, "foto.jpg"));
    played.clock.advance(Duration::from_secs(5));
    played.settle();
    assert!(questions(&mut played).is_empty(), "nothing is awaited any more");
}

#[test]
fn a_long_list_is_folded_and_hostile_names_do_no_harm() {
    let mut played = screen(1, |account| {
        let mut files: Vec<HostedFile> = (0..23)
            .map(|number| hosted(account, &format!("foto-{number}.jpg"), HostingPlace::Listener, 1))
            .collect();
        files[0].file.file.name = format!("\u{202e}gpj.{}\n", "x".repeat(1_000_000));
        files
    });
    assert!(played.shows("Retirar: foto-4.jpg") && !played.shows("Retirar: foto-5.jpg"));
    assert!(!mentions(&played, "\u{202e}"));
    played.click("Mostrar todos os 23");
    assert!(played.shows("Retirar: foto-22.jpg"));
    played.click("Mostrar menos");
    assert!(!played.shows("Retirar: foto-22.jpg"));
}

/// The pictures are for the eye (`RECADO_PICTURES` keeps them); the test is that every look can be drawn.
#[test]
fn every_look_is_drawn() {
    use crate::ui::screens::stage::{for_the_eye, looks};
    for (look, dark, scale, size) in looks() {
        let mut played = screen(2, |account| {
            (0..7)
                .map(|number| {
                    let place = if number % 2 == 0 {
                        HostingPlace::Listener
                    } else {
                        HostingPlace::Storage
                    };
                    hosted(
                        account,
                        &format!("orçamento da clínica {number}.pdf"),
                        place,
                        number,
                    )
                })
                .collect()
        });
        played
            .harness
            .set_size(egui::vec2(size.x * scale, 3_200.0 * scale));
        played.engine.change(|live| {
            let settings = Arc::make_mut(&mut live.settings);
            settings.scale_percent = (scale * 100.0).round() as u16;
            settings.theme = if dark {
                crate::domain::settings::ThemeChoice::Dark
            } else {
                crate::domain::settings::ThemeChoice::Light
            };
        });
        played.settle();
        let picture = played.picture();
        assert_eq!(picture.width(), (size.x * scale).round() as u32);
        if for_the_eye() {
            played.click("Retirar: orçamento da clínica 2.pdf");
            let folder = std::env::var("RECADO_PICTURES").unwrap();
            std::fs::create_dir_all(&folder).unwrap();
            picture.save(format!("{folder}/hosted-{look}.png")).unwrap();
            let dialog = played.picture();
            dialog.save(format!("{folder}/hosted-dialog-{look}.png")).unwrap();
        }
    }
}
