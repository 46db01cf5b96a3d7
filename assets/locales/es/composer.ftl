### The composer, the emoji picker and the screen for a new message.

composer-text = Mensaje
composer-hint = Escriba un mensaje
composer-send = Enviar
composer-emoji = Emoji
composer-attach = Adjuntar
composer-attach-pick = De este equipo…
composer-attach-path = Escribir una ruta…
composer-attach-clipboard = Del portapapeles
composer-attach-address = Una dirección https…
composer-attachment-url = Dirección del adjunto
composer-attachment-help = Una dirección https pública que el gateway descarga. Tipos: { $types }.
composer-attachment-fits = verificado: tipo aceptado por { $vendor }
composer-attachment-remove = Quitar adjunto
composer-attachment-close = Descartar el adjunto
# What stands under an address the operator typed. $mime is a type like image/jpeg, $size like "1.2 MB".
composer-address-looking = Mirando la dirección…
composer-address-answers = Responde: { $mime }
composer-address-answers-size = Responde: { $mime }, { $size }
# $expected is the type in the address, like JPG.
composer-address-other-type = No es el { $expected } que la dirección promete; el gateway puede rechazarlo.
composer-address-too-large = Es más de lo que el gateway acepta: { $max } como máximo.
# $problem is a whole sentence.
composer-address-problem = Se puede enviar, pero visto desde aquí algo está mal: { $problem }
# The system's own dialog for choosing files is open.
composer-picking = Elija los archivos en la ventana que se abrió.
composer-picking-stop = No esperarla
composer-clipboard-nothing = No hay imagen ni archivo en el portapapeles.
composer-pasted-path = { $count ->
    [one] Eso es la ruta de un archivo.
   *[other] Son las rutas de { $count } archivos.
 }
composer-pasted-path-attach = { $count ->
    [one] Adjuntar el archivo
   *[other] Adjuntar los archivos
 }
composer-path-title = Adjuntar un archivo por su ruta
composer-path = Ruta
composer-path-help = La ruta completa, como /home/ana/Documentos/presupuesto.pdf
composer-path-attach = Adjuntar
composer-path-not-whole = Escriba la ruta completa, desde la raíz.
composer-path-no-dialog = Este sistema no tiene ventana para elegir archivos; escriba dónde está el archivo.
# What a picture from the clipboard is called, also to whoever gets it. $when: the day and the time, as in
# "2026-11-21 15.04". No sign that file names cannot have (: / \ ? *).
composer-file-pasted = Imagen { $when }
composer-file-nameless = Archivo sin nombre
composer-file-taking-in = Verificando…
composer-file-making-smaller = Reduciendo…
composer-file-remove = Quitar { $name }
# Moves a file towards the first, or towards the last.
composer-file-earlier = Subir { $name }
composer-file-later = Bajar { $name }
# For who does not see: $action is a button like "Make smaller".
composer-file-action = { $action }: { $name }
composer-file-make-smaller = Reducir
composer-file-convert = Convertir
composer-file-undo = Usar la original
composer-file-no-smaller = No se puede reducir más.
# $kind is a type like JPG, $size like "1.2 MB".
composer-file-line = { $kind } · { $size }
composer-file-picture-line = { $kind } · { $size } · { $width } × { $height }
composer-file-sizes = { $before } → { $after }
composer-file-warn-size = Los documentos de { $vendor } se contradicen sobre archivos de más de { $from }: puede ser rechazado.
composer-file-has-problem = Un archivo no puede ir así: vea lo que se dice a su lado o quítelo.
composer-files-coming = Los archivos aún se están verificando.
composer-files-each = { $count } archivos: un mensaje para cada uno, en este orden. El texto va con el primero.
composer-files-left-out = { $count ->
    [one] Van como máximo { $max } a la vez: 1 quedó fuera.
   *[other] Van como máximo { $max } a la vez: { $count } quedaron fuera.
 }
