### Devino: what its errors say, and its credentials.

## A documented error of the gateway: what happened, with the field in the operator's words; and after -do what that means
## for the message and what can be done. Both stand in the place of the sentences reason-…, for a message that
## was refused before anything was sent.
detail-devino-billing = Devino pide un pago para esta cuenta.
detail-devino-billing-do = El mensaje no se envió: espera en la cola y Recado lo intenta de nuevo solo. Regularice el pago con Devino.
detail-devino-forbidden = Devino no permite que esta cuenta envíe.
detail-devino-forbidden-do = El mensaje no se envió. Hable con Devino antes de enviar de nuevo.
detail-devino-unknown = Devino rechazó el mensaje por un error que no explica.
detail-devino-unknown-do = El mensaje no se envió. Envíelo de nuevo más tarde; si el error vuelve, hable con Devino.
detail-devino-invalid-to = El número del destinatario es incorrecto.
detail-devino-invalid-to-do = El mensaje no se envió. Revise el número y envíe de nuevo.
detail-devino-invalid-validity = Devino rechazó el plazo de validez del mensaje.
detail-devino-invalid-validity-do = El mensaje no se envió. Envíelo de nuevo; si el error vuelve, hable con Devino.
detail-devino-invalid-callback-url = Devino rechazó la dirección en la que Recado recibe los avisos del mensaje.
detail-devino-invalid-callback-url-do = El mensaje no se envió. Revise la dirección pública en Ajustes y envíe de nuevo.
detail-devino-invalid-content-url = Devino rechazó la dirección del adjunto.
detail-devino-invalid-content-url-do = El mensaje no se envió. Revise que la dirección abra sin contraseña en el navegador y envíe de nuevo.
detail-devino-invalid-content-type = Devino no acepta este tipo de adjunto.
detail-devino-invalid-content-type-do = El mensaje no se envió. Adjunte el archivo en otro formato y envíe de nuevo.
detail-devino-invalid-from = El remitente de esta cuenta es incorrecto.
detail-devino-invalid-from-do = El mensaje no se envió. Corrija el remitente en Cuentas y envíe de nuevo.
detail-devino-invalid-language = El código de idioma de la plantilla es incorrecto.
detail-devino-invalid-language-do = El mensaje no se envió. Corrija el idioma de la plantilla en Cuentas y envíe de nuevo.
detail-devino-long-to = El número del destinatario tiene demasiados dígitos.
detail-devino-long-to-do = El mensaje no se envió. Revise el número y envíe de nuevo.
detail-devino-long-text = El texto del mensaje supera el límite de Devino: { $limit } caracteres.
detail-devino-long-text-do = El mensaje no se envió. Acorte el texto y envíe de nuevo.
detail-devino-long-language = El código de idioma de la plantilla es demasiado largo.
detail-devino-long-language-do = El mensaje no se envió. Use en Cuentas un código como es_MX y envíe de nuevo.
detail-devino-short-content-name = El nombre del archivo adjunto es demasiado corto.
detail-devino-short-content-name-do = El mensaje no se envió. Dele al archivo un nombre más largo, adjúntelo otra vez y envíe de nuevo.
detail-devino-short-language = El código de idioma de la plantilla es demasiado corto.
detail-devino-short-language-do = El mensaje no se envió. Use en Cuentas un código como es_MX y envíe de nuevo.
detail-devino-no-to = Falta el número del destinatario.
detail-devino-no-to-do = El mensaje no se envió. Revise el número del contacto y envíe de nuevo.
detail-devino-no-messages = Devino no encontró ningún mensaje en la solicitud.
detail-devino-no-messages-do = El mensaje no se envió. Envíelo de nuevo; si el error vuelve, hable con Devino.
detail-devino-no-from = Falta el remitente de esta cuenta.
detail-devino-no-from-do = El mensaje no se envió. Complete el remitente en Cuentas y envíe de nuevo.
detail-devino-no-content = El mensaje no tiene texto ni adjunto.
detail-devino-no-content-do = No se envió nada. Escriba un texto o adjunte un archivo y envíe de nuevo.
detail-devino-from-not-available = El remitente de esta cuenta no está habilitado en Devino.
detail-devino-from-not-available-do = El mensaje no se envió. Pida a Devino que lo habilite, o use otro en Cuentas.
detail-devino-too-many = Devino recibió demasiados mensajes en una sola solicitud.
detail-devino-too-many-do = El mensaje no se envió. Envíelo de nuevo; si el error vuelve, hable con Devino.

