//! What the people of the demo say. A shop in Brazil sells furniture; all of it is invented.

use super::scenery::pictures::Scene;
use super::webhook::{Contact, Said};

/// One thing to say; a file is made only when it is said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Line {
    Text(&'static str),
    Picture(Scene, &'static str),
    Voice,
    /// Name, title and lines.
    Paper(&'static str, &'static str, &'static [&'static str]),
    /// Latitude, longitude, whether it moves.
    Place(f64, f64, bool),
    Video(&'static str),
    Card(&'static str, &'static str),
}

impl Line {
    /// What it is when said.
    pub(super) fn said(self) -> Said {
        match self {
            Self::Text(text) => Said::text(text),
            Self::Picture(scene, caption) => Said::picture(scene, caption),
            Self::Voice => Said::voice(),
            Self::Paper(name, title, lines) => Said::pdf(name, title, lines),
            Self::Place(latitude, longitude, live) => Said::place(latitude, longitude, live),
            Self::Video(caption) => Said::video(caption),
            Self::Card(name, phone) => Said::contact_card(name, phone),
        }
    }

    /// How early it comes among the answers; less is earlier.
    pub(super) fn comes_early(self) -> u8 {
        match self {
            Self::Text(text) if text.starts_with("Perfeito") => 0,
            Self::Picture(Scene::LivingRoom, _) => 1,
            Self::Voice => 2,
            Self::Paper(..) => 3,
            Self::Place(..) => 4,
            _ => 5,
        }
    }
}

/// Who writes by themselves.
pub(super) fn contacts() -> Vec<Contact> {
    [
        ("5511900000044", "Marina Souza"),
        ("5511900000013", "João Pereira"),
        ("5511900000015", "Clínica Aurora"),
        ("5511900000016", "Rafael Lima"),
        ("5511900000017", "Beatriz Teles"),
        ("5511900000018", "Fernando Nunes"),
        ("5511900000019", "Ágata Gomes"),
        ("5511900000021", "Begoña Núñez"),
        ("5511900000022", "Seu Antônio 🛠️"),
    ]
    .map(|(phone, name)| Contact::new(phone, name))
    .to_vec()
}

/// Who writes by themselves to the second shop: somebody else in each place.
pub(super) fn other_contacts() -> Vec<Contact> {
    [
        ("5511900000045", "Helena Prado"),
        ("5511900000046", "Tomás Villela"),
        ("5511900000047", "Pousada do Ipê"),
        ("5511900000048", "Davi Moura"),
        ("5511900000049", "Lívia Sant’Anna"),
        ("5511900000051", "Nelson Araújo"),
        ("5511900000052", "Yasmin Couto"),
        ("5511900000053", "Íñigo Peña"),
        ("5511900000054", "Dona Zuleica 🧵"),
    ]
    .map(|(phone, name)| Contact::new(phone, name))
    .to_vec()
}

/// A name for a number nobody knows.
pub(super) fn name_of(phone: &str) -> &'static str {
    const NAMES: [&str; 10] = [
        "Luísa",
        "Caio",
        "Dona Célia",
        "Thaís",
        "Otávio",
        "Conceição",
        "Iñaki",
        "Márcio",
        "Sônia",
        "Zé Carlos",
    ];
    let sum: usize = phone.bytes().map(usize::from).sum();
    NAMES[sum % NAMES.len()]
}

/// What is said by themselves: who, by place among the contacts, and the lines.
pub(super) const SCENES: &[(usize, &[Line])] = {
    use Line::{Card, Paper, Picture, Place, Text, Video, Voice};
    &[
        (
            0,
            &[
                Text("Oi, boa tarde! 👋 A promoção do sofá ainda está valendo?"),
                Text("O de *tecido cinza*, não o de ~couro~"),
            ],
        ),
        (
            1,
            &[
                Picture(Scene::LivingRoom, "Chegou hoje, olha como ficou na sala 😍"),
                Text("A montagem foi _rapidinha_. Obrigado!"),
            ],
        ),
        (
            2,
            &[
                Paper(
                    "pedido-de-compra-1043.pdf",
                    "Pedido de compra nº 1043",
                    &[
                        "Clínica Aurora",
                        "",
                        "4 cadeiras de recepção, azul",
                        "1 balcão de atendimento, 1,80 m",
                        "Entrega: até o fim do mês, pela manhã",
                    ],
                ),
                Text("Segue o pedido assinado. Conseguem confirmar o prazo?"),
            ],
        ),
        (
            3,
            &[
                Text("Já estou chegando para a retirada 🚚"),
                Place(-23.561_414, -46.655_881, true),
            ],
        ),
        (4, &[Voice]),
        (
            5,
            &[
                Text("Passei o contato do marceneiro que comentei:"),
                Card("Oficina do Nilo", "5511900000023"),
            ],
        ),
        (
            6,
            &[Text(
                "Bom dia! Minha lista:\n- 2 mesinhas de canto\n- 1 luminária\n- *4* almofadas 🧡\n\nTem tudo à pronta entrega?",
            )],
        ),
        (
            7,
            &[Text(
                "¡Hola! ¿Hacen envíos a otra ciudad? Quiero la mesa pequeña para mi niña 🇪🇸",
            )],
        ),
        (
            8,
            &[
                Video("A gaveta fazendo barulho, ouve só"),
                Text("É normal isso? O código na etiqueta é ```GV-208```"),
            ],
        ),
        (
            4,
            &[Picture(Scene::Cake, "Hoje a loja faz aniversário? 🎂 Parabéns!!")],
        ),
        (0, &[Text("Vocês abrem no sábado?"), Text("👀")]),
        (
            1,
            &[
                Place(-23.548_943, -46.638_818, false),
                Text("Essa é a loja certa?"),
            ],
        ),
    ]
};

/// What is answered to whatever it was.
pub(super) fn answers() -> Vec<Line> {
    use Line::{Paper, Picture, Place, Text, Video, Voice};
    vec![
        Text("Perfeito, *muito obrigada*! 🙌"),
        Picture(Scene::LivingRoom, "É para este canto aqui da sala 🛋️"),
        Voice,
        Paper(
            "comprovante.pdf",
            "Comprovante de transferência",
            &["Valor: R$ 1.280,00", "Pedido em aberto", "Situação: concluída"],
        ),
        Place(-23.587_416, -46.657_634, false),
        Text("Combinado 👍🏽"),
        Text("Qual é a previsão de entrega para a região do São João?"),
        Text("Vou confirmar com o meu irmão e _já respondo_, tá? 😊"),
        Text("Não consegui abrir o anexo, pode mandar de novo?"),
        Picture(Scene::Street, "Passei em frente agora há pouco!"),
        Text("Fechado. Amanhã às 10h então ✅"),
        Text("kkkkk adorei 😂😂"),
        Picture(Scene::Hills, "Respondo melhor quando voltar da viagem 🌄"),
        Text("Ótimo! E no cartão, em quantas vezes dá para fazer?"),
        Video("Olha o espaço que tenho"),
        Text("O endereço é Rua das Acácias, 120. *Portão azul*, ~casa 2~ casa 3."),
    ]
}
