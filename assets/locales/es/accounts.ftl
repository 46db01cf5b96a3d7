### Accounts: which there are, their credentials, where the secrets are kept.

## The list.
accounts-title = Cuentas
accounts-add = Agregar
accounts-list-empty = Ninguna cuenta aún
# State of an account whose sending the operator has paused.
accounts-paused = En pausa
# State of an account in the list whose gateway answers and tells nothing of a phone; short, beside its name.
accounts-answers = Responde
accounts-new = Cuenta nueva
# Button that goes back to the list where the window is narrow.
accounts-back = Cuentas
accounts-empty = Agregue la primera cuenta
accounts-empty-body = Necesita las credenciales de su gateway de WhatsApp. El programa las prueba sin enviar nada y las guarda en un lugar seguro; si el gateway trabaja con un teléfono suyo, después lo vincula.
accounts-empty-action = Agregar cuenta

## The form.
accounts-new-subtitle = Elija el gateway y escriba las credenciales
# Under the account's name. $age says how long ago its state was last read: "12 s ago".
accounts-read-at = { $vendor } · leída { $age }
accounts-unsaved = Cambios sin guardar
accounts-credentials = Credenciales
accounts-gateway = Gateway
accounts-auth-form = Cómo se envían las credenciales
# One line under each gateway to choose from: who sends, and what else it has.
accounts-gateway-phone = Envía por su propio teléfono, vinculado con un código QR.
accounts-gateway-number = Envía desde un número de empresa; no hay teléfono que vincular.
accounts-gateway-templates = Conoce plantillas.
accounts-gateway-deaf = No informa lo que escriben las personas.
accounts-name = Nombre de la cuenta
# Example shown while the field is empty.
accounts-name-hint = Tienda Centro
# $field is the name of the field: "Token".
accounts-reveal = Mostrar { $field } mientras se mantiene pulsado
accounts-secret-kept = Guardado en: { $store }. Escriba para cambiarlo.
accounts-secret-out-of-reach = El lugar donde está guardado no se puede leer ahora. Escriba para cambiarlo.
accounts-secret-missing = No se puede leer en este equipo. Escríbalo de nuevo.
accounts-secret-unread = No se pudo leer: { $words }
accounts-advanced = Avanzado: dirección del gateway, país
accounts-base-url = Dirección del gateway
accounts-base-url-help = Déjelo vacío para usar la de { $vendor }. Solo https; http únicamente para este equipo.
accounts-country = País de los números sin +
accounts-country-help = Un número escrito sin código de país se entiende como de este país.
accounts-country-other = Otro país…
accounts-country-code = Código del país
accounts-country-code-help = Dos letras, como ES para España.
accounts-tls = La identidad del gateway (TLS) se verifica siempre. No hay forma de desactivarlo.
accounts-remove = Quitar…
accounts-test = Probar conexión
accounts-pair = Vincular teléfono

## Credentials, by the key of the field; -help says where to find it. $vendor is the gateway.
credential-email = Correo electrónico
credential-email-help = El correo de la aplicación en el panel de { $vendor }, página Credenciais.
credential-token = Token
credential-token-help = Panel de { $vendor }, página Credenciais.
credential-idapp = ID de la aplicación
credential-idapp-help = Panel de { $vendor }, página Credenciais.
credential-key = Clave de acceso
credential-key-help = La clave que { $vendor } le dio para su interfaz (API).
credential-sender = Remitente
credential-sender-help = El nombre o número del remitente, tal como lo registró { $vendor }.

## Beside the form.
accounts-connection = Conexión
accounts-sending = Envío
accounts-sending-on = Los mensajes de esta cuenta salen en cuanto pueden.
# $count messages wait here.
accounts-sending-paused =
    { $count ->
        [0] En pausa por usted. Lo que se escriba espera aquí hasta reanudar.
        [one] En pausa por usted. Un mensaje espera aquí hasta reanudar.
       *[other] En pausa por usted. { $count } mensajes esperan aquí hasta reanudar.
    }
accounts-pause = Pausar envíos
accounts-resume = Reanudar envíos
accounts-advice = Conviene saber
accounts-advice-find = Las credenciales las da el gateway: su panel o su soporte. Copie y pegue: los espacios de más se quitan.
accounts-advice-test = Probar no envía mensajes ni desconecta ningún teléfono.
accounts-advice-secret = Tokens, claves y contraseñas van al lugar seguro indicado al pie de la lista, nunca a un archivo común.
accounts-advice-pair = Después de guardar, vincula el teléfono que va a enviar.
# $hours: a number of hours, usually 24.
accounts-advice-window = El texto libre llega solo a quien escribió en las últimas { $hours } horas; a los demás, una plantilla.

