use crate::domain::template::{TemplateParameter, TemplateProblem};
use crate::domain::{GatewayKind, Template, TemplateId, Timestamp};
use crate::engine::{Answer, Command, Question, TemplateCommand, TemplateError, TemplatesMoved, Ticket};
use crate::ui::context::UiAction;
use crate::ui::outside::DialogAnswer;
use crate::ui::screens::accounts::AccountsScreen;
use crate::ui::screens::accounts::bench::{self, Stage, press, says, type_into};
use crate::ui::text::{Language, Localizer};
use crate::ui::theme::Theme;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

type Window = Harness<'static, Stage<AccountsScreen>>;

fn stage(gateway: GatewayKind) -> Stage<AccountsScreen> {
    Stage::new(
        AccountsScreen::ui,
        vec![bench::account_of(1, "Campanhas", gateway)],
    )
}

/// The page of an account with these templates in its library.
fn window(gateway: GatewayKind, templates: Vec<Template>) -> Window {
    let mut window = stage(gateway).in_window(1_196.0, 1_500.0);
    window.run_steps(3);
    let ticket = asked(&mut window);
    window.state_mut().answer(ticket, Answer::Templates(templates));
    window.run_steps(3);
    window
}

fn asked(window: &mut Window) -> Ticket {
    let commands = window.state_mut().commands();
    match commands.as_slice() {
        [Command::Ask(ticket, Question::Templates(_))] => *ticket,
        other => panic!("one question for the templates, not {other:?}"),
    }
}

fn command(window: &mut Window) -> TemplateCommand {
    let mut commands = window.state_mut().commands();
    match (commands.pop(), commands.pop()) {
        (Some(Command::Template(command)), None) => command,
        other => panic!("one command about templates, not {other:?}"),
    }
}

/// Chooses this in the menu that is open.
fn item(window: &mut Window, name: &str) {
    window.get_by_label(name).click();
    window.run_steps(4);
}

fn order() -> Template {
    Template {
        id: TemplateId::new(),
        account: bench::account_of(1, "Campanhas", GatewayKind::Devino).account.id,
        key: "pedido_pronto".to_owned(),
        language: "pt_BR".to_owned(),
        text: "Olá {{1}}, o pedido {{2}} está pronto.".to_owned(),
        parameters: [("nome", "Ana"), ("pedido", "1842")]
            .map(|(name, sample)| TemplateParameter {
                name: name.to_owned(),
                sample: sample.to_owned(),
            })
            .into(),
        header_image: false,
        updated_at: Timestamp(1),
    }
}

#[test]
fn a_gateway_without_templates_has_no_library() {
    let mut window = stage(GatewayKind::Solutek).in_window(1_196.0, 1_500.0);
    window.run_steps(3);
    assert!(window.state_mut().commands().is_empty());
    assert!(!says(&window, "Adicionar modelo"));
}

