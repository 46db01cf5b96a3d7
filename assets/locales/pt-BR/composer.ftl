### The composer, the emoji picker and the screen for a new message.

composer-text = Mensagem
composer-hint = Escreva uma mensagem
composer-send = Enviar
composer-emoji = Emoji
composer-attach = Anexar
composer-attach-pick = Deste computador…
composer-attach-path = Digitar um caminho…
composer-attach-clipboard = Da área de transferência
composer-attach-address = Um endereço https…
composer-attachment-url = Endereço do anexo
composer-attachment-help = Um endereço https público que o gateway busca. Tipos: { $types }.
composer-attachment-fits = verificado: tipo aceito pelo { $vendor }
composer-attachment-remove = Tirar anexo
composer-attachment-close = Desistir do anexo
# What stands under an address the operator typed. $mime is a type like image/jpeg, $size like "1.2 MB".
composer-address-looking = Olhando o endereço…
composer-address-answers = Responde: { $mime }
composer-address-answers-size = Responde: { $mime }, { $size }
# $expected is the type in the address, like JPG.
composer-address-other-type = Não é o { $expected } que o endereço promete; o gateway pode recusar.
composer-address-too-large = É mais do que o gateway aceita: no máximo { $max }.
# $problem is a whole sentence.
composer-address-problem = Pode ser enviado, mas visto daqui algo está errado: { $problem }
# The system's own dialog for choosing files is open.
composer-picking = Escolha os arquivos na janela que se abriu.
composer-picking-stop = Não esperar por ela
composer-clipboard-nothing = Não há imagem nem arquivo na área de transferência.
composer-pasted-path = { $count ->
    [one] Isto é o caminho de um arquivo.
   *[other] Isto são os caminhos de { $count } arquivos.
 }
composer-pasted-path-attach = { $count ->
    [one] Anexar o arquivo
   *[other] Anexar os arquivos
 }
composer-path-title = Anexar um arquivo pelo caminho
composer-path = Caminho
composer-path-help = O caminho inteiro, como /home/ana/Documentos/orcamento.pdf
composer-path-attach = Anexar
composer-path-not-whole = Escreva o caminho inteiro, desde a raiz.
composer-path-no-dialog = Este sistema não tem janela para escolher arquivos; escreva onde o arquivo está.
# What a picture from the clipboard is called, also to whoever gets it. $when: the day and the time, as in
# "2026-11-21 15.04". No sign that file names cannot have (: / \ ? *).
composer-file-pasted = Imagem { $when }
composer-file-nameless = Arquivo sem nome
composer-file-taking-in = Verificando…
composer-file-making-smaller = Diminuindo…
composer-file-remove = Tirar { $name }
# Moves a file towards the first, or towards the last.
composer-file-earlier = Subir { $name }
composer-file-later = Descer { $name }
# For who does not see: $action is a button like "Make smaller".
composer-file-action = { $action }: { $name }
composer-file-make-smaller = Diminuir
composer-file-convert = Converter
composer-file-undo = Usar a original
composer-file-no-smaller = Não fica menor do que já é.
# $kind is a type like JPG, $size like "1.2 MB".
composer-file-line = { $kind } · { $size }
composer-file-picture-line = { $kind } · { $size } · { $width } × { $height }
composer-file-sizes = { $before } → { $after }
composer-file-warn-size = Os documentos da { $vendor } se contradizem sobre arquivos acima de { $from }: ele pode ser recusado.
composer-file-has-problem = Um arquivo não pode ir assim: veja o que está dito ao lado dele ou tire-o.
composer-files-coming = Os arquivos ainda estão sendo verificados.
composer-files-each = { $count } arquivos: uma mensagem para cada um, nesta ordem. O texto vai com o primeiro.
composer-files-left-out = { $count ->
    [one] Vão no máximo { $max } de cada vez: 1 ficou de fora.
   *[other] Vão no máximo { $max } de cada vez: { $count } ficaram de fora.
 }
