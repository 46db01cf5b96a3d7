### O que a demonstração diz no terminal.

demo-no-display = Não há tela nesta máquina: a demonstração faz o mesmo trabalho aqui no terminal.
demo-begins = A demonstração está na janela. Os gateways dela rodam nesta máquina; nada sai daqui e nada fica guardado.
demo-title = Recado (demonstração)
demo-no-window = A demonstração continua aqui no terminal.
demo-headless-begins = Demonstração do Recado, semente { $seed }. Os gateways rodam nesta máquina; nada sai daqui.
demo-step-account = Conta { $name } ({ $vendor }): { $state }.
demo-step-pairing = Pareando um telefone: o que estava conectado será desconectado.
demo-step-code = Código { $number } recebido:
demo-step-scan = O telefone da demonstração lê o código…
demo-step-paired = Pareado: { $name }, { $number }.
demo-step-health = Estado: { $state }, bateria { $battery }%, restam { $left } de { $daily } mensagens hoje.
demo-step-delay = Espera entre mensagens: { $previous } s antes, { $current } s agora.
demo-step-stored = Guardada para { $number }: { $text }
demo-step-sent = { $number }: { $state }.
# A picture of this disk is sent: taken in, put up, fetched by the gateway.
demo-step-file = Arquivo recebido: { $name }, { $size }.
# $url is the address of the file under our own listener.
demo-step-file-put = Anexo colocado em { $url }, buscado de volta e conferido.
# $kind is a type such as image/jpeg.
demo-step-file-fetched = O gateway buscou o anexo: { $kind }, { $size }, os mesmos bytes.
demo-step-cleared = Fila do gateway limpa: { $deleted ->
    [one] 1 mensagem apagada
   *[other] { $deleted } mensagens apagadas
 }; { $uncertain ->
    [one] 1 nossa ficou incerta
   *[other] { $uncertain } nossas ficaram incertas
 }.
demo-headless-done = Pronto: tudo foi feito pelo programa de verdade; só os gateways eram locais.
demo-picture = Desenhada: { $file }
demo-step-queue = Na fila do gateway: { $count }.
# Answers come in through the webhook.
demo-step-webhook = Marina responde; o gateway chama o endereço deste programa.
demo-step-came = Chegou de { $name }: { $text }
demo-step-read = Lida por { $number }

# Names of the second and the third account: an invented shop for upholstered furniture, and an invented clinic.
demo-account-shop = Estofados Girassol
demo-account-clinic = Clínica Bem-Viver

# $key is the template's name at the gateway, $text the message as the person sees it.
demo-step-template = Modelo { $key } para { $number }: { $text }
demo-step-delivered = Entregue a { $number }
# Helena is a customer of the second account.
demo-step-customer = Helena responde; o gateway chama o endereço deste programa.
