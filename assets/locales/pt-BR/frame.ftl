### The frame around the screens: rail, strip, palette, banners, toasts, dialogs.

## The words under the icons of the rail: one short word each, at most about nine letters.
rail-conversations = Conversas
rail-new-message = Enviar
rail-pairing = Parear
rail-dashboard = Painel
rail-queue = Fila
rail-accounts = Contas
rail-settings = Ajustes
# $count messages were rejected or have an unknown outcome.
rail-problems = { $count ->
    [one] { $count } com problema
   *[other] { $count } com problema
}
rail-pairing-active = pareamento em andamento
rail-pairing-failed = o último pareamento falhou
# $what is one of the two above, and $account the account, where another one is chosen.
rail-pairing-of = { $what } ({ $account })
rail-accounts-trouble = há credenciais com problema

## The names of the screens.
screen-conversations = Conversas
screen-new-message = Nova mensagem
screen-pairing = Parear telefone
screen-dashboard = Painel
screen-queue = Fila
screen-accounts = Contas
screen-settings = Ajustes

## The strip at the top: how the chosen account stands.
# Name of the button that chooses the account; $name is the account.
strip-account = Conta: { $name }
strip-accounts = Escolher a conta
strip-manage-accounts = Gerenciar contas
strip-today = Hoje
# Of the daily limit: $used of $daily messages.
strip-limit = { $used } de { $daily }
strip-limit-hint = Restam { $left } mensagens do limite de hoje
# Messages waiting in this program ($here) and at the gateway ($there).
strip-waiting = { $here } aqui · { $there } lá
strip-waiting-here = { $here } aqui
strip-waiting-hint = Mensagens esperando: aqui neste programa e lá no gateway
strip-battery-hint = Bateria do telefone: { $percent }
strip-refresh = Atualizar agora
strip-reading = lendo…
strip-age-hint = Quando o estado foi lido por inteiro pela última vez
strip-search = Buscar ou agir

## The palette (Ctrl+K).
palette-name = Buscar ou agir
palette-hint = Ação, tela, conta ou conversa
palette-account = Conta
action-new-message = Escrever nova mensagem
action-refresh = Atualizar o estado da conta
action-pause = Pausar o envio
action-resume = Retomar o envio
action-theme-light = Usar o tema claro
action-theme-dark = Usar o tema escuro
action-theme-system = Usar o tema do sistema
# $language is the name of a language in itself.
action-language = Mudar o idioma para { $language }
action-larger = Aumentar tudo
action-smaller = Diminuir tudo
action-open-folder = Abrir a pasta de dados
action-shortcuts = Mostrar os atalhos do teclado

## The list of keys (F1).
shortcuts-title = Atalhos do teclado
shortcut-palette = Buscar ou agir
shortcut-new-message = Nova mensagem
shortcut-screens = Ir para uma tela
shortcut-search = Buscar na tela
shortcut-refresh = Atualizar o estado
shortcut-back = Fechar ou voltar
shortcut-larger = Aumentar tudo
shortcut-smaller = Diminuir tudo
shortcut-usual-size = Tamanho normal
shortcut-help = Mostrar esta lista

## Banners: what goes on and wants something. A title, a body, buttons.
banner-engine-gone = O programa parou de trabalhar.
banner-engine-gone-body = Nada mais é enviado nem lido. Feche a janela e abra de novo; o que estava na fila está guardado.
banner-busy = O programa está ocupado.
banner-busy-body = { $count ->
    [one] { $count } pedido espera a vez; nada se perde.
   *[other] { $count } pedidos esperam a vez; nada se perde.
}
banner-keyring-locked = O chaveiro está bloqueado.
banner-keyring-locked-body = As credenciais estão nele, por isso nada é enviado. Desbloqueie-o na janela do sistema; o envio continua sozinho.
banner-keyring-absent = Não há chaveiro neste computador.
banner-keyring-absent-body = Escolha onde guardar as credenciais: num cofre com senha, ou só até fechar o programa.
banner-vault-closed = O cofre está fechado.
banner-vault-closed-body = As credenciais estão nele. Digite a senha do cofre para enviar.
banner-make-vault = Criar cofre…
banner-open-vault = Abrir cofre…
banner-use-session = Usar só desta vez
banner-paused = O envio está em pausa.
banner-paused-body = { $count ->
    [0] Novas mensagens esperam na fila.
    [one] { $count } mensagem espera na fila.
   *[other] { $count } mensagens esperam na fila.
}
banner-resume = Retomar envio
banner-to-accounts = Ver contas
banner-read-now = Tentar agora

## Toasts: what has just happened.
toast-close = Fechar aviso
toast-paired = Pareado: { $phone }
toast-too-late = Tarde demais: a mensagem já mudou de estado.
toast-failed = Não deu certo, e nada foi mudado. { $words }
toast-account-removed = Conta removida: { $account }

## Opening an address.
address-title = Abrir este endereço?
address-body = Ele abre no navegador, fora deste programa. Confira se confia nele.
address-open = Abrir no navegador
address-copy = Copiar endereço
address-not-web = Isto não é um endereço da web, por isso não foi aberto.
open-failed = O sistema não conseguiu abrir. { $words }

## Saving a file.
save-title = Salvar { $name }
save-path = Caminho do arquivo
save-help = Escolha na janela do sistema ou digite o caminho aqui.
save-done = Salvo em { $path }
save-exists = Já existe um arquivo com este nome. Escolha outro.
save-failed = O arquivo não foi salvo. { $words }

## The passphrase vault for credentials.
vault-make-title = Criar um cofre com senha
vault-make-body = As credenciais ficam num arquivo cifrado. Sem a senha ninguém as lê, nem você: não há como recuperá-la.
vault-make = Criar cofre
vault-open-title = Abrir o cofre
vault-open-body = Digite a senha com que o cofre foi criado.
vault-open = Abrir cofre
vault-passphrase = Senha do cofre
vault-again = Repita a senha
vault-different = As duas senhas são diferentes.

## Buttons of the start-up failure screen.
failure-restore = Restaurar a cópia de segurança
failure-restoring = Restaurando a cópia de segurança…
failure-open-folder = Abrir pasta de dados
failure-quit = Fechar

## Listening, and the mark on the rail.
banner-not-listening = Ninguém está escutando o gateway
banner-not-listening-body = Respostas e confirmações não entram agora; o programa tenta de novo sozinho. O sistema disse: { $words }
banner-to-settings = Abrir as configurações
banner-gap = Sem escutar de { $from } a { $until }
banner-gap-body = O que o gateway tentou entregar nesse período pode não ter chegado. Confira no telefone se falta alguma resposta.
banner-gap-seen = Entendi
rail-unread = { $count ->
    [one] { $count } não lida
   *[other] { $count } não lidas
}
# A toast: "send again" was pressed for a person marked as not to be written to.
toast-do-not-write = Não foi enviada de novo: esta pessoa pediu para não receber mensagens. Permita escrever de novo na conversa, se for o caso.
