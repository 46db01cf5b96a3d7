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
