### The settings screen.
settings-subtitle = Cada mudança vale na hora.

## Looks.
settings-looks = Aparência
settings-language = Idioma
settings-language-system = Como no sistema
settings-theme = Tema
settings-theme-system = Sistema
settings-theme-light = Claro
settings-theme-dark = Escuro
settings-scale = Tamanho de tudo
settings-scale-help = Também com Ctrl + e Ctrl -.

## Behaviour.
settings-behaviour = Comportamento
settings-send-key = Tecla que envia
settings-send-key-help = A outra quebra a linha.
settings-send-enter = Enter
settings-send-ctrl-enter = Ctrl+Enter
settings-interval = Ler o estado das contas a cada
settings-interval-help = Mais devagar enquanto nada muda ou a janela está escondida.

## Where credentials are kept.
settings-secrets = Onde ficam as credenciais
settings-secrets-checking = Procurando o chaveiro…
settings-secrets-keyring = No chaveiro do sistema, protegidas pela sua sessão.
settings-secrets-vault = Num arquivo cifrado com a sua senha.
settings-secrets-session = Só na memória: somem quando o programa fecha.
settings-use-keyring = Usar o chaveiro do sistema
settings-use-vault = Usar um cofre com senha…

## Data and logs.
settings-data = Dados
settings-folder = Pasta de dados
settings-logs = Registros
settings-logs-help = Senhas e credenciais nunca aparecem nos registros.
# Accessible names of the buttons beside a folder; $folder is one of the two names above.
settings-open-folder = Abrir: { $folder }
settings-copy-folder = Copiar caminho: { $folder }

## About.
settings-about = Sobre
settings-version = Versão { $version }
settings-licences-show = Mostrar licenças
settings-licences-hide = Ocultar licenças

## Announcements, quick replies, receiving answers, copies.
settings-notifications = Avisos
settings-notifications-show = Notificações do sistema
settings-notifications-help = Uma vez por mudança: mensagem nova, telefone sem conexão, bateria fraca, limite quase no fim.
settings-notification-text = Mostrar o texto das mensagens
settings-notification-text-help = Desligado, a notificação diz apenas que chegou uma mensagem.
settings-sound = Som ao receber mensagens
settings-sound-help = Um toque curto e baixo.
settings-quiet = Horário de silêncio
settings-quiet-help = Nesse período nada aparece nem toca; as mensagens são recebidas do mesmo jeito.
settings-quiet-hours = Silêncio
settings-quiet-from = Início do silêncio
settings-quiet-until = Fim do silêncio
settings-quick-replies = Respostas rápidas
settings-quick-replies-help = Textos prontos para o botão do raio no compositor. {"{"}name{"}"} vira o nome da pessoa.
settings-quick-reply-add = Nova resposta rápida…
settings-quick-reply-change = Alterar: { $title }
settings-quick-reply-remove = Excluir: { $title }
settings-quick-reply-title-new = Nova resposta rápida
settings-quick-reply-title-change = Alterar resposta rápida
settings-quick-reply-name = Título
settings-quick-reply-text = Texto
settings-quick-reply-text-help = {"{"}name{"}"} vira o nome da pessoa; sem nome, some junto com o espaço.
settings-quick-reply-missing = Preencha este campo.
settings-quick-reply-save = Guardar resposta
settings-listening = Receber respostas
settings-listen = Escutar os avisos do gateway
settings-listen-help = É por aqui que chegam respostas, arquivos e confirmações de leitura.
settings-listen-address = Quem pode chamar
settings-listen-address-help = Use a rede inteira só quando o proxy reverso estiver em outra máquina.
settings-listen-here = Só este computador
settings-listen-everywhere = Toda a rede
settings-listen-port = Porta
settings-listen-port-any = qualquer uma livre
settings-listen-port-help = A mesma que o proxy reverso ou túnel encaminha.
settings-listen-port-wrong = Use um número de { $min } a 65535, ou deixe vazio.
settings-public-url = Endereço público
settings-public-url-help = O endereço https do proxy reverso ou túnel que leva a este computador. É o que o gateway chama.
settings-check-outside = Verificar por fora
settings-outside-fine = Chegou e voltou em { $milliseconds } ms
settings-outside-failed = Não chegou até aqui
settings-outside-no-address = Informe primeiro o endereço público.
settings-outside-not-listening = O programa não está escutando agora.
settings-outside-unreachable = O endereço público não responde. Confira o proxy ou túnel e o nome do domínio. O sistema disse: { $words }
settings-outside-somebody-else = Outro servidor respondeu (código { $status }). Confira para onde o proxy ou túnel encaminha. Ele disse: { $words }
settings-listener-off = Desligado
settings-listener-starting = Iniciando…
settings-listener-on = Escutando em { $address }
settings-listener-failed = Não está escutando
settings-backups = Cópias de segurança
settings-backup-daily = Cópia diária
settings-backup-daily-help = Mensagens e arquivos; as credenciais nunca entram na cópia.
settings-backup-kept = Cópias mantidas
settings-backup-folder = Pasta das cópias
settings-backup-folder-help = De preferência em outro disco.
settings-backup-now = Fazer cópia agora
settings-backup-open = Abrir a pasta
settings-backup-none = Ainda não há cópias.
settings-backup-made = Cópia feita ({ $size })
settings-backup-failed = A cópia não foi feita; nada mudou nos dados. O sistema disse: { $words }
settings-restore = Restaurar…
settings-restore-of = Restaurar a cópia: { $when }
settings-restore-title = Restaurar uma cópia
settings-restore-body = A cópia ({ $when }) vira uma nova pasta de dados; a atual fica como está. Mensagens que esperavam envio naquele momento não são enviadas de novo sozinhas: ficam para você decidir.
settings-restore-into = Nova pasta de dados
settings-restore-into-help = Ainda não pode existir, ou deve estar vazia.
settings-restore-go = Restaurar nesta pasta
settings-restored = A cópia está em { $folder }. Feche este programa e abra-o com a nova pasta:
settings-restored-command = Comando
settings-export = Exportar conversas
settings-export-help = Para planilhas ou outro programa. O arquivo contém textos e números: guarde-o bem.
settings-export-account = Exportar { $account }…
settings-export-all = Exportar tudo…
settings-export-format = Formato
settings-export-format-help = CSV abre em planilhas; JSON guarda tudo, com o histórico.
settings-export-csv = CSV
settings-export-json = JSON
settings-export-to = Arquivo
settings-export-go = Exportar
settings-exported = { $count ->
    [one] { $count } linha em { $path }
   *[other] { $count } linhas em { $path }
}
settings-path-not-whole = Escreva o caminho inteiro da pasta ou do arquivo.
