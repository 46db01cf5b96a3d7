### States, reasons and problems: what happened, what it means, what to do.

## States of a message, as one word with a tick beside it.
state-preparing = Preparando el adjunto
state-queued = En cola
state-in_flight = Enviando
state-accepted = Aceptado por el gateway
state-sent = Enviado
state-delivered = Entregado
state-read = Leído
state-rejected = Rechazado
state-unknown = Resultado desconocido
state-cancelled = Cancelado

## Why a message is where it is: what happened; and after -do what that means for the message and what can be done.
reason-no-connection = Sin conexión con el gateway.
reason-no-connection-do = Nada salió de este equipo. El mensaje queda en la cola y se intenta de nuevo solo. Revise la conexión a internet.
reason-quota-exhausted = Se agotó el límite del plan.
reason-quota-exhausted-do = El mensaje no se envió. Queda en la cola y se intenta más tarde; el límite vuelve al día siguiente.
reason-rate-limited = El gateway pidió ir más despacio.
reason-rate-limited-do = El mensaje no se envió. Se intenta de nuevo solo después de la espera pedida.
reason-credentials-refused = El gateway rechaza las credenciales.
reason-credentials-refused-do = La cola de esta cuenta está detenida y nada se pierde. Corrija las credenciales en la pantalla de cuentas; el envío sigue solo.
reason-credentials-missing = No se pueden leer las credenciales en este equipo.
reason-credentials-missing-do = La cola de esta cuenta está detenida y nada se pierde. Desbloquee el llavero o escriba otra vez las credenciales en la pantalla de cuentas.
reason-paused = El envío de esta cuenta está en pausa.
reason-paused-do = El mensaje espera en la cola. Reanude el envío en la pantalla de la cola.
reason-rejected-by-gateway = El gateway rechazó el mensaje.
reason-rejected-by-gateway-do = No se envió y no se intentará de nuevo. Vea lo que dijo el gateway, corrija y envíe otra vez.
reason-invalid-recipient = El número no existe o no tiene WhatsApp.
reason-invalid-recipient-do = El mensaje no se envió. Revise el número y envíe otra vez.
reason-invalid-attachment = El gateway rechazó el adjunto.
reason-invalid-attachment-do = El mensaje no se envió. Revise que la dirección abra sin contraseña y que el tipo de archivo sea aceptado, y envíe otra vez.
reason-timed-out = El gateway no respondió a tiempo.
reason-timed-out-do = El mensaje puede haberse enviado. Si el gateway reconoce repeticiones, se comprueba solo; si no, mire el teléfono o pregunte a la persona, y decida.
reason-connection-lost = La conexión se cortó durante el envío.
reason-connection-lost-do = El mensaje puede haberse enviado. Si el gateway reconoce repeticiones, se comprueba solo; si no, mire el teléfono o pregunte a la persona, y decida.
reason-unreadable-answer = El gateway respondió algo que no se entiende.
reason-unreadable-answer-do = El mensaje puede haberse enviado. Si el gateway reconoce repeticiones, se comprueba solo; si no, mire el teléfono o pregunte a la persona, y decida.
reason-gateway-failure = El gateway tuvo un error interno.
reason-gateway-failure-do = El mensaje puede haberse enviado. Si el gateway reconoce repeticiones, se comprueba solo; si no, mire el teléfono o pregunte a la persona, y decida.
reason-program-ended = El programa se cerró durante el envío.
reason-program-ended-do = El mensaje puede haberse enviado. Si el gateway reconoce repeticiones, se comprueba solo; si no, mire el teléfono o pregunte a la persona, y decida.
reason-already-known = El gateway dijo que ya tiene este mensaje.
reason-already-known-do = Cuenta como aceptado por deducción y no se envía otra vez. Falta una confirmación.
reason-not-confirmed = Nada confirmó el envío a tiempo.
reason-not-confirmed-do = El mensaje puede haber llegado. Mire el teléfono o pregunte a la persona, y diga si llegó, o envíe otra vez sabiendo que puede llegar doble.
reason-error-after-unclear-attempt = La repetición dio un error que no dice qué pasó con el primer envío.
reason-error-after-unclear-attempt-do = El mensaje puede haber llegado. Mire el teléfono o pregunte a la persona, y diga si llegó, o envíe otra vez sabiendo que puede llegar doble.
reason-queue-cleared = La cola del gateway se borró cuando el mensaje podía estar en ella.
reason-queue-cleared-do = Puede haber salido antes o haberse borrado. Mire el teléfono o pregunte a la persona, y diga si llegó, o envíe otra vez.
reason-confirmed-by-operator = Usted dijo que llegó.
reason-confirmed-by-operator-do = No hay nada más que hacer.
reason-resent-by-operator = Usted pidió enviarlo otra vez.
reason-resent-by-operator-do = El nuevo envío es otro mensaje, con su propio estado.
reason-retried-by-operator = Usted pidió intentarlo ahora.
reason-retried-by-operator-do = Sale la próxima vez que la cuenta pueda enviar.
reason-cancelled-by-operator = Usted canceló el mensaje.
reason-cancelled-by-operator-do = Nada de él salió de este equipo. Se puede enviar otra vez.
reason-scheduled = Espera la hora programada.
reason-scheduled-do = Sale solo a esa hora, si el programa está abierto.

