### Conversations: the list and the thread.

conversations-no-account = Todavía no hay cuenta
conversations-no-account-body = Agregue la cuenta de su gateway para escribir y seguir mensajes.
conversations-add-account = Agregar cuenta
conversations-new = Mensaje nuevo
conversations-new-short = Nuevo
conversations-search = Buscar conversaciones
conversations-search-hint = Nombre, número o texto
conversations-all = Todas
conversations-problems = Con problema { $count }
conversations-draft = Borrador:
conversations-attachment = Adjunto
conversations-empty = Todavía no hay conversaciones
conversations-empty-body = Quien reciba un mensaje suyo aparecerá aquí.
conversations-nothing-found = No se encontró nada
conversations-nothing-found-body = Busque parte del nombre, del número o del texto, o quite el filtro.
conversations-none-open = Elija una conversación
conversations-none-open-body = O escriba a un número nuevo.
conversations-unreadable = No se pudieron leer los mensajes.
conversations-thread-empty = Ningún mensaje
conversations-thread-empty-body = Escriba el primero aquí abajo.
conversations-back = Volver a las conversaciones
person-edit = Nombre y nota
person-name = Nombre
person-name-help = Solo se muestra aquí. Déjelo vacío para mostrar el número.
conversations-also-without-nine = { $number } · también sin el 9
conversations-also-with-nine = { $number } · también con el 9
conversations-history-of = Historial: { $state }
conversations-send-again = Enviar de nuevo
conversations-arrived = Llegó
conversations-copy-text = Copiar texto
conversations-cancel-message = Cancelar envío
conversations-retry = Intentar ahora
conversations-risk-title = Este mensaje quizá ya llegó
conversations-risk-body = El gateway no dijo qué pasó con él. Si llegó, la persona recibirá una segunda copia. Compruébelo antes en el teléfono.
# The same for gateways that send from a business number: there is no phone to look at.
conversations-risk-body-ask = El gateway no dijo qué pasó con él. Si llegó, la persona recibirá una segunda copia. Pregunte antes a la persona.
conversations-risk-send = Enviar de todos modos
media-image = Imagen
media-document = Documento
media-audio = Audio
media-video = Vídeo

# What an incoming message is, in the list, in toasts and in notifications.
incoming-text = Texto
incoming-image = Foto
incoming-voice = Mensaje de voz
incoming-audio = Audio
incoming-video = Video
incoming-document = Documento
incoming-place = Ubicación
incoming-contact-card = Contacto
incoming-revoked = Mensaje eliminado
incoming-unknown = Mensaje de tipo desconocido
# A toast: somebody wrote while another screen was shown.
toast-incoming = Mensaje de {$name}: {$text}
# Title of a desktop notification about several people.
notification-many = {$messages} mensajes de {$people} personas
# Body of a desktop notification when the text is not to be shown.
notification-hidden = Nuevo mensaje en {$account}
# Body of a desktop notification about several messages of one person; the newest text first.
notification-more = {$text} (y {$more} más)
# A filter: how many messages nobody has looked at.
conversations-unread = No leídas { $count }
# A filter that is on or off.
conversations-all-accounts = De todas las cuentas
# The last line in a list over all accounts.
conversations-of-account = { $account } · { $line }
# Said of a row of the list, after its last line.
conversations-unread-count = { $count ->
    [one] 1 no leído
   *[other] { $count } no leídos
 }
conversations-mark-unread = Marcar como no leída
conversations-export = Exportar conversación…
# $name is a name or a number.
conversations-export-title = Exportar la conversación con { $name }
conversations-menu = Más sobre esta conversación
person-title = Sobre esta persona
# $name is how the person calls itself.
person-name-help-told = Solo se muestra aquí. Déjelo vacío para mostrar { $name }, como se llama la persona.
person-note = Nota
person-note-help = Solo queda en este equipo; la persona no la ve.
person-do-not-write = Pidió no recibir mensajes
person-do-not-write-help = Queda fuera de todo envío hasta que usted lo permita de nuevo.
person-blocked = Esta persona pidió no recibir mensajes.
person-blocked-body = No se le puede escribir nada nuevo; lo que ya está en la cola todavía sale.
person-allow = Permitir escribir de nuevo
# On the head of a conversation, beside the name.
person-mark = No escribir
