### DecisionTelecom: what its errors and statuses say, and the ways of sending its key.

## A documented error of the gateway, with the field to correct. It stands in the place of the sentence reason-…; the
## sentence -do of its class follows. "namespace" is the vendor's own word.
detail-decision-rate = DecisionTelecom no acepta más mensajes en este momento: llegan más rápido de lo que esta cuenta puede enviar.
detail-decision-parameter = DecisionTelecom encontró que algo falta o está mal en el mensaje y no dice qué: revise el remitente, el número del destinatario, el texto, la imagen y la plantilla.
detail-decision-sender = El remitente de la cuenta falta o está mal: 20 caracteres como máximo, según lo acordado con DecisionTelecom.
detail-decision-recipient = El número del destinatario falta o está mal.
detail-decision-kind = DecisionTelecom rechazó el tipo del mensaje.
detail-decision-file-address = DecisionTelecom rechazó la dirección de la imagen.
detail-decision-callback = DecisionTelecom rechazó la dirección pública para los avisos. Revise la dirección pública en Ajustes.
detail-decision-template-name = El nombre de la plantilla falta o no está registrado en DecisionTelecom.
detail-decision-template-parameters = El idioma o los parámetros de la plantilla no son como están registrados en DecisionTelecom. Si recibió un namespace, escríbalo antes del nombre de la plantilla, con dos puntos: namespace:nombre.
detail-decision-text = El texto del mensaje falta o tiene más de 4096 caracteres.
detail-decision-server = El servidor de DecisionTelecom falló y no dice hasta dónde había llegado el mensaje.
detail-decision-balance = La cuenta en DecisionTelecom no tiene saldo.
detail-decision-outside-window = La persona no escribió en las últimas 24 horas, y el mensaje no es una plantilla.
detail-decision-file-type = Lo que está en la dirección de la imagen no es una imagen JPG o PNG.
detail-decision-file-extension = La dirección de la imagen no termina en .jpg, .jpeg o .png.

## A documented status of the gateway that ends a message. It stands in the same place.
detail-decision-status-rejected = DecisionTelecom había aceptado el mensaje, y después fue rechazado.
detail-decision-status-error = DecisionTelecom había aceptado el mensaje, y hubo un error al enviarlo.
detail-decision-status-failed = DecisionTelecom había aceptado el mensaje, y la entrega falló.
detail-decision-status-deleted = El mensaje fue borrado después de que DecisionTelecom lo aceptara; la persona no lo tiene.

## The three ways of sending the key, in a list to choose from.
auth-key-basic = Clave en base64 (habitual)
auth-key-colon = Clave en base64, con dos puntos
auth-key-raw = Clave tal como se entregó
