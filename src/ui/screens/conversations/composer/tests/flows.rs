//! How files come into the composer, and how they leave it.

use super::*;
use egui::{Key, Modifiers};

#[test]
fn files_are_chosen_in_the_systems_dialog() {
    let mut bench = Bench::usual();
    let paths: Vec<PathBuf> = ["/home/ana/foto.jpg", "/home/ana/nota.pdf"]
        .map(Into::into)
        .into();
    *bench.played.system.pick.lock().unwrap() = Some(paths.clone());
    bench.attach("Deste computador…");
    let mut all = Vec::new();
    bench.until(|bench| bench.shows("foto.jpg"));
    all.extend(asked(bench.about_files()));
    let sources: Vec<_> = all.iter().map(|(_, source, _)| source.clone()).collect();
    assert_eq!(
        sources,
        paths.into_iter().map(FileSource::Path).collect::<Vec<_>>()
    );
    assert!(bench.tells("2 arquivos: uma mensagem para cada um"));
    // While they are looked at nothing can be sent, and why is said.
    assert!(bench.is_disabled("Enviar"));
    let (one, two) = (
        file(&bench, "foto.jpg", 307_200),
        file(&bench, "nota.pdf", 1_258_291),
    );
    answer(&mut bench, all[1].0, Ok(two.clone()));
    assert!(bench.tells("Verificando…") && bench.is_disabled("Enviar"));
    answer(&mut bench, all[0].0, Ok(one.clone()));
    assert!(bench.tells("JPG · 300 KB · 1200 × 800"), "{:#?}", bench.texts());
    assert!(bench.tells("PDF · 1,2 MB"), "{:#?}", bench.texts());
    // The keyboard is in the text: without any text it goes too.
    bench.press(Modifiers::NONE, Key::Enter);
    let (ticket, text, attachments) = one_send(&mut bench);
    assert_eq!(text, "");
    let expected = [Attachment::from_file(&one), Attachment::from_file(&two)];
    assert_eq!(attachments, expected);
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Ok(Vec::new()))));
    assert!(!bench.shows("foto.jpg") && !bench.shows("nota.pdf"));
    assert_eq!(
        discarded(&bench.about_files()),
        [],
        "they belong to the messages now"
    );
}

#[test]
fn without_a_dialog_a_path_is_typed() {
    let mut bench = Bench::usual();
    bench.attach("Deste computador…");
    bench.until(|bench| bench.shows("Caminho"));
    assert!(bench.tells("Este sistema não tem janela para escolher arquivos"));
    bench.focus("Caminho");
    bench.type_text("nota.pdf");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(
        bench.tells("Escreva o caminho inteiro, desde a raiz."),
        "{:#?}",
        bench.texts()
    );
    bench.focus("Caminho");
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text("\"/home/ana/Nota fiscal.pdf\"");
    bench.press(Modifiers::NONE, Key::Enter);
    let (_, source, _) = one_asked(&mut bench);
    assert_eq!(source, FileSource::Path("/home/ana/Nota fiscal.pdf".into()));
    assert!(bench.shows("Nota fiscal.pdf") && !bench.shows("Caminho"));
}

#[test]
fn a_path_can_be_typed_while_the_dialog_does_not_answer() {
    let mut bench = Bench::usual();
    bench.attach("Digitar um caminho…");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows("Caminho"), "{:#?}", bench.texts());
    bench.attach("Digitar um caminho…");
    bench.focus("Caminho");
    bench.type_text("/tmp/a.png");
    bench.click("Anexar");
    assert_eq!(one_asked(&mut bench).1, FileSource::Path("/tmp/a.png".into()));
}

#[test]
fn a_problem_is_said_with_its_way_out() {
    let mut bench = Bench::usual();
    drop_files(&mut bench, &["/home/ana/figura.gif", "/home/ana/rodar.pdf"]);
    let all = asked(bench.about_files());
    let unsupported = FileProblem::Unsupported {
        found: "gif".into(),
        allowed: vec!["jpg", "png", "pdf", "mp3"],
        convertible: true,
    };
    answer(&mut bench, all[0].0, Err(unsupported));
    answer(&mut bench, all[1].0, Err(FileProblem::MayRun));
    assert!(
        bench.tells("O gateway não aceita GIF, mas a imagem pode ser convertida."),
        "{:#?}",
        bench.texts()
    );
    assert!(bench.tells("Isto é um programa ou um script."));
    bench.focus(TEXT);
    bench.type_text("veja");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.is_disabled("Enviar") && bench.sends().is_empty());
    bench.click("Tirar rodar.pdf");
    bench.click("Converter: figura.gif");
    let (ticket, source, change) = one_asked(&mut bench);
    assert_eq!(
        (source, change),
        (
            FileSource::Path("/home/ana/figura.gif".into()),
            PictureChange::Convert
        )
    );
    let converted = file(&bench, "figura.png", 90_000);
    answer(&mut bench, ticket, Ok(converted));
    assert!(bench.shows("figura.png") && !bench.is_disabled("Enviar"));
}

