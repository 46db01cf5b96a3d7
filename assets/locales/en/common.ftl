### Words that every screen uses.

## Durations and ages. Short: they stand in narrow places. The blank before a unit must not break.
duration-seconds = { $count } s
duration-minutes = { $count } min
duration-hours = { $count } h
duration-days = { $count } d
# $big and $small are two durations: "6 h" and "12 min".
duration-two = { $big } { $small }
# $duration is a duration: "12 s".
ago = { $duration } ago
ago-now = now

## Days, in small letters where the language allows: they stand at the end of a row.
day-today = today
day-yesterday = yesterday
day-tomorrow = tomorrow
day-and-time = { $day }, { $time }
weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday

## Buttons and small words used on several screens.
cancel = Cancel
close = Close
save = Save
copy = Copy
copied = Copied
remove = Remove
edit = Edit
try-again = Try again
open = Open
# Before the vendor's or the system's own words. $words are those words.
their-words = What was said: { $words }
nothing-found = Nothing found
no-account = No account yet