## What came of a test or of saving: what it is, what it means, what to do.
accounts-saved = Cuenta { $account } guardada
accounts-saved-title = Cuenta guardada
accounts-saved-pair = El próximo paso es vincular el teléfono que va a enviar.
accounts-saved-ready = Ya puede enviar.
accounts-phone-and-number = { $name } ({ $number })
# Stands for a phone without name and number, at the beginning of a sentence.
accounts-phone-unnamed = Teléfono
accounts-test-good = Las credenciales funcionan
accounts-test-good-body = El gateway las aceptó. No se envió nada.
accounts-test-ready = Listo: { $phone } está vinculado y en internet
accounts-test-ready-body = Las credenciales funcionan. No se envió ni se desconectó nada.
accounts-test-offline = Las credenciales funcionan, pero { $phone } está sin internet
accounts-test-offline-body = Encienda el teléfono y revise su internet. Ya puede guardar.
accounts-test-must-pair = Las credenciales funcionan; falta vincular un teléfono
accounts-test-must-pair-body = Guarde la cuenta y vincule el teléfono que va a enviar.
accounts-call-unreachable = No se alcanzó el gateway
accounts-call-unreachable-body = Aún no se sabe nada de las credenciales. Revise internet y, en Avanzado, la dirección; después pruebe de nuevo.
accounts-call-credentials-refused = El gateway rechazó las credenciales
accounts-call-credentials-refused-body = Revise cada campo en el panel del gateway. Un token antiguo deja de valer cuando se genera otro.
# The same where the gateway takes credentials in several ways. $way: the label of the field in which one is chosen.
accounts-call-credentials-refused-way = Compare cada campo con lo que el gateway le dio. Si son correctos, elija otra forma en «{ $way }» y pruebe de nuevo.
accounts-call-credentials-missing = No se pudo leer la credencial guardada
accounts-call-credentials-missing-body = Ni se llamó al gateway. Desbloquee el llavero o escriba el secreto de nuevo.
accounts-call-rate-limited = El gateway pidió esperar
accounts-call-rate-limited-body = Hubo demasiadas preguntas en poco tiempo. Espere un minuto y pruebe de nuevo.
accounts-call-refused = El gateway dijo que no
accounts-call-refused-body = Sus palabras dicen por qué. Corrija lo que piden o pregunte al soporte del gateway.
accounts-call-unreadable = La respuesta del gateway no se entiende
accounts-call-unreadable-body = La dirección en Avanzado puede no ser la del gateway, o este tiene una falla. Revise y pruebe de nuevo.
accounts-call-unsupported = Este gateway no permite probar
accounts-call-unsupported-body = Guarde la cuenta; el primer envío muestra si las credenciales sirven.
accounts-call-not-recorded = La base de datos no pudo guardar
accounts-call-not-recorded-body = No se pidió nada al gateway. Vea si el disco está lleno y pruebe de nuevo.
accounts-check-fields = Revise los campos
accounts-secrets-unread = No se pudo leer la credencial guardada
accounts-secrets-unread-body = Desbloquee el llavero o escriba el secreto de nuevo.
accounts-secrets-unkept = No se guardó: la credencial no se pudo guardar
accounts-secrets-unkept-body = Lo que escribió sigue aquí. Desbloquee el llavero o elija otro lugar y guarde de nuevo.
accounts-not-saved = No se pudo guardar la cuenta
accounts-not-saved-body = Lo que escribió sigue aquí. Vea si hay espacio en disco y guarde de nuevo.

## Where the secrets are kept. In sentences after "kept in".
accounts-store-keyring = llavero del sistema
accounts-store-vault = bóveda con contraseña
accounts-store-session = memoria, solo hasta cerrar el programa
accounts-note-checking = Buscando el llavero del sistema…
accounts-note-keyring = Las credenciales están en el llavero del sistema. Ningún archivo las contiene.
accounts-note-keyring-named = Las credenciales están en el llavero del sistema ({ $store }). Ningún archivo las contiene.
accounts-note-vault = Las credenciales están cifradas con su contraseña en la bóveda ({ $store }).
accounts-note-session = Las credenciales están solo en la memoria: se pierden al cerrar el programa.
accounts-note-locked = El llavero del sistema está bloqueado o no responde.
accounts-note-absent = Este equipo no tiene llavero para las credenciales. Elija otro lugar en el aviso de arriba.
accounts-note-vault-closed = La bóveda de las credenciales está cerrada. Ábrala en el aviso de arriba.