composer-file-same = “{ $name }” ya está adjunto.
composer-too-many-files = Van como máximo { $max } adjuntos a la vez.
composer-hosting-no-place = Esta cuenta solo acepta direcciones: el mensaje esperará hasta que haya un lugar para archivos de este equipo.
composer-hosting-not-listening = El programa no está escuchando y el gateway no puede descargar el archivo: el mensaje esperará.
composer-hosting-no-public-address = No hay dirección pública de la que el gateway pueda descargar el archivo: el mensaje esperará.
composer-hosting-open-accounts = Elegir un lugar en Cuentas
composer-hosting-open-settings = Abrir ajustes
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
# In the summary before sending files to several people. $count people, $each messages for each of them.
new-message-summary-files = { $count ->
    [one] 1 persona recibe { $each } mensajes
   *[other] { $count } personas reciben { $each } mensajes cada una
 }
new-message-files = { $count ->
    [one] 1 adjunto va incluido.
   *[other] { $count } adjuntos van incluidos, un mensaje para cada uno; el texto va con el primero.
 }
# Written across the window while files are dragged over it. $name is a person.
drop-attach = Suelte para adjuntar
drop-attach-to = Suelte para adjuntar al mensaje para { $name }
drop-nowhere = Aquí nada recibe archivos: abra antes una conversación o un mensaje nuevo.
# Why a file cannot be attached, and the way out. $found and $named are types like GIF, $allowed a list of them; $size and
# $max are sizes. “Convert” and “Make smaller” are the buttons below the sentence.
file-unreadable = El archivo no se puede leer: vea si sigue ahí y si usted puede abrirlo.
file-not-a-file = Esto es una carpeta o un dispositivo, no un archivo. Elija los archivos que contiene.
file-empty = El archivo está vacío: no hay nada que enviar.
file-may-run = Esto es un programa o un script. Nunca se envían; envíe lo que produce, como un PDF.
file-unsupported = El gateway no acepta { $found }. Acepta { $allowed }: guárdelo como uno de estos tipos.
file-unsupported-unknown = No se puede saber qué es, y el gateway no lo acepta. Acepta { $allowed }.
file-unsupported-convertible = El gateway no acepta { $found }, pero la imagen se puede convertir. Acepta { $allowed }.
file-not-what-it-says = El nombre dice { $named }, y por dentro es { $found }. Ábralo, guárdelo como lo que debe ser y adjunte ese.
file-not-what-it-says-unknown = El nombre dice { $named }, y por dentro es otra cosa. Ábralo, guárdelo de nuevo y adjunte ese.
file-too-large = { $size } es más de lo que el gateway acepta ({ $max }). Envíelo en partes o por una dirección https en el texto.
file-too-large-picture = { $size } es más de lo que el gateway acepta ({ $max }). La imagen se puede reducir.
file-bad-picture = La imagen está dañada o es demasiado grande para abrirla. Guárdela de nuevo en otro programa.
file-no-room = No hay espacio en este disco para una copia. Libere espacio y adjúntelo de nuevo.
file-failed = El archivo no se pudo guardar. Inténtelo de nuevo.
# Why an address cannot be fetched from here. $status is an HTTP status, $max a size.
fetch-not-https = La dirección no es https.
fetch-not-public = La dirección lleva a este equipo o a una red privada.
fetch-unreachable = Nadie responde ahí.
fetch-timed-out = No llegó una respuesta completa a tiempo.
fetch-status = Responde con un error ({ $status }).
fetch-status-refused = Pide una contraseña o rechaza ({ $status }).
fetch-status-nothing = No hay nada ahí ({ $status }).
fetch-redirected = Lleva a otra dirección, que los gateways no siguen.
fetch-too-large = Es mayor que { $max }.
fetch-different = Llega otra cosa que la que se puso ahí.
# Plantillas: mensajes con texto registrado en el proveedor y lugares para parámetros. La primera es un botón.
composer-template-open = Plantilla…
composer-template-choose = Elegir una plantilla
composer-template-search = Buscar plantillas
composer-template-search-hint = Nombre, idioma o texto
composer-template-nothing-found = Ninguna plantilla tiene eso.
composer-template-unreadable = No se pudieron leer las plantillas.
composer-template-none = Todavía no hay plantillas
composer-template-none-body = Copie las plantillas registradas en el gateway a la biblioteca de esta cuenta; después se pueden enviar desde aquí.
composer-template-library = Abrir la biblioteca en Cuentas
# La cruz en la plantilla elegida.
composer-template-back = Volver al texto libre
# Encima del mensaje como lo verá la persona.
composer-template-picture = Imagen encima del texto
composer-template-picture-attach = Elegir una imagen…
composer-template-picture-missing = Esta plantilla necesita una imagen encima del texto: elija una.
composer-template-picture-one = Solo una imagen va encima del texto: quite lo demás que esté adjunto.
# Los archivos y direcciones adjuntos al texto libre no van con una plantilla.
composer-template-attachments-stay = { $count ->
    [one] El adjunto se queda con el texto libre y no va.
   *[other] Los { $count } adjuntos se quedan con el texto libre y no van.
 }
