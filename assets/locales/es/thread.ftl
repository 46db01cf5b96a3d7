### The thread with one person: messages that came, their files, and the large view of pictures.

# After the text of a message that came, for screen readers.
thread-received = recibido
# A message that its sender deleted; its text stays below, paler.
thread-deleted = Eliminado por quien lo envió
# What a file is and when it came, in names of buttons. $kind: Photo, Voice message … $time: 14:32.
thread-kind-and-time = { $kind }, { $time }
# Kind or extension of a file, and its size: PDF · 184 KB.
thread-file-line = { $kind } · { $size }
# The file of a message comes by itself, later. $age: 3 min ago.
thread-file-not-here = El archivo aún no ha llegado, { $age }
# Buttons on a file, and their names for screen readers. $name is that of the file.
thread-save-as = Guardar como…
thread-save-file = Guardar { $name } como…
thread-open-file = Abrir { $name }
# Toast: a file was not handed to another program. $name is that of the file.
open-may-run = { $name } no se abrió: este tipo de archivo puede ejecutar algo. Guárdelo y compruébelo antes.
# A picture. $name: Photo, 14:32.
thread-picture-open = Ampliar { $name }
thread-picture-broken = Esta imagen no se puede mostrar.
# In the place of a file of ours that we sent: it is not in the program's folder any more.
thread-own-file-gone = Este archivo ya no está en este equipo.
# The file of a message is put where the gateway can fetch it, then fetched back and compared. $percent: 42 %.
preparing-uploading = Colocando el archivo en su lugar, { $percent }
preparing-checking = Comprobando el archivo, { $percent }
preparing-turn = El archivo espera su turno para prepararse.
# Voice messages. $name: Voice message, 14:32.
thread-voice-play = Escuchar { $name }
thread-voice-pause = Pausar { $name }
thread-voice-place = Posición en { $name }
# Places. The letters are those of the compass; $degrees is a number.
thread-place-live = Ubicación en tiempo real
thread-place-north = { $degrees }° N
thread-place-south = { $degrees }° S
thread-place-east = { $degrees }° E
thread-place-west = { $degrees }° O
thread-place-both = { $latitude } · { $longitude }
thread-open-map = Abrir mapa
thread-copy-place = Copiar las coordenadas
# Contact cards.
thread-write-to = Escribir
thread-write-to-name = Escribir a { $name }, { $number }
thread-save-card = Guardar contacto
thread-card-more = { $count ->
    [one] y { $count } persona más
   *[other] y { $count } personas más
}
# Above an answer: who wrote what is answered. The second stands there while it has not been read, or when it is not known.
thread-you = Usted
thread-reply = Respuesta
thread-reply-earlier = a un mensaje anterior
thread-reply-to = Ir al mensaje respondido: { $author }: { $line }
thread-not-found = El mensaje respondido ya no está aquí.
# The menu of a message.
thread-menu = Mensaje
thread-open-link = Abrir { $address }
thread-copy-number = Copiar número
thread-mark-unread = Marcar como no leído
# The line before the first message that has not been seen.
thread-unread-line = Mensajes nuevos
# The round button that leads to the newest message; $count have come that were not seen.
thread-to-end = { $count ->
    [0] Ir al final
    [one] Ir al final, { $count } nuevo
   *[other] Ir al final, { $count } nuevos
}
# A page of messages could not be read; $words is what the system said.
thread-older-unreadable = No se pudieron leer los mensajes anteriores. { $words }
thread-newer-unreadable = No se pudieron leer los mensajes siguientes. { $words }
# The large view of a picture.
viewer-title = Imagen ampliada
viewer-line = { $number } de { $count } · { $time } · { $size }
viewer-save = Guardar imagen como…
viewer-copy = Copiar imagen
viewer-open = Abrir imagen con el programa del sistema
viewer-whole = Imagen completa (0)
viewer-closer = Acercar (+)
viewer-farther = Alejar (−)
viewer-previous = Imagen anterior (←)
viewer-next = Imagen siguiente (→)
# Encima de un mensaje nuestro que se envió como plantilla. $key es el nombre con que está registrada.
thread-template = Plantilla { $key }
# Un archivo que llegó solo como dirección. $host es la máquina donde está; $size como "1,2 MB"; $name es el nombre o el tipo del archivo.
thread-remote = Todavía en { $host }
thread-remote-size = { $size }, todavía en { $host }
thread-fetch = Traer
thread-fetch-again = Intentar de nuevo
thread-fetch-from = Traer { $name } de { $host }
thread-fetching = Trayendo…
# How far it is: $share like "42%", or $size like "1.2 MB" where it is not known how large it is.
thread-fetching-share = Trayendo… { $share }
thread-fetching-size = Trayendo… { $size }
thread-fetch-stop = Detener
# The accessible name of the button above; $name is the file's name or kind.
thread-fetch-stop-named = Dejar de traer { $name }
thread-fetch-redirected = Su dirección lleva a otras que Recado no sigue.
thread-fetch-stopped = Se dejó de traer el archivo.
thread-fetch-no-address = Ya no se conoce la dirección de este archivo.
thread-fetch-disk = El archivo no se pudo guardar en este equipo.
