### The composer, the emoji picker and the screen for a new message.

composer-text = Message
composer-hint = Write a message
composer-send = Send
composer-emoji = Emoji
composer-attach = Attach by address
composer-attachment-url = Address of the attachment
composer-attachment-help = A public https address that the gateway fetches. Types: { $types }.
composer-attachment-fits = checked: a type { $vendor } takes
composer-attachment-remove = Remove attachment
composer-attachment-close = Drop the attachment
composer-empty = Write a text or attach a file.
composer-too-long = The text is too long: the gateway takes { $limit } characters.
composer-over = { $count ->
    [one] 1 character too many
   *[other] { $count } characters too many
 }
composer-control-removed = { $count ->
    [one] 1 control character is
   *[other] { $count } control characters are
 } removed on sending.
composer-direction-removed = { $count ->
    [one] 1 mark that reverses the text is
   *[other] { $count } marks that reverse the text are
 } removed on sending.
composer-will-wait = The message will be kept and will wait. { $why }
composer-not-stored = The message was neither kept nor sent.
composer-not-stored-body = The text is still here; try again. What was said: { $words }
composer-completion-keys = ↑ ↓ choose, Enter takes, Esc closes
emoji-search = Search emoji
emoji-search-hint = Name
emoji-none = No emoji of that name.
emoji-group-smileys = Smileys
emoji-group-people = People
emoji-group-animals = Animals and nature
emoji-group-food = Food
emoji-group-travel = Travel and places
emoji-group-activities = Activities
emoji-group-objects = Objects
emoji-group-symbols = Symbols
emoji-group-flags = Flags
new-message-no-account = Add your gateway's account to be able to send.
new-message-subtitle = Goes out by the account { $account }
new-message-to = To
new-message-to-hint = A name from before, or a number
new-message-to-help = Enter or a comma ends each number; paste as many as you like. Without a country code it is { $country }.
new-message-nobody = Say who it is for.
new-message-too-many = Too many people: at most { $max } at a time.
new-message-wrong = Correct or remove “{ $text }”: it is no number.
new-message-remove = Remove { $name }
new-message-remove-all = Remove all { $count }
new-message-merged = { $count ->
    [one] 1 was left out as repeated
   *[other] { $count } were left out as repeated
 }; with and without the 9 is the same person.
new-message-and-more = and { $count } more
new-message-send-many = Send { $count } messages
new-message-summary = { $count } people get one message each
new-message-stored = { $count ->
    [one] 1 message stored; it goes out by itself.
   *[other] { $count } messages stored; they go out one by one.
 }
new-message-advice = { $count } of these people never exchanged messages with this account.
new-message-advice-body = { $vendor } advises a delay between messages, and forbids spam and marketing: WhatsApp may block the number.
new-message-set-delay = Wait { $secs } s
new-message-delay-set = Delay of { $secs } s set
quick-replies = Quick replies
quick-replies-search = Search quick replies
quick-replies-search-hint = Title or text
quick-replies-nothing-found = No quick reply has that.
quick-replies-none = No quick replies yet
quick-replies-none-body = Keep the texts you send most in the settings; they show here.
quick-replies-settings = Open settings
# $mark is {name} as it stands in the text; $person a name or a number, $text what that person reads.
composer-name-mark = { $mark } becomes each person's name. { $person } reads: “{ $text }”
composer-name-mark-nobody = { $mark } becomes each person's name.
# With the name put in, the text is longer than the gateway takes.
composer-name-too-long = With the name of { $person } the text is too long: the gateway takes { $limit } characters.
# With no name to put in, nothing is left of the text.
composer-name-empty = Without a name for { $person } there is no text left to send.
# Sending later. $when is a moment, like "tomorrow, 08:00"; $time a time of day.
schedule-open = Send later
schedule-title = Send later
schedule-in-an-hour = In an hour, { $time }
schedule-date = Date
schedule-date-help = Like 2026-12-24
schedule-time = Time
schedule-time-help = Like 8:30 or 8:30 pm
# $duration is how long until then.
schedule-comes-to = Leaves { $when }, in { $duration }
schedule-unread = Type a date and a time.
schedule-choose = Use this time
schedule-chip = Leaves { $when }
schedule-chip-passed = That time has passed: { $when }
schedule-passed = The chosen time has passed: choose another or remove it.
schedule-remove = Do not wait
schedule-send = Schedule for { $when }
schedule-send-short = Schedule
schedule-problem-date = This is not a date.
schedule-problem-time = This is not a time.
schedule-problem-past = That time has passed.
schedule-problem-too-far = A year ahead at most.
# In the summary before sending to several people. $when is a moment.
new-message-later = The messages wait here and leave { $when }.
# $person is the first recipient, $text what that person gets.
new-message-first-reads = { $person } reads: “{ $text }”
new-message-asked-not = Asked not to be written to; left out.
# One word or two on the chip of such a person.
new-message-not-to-write = do not write
new-message-left-out = { $count ->
    [one] 1 person asked not to be written to and is left out.
   *[other] { $count } people asked not to be written to and are left out.
 }
new-message-nobody-left = Everyone on the list asked not to be written to.
