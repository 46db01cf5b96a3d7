### Pairing a phone by a QR code.

pairing-title = Parear telefone
# Under the title. $account is the operator's name for the account, $vendor the gateway.
pairing-subtitle = { $account } · { $vendor }
pairing-cancel = Cancelar pareamento

## When nothing can be paired.
pairing-no-account = Ainda não há conta para parear
pairing-no-account-body = Adicione uma conta do gateway. Depois você liga o telefone a ela lendo um código.
pairing-no-account-action = Adicionar conta
pairing-not-needed = Esta conta não precisa de pareamento
pairing-not-needed-body = { $vendor } envia sem um telefone seu: não há código a ler.
pairing-not-needed-action = Abrir o painel

## Before: which phone is connected, and the button that confirms.
pairing-phone-now = Telefone conectado agora
pairing-phone-none = Nenhum
pairing-phone-none-hint = Nada é enviado por esta conta até um telefone ser pareado.
pairing-phone-unknown = Ainda não se sabe
# $name is the name in the phone's profile, $number its number.
pairing-phone-and-number = { $name } ({ $number })
# Stands in sentences where the phone has neither name nor number.
pairing-phone-unnamed = o telefone atual
pairing-will-disconnect = Ao começar, { $phone } é desconectado na hora. Nada é enviado até outro telefone ser pareado.
pairing-will-disconnect-unknown = O gateway ainda não disse se há um telefone conectado. Se houver, ele é desconectado ao começar.
pairing-begin = Parear telefone
pairing-begin-disconnecting = Desconectar { $phone } e parear outro telefone
pairing-begin-unknown = Desconectar o telefone atual e parear outro
pairing-limit-hint = O pareamento espera até 5 minutos pela leitura do código.

## What to do on the phone.
pairing-steps-title = No telefone que vai enviar
pairing-step-open = Abra o WhatsApp no telefone
pairing-step-open-hint = O aparelho que vai enviar as mensagens
pairing-step-devices = Toque em Aparelhos conectados
pairing-step-devices-hint = Menu no Android, Ajustes no iPhone
pairing-step-scan = Aponte a câmera para o código
pairing-step-scan-hint = Ele se renova sozinho; não é preciso correr

## While it goes on.
# $phone is the phone's name, with its number where it is known.
pairing-being-disconnected = { $phone } está sendo desconectado
pairing-was-disconnected = { $phone } foi desconectado
pairing-no-phone-yet = Nenhum telefone conectado
# $count messages wait, here and at the gateway.
pairing-messages-wait =
    { $count ->
        [0] Nada é enviado até um telefone ser pareado.
        [one] Nada é enviado até um telefone ser pareado. A mensagem da fila espera.
       *[other] Nada é enviado até um telefone ser pareado. As { $count } mensagens da fila esperam.
    }
# A passing error; the gateway is asked again.
pairing-trouble-next =
    { $seconds ->
        [0] O pareamento continua: perguntando de novo agora.
       *[other] O pareamento continua: nova tentativa em { $seconds } s.
    }
pairing-code-image = Código QR para parear
pairing-code-image-large = Código QR ampliado
# $age is a duration: "7 s".
pairing-code-age = Código recebido há { $age }
pairing-confirming-age = Confirmando há { $age }
pairing-starting = Pedindo o código
pairing-code-coming = O código está chegando
pairing-asking = esperando a resposta do gateway
# $number counts the questions put to the gateway.
pairing-poll-in = próxima leitura em { $seconds } s · tentativa { $number }
pairing-poll-now = lendo agora · tentativa { $number }
pairing-place-waiting = O gateway está preparando o código
pairing-place-confirming = Código lido, ou sendo trocado. Deixe o WhatsApp aberto no telefone enquanto ele confirma
pairing-code-old = Código antigo. Espere o próximo antes de ler
pairing-enlarge-code = Ampliar o código
pairing-shrink-code = Reduzir
pairing-copy-code = Copiar o código como imagem
pairing-code-copied = Código copiado como imagem
pairing-save-code = Salvar o código como imagem
# Suggested name of the file, without blanks.
pairing-code-file = codigo-de-pareamento.png
pairing-progress-asked = Código pedido ao gateway
pairing-progress-code = Aguardando o código
pairing-progress-scan = Aguardando a leitura pelo telefone
# The same step when it is over.
pairing-progress-scanned = Leitura pelo telefone
pairing-progress-confirmation = Confirmação do WhatsApp (até 2 minutos)
pairing-progress-connected = Conectado
pairing-goes-on = Você pode abrir outra tela: o pareamento continua e avisa quando terminar.

## After.
pairing-connected = { $phone } está conectado
pairing-connected-body-number = { $number } envia agora as mensagens da conta { $account }. O que esperava na fila segue sozinho.
pairing-connected-body = O telefone envia agora as mensagens da conta { $account }. O que esperava na fila segue sozinho.
pairing-to-dashboard = Ver o painel
pairing-another = Parear outro telefone
pairing-cancelled = Pareamento cancelado
pairing-cancelled-body = { $phone } continua desconectado. Para voltar a enviar, pareie um telefone; pode ser o mesmo.
pairing-cancelled-body-none = Para enviar por esta conta é preciso parear um telefone.
pairing-timed-out = Ninguém leu o código em 5 minutos
pairing-timed-out-body = O pareamento parou e nenhum telefone ficou conectado. As mensagens esperam na fila; comece de novo com o telefone na mão.
pairing-failed = O pareamento parou
pairing-try-again = Tentar de novo
pairing-check-credentials = Conferir credenciais