#[test]
fn a_picture_too_large_for_the_gateway_is_made_smaller() {
    let mut bench = Bench::usual();
    drop_files(&mut bench, &["/home/ana/foto.jpg"]);
    let (ticket, ..) = one_asked(&mut bench);
    let problem = FileProblem::TooLarge {
        bytes: 31_457_280,
        max_bytes: 16_777_216,
        shrinkable: true,
    };
    answer(&mut bench, ticket, Err(problem));
    assert!(
        bench.tells("30,0 MB é mais do que o gateway aceita (16,0 MB)"),
        "{:#?}",
        bench.texts()
    );
    bench.click("Diminuir: foto.jpg");
    assert_eq!(one_asked(&mut bench).2, PictureChange::Smaller);
}

#[test]
fn a_large_picture_is_made_smaller_and_the_original_can_be_had_back() {
    let mut bench = Bench::usual();
    let large = with_file(&mut bench, "foto.jpg", 5_347_738);
    bench.click("Diminuir: foto.jpg");
    assert!(bench.tells("Diminuindo…"));
    let (ticket, source, change) = one_asked(&mut bench);
    assert_eq!(
        (source, change),
        (FileSource::Taken(large.id), PictureChange::Smaller)
    );
    let smaller = file(&bench, "foto.jpg", 419_840);
    answer(&mut bench, ticket, Ok(smaller.clone()));
    assert!(bench.tells("5,1 MB → 410 KB"), "{:#?}", bench.texts());
    // Back to the original: the smaller one goes.
    bench.click("Usar a original: foto.jpg");
    bench.wait(std::time::Duration::from_secs(1));
    assert_eq!(discarded(&bench.about_files()), [smaller.id]);
    // And forth: what is sent is the smaller one, and the original goes once that is stored.
    bench.click("Diminuir: foto.jpg");
    let (ticket, ..) = one_asked(&mut bench);
    let smaller = file(&bench, "foto.jpg", 400_000);
    answer(&mut bench, ticket, Ok(smaller.clone()));
    bench.wait(std::time::Duration::from_secs(1));
    assert_eq!(discarded(&bench.about_files()), []);
    bench.click("Enviar");
    let (ticket, _, attachments) = one_send(&mut bench);
    assert_eq!(attachments[0].file, Some(smaller.id));
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Ok(Vec::new()))));
    assert_eq!(discarded(&bench.about_files()), [large.id]);
}

#[test]
fn what_gets_no_smaller_stays_as_it_was() {
    let mut bench = Bench::usual();
    let large = with_file(&mut bench, "foto.jpg", 5_347_738);
    bench.click("Diminuir: foto.jpg");
    let (ticket, ..) = one_asked(&mut bench);
    let not_smaller = file(&bench, "foto.jpg", 5_400_000);
    answer(&mut bench, ticket, Ok(not_smaller.clone()));
    assert!(bench.tells("Não fica menor do que já é.") && bench.tells("5,1 MB"));
    bench.wait(std::time::Duration::from_secs(1));
    assert_eq!(discarded(&bench.about_files()), [not_smaller.id]);
    bench.click("Enviar");
    assert_eq!(one_send(&mut bench).2[0].file, Some(large.id));
    let mut bench = Bench::usual();
    with_file(&mut bench, "foto.jpg", 5_347_738);
    bench.click("Diminuir: foto.jpg");
    let (ticket, ..) = one_asked(&mut bench);
    answer(&mut bench, ticket, Err(FileProblem::NoRoom));
    assert!(bench.tells("Não há espaço neste disco") && !bench.is_disabled("Enviar"));
}

#[test]
fn the_order_is_the_operators() {
    let mut bench = Bench::usual();
    let one = with_file(&mut bench, "um.pdf", 1_000);
    let two = with_file(&mut bench, "dois.pdf", 2_000);
    assert!(bench.is_disabled("Subir um.pdf") && bench.is_disabled("Descer dois.pdf"));
    bench.click("Subir dois.pdf");
    bench.attach("Um endereço https…");
    bench.type_text("https://files.example/tres.pdf");
    bench.click("Enviar");
    let (_, _, attachments) = one_send(&mut bench);
    let files: Vec<_> = attachments.iter().map(|attachment| attachment.file).collect();
    assert_eq!(files, [Some(two.id), Some(one.id), None]);
}

