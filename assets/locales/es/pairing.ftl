### Pairing a phone by a QR code.

pairing-title = Vincular teléfono
# Under the title. $account is the operator's name for the account, $vendor the gateway.
pairing-subtitle = { $account } · { $vendor }
pairing-cancel = Cancelar vinculación

## When nothing can be paired.
pairing-no-account = Aún no hay cuenta que vincular
pairing-no-account-body = Agregue una cuenta del gateway. Después conecta el teléfono leyendo un código.
pairing-no-account-action = Agregar cuenta
pairing-not-needed = Esta cuenta no necesita vinculación
pairing-not-needed-body = { $vendor } envía sin un teléfono suyo: no hay código que leer.
pairing-not-needed-action = Abrir el panel

## Before: which phone is connected, and the button that confirms.
pairing-phone-now = Teléfono conectado ahora
pairing-phone-none = Ninguno
pairing-phone-none-hint = Esta cuenta no envía nada hasta que se vincule un teléfono.
pairing-phone-unknown = Aún no se sabe
# $name is the name in the phone's profile, $number its number.
pairing-phone-and-number = { $name } ({ $number })
# Stands in sentences where the phone has neither name nor number.
pairing-phone-unnamed = el teléfono actual
pairing-will-disconnect = Al comenzar, { $phone } se desconecta de inmediato. No se envía nada hasta que se vincule otro teléfono.
pairing-will-disconnect-unknown = El gateway aún no ha dicho si hay un teléfono conectado. Si lo hay, se desconecta al comenzar.
pairing-begin = Vincular teléfono
pairing-begin-disconnecting = Desconectar { $phone } y vincular otro teléfono
pairing-begin-unknown = Desconectar el teléfono actual y vincular otro
pairing-limit-hint = La vinculación espera hasta 5 minutos a que se lea el código.

## What to do on the phone.
pairing-steps-title = En el teléfono que va a enviar
pairing-step-open = Abra WhatsApp en el teléfono
pairing-step-open-hint = El aparato que va a enviar los mensajes
pairing-step-devices = Toque Dispositivos vinculados
pairing-step-devices-hint = Menú en Android, Ajustes en iPhone
pairing-step-scan = Apunte la cámara al código
pairing-step-scan-hint = Se renueva solo; no hace falta correr

## While it goes on.
# $phone is the phone's name, with its number where it is known.
pairing-being-disconnected = { $phone } se está desconectando
pairing-was-disconnected = { $phone } fue desconectado
pairing-no-phone-yet = Ningún teléfono conectado
# $count messages wait, here and at the gateway.
pairing-messages-wait =
    { $count ->
        [0] No se envía nada hasta que se vincule un teléfono.
        [one] No se envía nada hasta que se vincule un teléfono. El mensaje de la cola espera.
       *[other] No se envía nada hasta que se vincule un teléfono. Los { $count } mensajes de la cola esperan.
    }
# A passing error; the gateway is asked again.
pairing-trouble-next =
    { $seconds ->
        [0] La vinculación sigue: preguntando otra vez ahora.
       *[other] La vinculación sigue: nuevo intento en { $seconds } s.
    }
pairing-code-image = Código QR para vincular
pairing-code-image-large = Código QR ampliado
# $age is a duration: "7 s".
pairing-code-age = Código recibido hace { $age }
pairing-confirming-age = Confirmando desde hace { $age }
pairing-starting = Pidiendo el código
pairing-code-coming = El código está llegando
pairing-asking = esperando la respuesta del gateway
# $number counts the questions put to the gateway.
pairing-poll-in = próxima lectura en { $seconds } s · intento { $number }
pairing-poll-now = leyendo ahora · intento { $number }
pairing-place-waiting = El gateway está preparando el código
pairing-place-confirming = Código leído, o renovándose. Deje WhatsApp abierto en el teléfono mientras confirma
pairing-code-old = Código antiguo. Espere el próximo antes de leer
pairing-enlarge-code = Ampliar el código
pairing-shrink-code = Reducir
pairing-copy-code = Copiar el código como imagen
pairing-code-copied = Código copiado como imagen
pairing-save-code = Guardar el código como imagen
# Suggested name of the file, without blanks.
pairing-code-file = codigo-de-vinculacion.png
pairing-progress-asked = Código pedido al gateway
pairing-progress-code = Esperando el código
pairing-progress-scan = Esperando la lectura con el teléfono
# The same step when it is over.
pairing-progress-scanned = Lectura con el teléfono
pairing-progress-confirmation = Confirmación de WhatsApp (hasta 2 minutos)
pairing-progress-connected = Conectado
pairing-goes-on = Puede abrir otra pantalla: la vinculación sigue y avisa al terminar.

## After.
pairing-connected = { $phone } está conectado
pairing-connected-body-number = { $number } envía ahora los mensajes de la cuenta { $account }. Lo que esperaba en la cola sigue solo.
pairing-connected-body = El teléfono envía ahora los mensajes de la cuenta { $account }. Lo que esperaba en la cola sigue solo.
pairing-to-dashboard = Ver el panel
pairing-another = Vincular otro teléfono
pairing-cancelled = Vinculación cancelada
pairing-cancelled-body = { $phone } sigue desconectado. Para volver a enviar, vincule un teléfono; puede ser el mismo.
pairing-cancelled-body-none = Para enviar con esta cuenta hay que vincular un teléfono.
pairing-timed-out = Nadie leyó el código en 5 minutos
pairing-timed-out-body = La vinculación se detuvo y ningún teléfono quedó conectado. Los mensajes esperan en la cola; comience de nuevo con el teléfono en la mano.
pairing-failed = La vinculación se detuvo
pairing-try-again = Intentar de nuevo
pairing-check-credentials = Revisar credenciales
