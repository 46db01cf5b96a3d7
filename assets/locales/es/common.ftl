### Words that every screen uses.

## Durations and ages. Short: they stand in narrow places. The blank before a unit must not break.
duration-seconds = { $count } s
duration-minutes = { $count } min
duration-hours = { $count } h
duration-days = { $count } d
# $big and $small are two durations: "6 h" and "12 min".
duration-two = { $big } { $small }
# $duration is a duration: "12 s".
ago = hace { $duration }
ago-now = ahora

## Days, in small letters where the language allows: they stand at the end of a row.
day-today = hoy
day-yesterday = ayer
day-tomorrow = mañana
day-and-time = { $day }, { $time }
weekday-monday = lunes
weekday-tuesday = martes
weekday-wednesday = miércoles
weekday-thursday = jueves
weekday-friday = viernes
weekday-saturday = sábado
weekday-sunday = domingo

## Buttons and small words used on several screens.
cancel = Cancelar
close = Cerrar
save = Guardar
copy = Copiar
copied = Copiado
remove = Quitar
edit = Editar
try-again = Intentar de nuevo
open = Abrir
# Before the vendor's or the system's own words. $words are those words.
their-words = Se dijo: { $words }
nothing-found = No se encontró nada
no-account = Todavía no hay cuentas
