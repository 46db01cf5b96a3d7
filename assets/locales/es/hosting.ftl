### Where attachments are put, so that a gateway can fetch them: the card of an account, and the files that are outside.

## The card of an account. $vendor is the gateway.
hosting-title = Adjuntos
hosting-body = { $vendor } busca los adjuntos en una dirección. Los archivos de este equipo van al lugar elegido aquí, se traen de vuelta y se comparan; solo entonces sale el mensaje.
hosting-choice-listener = Este equipo
hosting-choice-listener-means = Recado ofrece el archivo en la dirección pública mientras el programa está abierto.
hosting-choice-storage = Almacenamiento compatible con S3
hosting-choice-storage-means = En un bucket suyo: AWS S3, MinIO, Cloudflare R2, Backblaze B2. El equipo puede estar apagado cuando el gateway lo busque.
hosting-choice-address = Solo direcciones https
hosting-choice-address-means = No se envía ningún archivo de este equipo; usted indica la dirección de algo que ya está en la web.
# How it stands, in a word or two.
hosting-state-listener = Al alcance
hosting-state-out-of-reach = Fuera de alcance
hosting-state-starting = Iniciando…
hosting-state-storage = En almacenamiento
hosting-state-address = Solo direcciones

## The choice "This computer".
hosting-addresses = Direcciones de los archivos
hosting-addresses-copy = Copiar el comienzo de las direcciones
hosting-reach-title = El gateway no puede buscar archivos aquí
hosting-reach-public = Cada archivo recibe una dirección imposible de adivinar. Termina cuando ningún mensaje lo necesita, a más tardar en 7 días.
hosting-reach-here = El gateway de esta cuenta funciona en este equipo; no hace falta una dirección pública.
hosting-reach-no-public-address = No hay dirección pública. Los mensajes con archivos esperan hasta que haya una.
hosting-reach-not-listening = El programa no está escuchando. Los mensajes con archivos esperan hasta que escuche.
hosting-reach-starting = El programa empieza a escuchar en un momento.
hosting-to-settings = Abrir los ajustes

## The choice "S3-compatible storage": fields and what to type, by key.
hosting-storage-help = El bucket sigue siendo privado: cada archivo recibe una dirección firmada propia, válida por 7 días, y se elimina cuando ningún mensaje lo necesita.
hosting-field-endpoint = Dirección del servicio
hosting-field-endpoint-help = La dirección https del servicio, sin el bucket.
hosting-field-bucket = Bucket
hosting-field-bucket-help = Ya debe existir.
hosting-field-region = Región
hosting-field-region-help = Como en el panel del servicio; auto en Cloudflare R2, us-east-1 en MinIO.
hosting-field-access_key = Clave de acceso
hosting-field-secret_key = Clave secreta
# $store is the name of the keyring: "GNOME Keyring".
hosting-key-help = Se guardará en: { $store }. Nunca en un archivo.
hosting-field-prefix = Carpeta en el bucket (opcional)
hosting-field-prefix-help = Los archivos de Recado van dentro de ella y no se toca nada más.
hosting-field-path-style = Bucket en la ruta
hosting-field-path-style-help = Sirve para casi todos los servicios. Desactívelo si el suyo quiere el bucket delante de su nombre.
hosting-problem-endpoint = El bucket no puede ir delante de un número: active Bucket en la ruta o use el nombre del servicio.
hosting-problem-bucket = El nombre de un bucket tiene de 3 a 63 letras minúsculas, dígitos, puntos y guiones.
hosting-problem-region = Una región es una sola palabra, como us-east-1.
hosting-problem-prefix = Use nombres simples con barras entre ellos, como tienda/recado.

## Buttons, and what comes of them.
hosting-test = Probar lugar
hosting-save = Guardar lugar
hosting-undo = Deshacer cambios
hosting-change-means = Un archivo que espera su mensaje se pone de nuevo en el lugar que usted guarde.
# $account is the account's name.
hosting-saved = Adjuntos de { $account }: lugar guardado
hosting-test-good = Funciona: puesto allí, traído de vuelta y eliminado en { $milliseconds } ms
hosting-test-failed = La prueba no salió bien
hosting-not-saved = El lugar no se guardó

## Errors: what happened; -do is what helps.
hosting-fields = Algo de lo escrito no puede quedar así.
hosting-fields-do = Corrija los campos marcados.
hosting-no-place = No hay lugar para archivos de este equipo.
hosting-no-place-do = Elija este equipo o un almacenamiento.
hosting-no-public-address = No hay dirección pública.
hosting-no-public-address-do = Indíquela en Ajustes, en Recibir respuestas.
hosting-not-listening = El programa no está escuchando.
hosting-not-listening-do = Active la escucha en Ajustes.
hosting-keys = Las claves no se pudieron guardar o leer.
hosting-keys-do = Lo que escribió sigue aquí. Desbloquee el llavero o elija otro lugar para las credenciales e inténtelo de nuevo.
hosting-storage-unreachable = No se alcanzó el almacenamiento.
hosting-storage-unreachable-do = Revise la dirección del servicio y la conexión a internet.
hosting-storage-refused = El almacenamiento dijo que no.
hosting-storage-refused-do = Revise las claves, el bucket, la región y si las claves pueden escribir, leer y borrar allí.
hosting-not-fetched-back = El archivo de prueba se puso allí, pero no volvió.
hosting-file-lost = El archivo de prueba no se pudo escribir en este equipo.
hosting-file-lost-do = Vea si hay espacio en el disco.
hosting-store = La base de datos no pudo guardarlo.
hosting-store-do = Lo que escribió sigue aquí. Vea si hay espacio en el disco y guarde de nuevo.