## How an account stands, in a word or two; and after -hint what to do about it.
connection-not-checked = Aún sin comprobar
connection-not-checked-hint = El estado se lee en instantes.
connection-ready = Listo
connection-ready-hint = El teléfono está vinculado y en línea.
connection-answers = El gateway responde
connection-answers-hint = El gateway acepta las credenciales; de un teléfono no dice nada.
connection-phone-offline = Teléfono sin internet
connection-phone-offline-hint = El gateway no alcanza el teléfono. Enciéndalo y revise su conexión; lo que se envíe espera en el gateway.
connection-must-pair = Hay que vincular
connection-must-pair-hint = Ningún teléfono está vinculado a esta cuenta. Vincule uno para enviar.
connection-gateway-unreachable = Gateway inaccesible
connection-gateway-unreachable-hint = El gateway no responde. El programa sigue intentando; los mensajes esperan en la cola.
connection-credentials-refused = Credenciales rechazadas
connection-credentials-refused-hint = El gateway no acepta las credenciales. Corríjalas en la pantalla de cuentas.
connection-credentials-missing = Credenciales ilegibles
connection-credentials-missing-hint = Aquí no se pueden leer las credenciales. Desbloquee el llavero o escríbalas otra vez en la pantalla de cuentas.

## Calls to the gateway that failed: what happened, what it means, what to do.
call-unreachable = No se alcanzó el gateway, así que allí no cambió nada. Revise la conexión e intente de nuevo.
call-credentials-refused = El gateway rechazó las credenciales, así que no se hizo nada. Corríjalas en la pantalla de cuentas e intente de nuevo.
call-credentials-missing = No se pueden leer las credenciales en este equipo, así que ni se llamó al gateway. Desbloquee el llavero o escríbalas otra vez.
call-rate-limited = El gateway pidió ir más despacio y no hizo nada. Espere un poco e intente de nuevo.
call-refused = El gateway dijo que no y nada cambió. Vea sus palabras abajo.
call-unreadable = El gateway respondió algo que no se entiende; puede haber hecho o no lo pedido. Actualice el estado y compruebe.
call-unsupported = Este gateway no tiene esa función. Nada cambió.
call-not-recorded = La base de datos no pudo anotar lo que se iba a pedir; por eso no se pidió nada al gateway. Vea si el disco está lleno e intente de nuevo.

## What is wrong with a field of an account.
draft-problem-empty = Complete este campo.
draft-problem-too-long = Demasiado largo: { $max } caracteres como máximo.
draft-problem-control-characters = Hay caracteres invisibles en el texto. Péguelo de nuevo o escríbalo.
draft-problem-not-an-email = Esto no es una dirección de correo.
draft-problem-not-a-url = Esto no es una dirección web, como https://ejemplo.com/.
draft-problem-not-encrypted = Sin https las credenciales viajarían legibles. Use https; http solo para este equipo.
draft-problem-unknown-country = Ningún país tiene este código. Use dos letras, como BR.
draft-problem-name-taken = Otra cuenta ya tiene este nombre.
draft-problem-malformed = Hay aquí caracteres o una forma que no son posibles. Compárelo con lo que muestra el servicio.

## What is wrong with, or unusual about, a phone number.
phone-problem-empty = Escriba un número.
phone-problem-not-digits = Hay letras o signos que un número no tiene.
phone-problem-too-short = Faltan dígitos. Escríbalo con el código de área.
phone-problem-too-long = Demasiados dígitos: un número tiene 15 como máximo.
phone-problem-unknown-country = Ningún país tiene ese código al inicio del número.
phone-warning-ninth-digit-missing = Sin el noveno dígito brasileño. Se envía tal como está escrito.
phone-warning-not-in-numbering-plan = El plan de numeración del país no conoce este número. Revíselo antes de enviar.

