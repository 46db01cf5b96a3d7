### States, reasons and problems: what happened, what it means, what to do.

## States of a message, as one word with a tick beside it.
state-preparing = Preparando o anexo
state-queued = Na fila
state-in_flight = Enviando
state-accepted = Aceita pelo gateway
state-sent = Enviada
state-delivered = Entregue
state-read = Lida
state-rejected = Recusada
state-unknown = Resultado desconhecido
state-cancelled = Cancelada

## Why a message is where it is: what happened; and after -do what that means for the message and what can be done.
reason-no-connection = Sem conexão com o gateway.
reason-no-connection-do = Nada saiu deste computador. A mensagem fica na fila e é tentada de novo sozinha. Verifique a internet.
reason-quota-exhausted = O limite do plano acabou.
reason-quota-exhausted-do = A mensagem não foi enviada. Ela fica na fila e é tentada de novo mais tarde; o limite volta no dia seguinte.
reason-rate-limited = O gateway pediu para ir mais devagar.
reason-rate-limited-do = A mensagem não foi enviada. Ela é tentada de novo sozinha depois da espera pedida.
reason-credentials-refused = O gateway recusa as credenciais.
reason-credentials-refused-do = A fila desta conta está parada e nada se perde. Corrija as credenciais na tela de contas; o envio continua sozinho.
reason-credentials-missing = As credenciais não podem ser lidas neste computador.
reason-credentials-missing-do = A fila desta conta está parada e nada se perde. Desbloqueie o chaveiro ou digite as credenciais de novo na tela de contas.
reason-paused = O envio desta conta está em pausa.
reason-paused-do = A mensagem espera na fila. Retome o envio na tela da fila.
reason-rejected-by-gateway = O gateway recusou a mensagem.
reason-rejected-by-gateway-do = Ela não foi enviada e não será tentada de novo. Veja o que o gateway disse, corrija e envie de novo.
reason-invalid-recipient = O número não existe ou não tem WhatsApp.
reason-invalid-recipient-do = A mensagem não foi enviada. Confira o número, também com e sem o nono dígito, e envie de novo.
reason-invalid-attachment = O gateway recusou o anexo.
reason-invalid-attachment-do = A mensagem não foi enviada. Confira se o endereço abre sem senha e se o tipo de arquivo é aceito, e envie de novo.
reason-timed-out = O gateway não respondeu a tempo.
reason-timed-out-do = A mensagem pode ter sido enviada. Se o gateway reconhece repetições, ela é conferida sozinha; se não, olhe o telefone ou pergunte à pessoa, e decida.
reason-connection-lost = A conexão caiu durante o envio.
reason-connection-lost-do = A mensagem pode ter sido enviada. Se o gateway reconhece repetições, ela é conferida sozinha; se não, olhe o telefone ou pergunte à pessoa, e decida.
reason-unreadable-answer = O gateway respondeu algo que não dá para entender.
reason-unreadable-answer-do = A mensagem pode ter sido enviada. Se o gateway reconhece repetições, ela é conferida sozinha; se não, olhe o telefone ou pergunte à pessoa, e decida.
reason-gateway-failure = O gateway teve um erro interno.
reason-gateway-failure-do = A mensagem pode ter sido enviada. Se o gateway reconhece repetições, ela é conferida sozinha; se não, olhe o telefone ou pergunte à pessoa, e decida.
reason-program-ended = O programa fechou durante o envio.
reason-program-ended-do = A mensagem pode ter sido enviada. Se o gateway reconhece repetições, ela é conferida sozinha; se não, olhe o telefone ou pergunte à pessoa, e decida.
reason-already-known = O gateway disse que já tem esta mensagem.
reason-already-known-do = Ela conta como aceita por dedução e não é enviada outra vez. Falta uma confirmação.
reason-not-confirmed = Nada confirmou o envio a tempo.
reason-not-confirmed-do = A mensagem pode ter chegado. Olhe o telefone ou pergunte à pessoa, e diga se chegou, ou envie de novo sabendo que pode chegar em dobro.
reason-error-after-unclear-attempt = Veio um erro na repetição, e ele não diz o que houve com o primeiro envio.
reason-error-after-unclear-attempt-do = A mensagem pode ter chegado. Olhe o telefone ou pergunte à pessoa, e diga se chegou, ou envie de novo sabendo que pode chegar em dobro.
reason-queue-cleared = A fila do gateway foi apagada enquanto a mensagem podia estar nela.
reason-queue-cleared-do = Ela pode ter saído antes ou ter sido apagada. Olhe o telefone ou pergunte à pessoa, e diga se chegou, ou envie de novo.
reason-confirmed-by-operator = Você disse que ela chegou.
reason-confirmed-by-operator-do = Não há mais nada a fazer.
reason-resent-by-operator = Você mandou enviar de novo.
reason-resent-by-operator-do = O novo envio é outra mensagem, com o seu próprio estado.
reason-retried-by-operator = Você pediu para tentar agora.
reason-retried-by-operator-do = Ela vai na próxima vez que a conta puder enviar.
reason-cancelled-by-operator = Você cancelou a mensagem.
reason-cancelled-by-operator-do = Nada dela saiu deste computador. Pode ser enviada de novo.
reason-scheduled = Espera a hora marcada.
reason-scheduled-do = Sai sozinha nessa hora, se o programa estiver aberto.

