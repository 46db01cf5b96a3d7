//! What the words of an error mean. The document names the field (`sobre_o_erro`) but no list of errors, so they are
//! recognised by their words, and only where the words leave no doubt: what is not recognised is a plain refusal,
//! which after an unclear attempt is never taken for more than it says.

use crate::gateway::tolerant::folded;

/// A class of errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ErrorClass {
    /// E-mail, token or application are refused.
    Credentials,
    /// The identifier of the message was used before.
    AlreadyKnown,
    /// To go slower, or to come again.
    Rate,
    /// The daily limit or the plan is used up.
    Quota,
    /// The number is none, or has no WhatsApp.
    Recipient,
    /// The attachment cannot be fetched or is of a wrong kind.
    Attachment,
    /// Anything else.
    Other,
}

/// One way to recognise a class: the words hold one of each group and none of `without`. Every entry is the beginning
/// of one or several whole words, folded; a trailing blank demands the whole word.
struct Rule {
    class: ErrorClass,
    groups: &'static [&'static [&'static str]],
    without: &'static [&'static str],
}

const fn rule(
    class: ErrorClass,
    groups: &'static [&'static [&'static str]],
    without: &'static [&'static str],
) -> Rule {
    Rule {
        class,
        groups,
        without,
    }
}

/// Wrong in whatever way.
const WRONG: &[&str] = &[
    "invalid",
    "incorret",
    "errad",
    "inexistente",
    "nao existe",
    "nao encontrad",
    "nao localizad",
    "nao informad",
    "nao cadastrad",
    "nao confere",
    "nao autorizad",
    "vazi",
    "obrigatori",
    "ausente",
    "nao e valid",
];

const LOCKED: &[&str] = &[
    "expirad",
    "recusad",
    "negad",
    "bloquead",
    "desativad",
    "suspens",
    "revogad",
];

/// The first that fits counts.
const RULES: &[Rule] = &[
    rule(
        ErrorClass::AlreadyKnown,
        &[
            &[
                "repetid",
                "duplicad",
                "duplicate",
                "ja enviad",
                "ja foi",
                "ja existe",
                "ja utilizad",
                "ja usad",
                "ja processad",
                "ja recebid",
                "already",
            ],
            &[
                "id ",
                "idmsg ",
                "mensagem ",
                "msg ",
                "message ",
                "envio ",
                "disparo ",
            ],
        ],
        &["limite", "muitas ", "muitos "],
    ),
    rule(
        ErrorClass::AlreadyKnown,
        &[&["repetid", "duplicad", "duplicate"]],
        &["limite", "muitas ", "muitos ", "aguarde", "numero ", "anexo "],
    ),
    rule(
        ErrorClass::Credentials,
        &[
            &[
                "token ",
                "credencia",
                "email ",
                "e mail ",
                "idapp ",
                "id app ",
                "app ",
                "aplicacao ",
                "login ",
                "senha ",
            ],
            WRONG,
        ],
        &["anexo "],
    ),
    rule(
        ErrorClass::Credentials,
        &[
            &[
                "token ",
                "credencia",
                "email ",
                "e mail ",
                "idapp ",
                "id app ",
                "app ",
                "aplicacao ",
                "login ",
                "conta ",
                "acesso ",
            ],
            LOCKED,
        ],
        &["anexo "],
    ),
    rule(
        ErrorClass::Credentials,
        &[&[
            "nao autorizad",
            "falha na autenticacao",
            "falha de autenticacao",
            "erro de autenticacao",
            "erro na autenticacao",
            "unauthorized",
            "login invalid",
        ]],
        &["numero ", "destinatario ", "anexo "],
    ),
    rule(
        ErrorClass::Rate,
        &[&[
            "muitas requisic",
            "muitas solicitac",
            "excesso de requisic",
            "limite de requisic",
            "too many",
            "rate limit",
            "aguarde",
            "por minuto ",
            "por segundo ",
            "flood",
        ]],
        &[],
    ),
    rule(
        ErrorClass::Quota,
        &[
            &["limite "],
            &[
                "diari",
                "mensal ",
                "plano ",
                "mensagens ",
                "envios ",
                "disparos ",
                "pacote ",
            ],
        ],
        &[
            "caracter", "tamanho ", "anexo ", "arquivo ", "kb ", "mb ", "invalid",
        ],
    ),
    rule(
        ErrorClass::Quota,
        &[
            &["plano ", "assinatura ", "licenca ", "pacote "],
            &[
                "expir", "vencid", "venceu ", "esgotad", "inativ", "suspens", "cancelad",
            ],
        ],
        &[],
    ),
    rule(
        ErrorClass::Quota,
        &[
            &["saldo ", "credito", "cota "],
            &["insuficiente", "esgotad", "atingid", "excedid", "sem "],
        ],
        &[],
    ),
    rule(
        ErrorClass::Recipient,
        &[
            &[
                "numero ",
                "telefone ",
                "celular ",
                "destinatario ",
                "contato ",
                "whatsapp ",
            ],
            &[
                "invalid",
                "incorret",
                "errad",
                "inexistente",
                "nao existe",
                "nao possui whatsapp ",
                "nao tem whatsapp ",
                "nao e um whatsapp ",
                "nao e valid",
                "nao esta no whatsapp ",
                "nao registrad",
                "nao informad",
                "vazi",
                "obrigatori",
                "sem whatsapp ",
            ],
        ],
        &[
            "id ",
            "idmsg ",
            "anexo ",
            "midia ",
            "conectad",
            "sessao ",
            "mensagem ",
        ],
    ),
    rule(
        ErrorClass::Attachment,
        &[
            &[
                "anexo ",
                "url anexo ",
                "url ",
                "extensao ",
                "arquivo ",
                "imagem ",
                "midia ",
                "formato ",
            ],
            &[
                "invalid",
                "incorret",
                "nao suportad",
                "nao permitid",
                "nao aceit",
                "nao encontrad",
                "inacessivel",
                "nao foi possivel baixar",
                "erro ao baixar",
                "muito grande",
                "grande demais",
                "excede",
                "obrigatori",
                "vazi",
                "nao informad",
                "corrompid",
            ],
        ],
        &["numero ", "telefone ", "mensagem "],
    ),
    rule(
        ErrorClass::Rate,
        &[&[
            "tente novamente",
            "tente mais tarde",
            "em manutencao",
            "servico indisponivel",
            "sistema indisponivel",
            "servico temporariamente",
            "sobrecarregad",
        ]],
        &["invalid", "verifique", "incorret"],
    ),
];

