### The settings screen.
settings-subtitle = Cada cambio vale al instante.

## Looks.
settings-looks = Apariencia
settings-language = Idioma
settings-language-system = Como en el sistema
settings-theme = Tema
settings-theme-system = Sistema
settings-theme-light = Claro
settings-theme-dark = Oscuro
settings-scale = Tamaño de todo
settings-scale-help = También con Ctrl + y Ctrl -.

## Behaviour.
settings-behaviour = Comportamiento
settings-send-key = Tecla que envía
settings-send-key-help = La otra corta la línea.
settings-send-enter = Enter
settings-send-ctrl-enter = Ctrl+Enter
settings-interval = Leer el estado de las cuentas cada
settings-interval-help = Más despacio mientras nada cambia o la ventana está oculta.

## Where credentials are kept.
settings-secrets = Dónde se guardan las credenciales
settings-secrets-checking = Buscando el llavero…
settings-secrets-keyring = En el llavero del sistema, protegidas por su sesión.
settings-secrets-vault = En un archivo cifrado con su contraseña.
settings-secrets-session = Solo en la memoria: desaparecen al cerrar el programa.
settings-use-keyring = Usar el llavero del sistema
settings-use-vault = Usar una bóveda con contraseña…

## Data and logs.
settings-data = Datos
settings-folder = Carpeta de datos
settings-logs = Registros
settings-logs-help = Las contraseñas y credenciales nunca aparecen en los registros.
# Accessible names of the buttons beside a folder; $folder is one of the two names above.
settings-open-folder = Abrir: { $folder }
settings-copy-folder = Copiar ruta: { $folder }

## About.
settings-about = Acerca de
settings-version = Versión { $version }
settings-licences-show = Mostrar licencias
settings-licences-hide = Ocultar licencias

## Announcements, quick replies, receiving answers, copies.
settings-notifications = Avisos
settings-notifications-show = Notificaciones del sistema
settings-notifications-help = Una vez por cambio: mensaje nuevo, teléfono sin conexión, batería baja, límite casi agotado.
settings-notification-text = Mostrar el texto de los mensajes
settings-notification-text-help = Si está desactivado, la notificación solo dice que llegó un mensaje.
settings-sound = Sonido al recibir mensajes
settings-sound-help = Un tono corto y suave.
settings-quiet = Horario de silencio
settings-quiet-help = En ese período nada aparece ni suena; los mensajes se reciben igual.
settings-quiet-hours = Silencio
settings-quiet-from = Inicio del silencio
settings-quiet-until = Fin del silencio
settings-quick-replies = Respuestas rápidas
settings-quick-replies-help = Textos listos para el botón del rayo en el redactor. {"{"}name{"}"} se convierte en el nombre de la persona.
settings-quick-reply-add = Nueva respuesta rápida…
settings-quick-reply-change = Cambiar: { $title }
settings-quick-reply-remove = Eliminar: { $title }
settings-quick-reply-title-new = Nueva respuesta rápida
settings-quick-reply-title-change = Cambiar respuesta rápida
settings-quick-reply-name = Título
settings-quick-reply-text = Texto
settings-quick-reply-text-help = {"{"}name{"}"} se convierte en el nombre de la persona; sin nombre, desaparece con su espacio.
settings-quick-reply-missing = Complete este campo.
settings-quick-reply-save = Guardar respuesta
settings-listening = Recibir respuestas
settings-listen = Escuchar los avisos del gateway
settings-listen-help = Por aquí llegan respuestas, archivos y confirmaciones de lectura.
settings-listen-address = Quién puede llamar
settings-listen-address-help = Use toda la red solo cuando el proxy inverso esté en otra máquina.
settings-listen-here = Solo este equipo
settings-listen-everywhere = Toda la red
settings-listen-port = Puerto
settings-listen-port-any = cualquiera libre
settings-listen-port-help = La misma a la que apunta el proxy inverso o túnel.
settings-listen-port-wrong = Use un número de { $min } a 65535, o déjelo vacío.
settings-public-url = Dirección pública
settings-public-url-help = La dirección https del proxy inverso o túnel que lleva a este equipo. Es la que llama el gateway.
settings-check-outside = Verificar desde fuera
settings-outside-fine = Llegó y volvió en { $milliseconds } ms
settings-outside-failed = No llegó hasta aquí
settings-outside-no-address = Indique primero la dirección pública.
settings-outside-not-listening = El programa no está escuchando ahora.
settings-outside-unreachable = La dirección pública no responde. Revise el proxy o túnel y el nombre de dominio. El sistema dijo: { $words }
settings-outside-somebody-else = Respondió otro servidor (código { $status }). Revise adónde apunta el proxy o túnel. Dijo: { $words }
settings-listener-off = Desactivado
settings-listener-starting = Iniciando…
settings-listener-on = Escuchando en { $address }
settings-listener-failed = No está escuchando
settings-backups = Copias de seguridad
settings-backup-daily = Copia diaria
settings-backup-daily-help = Mensajes y archivos; las credenciales nunca entran en la copia.
settings-backup-kept = Copias conservadas
settings-backup-folder = Carpeta de las copias
settings-backup-folder-help = De preferencia en otro disco.
settings-backup-now = Hacer copia ahora
settings-backup-open = Abrir la carpeta
settings-backup-none = Todavía no hay copias.
settings-backup-made = Copia hecha ({ $size })
settings-backup-failed = La copia no se hizo; nada cambió en los datos. El sistema dijo: { $words }
settings-restore = Restaurar…
settings-restore-of = Restaurar la copia: { $when }
settings-restore-title = Restaurar una copia
settings-restore-body = La copia ({ $when }) se convierte en una nueva carpeta de datos; la actual queda como está. Los mensajes que esperaban envío en ese momento no se envían de nuevo solos: quedan para que usted decida.
settings-restore-into = Nueva carpeta de datos
settings-restore-into-help = Aún no debe existir, o debe estar vacía.
settings-restore-go = Restaurar en esta carpeta
settings-restored = La copia está en { $folder }. Cierre este programa y ábralo con la nueva carpeta:
settings-restored-command = Comando
settings-export = Exportar conversaciones
settings-export-help = Para hojas de cálculo u otro programa. El archivo contiene textos y números: guárdelo bien.
settings-export-account = Exportar { $account }…
settings-export-all = Exportar todo…
settings-export-format = Formato
settings-export-format-help = CSV se abre en hojas de cálculo; JSON guarda todo, con el historial.
settings-export-csv = CSV
settings-export-json = JSON
settings-export-to = Archivo
settings-export-go = Exportar
settings-exported = { $count ->
    [one] { $count } línea en { $path }
   *[other] { $count } líneas en { $path }
}
settings-path-not-whole = Escriba la ruta completa de la carpeta o del archivo.