## How an account stands, in a word or two; and after -hint what to do about it.
connection-not-checked = Ainda não verificado
connection-not-checked-hint = O estado é lido em instantes.
connection-ready = Pronto
connection-ready-hint = O telefone está pareado e na internet.
connection-answers = Gateway responde
connection-answers-hint = O gateway aceita as credenciais; de um telefone ele não diz nada.
connection-phone-offline = Telefone sem internet
connection-phone-offline-hint = O gateway não alcança o telefone. Ligue-o e confira a internet dele; o que for enviado espera no gateway.
connection-must-pair = Precisa parear
connection-must-pair-hint = Nenhum telefone está ligado a esta conta. Pareie um telefone para enviar.
connection-gateway-unreachable = Gateway fora de alcance
connection-gateway-unreachable-hint = O gateway não responde. O programa continua tentando; as mensagens esperam na fila.
connection-credentials-refused = Credenciais recusadas
connection-credentials-refused-hint = O gateway não aceita as credenciais. Corrija-as na tela de contas.
connection-credentials-missing = Credenciais ilegíveis
connection-credentials-missing-hint = As credenciais não podem ser lidas aqui. Desbloqueie o chaveiro ou digite-as de novo na tela de contas.

## Calls to the gateway that failed: what happened, what it means, what to do.
call-unreachable = O gateway não foi alcançado, por isso nada foi mudado lá. Confira a internet e tente de novo.
call-credentials-refused = O gateway recusou as credenciais, por isso nada foi feito. Corrija-as na tela de contas e tente de novo.
call-credentials-missing = As credenciais não podem ser lidas neste computador, por isso o gateway nem foi chamado. Desbloqueie o chaveiro ou digite-as de novo.
call-rate-limited = O gateway pediu para ir mais devagar e não fez nada. Espere um pouco e tente de novo.
call-refused = O gateway disse não e nada foi mudado. Veja as palavras dele abaixo.
call-unreadable = O gateway respondeu algo que não dá para entender; pode ter feito ou não o que foi pedido. Atualize o estado e confira.
call-unsupported = Este gateway não tem essa função. Nada foi mudado.
call-not-recorded = O banco de dados não conseguiu anotar o que ia ser pedido; por isso nada foi pedido ao gateway. Veja se o disco está cheio e tente de novo.

## What is wrong with a field of an account.
draft-problem-empty = Preencha este campo.
draft-problem-too-long = Longo demais: no máximo { $max } caracteres.
draft-problem-control-characters = Há caracteres invisíveis no texto. Cole de novo ou digite.
draft-problem-not-an-email = Isto não é um endereço de e-mail.
draft-problem-not-a-url = Isto não é um endereço da web, como https://exemplo.com/.
draft-problem-not-encrypted = Sem https as credenciais viajariam legíveis. Use https; http só para este computador.
draft-problem-unknown-country = Nenhum país tem este código. Use duas letras, como BR.
draft-problem-name-taken = Outra conta já tem este nome.
draft-problem-malformed = Há aqui caracteres ou uma forma que não são possíveis. Compare com o que o serviço mostra.

## What is wrong with, or unusual about, a phone number.
phone-problem-empty = Digite um número.
phone-problem-not-digits = Há letras ou sinais que números não têm.
phone-problem-too-short = Faltam dígitos. Escreva com o DDD ou o código de área.
phone-problem-too-long = Dígitos demais: um número tem no máximo 15.
phone-problem-unknown-country = Nenhum país tem este código no início do número.
phone-warning-ninth-digit-missing = Sem o nono dígito. Será enviada assim como está escrito.
phone-warning-not-in-numbering-plan = O plano de numeração do país não conhece este número. Confira antes de enviar.

