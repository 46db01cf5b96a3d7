### Devino: what its errors say, and its credentials.

## A documented error of the gateway, with the field to correct. It stands in the place of the sentence reason-…; the
## sentence -do of its class follows.
detail-devino-billing = La cuenta en Devino necesita un pago.
detail-devino-forbidden = Devino no permite que esta cuenta envíe. Hable con Devino.
detail-devino-unknown = Devino tuvo un error que ella misma no explica.
detail-devino-invalid-to = El número del destinatario es incorrecto.
detail-devino-invalid-validity = Devino rechazó el plazo de validez del mensaje.
detail-devino-invalid-callback-url = Devino rechazó la dirección pública de retorno. Revise la dirección pública en Ajustes.
detail-devino-invalid-content-url = Devino rechazó la dirección del adjunto.
detail-devino-invalid-content-type = Devino no acepta este tipo de adjunto.
detail-devino-invalid-from = El remitente de la cuenta es incorrecto.
detail-devino-invalid-language = El idioma de la plantilla es incorrecto.
detail-devino-long-to = El número del destinatario tiene demasiados dígitos.
detail-devino-long-text = El texto del mensaje es demasiado largo para Devino: como máximo 1000 caracteres.
detail-devino-long-language = El idioma de la plantilla es demasiado largo.
detail-devino-short-content-name = El nombre del archivo adjunto es demasiado corto.
detail-devino-short-language = El idioma de la plantilla es demasiado corto.
detail-devino-no-to = Falta el número del destinatario.
detail-devino-no-messages = Devino no encontró ningún mensaje en el pedido.
detail-devino-no-from = Falta el remitente de la cuenta.
detail-devino-no-content = El mensaje no tiene texto ni adjunto.
detail-devino-from-not-available = El remitente de la cuenta no está habilitado en Devino.
detail-devino-too-many = Devino consideró que eran demasiados mensajes a la vez.
detail-devino-no-operator = Devino no sabe a qué operador pertenece el número del destinatario.
detail-devino-spam = El mensaje fue tomado por spam.
detail-devino-billing-failed = El cobro falló en la cuenta de Devino. Revise la cuenta con Devino.
detail-devino-no-funds = No hay saldo suficiente en la cuenta de Devino.
detail-devino-duplicate = El mensaje fue tomado por repetido.
detail-devino-expired = El plazo del mensaje terminó antes de la entrega.
detail-devino-too-fast = Salieron demasiados mensajes en poco tiempo. Espere un poco y envíe de nuevo.
detail-devino-content-refused = El tipo del adjunto no se acepta, o la imagen tiene 5 MB o más.
detail-devino-no-whatsapp = El número del destinatario no usa WhatsApp, o ya no lo usa.
detail-devino-own-number = El número del destinatario es el de la propia cuenta comercial.
detail-devino-template-parameters = La cantidad de parámetros no es la que la plantilla tiene en Devino.
detail-devino-template-language = La plantilla no existe en este idioma en Devino.
detail-devino-template-parameter-long = Un parámetro de la plantilla es demasiado largo.
detail-devino-outside-window = La persona no escribió en las últimas 24 horas, y el mensaje no es una plantilla.

## The two ways of sending the credentials, and the credentials of the second.
auth-key = Clave de acceso
auth-login = Usuario y contraseña
credential-login = Usuario
credential-login-help = El usuario de su cuenta en { $vendor }.
credential-password = Contraseña
credential-password-help = La contraseña de ese usuario.
