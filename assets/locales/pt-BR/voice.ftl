### Why a voice note is not heard: beside the note, in one or two sentences: what happened, what one can do.

voice-no-sound-device = Nenhum dispositivo de som foi encontrado. Verifique se o som funciona neste computador e clique em reproduzir de novo.
# On Windows and macOS, until playing is built there.
voice-not-supported = O Recado ainda não reproduz som neste sistema. Salve a mensagem de voz e abra com outro programa.
voice-device-lost = O dispositivo de som sumiu durante a reprodução. Clique em reproduzir para tentar de novo.
# $words: what the system said.
voice-unreadable = O arquivo da mensagem de voz não pode ser lido: { $words }. Confira a pasta de anexos e clique em reproduzir de novo.
voice-empty = O arquivo da mensagem de voz está vazio. Peça que enviem de novo.
voice-not-ogg = Este arquivo não é uma mensagem de voz que o Recado consiga reproduzir. Salve e abra com outro programa.
# $codec: the name of a sound format, such as Vorbis; "?" when it is unknown.
voice-other-codec = Este arquivo tem som em um formato que o Recado não reproduz ({ $codec }). Salve e abra com outro programa.
# $channels: how many channels of sound the file has; 6 is surround sound.
voice-channels = Este arquivo tem { $channels } canais de som; o Recado reproduz mono e estéreo. Salve e abra com outro programa.
voice-damaged = O arquivo da mensagem de voz está danificado. Peça que enviem de novo.