/// Finds the class of an error by its words.
pub(super) fn classify(words: &str) -> ErrorClass {
    // A blank on both sides: a word of the rules begins at the beginning of a word.
    let words = format!(" {} ", folded(words));
    let holds = |word: &&'static str| words.contains(&format!(" {word}"));
    RULES
        .iter()
        .find(|rule| {
            rule.groups.iter().all(|group| group.iter().any(&holds)) && !rule.without.iter().any(&holds)
        })
        .map_or(ErrorClass::Other, |rule| rule.class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_classed() {
        use ErrorClass::{AlreadyKnown, Attachment, Credentials, Other, Quota, Rate, Recipient};
        let table = [
            ("Token inválido", Credentials),
            ("TOKEN INVALIDO!", Credentials),
            ("Credenciais inválidas.", Credentials),
            ("E-mail não encontrado", Credentials),
            ("Email ou token incorretos, tente novamente", Credentials),
            ("idapp inválido", Credentials),
            ("ID da aplicação não existe", Credentials),
            ("Não autorizado", Credentials),
            ("Acesso negado", Credentials),
            ("Login inválido", Credentials),
            ("Conta bloqueada", Credentials),
            ("O token está vazio", Credentials),
            ("Limite diário atingido", Quota),
            ("Você atingiu o limite de mensagens do seu plano", Quota),
            ("Plano expirado em 01/01/2026", Quota),
            ("Créditos insuficientes", Quota),
            ("Aguarde 5 segundos", Rate),
            ("Muitas requisições, aguarde", Rate),
            ("Muitas mensagens repetidas, aguarde", Rate),
            ("Limite de requisições por minuto", Rate),
            ("Erro interno, tente novamente", Rate),
            ("Sistema em manutenção", Rate),
            ("Número inválido", Recipient),
            (
                "numero de whatsapp inválido, verifique e tente novamente",
                Recipient,
            ),
            ("O número não possui WhatsApp", Recipient),
            ("Telefone inexistente", Recipient),
            ("Destinatário não informado", Recipient),
            ("Anexo inválido", Attachment),
            ("Extensão não suportada", Attachment),
            ("URL do anexo inacessível", Attachment),
            ("url_anexo obrigatório", Attachment),
            ("O tamanho do arquivo excede o limite", Attachment),
            ("ID repetido", AlreadyKnown),
            ("idmsg repetida", AlreadyKnown),
            ("Mensagem duplicada", AlreadyKnown),
            ("Mensagem já enviada", AlreadyKnown),
            ("Esse ID já existe", AlreadyKnown),
            ("Repetida", AlreadyKnown),
            ("ID 12 duplicado para o número 5511900000012", AlreadyKnown),
            ("Mensagem já enviada, aguarde", AlreadyKnown),
            ("id já foi usado", AlreadyKnown),
            ("A mensagem ja foi processada", AlreadyKnown),
        ];
        for (words, class) in table {
            assert_eq!(classify(words), class, "{words}");
        }
        // What is not plain is a plain refusal.
        for words in [
            "",
            "Erro",
            "erro 17",
            "Celular não conectado",
            "Telefone desconectado",
            "WhatsApp não está conectado",
            "Sessão não encontrada",
            "Mensagem vazia",
            "A mensagem excede o limite de caracteres",
            "Número da mensagem inválido",
            "idmsg inválido",
            "Mensagem com conteúdo inválido",
            "Tokenização",
            "SPAM não é permitido",
        ] {
            assert_eq!(classify(words), Other, "{words}");
        }
    }
}