# $name es el nombre de un parámetro.
composer-template-value-missing = Complete “{ $name }”.
composer-template-value-bad = “{ $name }” no puede tener saltos de línea, tabulaciones ni más de cuatro espacios seguidos.
composer-template-value-too-long = “{ $name }” es demasiado largo: { $max } caracteres como máximo.
composer-template-broken = Algo está mal en esta plantilla: corríjala en la biblioteca de la cuenta.
composer-template-gone = La plantilla que se estaba completando ya no está en la biblioteca de esta cuenta.
composer-template-same-for-all = Las { $count } personas reciben los mismos valores.
# El texto libre se acepta solo unas horas después de que la persona escribió. $when es una hora o "mañana, 08:00"; $hours es 24.
window-until = Texto libre hasta { $when }
window-ends-before = El plazo del texto libre termina { $when }, antes de que salga el mensaje: si la persona no vuelve a escribir, no se enviará.
window-ends-before-some = Para algunas de estas personas el plazo del texto libre termina antes de que salga el mensaje, el primero { $when }: quien no haya vuelto a escribir no lo recibirá.
window-since = Pasaron más de { $hours } horas desde que esta persona escribió; el plazo del texto libre terminó { $when }. Solo se puede enviar una plantilla.
window-never-wrote = Esta persona nunca escribió a esta cuenta. Solo se puede enviar una plantilla.
window-perhaps-since = Pasaron más de { $hours } horas desde el último mensaje de esta persona que llegó aquí; el plazo del texto libre terminó { $when }. Recado no estuvo escuchando todo ese tiempo: si no escribió después, solo llega una plantilla.
window-not-known = Aquí no se sabe cuándo escribió esta persona por última vez. Si fue hace más de { $hours } horas, solo llega una plantilla.
window-use-template = Usar una plantilla
# Behind the name of a recipient: until when free text may be sent, or that only a template may.
window-chip-until = hasta { $when }
window-chip-closed = solo plantilla
# Why only a template may, behind a name and a colon. $when is a time or "yesterday, 08:00".
window-why-since = el plazo del texto libre terminó { $when }
window-why-never = nunca escribió a esta cuenta
# Why a message to several people cannot be sent: $name, and $count others, get only a template.
window-only-template-one = Solo una plantilla llega a { $name }.
window-only-template = { $count ->
    [one] Solo una plantilla llega a { $name } y a una persona más.
   *[other] Solo una plantilla llega a { $name } y a { $count } personas más.
}
# Among $all recipients, $count get only a template.
window-summary = { $count ->
    [one] El texto libre llega a todas menos una de las { $all } personas, que solo recibe una plantilla.
   *[other] { $count } de las { $all } personas solo reciben una plantilla.
}
# To several people: $when the first of their times ends.
window-until-all = Texto libre para todas hasta { $when }
window-template-for-all = Usar una plantilla para las { $count } personas
window-remove-closed = { $count ->
    [one] Quitar a quien solo recibe plantilla
   *[other] Quitar a las { $count } que solo reciben plantilla
}
# $people: numbers, separated by commas.
window-refused = Solo una plantilla llega a: { $people }.
window-new-message = El texto libre solo llega a quien escribió en las últimas { $hours } horas; los demás necesitan una plantilla.
