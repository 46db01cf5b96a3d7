use super::AccountsScreen;
use super::bench::{self, Stage, press, says};
use crate::domain::Connection;
use crate::domain::inbox::{RawDelivery, RawOutcome};
use crate::engine::{Answer, ArchiveCommand, Command, ExportScope, Question};

#[test]
fn what_could_not_be_read_is_counted_shown_and_exported() {
    let view = bench::account(1, "Loja Centro", Connection::Ready);
    let account = view.account.id;
    let stage: Stage<AccountsScreen> = Stage::new(AccountsScreen::ui, vec![view]);
    let mut window = stage.in_window(1_196.0, 1_000.0);
    window.run_steps(3);
    assert!(!says(&window, "Ver o que chegou"), "there is nothing to be seen");
    window.state_mut().change(0, |view| view.inbox.unreadable = 2);
    window.run_steps(3);
    assert!(says(&window, "2 chamadas não puderam ser lidas"));
    press(&mut window, "Ver o que chegou");
    let asked = window.state_mut().commands();
    let [Command::Ask(ticket, Question::RawDeliveries(of))] = asked.as_slice() else {
        panic!("{asked:?}")
    };
    assert_eq!(*of, account);
    let list = vec![RawDelivery {
        sequence: 7,
        account,
        received_at: crate::ui::testing::NOW,
        outcome: RawOutcome::Unreadable,
        why: Some("no JSON in it".into()),
        bytes: 48,
        beginning: "<b>Fatal error</b>".into(),
    }];
    window.state_mut().answer(*ticket, Answer::RawDeliveries(list));
    window.run_steps(3);
    assert!(says(&window, "no JSON in it") && says(&window, "<b>Fatal error</b>"));
    press(&mut window, "Exportar tudo…");
    press(&mut window, "Exportar");
    let asked = window.state_mut().commands();
    assert!(
        matches!(asked.as_slice(), [Command::Archive(ArchiveCommand::Export { scope: ExportScope::Unreadable(of), .. })] if *of == account),
        "{asked:?}"
    );
}
