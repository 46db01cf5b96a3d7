### The composer, the emoji picker and the screen for a new message.

composer-text = Message
composer-hint = Write a message
composer-send = Send
composer-emoji = Emoji
composer-attach = Attach
composer-attach-pick = From this computer…
composer-attach-path = Type a path…
composer-attach-clipboard = From the clipboard
composer-attach-address = An https address…
composer-attachment-url = Address of the attachment
composer-attachment-help = A public https address that the gateway fetches. Types: { $types }.
composer-attachment-fits = checked: a type { $vendor } takes
composer-attachment-remove = Remove attachment
composer-attachment-close = Drop the attachment
# What stands under an address the operator typed. $mime is a type like image/jpeg, $size like "1.2 MB".
composer-address-looking = Looking at the address…
composer-address-answers = It answers: { $mime }
composer-address-answers-size = It answers: { $mime }, { $size }
# $expected is the type in the address, like JPG.
composer-address-other-type = That is not the { $expected } the address promises; the gateway may refuse it.
composer-address-too-large = That is more than the gateway takes: { $max } at most.
# $problem is a whole sentence.
composer-address-problem = It can be sent, but seen from here something is wrong: { $problem }
# The system's own dialog for choosing files is open.
composer-picking = Choose the files in the window that has opened.
composer-picking-stop = Do not wait for it
composer-clipboard-nothing = There is no picture and no file in the clipboard.
composer-pasted-path = { $count ->
    [one] That is the path of a file.
   *[other] Those are paths of { $count } files.
 }
composer-pasted-path-attach = { $count ->
    [one] Attach the file
   *[other] Attach the files
 }
composer-path-title = Attach a file by its path
composer-path = Path
composer-path-help = The whole path, like /home/ana/Documents/quote.pdf
composer-path-attach = Attach
composer-path-not-whole = Type the whole path, from the root on.
composer-path-no-dialog = This system has no window for choosing files, so type where the file is.
# What a picture from the clipboard is called, also to whoever gets it. $when: the day and the time, as in
# "2026-11-21 15.04". No sign that file names cannot have (: / \ ? *).
composer-file-pasted = Picture { $when }
composer-file-nameless = File without a name
composer-file-taking-in = Checking…
composer-file-making-smaller = Making it smaller…
composer-file-remove = Remove { $name }
# Moves a file towards the first, or towards the last.
composer-file-earlier = Move { $name } up
composer-file-later = Move { $name } down
# For who does not see: $action is a button like "Make smaller".
composer-file-action = { $action }: { $name }
composer-file-make-smaller = Make smaller
composer-file-convert = Convert
composer-file-undo = Use the original
composer-file-no-smaller = It does not get any smaller.
# $kind is a type like JPG, $size like "1.2 MB".
composer-file-line = { $kind } · { $size }
composer-file-picture-line = { $kind } · { $size } · { $width } × { $height }
composer-file-sizes = { $before } → { $after }
composer-file-warn-size = The documents of { $vendor } disagree about files above { $from }: it may be refused.
composer-file-has-problem = One file cannot go like this: see what is said beside it, or remove it.
composer-files-coming = The files are still being checked.
composer-files-each = { $count } files: one message each, in this order. The text goes with the first.
composer-files-left-out = { $count ->
    [one] At most { $max } go along at a time: 1 was left out.
   *[other] At most { $max } go along at a time: { $count } were left out.
 }
composer-file-same = “{ $name }” is attached already.
composer-too-many-files = At most { $max } attachments go along at a time.
composer-hosting-no-place = This account takes addresses only: the message will wait until there is a place for files of this computer.
composer-hosting-not-listening = The program is not listening, so the gateway cannot fetch the file: the message will wait.
composer-hosting-no-public-address = There is no public address from which the gateway could fetch the file: the message will wait.
composer-hosting-open-accounts = Choose a place in Accounts
composer-hosting-open-settings = Open settings
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
# In the summary before sending files to several people. $count people, $each messages for each of them.
new-message-summary-files = { $count ->
    [one] 1 person gets { $each } messages
   *[other] { $count } people get { $each } messages each
 }
new-message-files = { $count ->
    [one] 1 attachment goes along.
   *[other] { $count } attachments go along, one message for each; the text goes with the first.
 }