#[test]
fn a_template_is_written_down_with_the_parameters_its_text_names() {
    let mut window = window(GatewayKind::DecisionTelecom, Vec::new());
    assert!(says(&window, "Nenhum ainda"));
    assert!(says(&window, "namespace:nome"));
    press(&mut window, "Adicionar modelo…");
    press(&mut window, "Salvar modelo");
    assert!(window.state_mut().commands().is_empty());
    assert!(
        says(&window, "Digite com que nome")
            && says(&window, "Digite o idioma")
            && says(&window, "Digite o texto")
    );
    type_into(&mut window, "Nome", " loja:boas_vindas ");
    type_into(&mut window, "Idioma", "pt_BR");
    type_into(&mut window, "Texto", "Olá {{1}}, código {{2}}!");
    // The dialog has grown with the fields of the parameters.
    window.run_steps(4);
    window.key_press(egui::Key::Escape);
    window.run_steps(3);
    assert!(says(&window, "Novo modelo"), "nothing typed is lost by a key");
    press(&mut window, "Salvar modelo");
    let said = bench::everything(&window);
    for words in ["O parâmetro 1 precisa de um nome", "O parâmetro 2 precisa"] {
        assert!(
            said.iter().any(|text| text.contains(words)),
            "{words} in {said:?}"
        );
    }
    type_into(&mut window, "Nome de {{1}}", "nome");
    type_into(&mut window, "Exemplo para {{1}}", "Ana");
    type_into(&mut window, "Nome de {{2}}", "código");
    window.run_steps(4);
    assert!(says(&window, "Olá Ana, código código!"), "the preview");
    window
        .get_by_role_and_label(Role::Switch, "Há uma imagem acima do texto")
        .click();
    window.run_steps(5);
    let said = bench::everything(&window);
    let shown = said.iter().any(|text| text == "Imagem, escolhida ao enviar");
    assert!(shown, "{:?}", &said[said.len().saturating_sub(50)..]);
    press(&mut window, "Salvar modelo");
    let TemplateCommand::Save(ticket, template) = command(&mut window) else {
        panic!("a save")
    };
    assert_eq!(template.key, "loja:boas_vindas");
    assert!(template.header_image && template.parameters.len() == 2);
    assert_eq!(template.parameters[1].name, "código");
    window
        .state_mut()
        .answer(ticket, Answer::TemplateSaved(Ok(template.id)));
    window.run_steps(3);
    let again = asked(&mut window);
    window
        .state_mut()
        .answer(again, Answer::Templates(vec![*template]));
    window.run_steps(3);
    assert!(says(&window, "loja:boas_vindas · pt_BR"));
    assert!(!says(&window, "Novo modelo"));
}

#[test]
fn names_are_kept_while_the_text_is_being_changed() {
    let mut window = window(GatewayKind::Devino, vec![order()]);
    press(&mut window, "Alterar pedido_pronto");
    assert!(says(&window, "Olá Ana, o pedido 1842 está pronto."));
    assert!(!says(&window, "Há uma imagem"), "this gateway has none");
    let text = |window: &mut Window, words: &str| {
        bench::field(window, "Texto").focus();
        window.run_steps(2);
        window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        window.run_steps(2);
        window.event(egui::Event::Text(words.to_owned()));
        window.run_steps(3);
    };
    text(&mut window, "Olá!");
    assert!(!says(&window, "Nome de {{1}}"));
    text(&mut window, "Oi {{1}}, {{2}} chegou.");
    assert!(says(&window, "Oi Ana, 1842 chegou."));
    text(&mut window, "{{1}} {{3}}");
    press(&mut window, "Salvar modelo");
    assert!(says(&window, "veja {{2}}"));
}

#[test]
fn what_the_library_refuses_stands_at_its_field_until_it_is_changed() {
    let mut window = window(GatewayKind::Devino, vec![order()]);
    press(&mut window, "Alterar pedido_pronto");
    press(&mut window, "Salvar modelo");
    let TemplateCommand::Save(ticket, _) = command(&mut window) else {
        panic!("a save")
    };
    let taken = TemplateError::Problems(vec![TemplateProblem::Taken]);
    window
        .state_mut()
        .answer(ticket, Answer::TemplateSaved(Err(taken)));
    window.run_steps(3);
    assert!(says(&window, "Já existe um com esse nome"));
    type_into(&mut window, "Identificador", "2");
    assert!(!says(&window, "Já existe um com esse nome"));
    press(&mut window, "Salvar modelo");
    let TemplateCommand::Save(ticket, template) = command(&mut window) else {
        panic!("a save")
    };
    assert_eq!(template.key, "pedido_pronto2");
    let full = TemplateError::Store("disk full".to_owned());
    window
        .state_mut()
        .answer(ticket, Answer::TemplateSaved(Err(full)));
    window.run_steps(3);
    assert!(
        says(&window, "disk full") && says(&window, "Alterar modelo"),
        "nothing typed is lost"
    );
}

