### The queue: the gateway's and ours; and the history of a message.

## Head
queue-subtitle = Lo que aún no llegó, aquí y en el gateway
queue-subtitle-here = Lo que aún no llegó; { $vendor } no informa una cola propia
queue-no-account = Agregue una cuenta para enviar mensajes y seguir su cola.
queue-pause = Pausar envíos
queue-resume = Reanudar envíos
queue-paused = Envíos en pausa: los mensajes esperan aquí; lo que ya está en el gateway sigue saliendo

## The gateway's queue
queue-at-gateway = En el gateway
# $time is a duration.
queue-drains = vacía en ≈ { $time }
queue-drains-at-least = vacía en ≈ { $time } o más: no se conoce la espera
queue-drained = nada espera allí
queue-length-unknown = aún no se sabe
queue-clear-button = Borrar { $count }…
queue-clear-button-unknown = Borrar…
queue-clear-title = ¿Borrar la cola del gateway?
queue-clear-what =
    { $count -> 
         [one] { $count } mensaje que el gateway aún no envió se borrará allí.
        *[other] { $count } mensajes que el gateway aún no envió se borrarán allí.
    }
queue-clear-what-unknown = Los mensajes que el gateway aún no envió se borrarán allí.
queue-clear-limit = El límite de hoy no se devuelve.
queue-clear-uncertain = Los nuestros que el gateway aceptó y aún no confirmó quedan inciertos: no dice cuáles borró.
queue-clear-confirm =
    { $count -> 
         [one] Borrar { $count } mensaje
        *[other] Borrar { $count } mensajes
    }
queue-clear-confirm-unknown = Borrar la cola
queue-cleared =
    { $deleted -> 
         [0] El gateway no tenía nada que borrar.
         [one] { $deleted } mensaje borrado en el gateway.
        *[other] { $deleted } mensajes borrados en el gateway.
    }
queue-cleared-uncertain =
    { $count -> 
         [one] { $count } de los nuestros quedó incierto: revise el teléfono.
        *[other] { $count } de los nuestros quedaron inciertos: revise el teléfono.
    }
# The program itself could not do it. $words are the system's own.
queue-command-failed = No se pudo hacer; no se llamó al gateway. Inténtelo de nuevo. { $words }

## The delay between two messages. $before and $now are durations.
queue-delay = Espera entre mensajes
queue-delay-unknown = no se sabe: el gateway no permite preguntar
queue-delay-before = antes { $before }
queue-delay-changed = Antes { $before }, ahora { $now }.
queue-delay-set = Ahora { $now }.
queue-delay-taken = El gateway lo aceptó, pero no dijo qué espera rige ahora.
queue-delay-advice = El gateway recomienda una espera cuando más de { $count } mensajes van a quienes nunca escribieron antes.
queue-delay-slider = Espera en segundos
queue-delay-seconds = Segundos
queue-delay-apply = Aplicar
queue-delay-wrong = Escriba un número de 0 a { $max }.

## Our own queue
queue-here = En este equipo
queue-unreadable = No se pudo leer la lista. Nada se perdió; los envíos siguen. Dijo: { $words }
queue-filter-all = Todos { $count }
queue-filter-waiting = En espera { $count }
queue-filter-uncertain = Inciertos { $count }
queue-filter-refused = Rechazados { $count }
queue-filter-scheduled = Programados { $count }
queue-filter-nothing = Ningún mensaje en este filtro.
queue-filter-show-all = Mostrar todos
queue-empty = Nada en la cola
queue-empty-body = Todo lo escrito ya salió. Lo que envíe aparece aquí hasta que llegue.
queue-new-message = Escribir un mensaje
queue-column-state = Estado
queue-column-to = Para
queue-column-message = Mensaje
queue-column-why = Por qué
# Number of attempts; the column is narrow.
queue-column-attempts = Int.
# When it is tried next.
queue-column-next = Próximo

## States in the table, in one word
queue-state-preparing = Preparando
queue-state-queued = Espera
queue-state-in_flight = Enviando
queue-state-accepted = Aceptado
queue-state-sent = Enviado
queue-state-delivered = Entregado
queue-state-read = Leído
queue-state-rejected = Rechazado
queue-state-unknown = Incierto
queue-state-cancelled = Cancelado
queue-state-scheduled = Programado
queue-why-paused = Los envíos están en pausa.
# $when is a moment.
queue-why-scheduled = Programado para { $when }.
queue-why-turn = Espera su turno.
# While the delay between two messages is kept; $time is a duration.
queue-why-paced = Espera su turno: el próximo sale en { $time }.
queue-next-now = ahora
queue-next-turn = en su turno

## What can be done with a message. $to is a phone number.
queue-row-menu = Acciones del mensaje a { $to }
queue-retry = Intentar ahora
# Instead of it, for a message that waits for a time the operator set.
queue-send-now = Enviar ahora
queue-arrived = Llegó
queue-send-again = Enviar de nuevo
queue-send-again-ask = Enviar de nuevo…
queue-put-aside = Dejar de lado
queue-cancel = Cancelar envío
queue-open-conversation = Abrir conversación
queue-history = Ver historial
queue-select = Seleccionar el mensaje a { $to }
queue-select-all = Seleccionar todos
queue-select-none = Borrar la selección
queue-selected =
    { $count -> 
         [one] { $count } seleccionado
        *[other] { $count } seleccionados
    }
queue-bulk-retry = Intentar { $count } ahora
queue-bulk-cancel = Cancelar { $count }
queue-bulk-put-aside = Dejar { $count } de lado

## Messages whose outcome nobody knows
queue-uncertain =
    { $count -> 
         [one] { $count } mensaje incierto.
        *[other] { $count } mensajes inciertos.
    }
queue-uncertain-check = Revise en el teléfono si llegó a { $to }: enviar de nuevo puede duplicarlo.
queue-uncertain-check-each = Revise cada uno en el teléfono: enviar de nuevo puede duplicarlos.
# The same two for gateways that send from a business number: there is no phone to look at.
queue-uncertain-ask = Pregunte a { $to } si llegó: enviar de nuevo puede duplicarlo.
queue-uncertain-ask-each = Pregunte a cada persona si llegó: enviar de nuevo puede duplicarlos.
queue-uncertain-show = Mostrar inciertos
queue-send-again-title = ¿Enviar de nuevo?
queue-send-again-risk = No se sabe si este mensaje llegó a { $to }. Si llegó, la persona recibirá una segunda copia. Revise antes el teléfono.
# The same for gateways that send from a business number.
queue-send-again-risk-ask = No se sabe si este mensaje llegó a { $to }. Si llegó, la persona recibirá una segunda copia. Pregunte antes a la persona.
queue-send-again-confirm = Enviar igualmente

## The history of a message
history-title = Historial del mensaje
history-empty = Aún no hay nada registrado.
history-attempt = intento { $attempt }
# Above the gateway's answer as it came.
history-raw = Respuesta del gateway, tal como vino
history-copy-raw = Copiar respuesta
history-copy = Copiar historial
