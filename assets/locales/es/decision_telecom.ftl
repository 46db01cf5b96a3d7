### DecisionTelecom: what its errors and statuses say, and the ways of sending its key.

## A documented error of the gateway: what happened, with the field in the operator's words; and after -do what that means
## for the message and what can be done. Both stand in the place of the sentences reason-…. $limit is a
## number; "namespace" is the vendor's own word.
detail-decision-rate = DecisionTelecom no acepta más mensajes en este momento.
detail-decision-rate-do = El mensaje no se envió: espera en la cola y Recado lo intenta de nuevo solo.
detail-decision-parameter = DecisionTelecom dice que algo falta o está mal en el mensaje, sin decir qué.
detail-decision-parameter-do = El mensaje no se envió. Revise el remitente, el número, el texto, la imagen y la plantilla, y envíe de nuevo.
detail-decision-sender = El remitente de esta cuenta falta o está mal: puede tener { $limit } caracteres como máximo.
detail-decision-sender-do = El mensaje no se envió. Corríjalo en Cuentas, según lo acordado con DecisionTelecom, y envíe de nuevo.
detail-decision-recipient = El número del destinatario falta o está mal.
detail-decision-recipient-do = El mensaje no se envió. Revise el número y envíe de nuevo.
detail-decision-kind = DecisionTelecom no acepta este tipo de mensaje.
detail-decision-kind-do = El mensaje no se envió. Pregunte a DecisionTelecom si la cuenta puede enviar imágenes y plantillas.
detail-decision-file-address = DecisionTelecom rechazó la dirección de la imagen.
detail-decision-file-address-do = El mensaje no se envió. Revise que la dirección abra sin contraseña en el navegador y envíe de nuevo.
detail-decision-callback = DecisionTelecom rechazó la dirección en la que Recado recibe los avisos del mensaje.
detail-decision-callback-do = El mensaje no se envió. Revise la dirección pública en Ajustes y envíe de nuevo.
detail-decision-template-name = El nombre de la plantilla falta o no está registrado en DecisionTelecom.
detail-decision-template-name-do = El mensaje no se envió. Corrija el nombre de la plantilla en Cuentas y envíe de nuevo.
detail-decision-template-parameters = El idioma o los parámetros de la plantilla no son los registrados en DecisionTelecom.
detail-decision-template-parameters-do = El mensaje no se envió. Corrija la plantilla en Cuentas; si recibió un namespace, escríbalo antes del nombre: namespace:nombre.
detail-decision-text = El texto del mensaje falta o supera los { $limit } caracteres.
detail-decision-text-do = El mensaje no se envió. Corrija el texto y envíe de nuevo.
detail-decision-server = El servidor de DecisionTelecom falló y no dice hasta dónde llegó el mensaje.
detail-decision-server-do = Puede haberse enviado, por eso Recado no lo repite. Averigüe si llegó y dígalo aquí, o envíelo de nuevo sabiendo que puede llegar dos veces.
detail-decision-balance = La cuenta en DecisionTelecom no tiene saldo.
detail-decision-balance-do = El mensaje no se envió: espera en la cola y Recado lo intenta de nuevo solo. Recargue la cuenta.
detail-decision-outside-window = Pasaron más de 24 horas desde la última respuesta de la persona, y el mensaje no es una plantilla.
detail-decision-outside-window-do = El mensaje no se envió. Elija una plantilla y envíe de nuevo.
detail-decision-file-type = Lo que está en la dirección de la imagen no es JPG ni PNG.
detail-decision-file-type-do = El mensaje no se envió. Use una imagen JPG o PNG y envíe de nuevo.
detail-decision-file-extension = La dirección de la imagen no termina en .jpg, .jpeg o .png.
detail-decision-file-extension-do = El mensaje no se envió. Use una dirección que termine así y envíe de nuevo.

## The same of a status that ends a message which the gateway had taken.
detail-decision-status-rejected = El mensaje fue rechazado después de que DecisionTelecom lo aceptó.
detail-decision-status-rejected-do = No se entregó. Revise el número y el texto y envíe de nuevo si todavía hace falta.
detail-decision-status-error = Hubo un error en el envío después de que DecisionTelecom aceptó el mensaje.
detail-decision-status-error-do = No se entregó. Envíelo de nuevo más tarde; si el error vuelve, hable con DecisionTelecom.
detail-decision-status-failed = La entrega del mensaje falló después de que DecisionTelecom lo aceptó.
detail-decision-status-failed-do = No llegó a la persona. Revise el número y envíe de nuevo.
detail-decision-status-deleted = El mensaje fue borrado después de que DecisionTelecom lo aceptó.
detail-decision-status-deleted-do = La persona no lo tiene. Envíe de nuevo si todavía hace falta.

## The three ways of sending the key, in a list to choose from.
auth-key-basic = Clave en base64 (habitual)
auth-key-colon = Clave en base64, con dos puntos
auth-key-raw = Clave tal como se entregó
