### The dashboard: how the chosen account stands, and how it came to stand so.

## Head
dashboard-no-account = Agregue una cuenta para ver su conexión, batería, límites y cola.
# A button on screens that need an account.
status-add-account = Agregar cuenta
# The name of the choice between 24 hours, 7 days and 30 days.
dashboard-range = Período
dashboard-range-day = 24 h
dashboard-range-week = 7 días
dashboard-range-month = 30 días
dashboard-refresh = Leer ahora (F5)
dashboard-reading = Leyendo ahora…
# $age is an age ("12 s ago"), $interval a duration ("30 s").
dashboard-read-all = Todo leído { $age }, cada { $interval }
dashboard-read-failed = La lectura falló { $age }; se reintenta cada { $interval }
dashboard-not-read = Aún sin leer
# For a gateway that tells nothing of phone, limits or queue: it is only asked whether it takes the credentials.
dashboard-asked = { $vendor } respondió { $age }; se pregunta cada { $interval }
# $words are the system's own.
dashboard-data-unreadable = No se pudo leer el historial. Dijo: { $words }

## Values that may no longer hold. $age is an age, $why a state such as "Gateway unreachable".
status-stale = leído { $age }
status-stale-why = leído { $age } · { $why }
dashboard-unknown = aún no se sabe

## Connection
dashboard-connection = Conexión
# How long it has stood so. $duration is a duration.
dashboard-since = desde hace { $duration }
dashboard-pair = Vincular teléfono
dashboard-open-accounts = Abrir cuentas
dashboard-check-now = Comprobar ahora

## Battery. $rate is a percentage, $until a time.
dashboard-battery = Batería
dashboard-battery-low = baja: enchúfelo
dashboard-battery-untold = El gateway no informó la batería.
dashboard-battery-falling = −{ $rate } por hora
dashboard-battery-falling-until = −{ $rate } por hora · hasta ≈ { $until }
dashboard-battery-rising = cargando, +{ $rate } por hora
dashboard-battery-steady = estable

## Today's limit. $daily is a number in words, $time a time of day, $share a percentage.
dashboard-limit = Límite de hoy
dashboard-limit-left-of =
    { $left -> 
         [one] queda
        *[other] quedan
    } de { $daily }
dashboard-limit-left =
    { $left -> 
         [one] queda hoy
        *[other] quedan hoy
    }
dashboard-limit-used = { $share } usado
dashboard-limit-untold = El gateway no informó el límite.
dashboard-limit-gone = se acabó: los próximos esperan hasta mañana
dashboard-limit-runs-out = se acaba ≈ { $time } a este ritmo
dashboard-limit-lasts = dura hasta el fin del día a este ritmo

## The gateway's queue. $time and $delay are durations.
dashboard-gateway-queue = Cola del gateway
dashboard-queue-empty = vacía: nada espera allí
dashboard-queue-drains = ≈ { $time } con espera de { $delay }
dashboard-queue-drains-at-least = ≈ { $time } o más: no se conoce la espera
dashboard-open-queue = Ver la cola

## What we know ourselves, where the gateway tells less. $age is an age.
# Heading over an age: when the gateway last took a message.
dashboard-accepted = Último aceptado
dashboard-reported = último informe { $age }
dashboard-never-reported = aún no llegó ningún informe
dashboard-problems = Problemas hoy
dashboard-problems-none = nada rechazado ni incierto
dashboard-problems-some = rechazados o inciertos
# Heading over a duration, and the line under it.
dashboard-delivery = Tiempo hasta la entrega
dashboard-delivery-half = como máximo, para la mitad de los mensajes de los últimos 7 días
dashboard-delivery-none = ninguno entregado en los últimos 7 días

## Our own outbox by state: headings of counts, so in the plural.
dashboard-outbox = Nuestros envíos
dashboard-open-outbox = Abrir la cola
dashboard-outbox-queued = En espera
dashboard-outbox-in_flight = Enviando
dashboard-outbox-accepted = En el gateway
dashboard-outbox-sent = Enviados
dashboard-outbox-delivered = Entregados
dashboard-outbox-read = Leídos
dashboard-outbox-rejected = Rechazados
dashboard-outbox-unknown = Inciertos

## Messages over time
dashboard-messages-by-hour = Mensajes por hora
dashboard-messages-by-day = Mensajes por día
dashboard-series-accepted = aceptados
dashboard-series-delivered = entregados
dashboard-series-read = leídos
dashboard-series-problems = con problema
# What the plot shows, for those who do not see it.
dashboard-messages-summary = Mensajes: { $sent } enviados, { $delivered } entregados, { $read } leídos, { $problems } con problema
dashboard-nothing-sent-day = Nada enviado en estas 24 horas
dashboard-nothing-sent-week = Nada enviado en estos 7 días
dashboard-nothing-sent-month = Nada enviado en estos 30 días
dashboard-new-message = Escribir un mensaje
# An hour on the axis. $hour is 0 to 23.
dashboard-axis-hour = { $hour } h
dashboard-sum-sent = Enviados
dashboard-sum-delivered = Entregados
dashboard-sum-read = Leídos
dashboard-sum-problems = Con problema

## The plan
dashboard-plan = El plan vence
dashboard-plan-over = ya venció
dashboard-plan-today = vence hoy
dashboard-plan-soon =
    { $days -> 
         [one] vence mañana
        *[other] vence en { $days } días
    }

## Lines over time
dashboard-no-readings = Ninguna lectura en este período
# What a line shows, for those who do not see it. $what is its title.
dashboard-line-summary = { $what }: de { $lowest } a { $highest }
# A point of a line: its value and its time.
dashboard-line-point = { $value } · { $time }

## What changed: what happened to the connection
dashboard-changes = Qué cambió
dashboard-no-changes = La conexión no cambió en este período.
dashboard-change-phone-back = El teléfono volvió a internet
dashboard-change-gateway-back = El gateway vuelve a responder
dashboard-change-credentials-back = Credenciales aceptadas de nuevo
dashboard-change-paired = Vinculado: { $name }
dashboard-change-ready-named = Listo: { $name }
dashboard-change-ready = Listo
dashboard-change-must-pair = Sesión terminada
# A state and how long it lasted.
dashboard-change-lasted = { $what }, durante { $duration }
