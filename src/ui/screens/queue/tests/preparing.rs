//! Messages whose files are being put where the gateway can fetch them.

use super::*;
use crate::domain::hosting::PreparingStep;
use crate::domain::{Attachment, MediaKind, OutgoingFileId};

fn preparing(last_digits: u8, reason: Option<ReasonKind>) -> Message {
    Message {
        attachment: Some(Attachment {
            url: String::new(),
            name: "vitrine.jpg".into(),
            kind: MediaKind::Image,
            file: Some(OutgoingFileId::new()),
        }),
        reason: reason.map(Reason::new),
        ..stage::message(MessageState::Preparing, last_digits, "")
    }
}

fn under_way(live: &mut Live, message: &Message, step: PreparingStep) {
    let file = message.attachment.as_ref().unwrap().file.unwrap();
    Arc::make_mut(&mut live.preparing).insert(file, (message.account, step));
}

#[test]
fn a_row_tells_how_far_its_file_is_and_why_it_waits() {
    let (uploads, checks, waits, turn) = (
        preparing(1, None),
        preparing(2, Some(ReasonKind::StorageUnreachable)),
        preparing(3, Some(ReasonKind::AttachmentNotOffered)),
        preparing(4, None),
    );
    let mut live = testing::live(1);
    let total = 5_000;
    under_way(
        &mut live,
        &uploads,
        PreparingStep::Uploading { done: 2_100, total },
    );
    under_way(&mut live, &checks, PreparingStep::Checking { done: 4_999, total });
    let mut stage = staged(live, of(vec![uploads.clone(), checks, waits, turn]));
    let text = crate::ui::text::Localizer::new(crate::ui::text::Language::Portuguese);
    for words in [
        "Preparando",
        "Colocando o arquivo no lugar, 42%",
        "Conferindo o arquivo, 99%",
        &text.get("reason-attachment-not-offered"),
        "O arquivo espera a vez de ser preparado.",
        "vitrine.jpg",
        "agora",
    ] {
        assert!(stage.tells(words), "{words}: {:#?}", stage.texts());
    }
    assert_eq!(
        stage.around().wake_at,
        None,
        "nothing moves by itself: the window rests"
    );
    let done = PreparingStep::Uploading { done: total, total };
    under_way(&mut stage.around().live, &uploads, done);
    stage.settle();
    assert!(stage.tells("Colocando o arquivo no lugar, 100%"));
}

#[test]
fn it_waits_like_the_others_and_can_be_cancelled_and_tried_now() {
    let mut stage = staged(
        testing::live(1),
        of(vec![
            preparing(1, Some(ReasonKind::AttachmentUnreachable)),
            preparing(2, None),
            stage::message(MessageState::Queued, 3, "y"),
        ]),
    );
    assert!(stage.shows("Esperando 3"));
    stage.click("Esperando 3");
    let menu = "Ações da mensagem para +55 11 90000-0001";
    stage.click(menu);
    assert!(!stage.shows("Enviar de novo") && !stage.shows("Deixar de lado"));
    stage.click("Tentar agora");
    stage.click(menu);
    stage.click("Cancelar envio");
    assert_eq!(sent(&mut stage), ["retry", "cancel"]);
    stage.click("Selecionar todas");
    stage.click("Cancelar 3");
    assert_eq!(sent(&mut stage), ["cancel"; 3]);
}

#[test]
fn a_scheduled_one_says_for_when_until_its_file_is_put_in_its_place() {
    let mut scheduled = preparing(5, Some(ReasonKind::Scheduled));
    scheduled.not_before = Some(NOW.plus(Duration::from_secs(20 * 3_600)));
    let mut stage = staged(testing::live(1), of(vec![scheduled.clone()]));
    assert!(stage.shows("Agendadas 1") && stage.shows("Esperando 0") && stage.tells("Marcada para amanhã"));
    assert!(stage.shows("Agendada"));
    let step = PreparingStep::Checking { done: 1, total: 2 };
    under_way(&mut stage.around().live, &scheduled, step);
    stage.settle();
    assert!(stage.shows("Preparando") && stage.tells("Conferindo o arquivo, 50%"));
}

#[test]
fn the_history_tells_the_steps_of_a_file() {
    let message = preparing(6, Some(ReasonKind::AttachmentUnreachable));
    let at = |secs: u64| NOW.minus(Duration::from_secs(60 - secs));
    let line = |secs, state, reason: Option<Reason>| crate::domain::message::MessageStep {
        at: at(secs),
        state,
        attempt: 0,
        reason,
        raw: None,
    };
    let failed = Reason::with_words(ReasonKind::AttachmentUnreachable, "HTTP 502");
    let steps = vec![
        line(0, MessageState::Preparing, None),
        line(10, MessageState::Preparing, Some(failed)),
        line(40, MessageState::Queued, None),
    ];
    let mut stage = staged(
        testing::live(1),
        Stored {
            outbox: vec![message],
            history: steps,
            ..Stored::default()
        },
    );
    stage.click("Ações da mensagem para +55 11 90000-0006");
    stage.click("Ver histórico");
    for words in ["Preparando o anexo", "Foi dito: HTTP 502", "Na fila"] {
        assert!(stage.tells(words), "{words}: {:#?}", stage.texts());
    }
}

/// The pictures are for the eye (`RECADO_PICTURES` keeps them).
#[test]
fn the_queue_with_files_is_drawn() {
    let mut live = testing::live(1);
    let mut outbox = stage::outbox();
    let uploads = preparing(41, None);
    let total = 4_000_000;
    under_way(
        &mut live,
        &uploads,
        PreparingStep::Uploading {
            done: 1_680_000,
            total,
        },
    );
    outbox.insert(2, uploads);
    outbox.insert(3, preparing(42, Some(ReasonKind::AttachmentUnreachable)));
    let stored = of(outbox);
    for (name, dark, scale, size) in stage::looks() {
        let name = format!("queue-files-{name}");
        let picture = stage::picture(
            &name,
            Screen::Queue,
            live.clone(),
            &stored,
            (dark, scale, size),
            &[],
        );
        assert_eq!(picture.width(), (size.x * scale).round() as u32);
    }
}
