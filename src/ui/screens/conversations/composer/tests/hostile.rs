//! Too many, odd names, things that are no files, and what comes too late.

use super::*;

#[test]
fn ten_go_along_and_no_more() {
    let mut bench = Bench::usual();
    let paths: Vec<String> = (0..13).map(|index| format!("/home/ana/{index}.pdf")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    drop_files(&mut bench, &paths);
    assert_eq!(asked(bench.about_files()).len(), 10);
    assert!(bench.tells("Vão no máximo 10 de cada vez: 3 ficaram de fora."));
    drop_files(&mut bench, &["/home/ana/x.pdf"]);
    paste_picture(&mut bench);
    assert!(asked(bench.about_files()).is_empty());
    assert!(!bench.shows("Imagem colada") && bench.tells("1 ficou de fora."));
    hover_files(&mut bench, 1);
    assert!(bench.tells("Vão no máximo 10 anexos de cada vez."));
}

#[test]
fn an_address_counts_among_the_ten() {
    let mut bench = Bench::usual();
    bench.attach("Um endereço https…");
    bench.type_text("https://files.example/a.pdf");
    let paths: Vec<String> = (0..10).map(|index| format!("/home/ana/{index}.pdf")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    drop_files(&mut bench, &paths);
    assert_eq!(asked(bench.about_files()).len(), 9);
}

#[test]
fn what_is_taken_away_while_it_comes_is_given_up_when_it_has_come() {
    let mut bench = Bench::usual();
    drop_files(&mut bench, &["/home/ana/foto.jpg"]);
    let (ticket, ..) = one_asked(&mut bench);
    bench.click("Tirar foto.jpg");
    assert!(!bench.shows("foto.jpg") && !bench.is_disabled("Anexar"));
    assert!(bench.about_files().is_empty());
    let late = file(&bench, "foto.jpg", 10);
    answer(&mut bench, ticket, Ok(late.clone()));
    bench.wait(std::time::Duration::from_secs(1));
    assert!(!bench.shows("foto.jpg"));
    assert_eq!(discarded(&bench.about_files()), [late.id]);
}

#[test]
fn names_are_shown_without_what_misleads() {
    let mut bench = Bench::usual();
    let long = format!("/home/ana/{}.pdf", "a".repeat(1_048_576));
    let names = [
        "/home/ana/fatura\u{202e}fdp.exe",
        "/home/ana/\u{1b}[31mnota\u{0}.pdf",
        long.as_str(),
        "/home/ana/\u{202e}\u{7}",
        "/home/ana/=cmd|'calc'!A1.pdf",
        "/home/ana/<img src=x>.png",
    ];
    drop_files(&mut bench, &names);
    assert_eq!(asked(bench.about_files()).len(), names.len());
    let texts = bench.texts();
    for text in &texts {
        assert!(
            !text.contains(['\u{202e}', '\u{1b}', '\u{0}', '\u{7}']),
            "{text:?}"
        );
        assert!(text.chars().count() < 400, "{}", text.len());
    }
    assert!(bench.shows("faturafdp.exe") && bench.shows("[31mnota.pdf"));
    assert!(bench.shows("Arquivo sem nome"), "{texts:#?}");
    bench.click("Tirar Arquivo sem nome");
    assert!(!bench.shows("Arquivo sem nome"));
}

#[test]
fn a_folder_and_an_unreadable_file_are_said() {
    let mut bench = Bench::usual();
    drop_files(&mut bench, &["/home/ana/Documentos", "/root/segredo.pdf", "/"]);
    let all = asked(bench.about_files());
    answer(&mut bench, all[0].0, Err(FileProblem::NotAFile));
    let denied = FileProblem::Unreadable("permission denied".into());
    answer(&mut bench, all[1].0, Err(denied));
    answer(&mut bench, all[2].0, Err(FileProblem::NotAFile));
    assert!(bench.tells("Isto é uma pasta ou um dispositivo"));
    assert!(bench.tells("O arquivo não pode ser lido") && bench.tells("permission denied"));
    assert!(bench.is_disabled("Enviar"));
    for name in ["Documentos", "segredo.pdf", "/"] {
        bench.click(&format!("Tirar {name}"));
    }
    bench.wait(std::time::Duration::from_secs(1));
    assert!(bench.about_files().is_empty(), "nothing was kept of them");
}

#[test]
fn an_engine_that_fails_altogether_is_said() {
    let mut bench = Bench::usual();
    drop_files(&mut bench, &["/home/ana/foto.jpg"]);
    let (ticket, ..) = one_asked(&mut bench);
    bench.tell(Event::Answer(ticket, Answer::Failed("parou".into())));
    assert!(bench.tells("O arquivo não pôde ser guardado.") && bench.tells("parou"));
}