# Written across the window while files are dragged over it. $name is a person.
drop-attach = Drop to attach
drop-attach-to = Drop to attach to the message to { $name }
drop-nowhere = Nothing here takes files: open a conversation or a new message first.
# Why a file cannot be attached, and the way out. $found and $named are types like GIF, $allowed a list of them; $size and
# $max are sizes. “Convert” and “Make smaller” are the buttons below the sentence.
file-unreadable = The file cannot be read: see whether it is still there and whether you may open it.
file-not-a-file = This is a folder or a device, not a file. Choose the files in it.
file-empty = The file is empty: there is nothing to send.
file-may-run = This is a program or a script. Those are never sent; send what it makes instead, such as a PDF.
file-unsupported = The gateway does not take { $found }. It takes { $allowed }: save it as one of these.
file-unsupported-unknown = What this is cannot be told, and the gateway does not take it. It takes { $allowed }.
file-unsupported-convertible = The gateway does not take { $found }, but the picture can be converted. It takes { $allowed }.
file-not-what-it-says = It is called { $named } and is { $found } inside. Open it, save it as what it is meant to be, and attach that.
file-not-what-it-says-unknown = It is called { $named } and is something else inside. Open it, save it anew, and attach that.
file-too-large = { $size } is more than the gateway takes ({ $max }). Send it in parts, or by an https address in the text.
file-too-large-picture = { $size } is more than the gateway takes ({ $max }). The picture can be made smaller.
file-bad-picture = The picture is broken or far too large to be opened. Save it anew in another program.
file-no-room = There is no room on this disk for a copy. Make room, and attach it again.
file-failed = The file could not be kept. Try again.
# Why an address cannot be fetched from here. $status is an HTTP status, $max a size.
fetch-not-https = The address is not https.
fetch-not-public = The address leads to this machine or into a private network.
fetch-unreachable = Nobody answers there.
fetch-timed-out = There was no whole answer in time.
fetch-status = It answers with an error ({ $status }).
fetch-status-refused = It asks for a password or refuses ({ $status }).
fetch-status-nothing = There is nothing there ({ $status }).
fetch-redirected = It leads on to another address, which gateways do not follow.
fetch-too-large = It is larger than { $max }.
fetch-different = Something else comes than what was put there.
# Templates: messages whose wording is registered at the vendor, with places for parameters. The first is a button.
composer-template-open = Template…
composer-template-choose = Choose a template
composer-template-search = Search templates
composer-template-search-hint = Name, language or text
composer-template-nothing-found = No template has that.
composer-template-unreadable = The templates could not be read.
composer-template-none = No templates yet
composer-template-none-body = Copy the templates registered at the gateway into this account's library; then they can be sent from here.
composer-template-library = Open the library in Accounts
# The cross on the chosen template.
composer-template-back = Back to free text
# Above the message as the person will see it.
composer-template-picture = Picture above the text
composer-template-picture-attach = Choose a picture…
composer-template-picture-missing = This template needs a picture above the text: choose one.
composer-template-picture-one = Only one picture stands above the text: remove what else is attached.
# Files and addresses attached to the free text do not go along with a template.
composer-template-attachments-stay = { $count ->
    [one] The attachment stays with the free text and does not go along.
   *[other] The { $count } attachments stay with the free text and do not go along.
 }
# $name is that of a parameter.
composer-template-value-missing = Fill in “{ $name }”.
composer-template-value-bad = “{ $name }” may have no line breaks, no tabs and no more than four blanks in a row.
composer-template-value-too-long = “{ $name }” is too long: at most { $max } characters.
composer-template-broken = Something is wrong with this template: correct it in the account's library.
composer-template-gone = The template that was being filled in is not in this account's library any more.
composer-template-same-for-all = The { $count } people get the same values.
# Free text is taken only for some hours after the person last wrote. $when is a time or "tomorrow, 08:00"; $hours is 24.
window-until = Free text until { $when }
window-ends-before = The time for free text ends { $when }, before the message leaves: unless the person writes again, it will not be sent.
window-ends-before-some = For some of these people the time for free text ends before the message leaves, the first { $when }: whoever has not written again by then does not get it.
window-since = More than { $hours } hours have passed since this person last wrote; the time for free text ended { $when }. Only a template can be sent.
window-never-wrote = This person has never written to this account. Only a template can be sent.
window-perhaps-since = More than { $hours } hours have passed since the last message of this person that came here; the time for free text ended { $when }. Recado was not listening all of that time: if nothing was written meanwhile, only a template arrives.
window-not-known = When this person last wrote is not known here. If that was more than { $hours } hours ago, only a template arrives.
window-use-template = Use a template
# Behind the name of a recipient: until when free text may be sent, or that only a template may.
window-chip-until = until { $when }
window-chip-closed = template only
# Why only a template may, behind a name and a colon. $when is a time or "yesterday, 08:00".
window-why-since = the time for free text ended { $when }
window-why-never = has never written to this account
# Why a message to several people cannot be sent: $name, and $count others, get only a template.
window-only-template-one = Only a template reaches { $name }.
window-only-template = { $count ->
    [one] Only a template reaches { $name } and one more person.
   *[other] Only a template reaches { $name } and { $count } more people.
}
# Among $all recipients, $count get only a template.
window-summary = { $count ->
    [one] Free text reaches all but one of the { $all } people, who gets only a template.
   *[other] { $count } of the { $all } people get only a template.
}
# To several people: $when the first of their times ends.
window-until-all = Free text for everyone until { $when }
window-template-for-all = Use a template for all { $count } people
window-remove-closed = { $count ->
    [one] Remove the one who gets only a template
   *[other] Remove the { $count } who get only a template
}
# $people: numbers, separated by commas.
window-refused = Only a template reaches: { $people }.
window-new-message = Free text reaches only people who wrote within the last { $hours } hours; anyone else needs a template.
