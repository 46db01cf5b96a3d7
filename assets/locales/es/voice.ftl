### Why a voice note is not heard: beside the note, in one or two sentences: what happened, what one can do.

voice-no-sound-device = No se encontró ningún dispositivo de sonido. Compruebe que el sonido funciona en este equipo y vuelva a pulsar reproducir.
# On Windows and macOS, until playing is built there.
voice-not-supported = Recado todavía no puede reproducir sonido en este sistema. Guarde la nota de voz y ábrala con otro programa.
voice-device-lost = El dispositivo de sonido desapareció durante la reproducción. Pulse reproducir para volver a intentarlo.
# $words: what the system said.
voice-unreadable = No se puede leer el archivo de la nota de voz: { $words }. Revise la carpeta de adjuntos y vuelva a pulsar reproducir.
voice-empty = El archivo de la nota de voz está vacío. Pida que se la envíen de nuevo.
voice-not-ogg = Este archivo no es una nota de voz que Recado pueda reproducir. Guárdelo y ábralo con otro programa.
# $codec: the name of a sound format, such as Vorbis; "?" when it is unknown.
voice-other-codec = Este archivo contiene sonido en un formato que Recado no puede reproducir ({ $codec }). Guárdelo y ábralo con otro programa.
# $channels: how many channels of sound the file has; 6 is surround sound.
voice-channels = Este archivo tiene { $channels } canales de sonido; Recado reproduce mono y estéreo. Guárdelo y ábralo con otro programa.
voice-damaged = El archivo de la nota de voz está dañado. Pida que se la envíen de nuevo.
