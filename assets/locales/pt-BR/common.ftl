### Words that every screen uses.

## Durations and ages. Short: they stand in narrow places. The blank before a unit must not break.
duration-seconds = { $count } s
duration-minutes = { $count } min
duration-hours = { $count } h
duration-days = { $count } d
# $big and $small are two durations: "6 h" and "12 min".
duration-two = { $big } { $small }
# $duration is a duration: "12 s".
ago = há { $duration }
ago-now = agora

## Days, in small letters where the language allows: they stand at the end of a row.
day-today = hoje
day-yesterday = ontem
day-tomorrow = amanhã
day-and-time = { $day }, { $time }
weekday-monday = segunda-feira
weekday-tuesday = terça-feira
weekday-wednesday = quarta-feira
weekday-thursday = quinta-feira
weekday-friday = sexta-feira
weekday-saturday = sábado
weekday-sunday = domingo

## Buttons and small words used on several screens.
cancel = Cancelar
close = Fechar
save = Salvar
copy = Copiar
copied = Copiado
remove = Remover
edit = Editar
try-again = Tentar de novo
open = Abrir
# Before the vendor's or the system's own words. $words are those words.
their-words = Foi dito: { $words }
nothing-found = Nada encontrado
no-account = Nenhuma conta ainda