composer-file-same = “{ $name }” já está anexado.
composer-too-many-files = Vão no máximo { $max } anexos de cada vez.
composer-hosting-no-place = Esta conta só aceita endereços: a mensagem vai esperar até haver um lugar para arquivos deste computador.
composer-hosting-not-listening = O programa não está escutando, e o gateway não pode buscar o arquivo: a mensagem vai esperar.
composer-hosting-no-public-address = Não há endereço público onde o gateway possa buscar o arquivo: a mensagem vai esperar.
composer-hosting-open-accounts = Escolher um lugar em Contas
composer-hosting-open-settings = Abrir ajustes
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
# In the summary before sending files to several people. $count people, $each messages for each of them.
new-message-summary-files = { $count ->
    [one] 1 pessoa recebe { $each } mensagens
   *[other] { $count } pessoas recebem { $each } mensagens cada
 }
new-message-files = { $count ->
    [one] 1 anexo vai junto.
   *[other] { $count } anexos vão junto, uma mensagem para cada um; o texto vai com o primeiro.
 }
# Written across the window while files are dragged over it. $name is a person.
drop-attach = Solte para anexar
drop-attach-to = Solte para anexar à mensagem para { $name }
drop-nowhere = Nada aqui recebe arquivos: abra antes uma conversa ou uma nova mensagem.
# Why a file cannot be attached, and the way out. $found and $named are types like GIF, $allowed a list of them; $size and
# $max are sizes. “Convert” and “Make smaller” are the buttons below the sentence.
file-unreadable = O arquivo não pode ser lido: veja se ele ainda está lá e se você pode abri-lo.
file-not-a-file = Isto é uma pasta ou um dispositivo, não um arquivo. Escolha os arquivos dentro dela.
file-empty = O arquivo está vazio: não há o que enviar.
file-may-run = Isto é um programa ou um script. Eles nunca são enviados; envie o que ele produz, como um PDF.
file-unsupported = O gateway não aceita { $found }. Ele aceita { $allowed }: salve em um destes tipos.
file-unsupported-unknown = Não dá para saber o que é, e o gateway não aceita. Ele aceita { $allowed }.
file-unsupported-convertible = O gateway não aceita { $found }, mas a imagem pode ser convertida. Ele aceita { $allowed }.
file-not-what-it-says = O nome diz { $named }, e por dentro é { $found }. Abra, salve como o que deve ser e anexe esse.
file-not-what-it-says-unknown = O nome diz { $named }, e por dentro é outra coisa. Abra, salve de novo e anexe esse.
file-too-large = { $size } é mais do que o gateway aceita ({ $max }). Envie em partes ou por um endereço https no texto.
file-too-large-picture = { $size } é mais do que o gateway aceita ({ $max }). A imagem pode ser diminuída.
file-bad-picture = A imagem está danificada ou é grande demais para ser aberta. Salve-a de novo em outro programa.
file-no-room = Não há espaço neste disco para uma cópia. Libere espaço e anexe de novo.
file-failed = O arquivo não pôde ser guardado. Tente de novo.
# Why an address cannot be fetched from here. $status is an HTTP status, $max a size.
fetch-not-https = O endereço não é https.
fetch-not-public = O endereço leva a esta máquina ou a uma rede privada.
fetch-unreachable = Ninguém responde ali.
fetch-timed-out = Não veio uma resposta inteira a tempo.
fetch-status = Responde com um erro ({ $status }).
fetch-status-refused = Pede uma senha ou recusa ({ $status }).
fetch-status-nothing = Não há nada ali ({ $status }).
fetch-redirected = Leva a outro endereço, o que os gateways não seguem.
fetch-too-large = É maior do que { $max }.
fetch-different = Vem outra coisa do que foi posto ali.
# Modelos: mensagens com texto registrado no fornecedor e lugares para parâmetros. O primeiro é um botão.
composer-template-open = Modelo…
composer-template-choose = Escolher um modelo
composer-template-search = Buscar modelos
composer-template-search-hint = Nome, idioma ou texto
composer-template-nothing-found = Nenhum modelo tem isso.
composer-template-unreadable = Não foi possível ler os modelos.
composer-template-none = Ainda não há modelos
composer-template-none-body = Copie os modelos registrados no gateway para a biblioteca desta conta; depois eles podem ser enviados daqui.
composer-template-library = Abrir a biblioteca em Contas
# O xis no modelo escolhido.
composer-template-back = Voltar ao texto livre
# Acima da mensagem como a pessoa vai ver.
composer-template-picture = Imagem acima do texto
composer-template-picture-attach = Escolher uma imagem…
composer-template-picture-missing = Este modelo precisa de uma imagem acima do texto: escolha uma.
composer-template-picture-one = Só uma imagem fica acima do texto: remova o que mais estiver anexado.
# Arquivos e endereços anexados ao texto livre não vão junto com um modelo.
composer-template-attachments-stay = { $count ->
    [one] O anexo fica com o texto livre e não vai junto.
   *[other] Os { $count } anexos ficam com o texto livre e não vão junto.
 }
