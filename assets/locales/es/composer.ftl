### The composer, the emoji picker and the screen for a new message.

composer-text = Mensaje
composer-hint = Escriba un mensaje
composer-send = Enviar
composer-emoji = Emoji
composer-attach = Adjuntar por dirección
composer-attachment-url = Dirección del adjunto
composer-attachment-help = Una dirección https pública que el gateway descarga. Tipos: { $types }.
composer-attachment-fits = verificado: tipo aceptado por { $vendor }
composer-attachment-remove = Quitar adjunto
composer-attachment-close = Descartar el adjunto
composer-empty = Escriba un texto o adjunte un archivo.
composer-too-long = El texto es demasiado largo: el gateway acepta { $limit } caracteres.
composer-over = { $count ->
    [one] 1 carácter de más
   *[other] { $count } caracteres de más
 }
composer-control-removed = { $count ->
    [one] Se quitará 1 carácter de control
   *[other] Se quitarán { $count } caracteres de control
 } al enviar.
composer-direction-removed = { $count ->
    [one] Se quitará 1 marca que invierte el texto
   *[other] Se quitarán { $count } marcas que invierten el texto
 } al enviar.
composer-will-wait = El mensaje se guardará y esperará. { $why }
composer-not-stored = El mensaje no se guardó ni se envió.
composer-not-stored-body = El texto sigue aquí; inténtelo de nuevo. Se dijo: { $words }
composer-completion-keys = ↑ ↓ eligen, Enter pone, Esc cierra
emoji-search = Buscar emoji
emoji-search-hint = Nombre
emoji-none = Ningún emoji con ese nombre.
emoji-group-smileys = Caras
emoji-group-people = Personas
emoji-group-animals = Animales y naturaleza
emoji-group-food = Comida
emoji-group-travel = Viajes y lugares
emoji-group-activities = Actividades
emoji-group-objects = Objetos
emoji-group-symbols = Símbolos
emoji-group-flags = Banderas
new-message-no-account = Agregue la cuenta de su gateway para poder enviar.
new-message-subtitle = Sale por la cuenta { $account }
new-message-to = Para
new-message-to-hint = Un nombre de antes, o un número
new-message-to-help = Enter o coma termina cada número; pegue cuantos quiera. Sin código de país vale { $country }.
new-message-nobody = Indique para quién es.
new-message-too-many = Son demasiadas personas: como máximo { $max } a la vez.
new-message-wrong = Corrija o quite “{ $text }”: no es un número.
new-message-remove = Quitar { $name }
new-message-remove-all = Quitar los { $count }
new-message-merged = { $count ->
    [one] Se omitió 1 repetido
   *[other] Se omitieron { $count } repetidos
 }; con y sin el 9 es la misma persona.
new-message-and-more = y { $count } más
new-message-send-many = Enviar { $count } mensajes
new-message-summary = { $count } personas reciben un mensaje cada una
new-message-stored = { $count ->
    [one] 1 mensaje guardado; sale solo.
   *[other] { $count } mensajes guardados; salen uno a uno.
 }
new-message-advice = { $count } de estas personas nunca intercambiaron mensajes con esta cuenta.
new-message-advice-body = { $vendor } recomienda una espera entre los mensajes y prohíbe el spam y la publicidad: WhatsApp puede bloquear el número.
new-message-set-delay = Esperar { $secs } s
new-message-delay-set = Espera de { $secs } s aplicada
quick-replies = Respuestas rápidas
quick-replies-search = Buscar respuesta rápida
quick-replies-search-hint = Título o texto
quick-replies-nothing-found = Ninguna respuesta con eso.
quick-replies-none = Aún no hay respuestas rápidas
quick-replies-none-body = Guarde en los ajustes los textos que más envía; aparecen aquí.
quick-replies-settings = Abrir ajustes
# $mark is {name} as it stands in the text; $person a name or a number, $text what that person reads.
composer-name-mark = { $mark } será el nombre de cada persona. { $person } lee: «{ $text }»
composer-name-mark-nobody = { $mark } será el nombre de cada persona.
# With the name put in, the text is longer than the gateway takes.
composer-name-too-long = Con el nombre de { $person } el texto queda demasiado largo: el gateway acepta { $limit } caracteres.
# With no name to put in, nothing is left of the text.
composer-name-empty = Sin el nombre de { $person } no queda texto para enviar.
# Sending later. $when is a moment, like "tomorrow, 08:00"; $time a time of day.
schedule-open = Enviar más tarde
schedule-title = Enviar más tarde
schedule-in-an-hour = En una hora, { $time }
schedule-date = Día
schedule-date-help = Como 24/12 o 24/12/2026
schedule-time = Hora
schedule-time-help = Como 8:30
# $duration is how long until then.
schedule-comes-to = Sale { $when }, dentro de { $duration }
schedule-unread = Escriba un día y una hora.
schedule-choose = Usar este horario
schedule-chip = Sale { $when }
schedule-chip-passed = La hora ya pasó: { $when }
schedule-passed = La hora programada ya pasó: elija otra o quítela.
schedule-remove = Enviar sin esperar
schedule-send = Programar para { $when }
schedule-send-short = Programar
schedule-problem-date = Esto no es un día.
schedule-problem-time = Esto no es una hora.
schedule-problem-past = Esa hora ya pasó.
schedule-problem-too-far = Como máximo un año por delante.
# In the summary before sending to several people. $when is a moment.
new-message-later = Los mensajes esperan aquí y salen { $when }.
# $person is the first recipient, $text what that person gets.
new-message-first-reads = { $person } lee: «{ $text }»
new-message-asked-not = Pidió no recibir mensajes; queda fuera.
# One word or two on the chip of such a person.
new-message-not-to-write = no escribir
new-message-left-out = { $count ->
    [one] 1 persona pidió no recibir mensajes y queda fuera.
   *[other] { $count } personas pidieron no recibir mensajes y quedan fuera.
 }
new-message-nobody-left = Quienes están en la lista pidieron no recibir mensajes.