## The same of an error that came after the gateway had taken the message. $limit is a number.
detail-devino-no-operator = Devino no sabe a qué operador pertenece el número del destinatario.
detail-devino-no-operator-do = El mensaje no se entregó. Revise el número y envíe de nuevo.
detail-devino-spam = El mensaje se tomó por spam.
detail-devino-spam-do = No se entregó. Espere y cambie el texto antes de enviar de nuevo.
detail-devino-billing-failed = Devino no pudo cobrar este mensaje.
detail-devino-billing-failed-do = No se entregó. Revise el pago de la cuenta con Devino y envíe de nuevo.
detail-devino-no-funds = El saldo de la cuenta en Devino no alcanzó para este mensaje.
detail-devino-no-funds-do = No se entregó. Recargue la cuenta y envíe de nuevo.
detail-devino-duplicate = El mensaje se tomó por repetido.
detail-devino-duplicate-do = No se entregó. Si todavía hace falta, cambie el texto y envíe de nuevo.
detail-devino-expired = El plazo del mensaje terminó antes de la entrega.
detail-devino-expired-do = El teléfono de la persona puede estar apagado. Envíe de nuevo si todavía hace falta.
detail-devino-late-long-text = El texto del mensaje era demasiado largo para entregarlo.
detail-devino-late-long-text-do = No se entregó. Acorte el texto y envíe de nuevo.
detail-devino-too-fast = Devino recibió demasiados mensajes en poco tiempo.
detail-devino-too-fast-do = Este no se entregó. Espere unos minutos y envíe de nuevo.
detail-devino-content-refused = El tipo del adjunto no se acepta, o la imagen tiene { $limit } MB o más.
detail-devino-content-refused-do = El mensaje no se entregó. Adjunte el archivo en otro formato, o una imagen más pequeña, y envíe de nuevo.
detail-devino-no-whatsapp = El número del destinatario no usa WhatsApp, o ya no lo usa.
detail-devino-no-whatsapp-do = El mensaje no se entregó. Revise el número y envíe de nuevo.
detail-devino-own-number = El número del destinatario es el de la propia cuenta comercial.
detail-devino-own-number-do = El mensaje no se entregó. Envíe a otro número.
detail-devino-template-parameters = La cantidad de parámetros no es la que la plantilla tiene en Devino.
detail-devino-template-parameters-do = El mensaje no se entregó. Corrija los parámetros de la plantilla en Cuentas y envíe de nuevo.
detail-devino-template-language = La plantilla no existe en este idioma en Devino.
detail-devino-template-language-do = El mensaje no se entregó. Corrija el idioma de la plantilla en Cuentas y envíe de nuevo.
detail-devino-template-parameter-long = Un parámetro de la plantilla es demasiado largo.
detail-devino-template-parameter-long-do = El mensaje no se entregó. Acorte lo que se completó en la plantilla y envíe de nuevo.
detail-devino-outside-window = La persona no escribió en las últimas 24 horas, y el mensaje no era una plantilla.
detail-devino-outside-window-do = No se entregó. Elija una plantilla y envíe de nuevo.
detail-devino-late-unknown = Devino no entregó el mensaje, por un error que no explica.
detail-devino-late-unknown-do = Envíelo de nuevo más tarde; si el error vuelve, hable con Devino.
detail-devino-late-undocumented = Devino no entregó el mensaje, por un motivo que no está en su documentación.
detail-devino-late-undocumented-do = Pregunte el motivo a Devino, o envíe de nuevo si todavía hace falta.

## The same of an error that the document knows at other fields only. $field is a name of the list below.
detail-devino-field-invalid = Devino rechazó un dato del mensaje: { $field }.
detail-devino-field-invalid-do = El mensaje no se envió. Corríjalo y envíe de nuevo; si el error vuelve, hable con Devino.
detail-devino-field-long = Un dato del mensaje es demasiado largo para Devino: { $field }.
detail-devino-field-long-do = El mensaje no se envió. Corríjalo y envíe de nuevo; si el error vuelve, hable con Devino.
detail-devino-field-over = Un dato del mensaje supera el límite de Devino: { $field }, como máximo { $limit } caracteres.
detail-devino-field-over-do = El mensaje no se envió. Corríjalo y envíe de nuevo; si el error vuelve, hable con Devino.
detail-devino-field-short = Un dato del mensaje es demasiado corto para Devino: { $field }.
detail-devino-field-short-do = El mensaje no se envió. Corríjalo y envíe de nuevo; si el error vuelve, hable con Devino.
detail-devino-field-missing = Falta un dato del mensaje: { $field }.
detail-devino-field-missing-do = El mensaje no se envió. Corríjalo y envíe de nuevo; si el error vuelve, hable con Devino.
detail-devino-field-not-available = Un dato del mensaje no está habilitado en Devino: { $field }.
detail-devino-field-not-available-do = El mensaje no se envió. Corríjalo y envíe de nuevo; si el error vuelve, hable con Devino.

## What an error may name, as it stands after a colon.
message-field-to = el número del destinatario
message-field-from = el remitente de la cuenta
message-field-text = el texto
message-field-validity = el plazo de validez
message-field-callback-url = la dirección para los avisos
message-field-callback-data = la marca que Recado pone para reconocer los avisos
message-field-content-url = la dirección del adjunto
message-field-content-name = el nombre del adjunto
message-field-content-type = el tipo del adjunto
message-field-template-id = el identificador de la plantilla
message-field-template-params = los parámetros de la plantilla
message-field-language-code = el idioma de la plantilla

## The two ways of sending the credentials, and the credentials of the second.
auth-key = Clave de acceso
auth-login = Usuario y contraseña
credential-login = Usuario
credential-login-help = El usuario de su cuenta en { $vendor }.
credential-password = Contraseña
credential-password-help = La contraseña de ese usuario.
