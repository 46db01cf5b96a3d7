### The frame around the screens: rail, strip, palette, banners, toasts, dialogs.

## The words under the icons of the rail: one short word each, at most about nine letters.
rail-conversations = Chats
rail-new-message = Enviar
rail-pairing = Vincular
rail-dashboard = Panel
rail-queue = Cola
rail-accounts = Cuentas
rail-settings = Ajustes
# $count messages were rejected or have an unknown outcome.
rail-problems = { $count ->
    [one] { $count } con problema
   *[other] { $count } con problemas
}
rail-pairing-active = vinculación en curso
rail-pairing-failed = la última vinculación falló
# $what is one of the two above, and $account the account, where another one is chosen.
rail-pairing-of = { $what } ({ $account })
rail-accounts-trouble = hay credenciales con problemas

## The names of the screens.
screen-conversations = Conversaciones
screen-new-message = Mensaje nuevo
screen-pairing = Vincular teléfono
screen-dashboard = Panel
screen-queue = Cola
screen-accounts = Cuentas
screen-settings = Ajustes

## The strip at the top: how the chosen account stands.
# Name of the button that chooses the account; $name is the account.
strip-account = Cuenta: { $name }
strip-accounts = Elegir la cuenta
strip-manage-accounts = Administrar cuentas
strip-today = Hoy
# Of the daily limit: $used of $daily messages.
strip-limit = { $used } de { $daily }
strip-limit-hint = Quedan { $left } mensajes del límite de hoy
# Messages waiting in this program ($here) and at the gateway ($there).
strip-waiting = { $here } aquí · { $there } allá
strip-waiting-here = { $here } aquí
strip-waiting-hint = Mensajes en espera: aquí en este programa y allá en el gateway
strip-battery-hint = Batería del teléfono: { $percent }
strip-refresh = Actualizar ahora
strip-reading = leyendo…
strip-age-hint = Cuándo se leyó el estado completo por última vez
strip-search = Buscar o actuar

## The palette (Ctrl+K).
palette-name = Buscar o actuar
palette-hint = Acción, pantalla, cuenta o conversación
palette-account = Cuenta
action-new-message = Escribir un mensaje nuevo
action-refresh = Actualizar el estado de la cuenta
action-pause = Pausar el envío
action-resume = Reanudar el envío
action-theme-light = Usar el tema claro
action-theme-dark = Usar el tema oscuro
action-theme-system = Usar el tema del sistema
# $language is the name of a language in itself.
action-language = Cambiar el idioma a { $language }
action-larger = Agrandar todo
action-smaller = Achicar todo
action-open-folder = Abrir la carpeta de datos
action-shortcuts = Mostrar los atajos del teclado

## The list of keys (F1).
shortcuts-title = Atajos del teclado
shortcut-palette = Buscar o actuar
shortcut-new-message = Mensaje nuevo
shortcut-screens = Ir a una pantalla
shortcut-search = Buscar en la pantalla
shortcut-refresh = Actualizar el estado
shortcut-back = Cerrar o volver
shortcut-larger = Agrandar todo
shortcut-smaller = Achicar todo
shortcut-usual-size = Tamaño normal
shortcut-help = Mostrar esta lista

## Banners: what goes on and wants something. A title, a body, buttons.
banner-engine-gone = El programa dejó de trabajar.
banner-engine-gone-body = Ya no se envía ni se lee nada. Cierre la ventana y ábrala de nuevo; lo que estaba en la cola está guardado.
banner-busy = El programa está ocupado.
banner-busy-body = { $count ->
    [one] { $count } pedido espera su turno; nada se pierde.
   *[other] { $count } pedidos esperan su turno; nada se pierde.
}
banner-keyring-locked = El llavero está bloqueado.
banner-keyring-locked-body = Las credenciales están en él, por eso no se envía nada. Desbloquéelo en la ventana del sistema; el envío sigue solo.
banner-keyring-absent = No hay llavero en este equipo.
banner-keyring-absent-body = Elija dónde guardar las credenciales: en una bóveda con contraseña, o solo hasta cerrar el programa.
banner-vault-closed = La bóveda está cerrada.
banner-vault-closed-body = Las credenciales están en ella. Escriba la contraseña de la bóveda para enviar.
banner-make-vault = Crear bóveda…
banner-open-vault = Abrir bóveda…
banner-use-session = Usar solo esta vez
banner-paused = El envío está en pausa.
banner-paused-body = { $count ->
    [0] Los mensajes nuevos esperan en la cola.
    [one] { $count } mensaje espera en la cola.
   *[other] { $count } mensajes esperan en la cola.
}
banner-resume = Reanudar envío
banner-to-accounts = Ver cuentas
banner-read-now = Intentar ahora

## Toasts: what has just happened.
toast-close = Cerrar aviso
toast-paired = Vinculado: { $phone }
toast-too-late = Demasiado tarde: el mensaje ya cambió de estado.
toast-failed = No funcionó, y nada cambió. { $words }
toast-account-removed = Cuenta quitada: { $account }

## Opening an address.
address-title = ¿Abrir esta dirección?
address-body = Se abre en el navegador, fuera de este programa. Revise si confía en ella.
address-open = Abrir en el navegador
address-copy = Copiar dirección
address-not-web = Esto no es una dirección web, por eso no se abrió.
open-failed = El sistema no pudo abrirlo. { $words }

## Saving a file.
save-title = Guardar { $name }
save-path = Ruta del archivo
save-help = Elija en la ventana del sistema o escriba la ruta aquí.
save-done = Guardado en { $path }
save-exists = Ya existe un archivo con este nombre. Elija otro.
save-failed = El archivo no se guardó. { $words }

## The passphrase vault for credentials.
vault-make-title = Crear una bóveda con contraseña
vault-make-body = Las credenciales quedan en un archivo cifrado. Sin la contraseña nadie las lee, ni usted: no se puede recuperar.
vault-make = Crear bóveda
vault-open-title = Abrir la bóveda
vault-open-body = Escriba la contraseña con la que se creó la bóveda.
vault-open = Abrir bóveda
vault-passphrase = Contraseña de la bóveda
vault-again = Repita la contraseña
vault-different = Las dos contraseñas son distintas.

## Buttons of the start-up failure screen.
failure-restore = Restaurar la copia de seguridad
failure-restoring = Restaurando la copia de seguridad…
failure-open-folder = Abrir carpeta de datos
failure-quit = Cerrar

## Listening, and the mark on the rail.
banner-not-listening = Nadie está escuchando al gateway
banner-not-listening-body = Respuestas y confirmaciones no entran ahora; el programa lo intenta de nuevo solo. El sistema dijo: { $words }
banner-to-settings = Abrir la configuración
banner-gap = Sin escuchar desde { $from } hasta { $until }
banner-gap-body = Lo que el gateway intentó entregar en ese período puede no haber llegado. Revise en el teléfono si falta alguna respuesta.
banner-gap-seen = Entendido
rail-unread = { $count ->
    [one] { $count } sin leer
   *[other] { $count } sin leer
}
# A toast: "send again" was pressed for a person marked as not to be written to.
toast-do-not-write = No se envió de nuevo: esta persona pidió no recibir mensajes. Permita escribirle de nuevo en la conversación, si corresponde.
