### The dashboard: how the chosen account stands, and how it came to stand so.

## Head
dashboard-no-account = Adicione uma conta para ver a conexão, a bateria, os limites e a fila dela.
# A button on screens that need an account.
status-add-account = Adicionar conta
# The name of the choice between 24 hours, 7 days and 30 days.
dashboard-range = Período
dashboard-range-day = 24 h
dashboard-range-week = 7 dias
dashboard-range-month = 30 dias
dashboard-refresh = Ler agora (F5)
dashboard-reading = Lendo agora…
# $age is an age ("12 s ago"), $interval a duration ("30 s").
dashboard-read-all = Tudo lido { $age }, a cada { $interval }
dashboard-read-failed = A leitura falhou { $age }; tenta de novo a cada { $interval }
dashboard-not-read = Ainda não lido
# For a gateway that tells nothing of phone, limits or queue: it is only asked whether it takes the credentials.
dashboard-asked = { $vendor } respondeu { $age }; perguntado a cada { $interval }
# $words are the system's own.
dashboard-data-unreadable = O histórico não pôde ser lido. Foi dito: { $words }

## Values that may no longer hold. $age is an age, $why a state such as "Gateway unreachable".
status-stale = lido { $age }
status-stale-why = lido { $age } · { $why }
dashboard-unknown = ainda não se sabe

## Connection
dashboard-connection = Conexão
# How long it has stood so. $duration is a duration.
dashboard-since = há { $duration }
dashboard-pair = Parear telefone
dashboard-open-accounts = Abrir contas
dashboard-check-now = Verificar agora

## Battery. $rate is a percentage, $until a time.
dashboard-battery = Bateria
dashboard-battery-low = fraca: ligue na tomada
dashboard-battery-untold = O gateway não informou a bateria.
dashboard-battery-falling = −{ $rate } por hora
dashboard-battery-falling-until = −{ $rate } por hora · até ≈ { $until }
dashboard-battery-rising = carregando, +{ $rate } por hora
dashboard-battery-steady = estável

## Today's limit. $daily is a number in words, $time a time of day, $share a percentage.
dashboard-limit = Limite de hoje
dashboard-limit-left-of =
    { $left -> 
         [one] resta
        *[other] restam
    } de { $daily }
dashboard-limit-left =
    { $left -> 
         [one] resta hoje
        *[other] restam hoje
    }
dashboard-limit-used = { $share } usado
dashboard-limit-untold = O gateway não informou o limite.
dashboard-limit-gone = acabou: as próximas esperam até amanhã
dashboard-limit-runs-out = acaba ≈ { $time } neste ritmo
dashboard-limit-lasts = dura até o fim do dia neste ritmo

## The gateway's queue. $time and $delay are durations.
dashboard-gateway-queue = Fila do gateway
dashboard-queue-empty = vazia: nada espera lá
dashboard-queue-drains = ≈ { $time } com espera de { $delay }
dashboard-queue-drains-at-least = ≈ { $time } ou mais: a espera não é conhecida
dashboard-open-queue = Ver a fila

## What we know ourselves, where the gateway tells less. $age is an age.
# Heading over an age: when the gateway last took a message.
dashboard-accepted = Último aceite
dashboard-reported = último aviso { $age }
dashboard-never-reported = nenhum aviso chegou ainda
dashboard-problems = Problemas hoje
dashboard-problems-none = nada recusado nem incerto
dashboard-problems-some = recusadas ou incertas
# Heading over a duration, and the line under it.
dashboard-delivery = Tempo até a entrega
dashboard-delivery-half = no máximo, para metade das mensagens dos últimos 7 dias
dashboard-delivery-none = nenhuma entregue nos últimos 7 dias

## Our own outbox by state: headings of counts, so in the plural.
dashboard-outbox = Nossos envios
dashboard-open-outbox = Abrir a fila
dashboard-outbox-queued = Esperando
dashboard-outbox-in_flight = Enviando
dashboard-outbox-accepted = No gateway
dashboard-outbox-sent = Enviadas
dashboard-outbox-delivered = Entregues
dashboard-outbox-read = Lidas
dashboard-outbox-rejected = Recusadas
dashboard-outbox-unknown = Incertas

## Messages over time
dashboard-messages-by-hour = Mensagens por hora
dashboard-messages-by-day = Mensagens por dia
dashboard-series-accepted = aceitas
dashboard-series-delivered = entregues
dashboard-series-read = lidas
dashboard-series-problems = com problema
# What the plot shows, for those who do not see it.
dashboard-messages-summary = Mensagens: { $sent } enviadas, { $delivered } entregues, { $read } lidas, { $problems } com problema
dashboard-nothing-sent-day = Nada enviado nestas 24 horas
dashboard-nothing-sent-week = Nada enviado nestes 7 dias
dashboard-nothing-sent-month = Nada enviado nestes 30 dias
dashboard-new-message = Escrever mensagem
# An hour on the axis. $hour is 0 to 23.
dashboard-axis-hour = { $hour }h
dashboard-sum-sent = Enviadas
dashboard-sum-delivered = Entregues
dashboard-sum-read = Lidas
dashboard-sum-problems = Com problema

## The plan
dashboard-plan = Plano expira
dashboard-plan-over = já venceu
dashboard-plan-today = vence hoje
dashboard-plan-soon =
    { $days -> 
         [one] vence amanhã
        *[other] vence em { $days } dias
    }

## Lines over time
dashboard-no-readings = Nenhuma leitura neste período
# What a line shows, for those who do not see it. $what is its title.
dashboard-line-summary = { $what }: de { $lowest } a { $highest }
# A point of a line: its value and its time.
dashboard-line-point = { $value } · { $time }

## What changed: what happened to the connection
dashboard-changes = O que mudou
dashboard-no-changes = A conexão não mudou neste período.
dashboard-change-phone-back = Telefone voltou à internet
dashboard-change-gateway-back = Gateway voltou a responder
dashboard-change-credentials-back = Credenciais aceitas de novo
dashboard-change-paired = Pareado: { $name }
dashboard-change-ready-named = Pronto: { $name }
dashboard-change-ready = Pronto
dashboard-change-must-pair = Sessão encerrada
# A state and how long it lasted.
dashboard-change-lasted = { $what }, por { $duration }