## Why an address cannot be attached.
attachment-problem-not-a-url = Isto não é um endereço da web. O gateway busca o anexo num endereço que começa com https://.
attachment-problem-not-https = O endereço precisa começar com https://.
attachment-problem-not-public = O endereço só existe nesta rede; o gateway não chega até ele. Use um endereço público.
attachment-problem-no-extension = O endereço não termina num nome de arquivo com extensão, como foto.jpg.
attachment-problem-unsupported = O gateway não aceita arquivos .{ $extension }. Aceita: { $allowed }.
attachment-problem-too-long = O endereço é longo demais: no máximo { $max } bytes.

## Errors in pairing: what happened and what comes next.
pairing-failure-unreachable = O gateway não foi alcançado. Confira a internet.
pairing-failure-unreadable = O gateway respondeu algo que não dá para entender.
pairing-failure-credentials-refused = O gateway recusa as credenciais. Corrija-as na tela de contas e comece de novo.
pairing-failure-credentials-missing = As credenciais não podem ser lidas neste computador. Desbloqueie o chaveiro e comece de novo.
pairing-failure-refused = O gateway disse não ao pareamento. Veja as palavras dele e comece de novo.
pairing-failure-not-a-picture = O que o gateway mandou não é uma imagem de código.

## Alerts, also shown by the desktop: a title with the account's name ($account), and a body.
alert-phone-offline = { $account }: telefone sem internet
alert-phone-offline-body = O que for enviado espera no gateway. Ligue o telefone e confira a internet dele.
alert-must-pair = { $account }: precisa parear de novo
alert-must-pair-body = Nenhum telefone está ligado a esta conta. Abra a tela de pareamento e leia o código.
alert-battery-low = { $account }: bateria fraca
alert-battery-low-body = O telefone tem menos de 15% de bateria. Ligue-o na tomada para não parar o envio.
alert-limit-low = { $account }: limite de hoje acabando
alert-limit-low-body = Resta menos de um décimo do limite diário. Depois dele as mensagens esperam até amanhã.
alert-plan-expires = { $account }: o plano está vencendo
alert-plan-expires-body = O plano vence em três dias ou menos. Renove-o com o gateway.
alert-queue-stuck = { $account }: a fila do gateway não anda
alert-queue-stuck-body = Há dez minutos ela não diminui, embora o telefone esteja pronto. Confira o telefone.

## The start-up screen, when the program cannot begin: what happened, what it means (-means), what to do (-do).
failure-folder = A pasta de dados não pode ser usada
failure-folder-means = O programa não consegue criar, ler ou gravar em { $path }. Nada foi mudado e nada foi enviado.
failure-folder-do = Confira se a pasta existe, se é sua e se há espaço no disco. Depois tente de novo.
failure-newer = Os dados são de uma versão mais nova
failure-newer-means = Uma versão mais nova do Recado já usou esta pasta (esquema { $found }; esta conhece até { $known }). Nada foi mudado; suas mensagens estão lá.
failure-newer-do = Instale a versão mais nova e abra de novo.
failure-damaged = O banco de dados está danificado
failure-damaged-means = O arquivo não pôde ser lido por inteiro. Nada foi sobrescrito e nada foi enviado.
failure-damaged-do = Feche o programa, copie a pasta de dados para um lugar seguro e restaure uma cópia de segurança.
# Stands in the place of the advice when there is a backup. $when is a day and a time, $size like "1.2 MB".
failure-offer = Há uma cópia de segurança íntegra ({ $when }; { $size }). Restaurada, ela ocupa o lugar do banco de dados danificado, que fica guardado na pasta de dados com o nome “damaged-…”. O que chegou depois não está nela; o que nela esperava para ser enviado fica para você decidir.
failure-not-restored = A cópia de segurança não pôde ser restaurada
failure-not-restored-means = O banco de dados danificado e a cópia estão como estavam, e nada foi enviado. O disco pode estar cheio ou protegido contra gravação.
failure-not-restored-do = Libere espaço no disco e tente de novo.
failure-database = O banco de dados não respondeu
failure-database-means = O disco pode estar cheio ou com defeito. Nada foi enviado.
failure-database-do = Libere espaço no disco e tente de novo.
failure-second-copy = O Recado já está aberto
failure-second-copy-means = Outra janela usa a mesma pasta de dados. Duas ao mesmo tempo poderiam enviar em dobro, por isso esta não começou.
failure-second-copy-do = Use a janela que já está aberta, ou feche-a e tente de novo.