## Dialogs.
accounts-leave-title = ¿Descartar los cambios?
accounts-leave-body = Lo que cambió en esta cuenta aún no se guardó.
accounts-leave-keep = Seguir editando
accounts-leave-discard = Descartar cambios
accounts-remove-title = ¿Quitar la cuenta { $account }?
accounts-remove-body = Las credenciales se borran también del lugar donde están guardadas ({ $store }). En { $vendor } no cambia nada: el teléfono sigue vinculado allí.
accounts-remove-body-no-phone = Las credenciales se borran también de donde están guardadas ({ $store }). En { $vendor } nada cambia.
# $count messages have not been sent yet.
accounts-remove-waiting =
    { $count ->
        [one] Un mensaje que espera aquí no se enviará.
       *[other] { $count } mensajes que esperan aquí no se enviarán.
    }
accounts-remove-history = Borrar también conversaciones y mensajes
accounts-remove-history-off = Las conversaciones quedan y se pueden leer y buscar.
accounts-remove-history-on = Esto no se puede deshacer.
accounts-remove-keep = Conservar cuenta
accounts-remove-confirm = Quitar { $account }

## Countries offered for numbers without a country code.
country-ar = Argentina
country-bo = Bolivia
country-br = Brasil
country-cl = Chile
country-co = Colombia
country-cr = Costa Rica
country-cu = Cuba
country-do = República Dominicana
country-ec = Ecuador
country-sv = El Salvador
country-gt = Guatemala
country-hn = Honduras
country-mx = México
country-ni = Nicaragua
country-pa = Panamá
country-py = Paraguay
country-pe = Perú
country-pr = Puerto Rico
country-uy = Uruguay
country-ve = Venezuela

## The address at which the gateway calls.
accounts-webhook = Respuestas
accounts-webhook-works = Recibiendo
accounts-webhook-waits = Esperando la primera
accounts-webhook-off = Desactivado
accounts-webhook-failed = No está escuchando
accounts-webhook-body = Pegue esta dirección en el panel de { $vendor }, en el campo de recepción de mensajes. Quien la conozca puede escribir en su bandeja: no la divulgue.
# For gateways that take an address with every message.
accounts-webhook-by-message = Cada mensaje le dice a { $vendor } adónde informar: para eso no hay que cargar nada.
accounts-webhook-incoming = Lo que escriben las personas llega solo cuando el soporte de { $vendor } carga esta dirección: envíesela. Quien la conozca puede escribir en su bandeja: no la divulgue.
accounts-webhook-no-incoming = { $vendor } no describe cómo entrega lo que escriben las personas: las respuestas se leen de su lado.
accounts-webhook-address = Dirección del webhook
accounts-webhook-copy = Copiar la dirección del webhook
accounts-webhook-none = La dirección aparece cuando el programa esté escuchando.
accounts-webhook-private = Sin dirección pública, solo los programas de este equipo llegan hasta aquí.
accounts-webhook-private-asked = Sin dirección pública, { $vendor } no puede informar. Qué fue de un mensaje solo se pregunta desde aquí, de vez en cuando.
accounts-webhook-private-blind = Sin dirección pública, { $vendor } no puede informar: aquí no se sabe qué fue de un mensaje.
accounts-webhook-settings = Configurar la dirección pública
accounts-webhook-called = Última llamada: { $when }
accounts-webhook-never = El gateway todavía no llamó.
accounts-webhook-older = La dirección anterior vale hasta { $until }.
accounts-webhook-renew = Cambiar la dirección…
accounts-webhook-renew-title = ¿Cambiar la dirección del webhook?
accounts-webhook-renew-body = Se crea una dirección nueva ahora. La anterior vale 7 días más, tiempo para pegar la nueva en el panel de { $vendor }.
accounts-webhook-renew-body-alone = Los mensajes nuevos le dicen a { $vendor } la dirección nueva. Los informes de los anteriores siguen llegando a la antigua por 7 días.
accounts-webhook-renew-go = Crear dirección nueva
# What came and could not be read: a word in the card, a button, and the dialog it opens.
accounts-unreadable = { $count ->
    [one] 1 llamada no se pudo leer
   *[other] { $count } llamadas no se pudieron leer
}
accounts-unreadable-show = Ver lo que llegó
accounts-unreadable-title = Lo que no se pudo leer
accounts-unreadable-body = El gateway envió esto y el programa no lo entendió. No se descartó nada: expórtelo y muéstrelo a quien cuida el gateway.
accounts-unreadable-export = Exportar todo…