## Why an address cannot be attached.
attachment-problem-not-a-url = Esto no es una dirección web. El gateway busca el adjunto en una dirección que empieza con https://.
attachment-problem-not-https = La dirección tiene que empezar con https://.
attachment-problem-not-public = La dirección solo existe en esta red; el gateway no llega a ella. Use una dirección pública.
attachment-problem-no-extension = La dirección no termina en un nombre de archivo con extensión, como foto.jpg.
attachment-problem-unsupported = El gateway no acepta archivos .{ $extension }. Acepta: { $allowed }.
attachment-problem-too-long = La dirección es demasiado larga: { $max } bytes como máximo.

## Errors in pairing: what happened and what comes next.
pairing-failure-unreachable = No se alcanzó el gateway. Revise la conexión.
pairing-failure-unreadable = El gateway respondió algo que no se entiende.
pairing-failure-credentials-refused = El gateway rechaza las credenciales. Corríjalas en la pantalla de cuentas y empiece de nuevo.
pairing-failure-credentials-missing = No se pueden leer las credenciales en este equipo. Desbloquee el llavero y empiece de nuevo.
pairing-failure-refused = El gateway dijo que no a la vinculación. Vea sus palabras y empiece de nuevo.
pairing-failure-not-a-picture = Lo que mandó el gateway no es una imagen de código.

## Alerts, also shown by the desktop: a title with the account's name ($account), and a body.
alert-phone-offline = { $account }: teléfono sin internet
alert-phone-offline-body = Lo que se envíe espera en el gateway. Encienda el teléfono y revise su conexión.
alert-must-pair = { $account }: hay que vincular de nuevo
alert-must-pair-body = Ningún teléfono está vinculado a esta cuenta. Abra la pantalla de vinculación y escanee el código.
alert-battery-low = { $account }: batería baja
alert-battery-low-body = El teléfono tiene menos del 15 % de batería. Conéctelo para que el envío no se detenga.
alert-limit-low = { $account }: se acaba el límite de hoy
alert-limit-low-body = Queda menos de una décima parte del límite diario. Después, los mensajes esperan hasta mañana.
alert-plan-expires = { $account }: el plan está por vencer
alert-plan-expires-body = El plan vence en tres días o menos. Renuévelo con el gateway.
alert-queue-stuck = { $account }: la cola del gateway no avanza
alert-queue-stuck-body = Desde hace diez minutos no disminuye, aunque el teléfono está listo. Revise el teléfono.

## The start-up screen, when the program cannot begin: what happened, what it means (-means), what to do (-do).
failure-folder = No se puede usar la carpeta de datos
failure-folder-means = El programa no puede crear, leer ni escribir en { $path }. Nada cambió y nada se envió.
failure-folder-do = Revise que la carpeta exista, que sea suya y que haya espacio en el disco. Después intente de nuevo.
failure-newer = Los datos son de una versión más nueva
failure-newer-means = Una versión más nueva de Recado ya usó esta carpeta (esquema { $found }; esta conoce hasta { $known }). Nada cambió; sus mensajes están ahí.
failure-newer-do = Instale la versión más nueva y abra de nuevo.
failure-damaged = La base de datos está dañada
failure-damaged-means = El archivo no se pudo leer completo. Nada se sobrescribió y nada se envió.
failure-damaged-do = Cierre el programa, copie la carpeta de datos a un lugar seguro y restaure una copia de seguridad.
# Stands in the place of the advice when there is a backup. $when is a day and a time, $size like "1.2 MB".
failure-offer = Hay una copia de seguridad íntegra ({ $when }; { $size }). Al restaurarla ocupa el lugar de la base de datos dañada, que se conserva en la carpeta de datos con el nombre «damaged-…». Lo que llegó después no está en ella; lo que en ella esperaba ser enviado queda para que usted decida.
failure-not-restored = No se pudo restaurar la copia de seguridad
failure-not-restored-means = La base de datos dañada y la copia están como estaban, y nada se envió. El disco puede estar lleno o protegido contra escritura.
failure-not-restored-do = Libere espacio en el disco e inténtelo de nuevo.
failure-database = La base de datos no respondió
failure-database-means = El disco puede estar lleno o dañado. Nada se envió.
failure-database-do = Libere espacio en el disco e intente de nuevo.
failure-second-copy = Recado ya está abierto
failure-second-copy-means = Otra ventana usa la misma carpeta de datos. Dos a la vez podrían enviar doble, por eso esta no empezó.
failure-second-copy-do = Use la ventana que ya está abierta, o ciérrela e intente de nuevo.

