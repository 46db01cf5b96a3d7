### The queue: the gateway's and ours; and the history of a message.

## Head
queue-subtitle = O que ainda não chegou, aqui e no gateway
queue-subtitle-here = O que ainda não chegou; a { $vendor } não informa fila própria
queue-no-account = Adicione uma conta para enviar mensagens e acompanhar a fila dela.
queue-pause = Pausar envios
queue-resume = Retomar envios
queue-paused = Envios em pausa: as mensagens esperam aqui; o que já está no gateway continua saindo

## The gateway's queue
queue-at-gateway = No gateway
# $time is a duration.
queue-drains = vazia em ≈ { $time }
queue-drains-at-least = vazia em ≈ { $time } ou mais: a espera não é conhecida
queue-drained = nada espera lá
queue-length-unknown = ainda não se sabe
queue-clear-button = Limpar { $count }…
queue-clear-button-unknown = Limpar…
queue-clear-title = Limpar a fila do gateway?
queue-clear-what =
    { $count -> 
         [one] { $count } mensagem que o gateway ainda não mandou será apagada lá.
        *[other] { $count } mensagens que o gateway ainda não mandou serão apagadas lá.
    }
queue-clear-what-unknown = As mensagens que o gateway ainda não mandou serão apagadas lá.
queue-clear-limit = O limite de hoje não é devolvido.
queue-clear-uncertain = As nossas que o gateway aceitou e ainda não confirmou ficam incertas: ele não diz quais apagou.
queue-clear-confirm =
    { $count -> 
         [one] Apagar { $count } mensagem
        *[other] Apagar { $count } mensagens
    }
queue-clear-confirm-unknown = Apagar a fila
queue-cleared =
    { $deleted -> 
         [0] O gateway não tinha nada para apagar.
         [one] { $deleted } mensagem apagada no gateway.
        *[other] { $deleted } mensagens apagadas no gateway.
    }
queue-cleared-uncertain =
    { $count -> 
         [one] { $count } das nossas ficou incerta: confira no telefone.
        *[other] { $count } das nossas ficaram incertas: confira no telefone.
    }
# The program itself could not do it. $words are the system's own.
queue-command-failed = O pedido não pôde ser feito; o gateway não foi chamado. Tente de novo. { $words }

## The delay between two messages. $before and $now are durations.
queue-delay = Espera entre mensagens
queue-delay-unknown = não se sabe: o gateway não permite perguntar
queue-delay-before = antes { $before }
queue-delay-changed = Antes { $before }, agora { $now }.
queue-delay-set = Agora { $now }.
queue-delay-taken = O gateway aceitou, mas não disse qual espera vale agora.
queue-delay-advice = O gateway recomenda uma espera quando mais de { $count } mensagens vão para quem nunca escreveu antes.
queue-delay-slider = Espera em segundos
queue-delay-seconds = Segundos
queue-delay-apply = Aplicar
queue-delay-wrong = Digite um número de 0 a { $max }.

## Our own queue
queue-here = Neste computador
queue-unreadable = A lista não pôde ser lida. Nada se perdeu; os envios continuam. Foi dito: { $words }
queue-filter-all = Todas { $count }
queue-filter-waiting = Esperando { $count }
queue-filter-uncertain = Incertas { $count }
queue-filter-refused = Recusadas { $count }
queue-filter-scheduled = Agendadas { $count }
queue-filter-nothing = Nenhuma mensagem neste filtro.
queue-filter-show-all = Mostrar todas
queue-empty = Nada na fila
queue-empty-body = Tudo o que foi escrito já saiu. O que você enviar aparece aqui até chegar.
queue-new-message = Escrever mensagem
queue-column-state = Estado
queue-column-to = Para
queue-column-message = Mensagem
queue-column-why = Por quê
# Number of attempts; the column is narrow.
queue-column-attempts = Tent.
# When it is tried next.
queue-column-next = Próxima

## States in the table, in one word
queue-state-preparing = Preparando
queue-state-queued = Espera
queue-state-in_flight = Enviando
queue-state-accepted = Aceita
queue-state-sent = Enviada
queue-state-delivered = Entregue
queue-state-read = Lida
queue-state-rejected = Recusada
queue-state-unknown = Incerta
queue-state-cancelled = Cancelada
queue-state-scheduled = Agendada
queue-why-paused = Os envios estão em pausa.
# $when is a moment.
queue-why-scheduled = Marcada para { $when }.
queue-why-turn = Espera a vez.
# While the delay between two messages is kept; $time is a duration.
queue-why-paced = Espera a vez: a próxima sai em { $time }.
queue-next-now = agora
queue-next-turn = na vez

## What can be done with a message. $to is a phone number.
queue-row-menu = Ações da mensagem para { $to }
queue-retry = Tentar agora
# Instead of it, for a message that waits for a time the operator set.
queue-send-now = Enviar agora
queue-arrived = Chegou
queue-send-again = Enviar de novo
queue-send-again-ask = Enviar de novo…
queue-put-aside = Deixar de lado
queue-cancel = Cancelar envio
queue-open-conversation = Abrir conversa
queue-history = Ver histórico
queue-select = Selecionar a mensagem para { $to }
queue-select-all = Selecionar todas
queue-select-none = Limpar a seleção
queue-selected =
    { $count -> 
         [one] { $count } selecionada
        *[other] { $count } selecionadas
    }
queue-bulk-retry = Tentar { $count } agora
queue-bulk-cancel = Cancelar { $count }
queue-bulk-put-aside = Deixar { $count } de lado

## Messages whose outcome nobody knows
queue-uncertain =
    { $count -> 
         [one] { $count } mensagem incerta.
        *[other] { $count } mensagens incertas.
    }
queue-uncertain-check = Confira no telefone se chegou a { $to }: enviar de novo pode duplicar.
queue-uncertain-check-each = Confira cada uma no telefone: enviar de novo pode duplicar.
# The same two for gateways that send from a business number: there is no phone to look at.
queue-uncertain-ask = Pergunte a { $to } se chegou: enviar de novo pode duplicar.
queue-uncertain-ask-each = Pergunte a cada pessoa se chegou: enviar de novo pode duplicar.
queue-uncertain-show = Mostrar incertas
queue-send-again-title = Enviar de novo?
queue-send-again-risk = Não se sabe se esta mensagem chegou a { $to }. Se chegou, a pessoa receberá uma segunda cópia. Confira antes no telefone.
# The same for gateways that send from a business number.
queue-send-again-risk-ask = Não se sabe se esta mensagem chegou a { $to }. Se chegou, a pessoa receberá uma segunda cópia. Pergunte antes à pessoa.
queue-send-again-confirm = Enviar mesmo assim

## The history of a message
history-title = Histórico da mensagem
history-empty = Nada foi registrado ainda.
history-attempt = tentativa { $attempt }
# Above the gateway's answer as it came.
history-raw = Resposta do gateway, como veio
history-copy-raw = Copiar resposta
history-copy = Copiar histórico