# $name é o nome de um parâmetro.
composer-template-value-missing = Preencha “{ $name }”.
composer-template-value-bad = “{ $name }” não pode ter quebras de linha, tabulações nem mais de quatro espaços seguidos.
composer-template-value-too-long = “{ $name }” é longo demais: no máximo { $max } caracteres.
composer-template-broken = Há algo errado com este modelo: corrija-o na biblioteca da conta.
composer-template-gone = O modelo que estava sendo preenchido não está mais na biblioteca desta conta.
composer-template-same-for-all = As { $count } pessoas recebem os mesmos valores.
# O texto livre só é aceito por algumas horas depois que a pessoa escreveu. $when é uma hora ou "amanhã, 08:00"; $hours é 24.
window-until = Texto livre até { $when }
window-ends-before = O prazo do texto livre termina { $when }, antes de a mensagem sair: se a pessoa não escrever de novo, ela não será enviada.
window-ends-before-some = Para algumas dessas pessoas o prazo do texto livre termina antes de a mensagem sair, o primeiro { $when }: quem não tiver escrito de novo não a recebe.
window-since = Passaram mais de { $hours } horas desde que esta pessoa escreveu; o prazo do texto livre terminou { $when }. Só um modelo pode ser enviado.
window-never-wrote = Esta pessoa nunca escreveu para esta conta. Só um modelo pode ser enviado.
window-perhaps-since = Passaram-se mais de { $hours } horas desde a última mensagem desta pessoa que chegou aqui; o prazo do texto livre terminou { $when }. O Recado não esteve ouvindo todo esse tempo: se ela não escreveu depois, só um modelo chega.
window-not-known = Não se sabe aqui quando esta pessoa escreveu pela última vez. Se foi há mais de { $hours } horas, só um modelo chega.
window-use-template = Usar um modelo
# Behind the name of a recipient: until when free text may be sent, or that only a template may.
window-chip-until = até { $when }
window-chip-closed = só modelo
# Why only a template may, behind a name and a colon. $when is a time or "yesterday, 08:00".
window-why-since = o prazo do texto livre terminou { $when }
window-why-never = nunca escreveu para esta conta
# Why a message to several people cannot be sent: $name, and $count others, get only a template.
window-only-template-one = Só um modelo chega a { $name }.
window-only-template = { $count ->
    [one] Só um modelo chega a { $name } e a mais uma pessoa.
   *[other] Só um modelo chega a { $name } e a mais { $count } pessoas.
}
# Among $all recipients, $count get only a template.
window-summary = { $count ->
    [one] O texto livre chega a todas menos uma das { $all } pessoas, que só recebe um modelo.
   *[other] { $count } das { $all } pessoas só recebem um modelo.
}
# To several people: $when the first of their times ends.
window-until-all = Texto livre para todas até { $when }
window-template-for-all = Usar um modelo para as { $count } pessoas
window-remove-closed = { $count ->
    [one] Tirar quem só recebe modelo
   *[other] Tirar as { $count } que só recebem modelo
}
# $people: numbers, separated by commas.
window-refused = Só um modelo chega a: { $people }.
window-new-message = O texto livre só chega a quem escreveu nas últimas { $hours } horas; os demais precisam de um modelo.