## Por qué una credencial no pudo guardarse o leerse.
secret-not-found = La credencial ya no está guardada. Escríbala de nuevo en Cuentas.
secret-no-answer = El llavero no respondió; puede estar bloqueado, esperando la contraseña. No se perdió nada: responda a su pedido e inténtelo de nuevo.
secret-absent = No hay llavero en esta máquina. Elija una bóveda con contraseña o solo esta ejecución.
secret-wrong-passphrase = Esa contraseña no abre la bóveda. Revise si la tecla Bloq Mayús está activa e inténtelo de nuevo.
secret-passphrase-too-short = La contraseña es demasiado corta: use al menos 8 caracteres.
secret-failed = La credencial no pudo guardarse o leerse.
reason-from-backup = Este mensaje viene de una copia de seguridad.
reason-from-backup-do = Cuando se hizo la copia esperaba el envío; puede haberse enviado después. Revise en el teléfono y diga si llegó, o envíelo de nuevo.
reason-no-attachment-place = Esta cuenta no tiene dónde poner archivos de la computadora.
reason-no-attachment-place-do = Elija en Cuentas dónde se ponen los adjuntos. El mensaje espera.
reason-attachment-not-offered = El gateway no puede buscar el archivo desde aquí: nadie escucha, o falta la dirección pública.
reason-attachment-not-offered-do = Active la escucha e indique la dirección pública en Ajustes, o elija otro lugar en Cuentas. El mensaje espera.
reason-attachment-unreachable = El archivo no se pudo traer desde afuera.
reason-attachment-unreachable-do = No se envió nada; Recado lo intenta de nuevo solo. Revise la dirección pública o el almacenamiento.
reason-attachment-altered = De la dirección del archivo vino otra cosa.
reason-attachment-altered-do = No se envió nada; Recado lo intenta de nuevo solo. Revise el proxy, el túnel o el almacenamiento.
reason-storage-unreachable = No se pudo alcanzar el almacenamiento.
reason-storage-unreachable-do = No se envió nada; Recado lo intenta de nuevo solo.
reason-storage-refused = El almacenamiento rechazó el archivo.
reason-storage-refused-do = No se envió nada; Recado lo intenta de nuevo solo. Revise las claves y el bucket en Cuentas.
reason-storage-keys-missing = Las claves del almacenamiento no se pueden leer ahora.
reason-storage-keys-missing-do = Desbloquee el llavero o indique las claves de nuevo en Cuentas. El mensaje espera.
reason-attachment-lost = El archivo ya no está en esta computadora, o cambió.
reason-attachment-lost-do = No se envió nada. Adjunte el archivo de nuevo y envíe otro mensaje.
reason-attachment-address-ended = La dirección del archivo iba a vencer antes del envío.
reason-attachment-address-ended-do = Recado lo publica de nuevo solo; aún no se envió nada.
reason-payment-needed = La cuenta en el gateway no tiene saldo.
reason-payment-needed-do = El mensaje espera; Recado lo intenta de nuevo solo. Hable con el proveedor del gateway.
reason-outside-window = Pasaron más de 24 horas desde el último mensaje de esta persona.
reason-outside-window-do = No se envió nada. Ahora solo se puede enviar una plantilla: elija una y envíe de nuevo.
reason-template-refused = La plantilla no es como está registrada en el gateway.
reason-template-refused-do = No se envió nada. Revise el nombre, el idioma y los parámetros de la plantilla y envíe de nuevo.
reason-sender-refused = Esta cuenta no puede usar ese remitente.
reason-sender-refused-do = No se envió nada. Revise el remitente en Cuentas.
reason-taken-for-spam = El gateway tomó el mensaje por spam o por repetido.
reason-taken-for-spam-do = No se entregó nada. Espere y cambie el texto antes de enviar de nuevo.
reason-expired = El mensaje no se entregó a tiempo.
reason-expired-do = El teléfono de la persona puede estar apagado. Envíe de nuevo si todavía hace falta.
reason-text-too-long = El texto es más largo de lo que acepta el gateway.
reason-text-too-long-do = No se envió nada. Acorte el texto y envíe de nuevo.