#[test]
fn removing_asks_first() {
    let mut window = window(GatewayKind::Devino, vec![order()]);
    press(&mut window, "Remover pedido_pronto");
    assert!(
        says(&window, "Remover o modelo pedido_pronto?") && says(&window, "na Devino continua registrado")
    );
    press(&mut window, "Manter modelo");
    assert!(window.state_mut().commands().is_empty() && says(&window, "pedido_pronto · pt_BR"));
    press(&mut window, "Remover pedido_pronto");
    press(&mut window, "Remover modelo");
    let remove = |window: &mut Window| match command(window) {
        TemplateCommand::Remove(ticket, _) => ticket,
        other => panic!("a removal, not {other:?}"),
    };
    let ticket = remove(&mut window);
    assert!(
        says(&window, "pedido_pronto · pt_BR"),
        "it is there until it is gone"
    );
    press(&mut window, "Remover modelo");
    assert!(window.state_mut().commands().is_empty(), "asked once");
    let full = TemplateError::Store("disk full".to_owned());
    window
        .state_mut()
        .answer(ticket, Answer::TemplateRemoved(Err(full)));
    window.run_steps(3);
    assert!(says(&window, "disk full") && says(&window, "Remover o modelo pedido_pronto?"));
    press(&mut window, "Remover modelo");
    let ticket = remove(&mut window);
    assert!(!says(&window, "disk full"));
    window.state_mut().answer(ticket, Answer::TemplateRemoved(Ok(())));
    window.run_steps(3);
    assert!(!says(&window, "pedido_pronto · pt_BR") && says(&window, "Nenhum ainda"));
    let actions = window.state_mut().taken();
    let said = |action: &UiAction| matches!(action, UiAction::Toast(_, words) if words == "Modelo removido");
    assert!(actions.iter().any(said), "{actions:?}");
}

#[test]
fn a_picture_the_gateway_does_not_have_is_said_to_be_left_out() {
    let pictured = Template {
        header_image: true,
        ..order()
    };
    let mut window = window(GatewayKind::Devino, vec![pictured]);
    press(&mut window, "Alterar pedido_pronto");
    assert!(says(&window, "A Devino não tem imagens acima do texto"));
    assert!(!says(&window, "Imagem, escolhida ao enviar"));
    press(&mut window, "Cancelar");
    press(&mut window, "Mais sobre modelos");
    item(&mut window, "Importar de um arquivo…");
    type_into(&mut window, "Arquivo", "/tmp/modelos.json");
    // Enter in the field does as the button.
    window.key_press(egui::Key::Enter);
    window.run_steps(4);
    let TemplateCommand::Import { ticket, .. } = command(&mut window) else {
        panic!("an import")
    };
    let moved = TemplatesMoved {
        count: 3,
        without_picture: 2,
    };
    window
        .state_mut()
        .answer(ticket, Answer::TemplatesMoved(Ok(moved)));
    window.run_steps(3);
    let actions = window.state_mut().taken();
    let said = |words: &str| {
        let mut actions = actions.iter();
        actions.any(|action| matches!(action, UiAction::Toast(_, said) if said.contains(words)))
    };
    assert!(
        said("3 modelos importados") && said("2 deles tinham uma imagem acima do texto"),
        "{actions:?}"
    );
}

#[test]
fn templates_come_from_files_and_go_to_files() {
    let mut window = window(GatewayKind::Devino, vec![order()]);
    press(&mut window, "Mais sobre modelos");
    item(&mut window, "Importar de um arquivo…");
    press(&mut window, "Importar");
    assert!(window.state_mut().commands().is_empty(), "no whole path");
    press(&mut window, "Escolher…");
    let actions = window.state_mut().taken();
    let [UiAction::PickFiles(ticket)] = actions.as_slice() else {
        panic!("{actions:?}")
    };
    let chosen = DialogAnswer::Chosen(vec!["/tmp/modelos.json".into()]);
    window.state_mut().picked = Some((*ticket, chosen));
    window.run_steps(3);
    press(&mut window, "Importar");
    let TemplateCommand::Import { ticket, from, .. } = command(&mut window) else {
        panic!("an import")
    };
    assert_eq!(from, std::path::Path::new("/tmp/modelos.json"));
    let wrong = TemplateError::InFile(3, vec![TemplateProblem::NoText]);
    window
        .state_mut()
        .answer(ticket, Answer::TemplatesMoved(Err(wrong)));
    window.run_steps(3);
    assert!(says(&window, "O modelo 3 do arquivo está errado: Digite o texto"));
    press(&mut window, "Importar");
    let TemplateCommand::Import { ticket, .. } = command(&mut window) else {
        panic!("an import")
    };
    let four = TemplatesMoved {
        count: 4,
        without_picture: 0,
    };
    window
        .state_mut()
        .answer(ticket, Answer::TemplatesMoved(Ok(four)));
    window.run_steps(3);
    let actions = window.state_mut().taken();
    let toast = |words: &str| {
        let mut actions = actions.iter();
        actions.any(|action| matches!(action, UiAction::Toast(_, said) if said.contains(words)))
    };
    assert!(toast("4 modelos importados"), "{actions:?}");
    let read =
        |action: &UiAction| matches!(action, UiAction::Command(Command::Ask(_, Question::Templates(_))));
    assert!(actions.iter().any(read), "the list is read again");

    press(&mut window, "Mais sobre modelos");
    item(&mut window, "Exportar para um arquivo…");
    press(&mut window, "Exportar");
    let TemplateCommand::Export { to, .. } = command(&mut window) else {
        panic!("an export")
    };
    let name = to.file_name().unwrap().to_string_lossy().into_owned();
    assert!(
        to.is_absolute() && name.starts_with("recado-modelos-campanhas") && name.ends_with(".json"),
        "{name}"
    );
}