#[test]
fn a_failure_of_the_engine_keeps_everything() {
    let mut bench = Bench::usual();
    let one = with_file(&mut bench, "um.pdf", 1_000);
    bench.focus(TEXT);
    bench.type_text("segue");
    bench.click("Enviar");
    let (ticket, ..) = one_send(&mut bench);
    // While it is being sent it stays as it is; what comes meanwhile is for the next message.
    assert!(bench.is_disabled("Tirar um.pdf"));
    let two = with_file(&mut bench, "dois.pdf", 2_000);
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Err("disco cheio".into()))));
    assert!(bench.shows("um.pdf") && bench.shows("dois.pdf") && bench.tells("disco cheio"));
    assert_eq!(bench.value(TEXT), "segue");
    bench.click("Tirar dois.pdf");
    assert_eq!(discarded(&bench.about_files()), [two.id]);
    bench.click("Enviar");
    let (ticket, _, attachments) = one_send(&mut bench);
    assert_eq!(attachments[0].file, Some(one.id));
    with_file(&mut bench, "tres.pdf", 2_000);
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Ok(Vec::new()))));
    assert!(!bench.shows("um.pdf") && bench.shows("tres.pdf"));
    bench.wait(std::time::Duration::from_secs(1));
    assert_eq!(
        discarded(&bench.about_files()),
        [],
        "neither what was sent nor what is new"
    );
}

#[test]
fn pictures_of_the_clipboard_are_attached_and_one_of_them_once() {
    let mut bench = Bench::usual();
    bench.focus(TEXT);
    paste_picture(&mut bench);
    let named = format!("Imagem {}", NOW.local().strftime("%Y-%m-%d %H.%M"));
    assert!(
        named.starts_with("Imagem 2026-11-21 ") && bench.shows(&named),
        "{:#?}",
        bench.texts()
    );
    let mut all = Vec::new();
    let found = std::cell::RefCell::new(&mut all);
    bench.until(|bench| {
        found.borrow_mut().extend(asked(bench.about_files()));
        !found.borrow().is_empty()
    });
    assert!(matches!(
        &all[0].1,
        FileSource::Pixels { name, width: 3, height: 2, rgba } if rgba[..] == [255; 24] && *name == named
    ));
    let picture = file(&bench, "imagem.png", 900);
    answer(&mut bench, all[0].0, Ok(picture));
    assert!(bench.shows("imagem.png"));
    // From the menu, and the same again.
    bench.attach("Da área de transferência");
    paste_picture(&mut bench);
    let mut again = Vec::new();
    let found = std::cell::RefCell::new(&mut again);
    bench.until(|bench| {
        found.borrow_mut().extend(asked(bench.about_files()));
        !found.borrow().is_empty()
    });
    let same = file(&bench, "imagem.png", 900);
    answer(&mut bench, again[0].0, Ok(same.clone()));
    assert!(
        bench.tells(&format!("“{named}” já está anexado.")),
        "{:#?}",
        bench.texts()
    );
    assert!(!bench.tells("2 arquivos"));
    bench.wait(std::time::Duration::from_secs(1));
    assert_eq!(discarded(&bench.about_files()), [same.id]);
}

#[test]
fn files_copied_in_a_file_manager_are_attached() {
    let mut bench = Bench::usual();
    bench.focus(TEXT);
    bench.paste("file:///home/ana/Nota%20fiscal.pdf\r\nfile:///home/ana/foto.jpg");
    let sources: Vec<_> = asked(bench.about_files())
        .into_iter()
        .map(|(_, source, _)| source)
        .collect();
    let paths = ["/home/ana/Nota fiscal.pdf", "/home/ana/foto.jpg"];
    assert_eq!(sources, paths.map(|path| FileSource::Path(path.into())));
    assert_eq!(bench.value(TEXT), "");
    bench.click("Tirar foto.jpg");
    // A plain path may be meant as text.
    bench.focus(TEXT);
    bench.paste("/home/ana/recibo.pdf");
    assert_eq!(bench.value(TEXT), "/home/ana/recibo.pdf");
    assert!(bench.about_files().is_empty());
    assert!(bench.tells("Isto é o caminho de um arquivo."));
    bench.click("Anexar o arquivo");
    assert_eq!(bench.value(TEXT), "");
    assert_eq!(
        one_asked(&mut bench).1,
        FileSource::Path("/home/ana/recibo.pdf".into())
    );
    // What is pasted into another field belongs there.
    bench.focus("Buscar conversas");
    bench.paste("file:///home/ana/foto.jpg");
    assert!(bench.about_files().is_empty());
}

#[test]
fn an_empty_clipboard_is_said() {
    let mut bench = Bench::usual();
    bench.attach("Da área de transferência");
    bench.settle();
    assert!(bench.tells("Não há imagem nem arquivo na área de transferência."));
    with_file(&mut bench, "um.pdf", 1_000);
    assert!(!bench.tells("Não há imagem nem arquivo"));
    bench.attach("Da área de transferência");
    bench.paste("só texto");
    assert!(bench.tells("Não há imagem nem arquivo na área de transferência."));
    assert_eq!(bench.value(TEXT), "");
}