## Why what was put there did not come back, after hosting-not-fetched-back; and what helps.
hosting-fetch-not-https = Su dirección no empieza con https, y los gateways solo buscan por https.
hosting-fetch-not-public = Su dirección lleva dentro de esta red, adonde el gateway no llega. Use una dirección que internet alcance.
hosting-fetch-unreachable = Nadie responde en su dirección. Revise el proxy, el túnel o el almacenamiento, y el nombre de dominio.
hosting-fetch-timed-out = No llegó entero a tiempo. Revise el proxy, el túnel o el almacenamiento.
# $status is the HTTP status code.
hosting-fetch-status = El servidor respondió con el código { $status }. Revise adónde apunta el proxy o túnel, o qué permite el almacenamiento.
hosting-fetch-redirected = Su dirección lleva a otra, y los gateways no la siguen. Indique la dirección final.
hosting-fetch-too-large = Llegó algo más grande de lo que se puso. Parece que responde otro servidor.
hosting-fetch-different = Llegó otra cosa de lo que se puso. Parece que responde otro servidor o una página del proxy.

## Why storage says no, where that is known: what happened, and after -do what can be done. $region, $host and $minutes are
## what the storage told. The sentences detail-… are the same for a message that waits for its file.
hosting-storage-region = El bucket está en la región { $region }.
hosting-storage-region-do = Corrija la región en Cuentas.
detail-storage-region = { hosting-storage-region }
detail-storage-region-do = No se envió nada; Recado lo intenta de nuevo solo. { hosting-storage-region-do }
hosting-storage-host = El bucket está en otra dirección: { $host }.
hosting-storage-host-do = Corrija la dirección del servicio en Cuentas.
detail-storage-host = { hosting-storage-host }
detail-storage-host-do = No se envió nada; Recado lo intenta de nuevo solo. { hosting-storage-host-do }
hosting-storage-clock-ahead = El reloj de este equipo está { $minutes } minutos adelantado respecto del reloj del almacenamiento.
hosting-storage-clock-ahead-do = Corrija la fecha y la hora de este equipo.
detail-storage-clock-ahead = { hosting-storage-clock-ahead }
detail-storage-clock-ahead-do = No se envió nada; Recado lo intenta de nuevo solo. { hosting-storage-clock-ahead-do }
hosting-storage-clock-behind = El reloj de este equipo está { $minutes } minutos atrasado respecto del reloj del almacenamiento.
hosting-storage-clock-behind-do = Corrija la fecha y la hora de este equipo.
detail-storage-clock-behind = { hosting-storage-clock-behind }
detail-storage-clock-behind-do = No se envió nada; Recado lo intenta de nuevo solo. { hosting-storage-clock-behind-do }
hosting-storage-clock = El reloj de este equipo y el del almacenamiento difieren demasiado.
hosting-storage-clock-do = Corrija la fecha y la hora de este equipo.
detail-storage-clock = { hosting-storage-clock }
detail-storage-clock-do = No se envió nada; Recado lo intenta de nuevo solo. { hosting-storage-clock-do }
hosting-storage-leads-on = La dirección del servicio lleva a otra dirección.
hosting-storage-leads-on-do = Indique en Cuentas la dirección final del almacenamiento.
detail-storage-leads-on = { hosting-storage-leads-on }
detail-storage-leads-on-do = No se envió nada; Recado lo intenta de nuevo solo. { hosting-storage-leads-on-do }
hosting-storage-strange = Lo que responde en la dirección del servicio no es un almacenamiento S3.
hosting-storage-strange-do = Corrija la dirección del servicio en Cuentas.
detail-storage-strange = { hosting-storage-strange }
detail-storage-strange-do = No se envió nada; Recado lo intenta de nuevo solo. { hosting-storage-strange-do }

## Which kind of place a file is in.
hosting-place-listener = este equipo
hosting-place-storage = almacenamiento

## Settings: files that can be fetched from outside.
hosted-title = Archivos al alcance desde fuera
hosted-help = Adjuntos que un gateway puede buscar ahora. Cada uno termina solo cuando ningún mensaje lo necesita.
hosted-none = Ningún archivo de este equipo se puede buscar desde fuera.
# $count files of $size together.
hosted-total = { $count ->
    [one] { $count } archivo, { $size }
   *[other] { $count } archivos, { $size } en total
}
# Parts of the line about a file; they are put together with dots between them. $when is a moment: "yesterday, 14:32".
hosted-since = desde { $when }
hosted-until = hasta { $when }
hosted-on-its-way = en camino
# $share is a percentage.
hosted-uploading = en camino, { $share }
# $count messages still need the file.
hosted-needed-by = { $count ->
    [0] ningún mensaje lo necesita
    [one] un mensaje lo necesita
   *[other] { $count } mensajes lo necesitan
}
hosted-all = Mostrar los { $count }
hosted-fewer = Mostrar menos
hosted-revoke = Retirar…
# Accessible name of the button above; $name is the file's name.
hosted-revoke-of = Retirar: { $name }
hosted-revoke-title = ¿Retirar { $name }?
hosted-revoke-unneeded = Su dirección deja de responder. Ningún mensaje lo necesita ya.
# $count messages still need the file.
hosted-revoke-needed = { $count ->
    [one] Su dirección deja de responder. El mensaje que aún lo necesita espera; Recado pone el archivo de nuevo en otra dirección antes de que salga.
   *[other] Su dirección deja de responder. Los { $count } mensajes que aún lo necesitan esperan; Recado pone el archivo de nuevo en otra dirección antes de que salgan.
}
hosted-revoke-accepted = Un mensaje que el gateway ya aceptó puede llegar sin el archivo.
hosted-revoke-keep = Dejarlo como está
hosted-revoke-go = Retirar archivo