#[test]
fn a_library_that_cannot_be_read_says_so_and_is_read_again() {
    let mut window = stage(GatewayKind::Devino).in_window(1_196.0, 1_500.0);
    window.run_steps(3);
    let ticket = asked(&mut window);
    window
        .state_mut()
        .answer(ticket, Answer::Failed("locked".to_owned()));
    window.run_steps(3);
    assert!(says(&window, "Não foi possível ler os modelos") && says(&window, "locked"));
    press(&mut window, "Ler de novo");
    asked(&mut window);
    assert!(!says(&window, "locked"));
}

#[test]
fn pictures_of_the_library_for_the_eye() {
    let Ok(folder) = std::env::var("RECADO_PICTURES") else {
        return;
    };
    std::fs::create_dir_all(&folder).unwrap();
    for (language, dark, width) in [
        (Language::Portuguese, false, 1_196.0_f32),
        (Language::English, true, 1_196.0),
        (Language::Spanish, false, 560.0),
    ] {
        let mut stage = stage(GatewayKind::DecisionTelecom);
        stage.theme = Theme::new(dark);
        stage.narrow = width < 1_000.0;
        stage.text = Localizer::new(language);
        let mut window = stage.in_window(width, 2_000.0);
        window.run_steps(3);
        if width < 1_000.0 {
            let row = window.query_all_by_role(Role::Button).find(|row| {
                let name = egui_kittest::kittest::NodeT::accesskit_node(row).label();
                name.is_some_and(|name| name.starts_with("Campanhas"))
            });
            row.unwrap().click();
            window.run_steps(3);
        }
        let ticket = asked(&mut window);
        let pictured = Template {
            id: TemplateId::new(),
            key: "loja:boas_vindas".to_owned(),
            header_image: true,
            ..order()
        };
        let list = vec![pictured, order()];
        window.state_mut().answer(ticket, Answer::Templates(list));
        window.run_steps(3);
        let picture = bench::picture(window.state_mut(), width, 1_500.0, 1.0);
        picture
            .save(format!("{folder}/library-{}.png", language.key()))
            .unwrap();
        let text = Localizer::new(language);
        let name = text.with("templates-change-named", &[("key", "loja:boas_vindas".into())]);
        press(&mut window, &name);
        let picture = bench::picture(window.state_mut(), width, 900.0, 1.0);
        picture
            .save(format!("{folder}/template-{}.png", language.key()))
            .unwrap();
    }
}

#[test]
fn the_word_beside_the_switch_turns_it() {
    let mut window = window(GatewayKind::DecisionTelecom, Vec::new());
    press(&mut window, "Adicionar modelo…");
    let words = "Há uma imagem acima do texto";
    let shown = "Imagem, escolhida ao enviar";
    let before = says(&window, shown);
    for wanted in [!before, before] {
        let switch = window.get_by_role_and_label(Role::Switch, words).rect();
        let at = switch.right_center() + egui::vec2(40.0, 0.0);
        window.drag_at(at);
        window.drop_at(at);
        window.run_steps(4);
        assert_eq!(says(&window, shown), wanted);
    }
}
