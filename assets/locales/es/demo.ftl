### Lo que la demostración dice en la terminal.

demo-no-display = No hay pantalla en esta máquina: la demostración hace el mismo trabajo aquí en la terminal.
demo-begins = La demostración está en la ventana. Sus gateways funcionan en esta máquina; nada sale de aquí y nada se guarda.
demo-title = Recado (demostración)
demo-no-window = La demostración sigue aquí en la terminal.
demo-headless-begins = Demostración de Recado, semilla { $seed }. Los gateways funcionan en esta máquina; nada sale de aquí.
demo-step-account = Cuenta { $name } ({ $vendor }): { $state }.
demo-step-pairing = Vinculando un teléfono: el que estaba conectado se desconectará.
demo-step-code = Código { $number } recibido:
demo-step-scan = El teléfono de la demostración lee el código…
demo-step-paired = Vinculado: { $name }, { $number }.
demo-step-health = Estado: { $state }, batería { $battery }%, quedan { $left } de { $daily } mensajes hoy.
demo-step-delay = Espera entre mensajes: { $previous } s antes, { $current } s ahora.
demo-step-stored = Guardado para { $number }: { $text }
demo-step-sent = { $number }: { $state }.
# A picture of this disk is sent: taken in, put up, fetched by the gateway.
demo-step-file = Archivo incorporado: { $name }, { $size }.
# $url is the address of the file under our own listener.
demo-step-file-put = Adjunto puesto en { $url }, traído de vuelta y comparado.
# $kind is a type such as image/jpeg.
demo-step-file-fetched = El gateway trajo el adjunto: { $kind }, { $size }, los mismos bytes.
demo-step-cleared = Cola del gateway vaciada: { $deleted ->
    [one] 1 mensaje borrado
   *[other] { $deleted } mensajes borrados
 }; { $uncertain ->
    [one] 1 nuestro quedó incierto
   *[other] { $uncertain } nuestros quedaron inciertos
 }.
demo-headless-done = Listo: todo lo hizo el programa de verdad; solo los gateways eran locales.
demo-picture = Dibujada: { $file }
demo-step-queue = En la cola del gateway: { $count }.
# Answers come in through the webhook.
demo-step-webhook = Marina responde; el gateway llama a la dirección de este programa.
demo-step-came = Llegó de { $name }: { $text }
demo-step-read = Leído por { $number }

# Names of the second and the third account: an invented shop for upholstered furniture, and an invented clinic.
demo-account-shop = Muebles Girasol
demo-account-clinic = Clínica Buen Vivir

# $key is the template's name at the gateway, $text the message as the person sees it.
demo-step-template = Plantilla { $key } para { $number }: { $text }
demo-step-delivered = Entregado a { $number }
# Helena is a customer of the second account.
demo-step-customer = Helena responde; el gateway llama a la dirección de este programa.