## Por que uma credencial não pôde ser guardada ou lida.
secret-not-found = A credencial não está mais guardada. Digite-a de novo em Contas.
secret-no-answer = O chaveiro não respondeu; ele pode estar bloqueado, esperando a senha. Nada foi perdido: responda ao pedido dele e tente de novo.
secret-absent = Não há chaveiro nesta máquina. Escolha um cofre com senha ou só esta execução.
secret-wrong-passphrase = Essa senha não abre o cofre. Confira se a tecla Caps Lock está ligada e tente de novo.
secret-passphrase-too-short = A senha é curta demais: use pelo menos 8 caracteres.
secret-failed = A credencial não pôde ser guardada ou lida.
reason-from-backup = Esta mensagem vem de uma cópia de segurança.
reason-from-backup-do = Quando a cópia foi feita, ela esperava o envio; pode ter sido enviada depois. Confira no telefone e diga se chegou, ou envie de novo.
reason-no-attachment-place = Esta conta não tem onde pôr arquivos do computador.
reason-no-attachment-place-do = Escolha em Contas onde os anexos são postos. A mensagem espera.
reason-attachment-not-offered = O gateway não pode buscar o arquivo daqui: ninguém escuta, ou falta o endereço público.
reason-attachment-not-offered-do = Ligue a escuta e informe o endereço público em Ajustes, ou escolha outro lugar em Contas. A mensagem espera.
reason-attachment-unreachable = O arquivo não pôde ser buscado de fora.
reason-attachment-unreachable-do = Nada foi enviado; o Recado tenta de novo sozinho. Confira o endereço público ou o armazenamento.
reason-attachment-altered = Do endereço do arquivo veio outra coisa.
reason-attachment-altered-do = Nada foi enviado; o Recado tenta de novo sozinho. Confira o proxy, o túnel ou o armazenamento.
reason-storage-unreachable = O armazenamento não pôde ser alcançado.
reason-storage-unreachable-do = Nada foi enviado; o Recado tenta de novo sozinho.
reason-storage-refused = O armazenamento recusou o arquivo.
reason-storage-refused-do = Nada foi enviado; o Recado tenta de novo sozinho. Confira as chaves e o bucket em Contas.
reason-storage-keys-missing = As chaves do armazenamento não podem ser lidas agora.
reason-storage-keys-missing-do = Desbloqueie o chaveiro ou informe as chaves de novo em Contas. A mensagem espera.
reason-attachment-lost = O arquivo não está mais neste computador, ou mudou.
reason-attachment-lost-do = Nada foi enviado. Anexe o arquivo de novo e envie outra mensagem.
reason-attachment-address-ended = O endereço do arquivo ia vencer antes do envio.
reason-attachment-address-ended-do = O Recado o publica de novo sozinho; nada foi enviado ainda.
reason-payment-needed = A conta no gateway está sem saldo.
reason-payment-needed-do = A mensagem espera; o Recado tenta de novo sozinho. Fale com o fornecedor do gateway.
reason-outside-window = Passaram mais de 24 horas desde a última mensagem desta pessoa.
reason-outside-window-do = Nada foi enviado. Só um modelo pode ser enviado agora: escolha um e envie de novo.
reason-template-refused = O modelo não é como está registrado no gateway.
reason-template-refused-do = Nada foi enviado. Confira o nome, o idioma e os parâmetros do modelo e envie de novo.
reason-sender-refused = O remetente não pode ser usado por esta conta.
reason-sender-refused-do = Nada foi enviado. Confira o remetente em Contas.
reason-taken-for-spam = O gateway tomou a mensagem por spam ou por repetida.
reason-taken-for-spam-do = Nada foi entregue. Espere e mude o texto antes de enviar de novo.
reason-expired = A mensagem não foi entregue no prazo.
reason-expired-do = O telefone da pessoa pode estar desligado. Envie de novo se ainda for preciso.
reason-text-too-long = O texto é mais longo do que o gateway aceita.
reason-text-too-long-do = Nada foi enviado. Encurte o texto e envie de novo.
