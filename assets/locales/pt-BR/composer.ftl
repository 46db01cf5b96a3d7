### The composer, the emoji picker and the screen for a new message.

composer-text = Mensagem
composer-hint = Escreva uma mensagem
composer-send = Enviar
composer-emoji = Emoji
composer-attach = Anexar por endereço
composer-attachment-url = Endereço do anexo
composer-attachment-help = Um endereço https público que o gateway busca. Tipos: { $types }.
composer-attachment-fits = verificado: tipo aceito pelo { $vendor }
composer-attachment-remove = Tirar anexo
composer-attachment-close = Desistir do anexo
composer-empty = Escreva um texto ou anexe um arquivo.
composer-too-long = O texto é longo demais: o gateway aceita { $limit } caracteres.
composer-over = { $count ->
    [one] 1 caractere a mais
   *[other] { $count } caracteres a mais
 }
composer-control-removed = { $count ->
    [one] 1 caractere de controle será retirado
   *[other] { $count } caracteres de controle serão retirados
 } ao enviar.
composer-direction-removed = { $count ->
    [one] 1 marca que inverte o texto será retirada
   *[other] { $count } marcas que invertem o texto serão retiradas
 } ao enviar.
composer-will-wait = A mensagem será guardada e esperará. { $why }
composer-not-stored = A mensagem não foi guardada nem enviada.
composer-not-stored-body = O texto continua aqui; tente de novo. Foi dito: { $words }
composer-completion-keys = ↑ ↓ escolhem, Enter põe, Esc fecha
emoji-search = Buscar emoji
emoji-search-hint = Nome
emoji-none = Nenhum emoji com esse nome.
emoji-group-smileys = Carinhas
emoji-group-people = Pessoas
emoji-group-animals = Animais e natureza
emoji-group-food = Comida
emoji-group-travel = Viagem e lugares
emoji-group-activities = Atividades
emoji-group-objects = Objetos
emoji-group-symbols = Símbolos
emoji-group-flags = Bandeiras
new-message-no-account = Adicione a conta do seu gateway para poder enviar.
new-message-subtitle = Sai pela conta { $account }
new-message-to = Para
new-message-to-hint = Nome de antes, ou um número
new-message-to-help = Enter ou vírgula termina cada número; cole quantos quiser. Sem código de país vale { $country }.
new-message-nobody = Diga para quem é.
new-message-too-many = São pessoas demais: no máximo { $max } por vez.
new-message-wrong = Corrija ou tire “{ $text }”: não é um número.
new-message-remove = Tirar { $name }
new-message-remove-all = Tirar todos os { $count }
new-message-merged = { $count ->
    [one] 1 repetido ficou de fora
   *[other] { $count } repetidos ficaram de fora
 }; com e sem o 9 é a mesma pessoa.
new-message-and-more = e mais { $count }
new-message-send-many = Enviar { $count } mensagens
new-message-summary = { $count } pessoas recebem uma mensagem cada
new-message-stored = { $count ->
    [one] 1 mensagem guardada; ela sai sozinha.
   *[other] { $count } mensagens guardadas; saem uma a uma.
 }
new-message-advice = { $count } destas pessoas nunca trocaram mensagens com esta conta.
new-message-advice-body = { $vendor } recomenda uma espera entre as mensagens, e proíbe spam e propaganda: o WhatsApp pode bloquear o número.
new-message-set-delay = Esperar { $secs } s
new-message-delay-set = Espera de { $secs } s aplicada
quick-replies = Respostas rápidas
quick-replies-search = Buscar resposta rápida
quick-replies-search-hint = Título ou texto
quick-replies-nothing-found = Nenhuma resposta com isso.
quick-replies-none = Ainda não há respostas rápidas
quick-replies-none-body = Guarde nos ajustes os textos que você mais envia; eles aparecem aqui.
quick-replies-settings = Abrir ajustes
# $mark is {name} as it stands in the text; $person a name or a number, $text what that person reads.
composer-name-mark = { $mark } vira o nome de cada pessoa. { $person } lê: “{ $text }”
composer-name-mark-nobody = { $mark } vira o nome de cada pessoa.
# With the name put in, the text is longer than the gateway takes.
composer-name-too-long = Com o nome de { $person } o texto fica longo demais: o gateway aceita { $limit } caracteres.
# With no name to put in, nothing is left of the text.
composer-name-empty = Sem o nome de { $person } não sobra texto para enviar.
# Sending later. $when is a moment, like "tomorrow, 08:00"; $time a time of day.
schedule-open = Enviar mais tarde
schedule-title = Enviar mais tarde
schedule-in-an-hour = Em uma hora, { $time }
schedule-date = Dia
schedule-date-help = Como 24/12 ou 24/12/2026
schedule-time = Hora
schedule-time-help = Como 8:30 ou 8h30
# $duration is how long until then.
schedule-comes-to = Sai { $when }, daqui a { $duration }
schedule-unread = Escreva um dia e uma hora.
schedule-choose = Usar este horário
schedule-chip = Sai { $when }
schedule-chip-passed = O horário passou: { $when }
schedule-passed = O horário marcado já passou: escolha outro ou tire-o.
schedule-remove = Enviar sem esperar
schedule-send = Agendar para { $when }
schedule-send-short = Agendar
schedule-problem-date = Isto não é um dia.
schedule-problem-time = Isto não é uma hora.
schedule-problem-past = Esse horário já passou.
schedule-problem-too-far = No máximo um ano à frente.
# In the summary before sending to several people. $when is a moment.
new-message-later = As mensagens esperam aqui e saem { $when }.
# $person is the first recipient, $text what that person gets.
new-message-first-reads = { $person } lê: “{ $text }”
new-message-asked-not = Pediu para não receber mensagens; fica de fora.
# One word or two on the chip of such a person.
new-message-not-to-write = não escrever
new-message-left-out = { $count ->
    [one] 1 pessoa pediu para não receber mensagens e fica de fora.
   *[other] { $count } pessoas pediram para não receber mensagens e ficam de fora.
 }
new-message-nobody-left = Quem está na lista pediu para não receber mensagens.
