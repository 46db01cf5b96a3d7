### The thread with one person: messages that came, their files, and the large view of pictures.

# After the text of a message that came, for screen readers.
thread-received = recebida
# A message that its sender deleted; its text stays below, paler.
thread-deleted = Apagada por quem enviou
# What a file is and when it came, in names of buttons. $kind: Photo, Voice message … $time: 14:32.
thread-kind-and-time = { $kind }, { $time }
# Kind or extension of a file, and its size: PDF · 184 KB.
thread-file-line = { $kind } · { $size }
# The file of a message comes by itself, later. $age: 3 min ago.
thread-file-not-here = O arquivo ainda não chegou, { $age }
# Buttons on a file, and their names for screen readers. $name is that of the file.
thread-save-as = Salvar como…
thread-save-file = Salvar { $name } como…
thread-open-file = Abrir { $name }
# Toast: a file was not handed to another program. $name is that of the file.
open-may-run = { $name } não foi aberto: este tipo de arquivo pode executar algo. Salve-o e verifique antes.
# A picture. $name: Photo, 14:32.
thread-picture-open = Ampliar { $name }
thread-picture-broken = Esta imagem não pode ser mostrada.
# In the place of a file of ours that we sent: it is not in the program's folder any more.
thread-own-file-gone = Este arquivo não está mais neste computador.
# The file of a message is put where the gateway can fetch it, then fetched back and compared. $percent: 42 %.
preparing-uploading = Colocando o arquivo no lugar, { $percent }
preparing-checking = Conferindo o arquivo, { $percent }
preparing-turn = O arquivo espera a vez de ser preparado.
# Voice messages. $name: Voice message, 14:32.
thread-voice-play = Ouvir { $name }
thread-voice-pause = Pausar { $name }
thread-voice-place = Posição em { $name }
# Places. The letters are those of the compass; $degrees is a number.
thread-place-live = Localização em tempo real
thread-place-north = { $degrees }° N
thread-place-south = { $degrees }° S
thread-place-east = { $degrees }° L
thread-place-west = { $degrees }° O
thread-place-both = { $latitude } · { $longitude }
thread-open-map = Abrir mapa
thread-copy-place = Copiar as coordenadas
# Contact cards.
thread-write-to = Escrever
thread-write-to-name = Escrever para { $name }, { $number }
thread-save-card = Salvar contato
thread-card-more = { $count ->
    [one] e mais { $count } pessoa
   *[other] e mais { $count } pessoas
}
# Above an answer: who wrote what is answered. The second stands there while it has not been read, or when it is not known.
thread-you = Você
thread-reply = Resposta
thread-reply-earlier = a uma mensagem anterior
thread-reply-to = Ir à mensagem respondida: { $author }: { $line }
thread-not-found = A mensagem respondida não está mais aqui.
# The menu of a message.
thread-menu = Mensagem
thread-open-link = Abrir { $address }
thread-copy-number = Copiar número
thread-mark-unread = Marcar como não lida
# The line before the first message that has not been seen.
thread-unread-line = Novas mensagens
# The round button that leads to the newest message; $count have come that were not seen.
thread-to-end = { $count ->
    [0] Ir para o fim
    [one] Ir para o fim, { $count } nova
   *[other] Ir para o fim, { $count } novas
}
# A page of messages could not be read; $words is what the system said.
thread-older-unreadable = As mensagens anteriores não puderam ser lidas. { $words }
thread-newer-unreadable = As mensagens seguintes não puderam ser lidas. { $words }
# The large view of a picture.
viewer-title = Imagem ampliada
viewer-line = { $number } de { $count } · { $time } · { $size }
viewer-save = Salvar imagem como…
viewer-copy = Copiar imagem
viewer-open = Abrir imagem com o programa do sistema
viewer-whole = Imagem inteira (0)
viewer-closer = Aproximar (+)
viewer-farther = Afastar (−)
viewer-previous = Imagem anterior (←)
viewer-next = Próxima imagem (→)
# Acima de uma mensagem nossa que foi enviada como modelo. $key é o nome com que está registrado.
thread-template = Modelo { $key }
# Um arquivo que veio só como endereço. $host é a máquina onde está; $size como "1,2 MB"; $name é o nome ou o tipo do arquivo.
thread-remote = Ainda em { $host }
thread-remote-size = { $size }, ainda em { $host }
thread-fetch = Buscar
thread-fetch-again = Tentar de novo
thread-fetch-from = Buscar { $name } em { $host }
thread-fetching = Buscando…
# How far it is: $share like "42%", or $size like "1.2 MB" where it is not known how large it is.
thread-fetching-share = Buscando… { $share }
thread-fetching-size = Buscando… { $size }
thread-fetch-stop = Parar
# The accessible name of the button above; $name is the file's name or kind.
thread-fetch-stop-named = Parar de buscar { $name }
thread-fetch-redirected = O endereço leva a outros que o Recado não segue.
thread-fetch-stopped = A busca foi interrompida.
thread-fetch-no-address = O endereço deste arquivo não é mais conhecido.
thread-fetch-disk = O arquivo não pôde ser guardado neste computador.
