### Conversations: the list and the thread.

conversations-no-account = Ainda não há conta
conversations-no-account-body = Adicione a conta do seu gateway para escrever e acompanhar mensagens.
conversations-add-account = Adicionar conta
conversations-new = Nova mensagem
conversations-new-short = Nova
conversations-search = Buscar conversas
conversations-search-hint = Nome, número ou texto
conversations-all = Todas
conversations-problems = Com problema { $count }
conversations-draft = Rascunho:
conversations-attachment = Anexo
conversations-empty = Nenhuma conversa ainda
conversations-empty-body = Quem receber uma mensagem sua aparece aqui.
conversations-nothing-found = Nada encontrado
conversations-nothing-found-body = Procure por parte do nome, do número ou do texto, ou tire o filtro.
conversations-none-open = Escolha uma conversa
conversations-none-open-body = Ou escreva para um número novo.
conversations-unreadable = Não deu para ler as mensagens.
conversations-thread-empty = Nenhuma mensagem
conversations-thread-empty-body = Escreva a primeira aqui embaixo.
conversations-back = Voltar às conversas
person-edit = Nome e nota
person-name = Nome
person-name-help = Só aparece aqui. Deixe vazio para mostrar o número.
conversations-also-without-nine = { $number } · também sem o 9
conversations-also-with-nine = { $number } · também com o 9
conversations-history-of = Histórico: { $state }
conversations-send-again = Enviar de novo
conversations-arrived = Chegou
conversations-copy-text = Copiar texto
conversations-cancel-message = Cancelar envio
conversations-retry = Tentar agora
conversations-risk-title = Esta mensagem pode já ter chegado
conversations-risk-body = O gateway não disse o que aconteceu com ela. Se chegou, a pessoa receberá uma segunda cópia. Confira antes no telefone.
# The same for gateways that send from a business number: there is no phone to look at.
conversations-risk-body-ask = O gateway não disse o que aconteceu com ela. Se chegou, a pessoa receberá uma segunda cópia. Pergunte antes à pessoa.
conversations-risk-send = Enviar mesmo assim
media-image = Imagem
media-document = Documento
media-audio = Áudio
media-video = Vídeo

# What an incoming message is, in the list, in toasts and in notifications.
incoming-text = Texto
incoming-image = Foto
incoming-voice = Mensagem de voz
incoming-audio = Áudio
incoming-video = Vídeo
incoming-document = Documento
incoming-place = Localização
incoming-contact-card = Contato
incoming-revoked = Mensagem apagada
incoming-unknown = Mensagem de tipo desconhecido
# A toast: somebody wrote while another screen was shown.
toast-incoming = Mensagem de {$name}: {$text}
# Title of a desktop notification about several people.
notification-many = {$messages} mensagens de {$people} pessoas
# Body of a desktop notification when the text is not to be shown.
notification-hidden = Nova mensagem em {$account}
# Body of a desktop notification about several messages of one person; the newest text first.
notification-more = {$text} (e mais {$more})
# A filter: how many messages nobody has looked at.
conversations-unread = Não lidas { $count }
# A filter that is on or off.
conversations-all-accounts = De todas as contas
# The last line in a list over all accounts.
conversations-of-account = { $account } · { $line }
# Said of a row of the list, after its last line.
conversations-unread-count = { $count ->
    [one] 1 não lida
   *[other] { $count } não lidas
 }
conversations-mark-unread = Marcar como não lida
conversations-export = Exportar conversa…
# $name is a name or a number.
conversations-export-title = Exportar a conversa com { $name }
conversations-menu = Mais sobre esta conversa
person-title = Sobre esta pessoa
# $name is how the person calls itself.
person-name-help-told = Só aparece aqui. Deixe vazio para mostrar { $name }, como a pessoa se chama.
person-note = Nota
person-note-help = Só fica neste computador; a pessoa não vê.
person-do-not-write = Pediu para não receber mensagens
person-do-not-write-help = Fica de fora de todo envio até você permitir de novo.
person-blocked = Esta pessoa pediu para não receber mensagens.
person-blocked-body = Nada novo pode ser escrito para ela; o que já está na fila ainda sai.
person-allow = Permitir escrever de novo
# On the head of a conversation, beside the name.
person-mark = Não escrever
