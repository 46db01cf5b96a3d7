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
settings-notifications = Notificações do sistema
settings-notifications-help = Uma vez por mudança: telefone sem internet, bateria fraca, limite acabando.
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
