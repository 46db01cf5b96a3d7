### Conversations: the list and the thread.

conversations-no-account = No account yet
conversations-no-account-body = Add your gateway's account to write and follow messages.
conversations-add-account = Add account
conversations-new = New message
conversations-new-short = New
conversations-search = Search conversations
conversations-search-hint = Name, number or text
conversations-all = All
conversations-problems = With a problem { $count }
conversations-draft = Draft:
conversations-attachment = Attachment
conversations-empty = No conversations yet
conversations-empty-body = Whoever gets a message of yours will be here.
conversations-nothing-found = Nothing found
conversations-nothing-found-body = Look for a part of the name, number or text, or take the filter off.
conversations-none-open = Choose a conversation
conversations-none-open-body = Or write to a new number.
conversations-unreadable = The messages could not be read.
conversations-thread-empty = No messages
conversations-thread-empty-body = Write the first one below.
conversations-back = Back to the conversations
person-edit = Name and note
person-name = Name
person-name-help = Shown only here. Leave it empty to show the number.
conversations-also-without-nine = { $number } · also without the 9
conversations-also-with-nine = { $number } · also with the 9
conversations-history-of = History: { $state }
conversations-send-again = Send again
conversations-arrived = It arrived
conversations-copy-text = Copy text
conversations-cancel-message = Cancel sending
conversations-retry = Try now
conversations-risk-title = This message may have arrived already
conversations-risk-body = The gateway did not say what became of it. If it arrived, the person gets a second copy. Look at the phone first.
# The same for gateways that send from a business number: there is no phone to look at.
conversations-risk-body-ask = The gateway did not say what became of it. If it arrived, the person gets a second copy. Ask the person first.
conversations-risk-send = Send anyway
media-image = Picture
media-document = Document
media-audio = Audio
media-video = Video

# What an incoming message is, in the list, in toasts and in notifications.
incoming-text = Text
incoming-image = Photo
incoming-voice = Voice message
incoming-audio = Audio
incoming-video = Video
incoming-document = Document
incoming-place = Location
incoming-contact-card = Contact
incoming-revoked = Deleted message
incoming-unknown = Message of an unknown kind
# A toast: somebody wrote while another screen was shown.
toast-incoming = Message from {$name}: {$text}
# Title of a desktop notification about several people.
notification-many = {$messages} messages from {$people} people
# Body of a desktop notification when the text is not to be shown.
notification-hidden = New message for {$account}
# Body of a desktop notification about several messages of one person; the newest text first.
notification-more = {$text} (and {$more} more)
# A filter: how many messages nobody has looked at.
conversations-unread = Unread { $count }
# A filter that is on or off.
conversations-all-accounts = From all accounts
# The last line in a list over all accounts.
conversations-of-account = { $account } · { $line }
# Said of a row of the list, after its last line.
conversations-unread-count = { $count } unread
conversations-mark-unread = Mark as unread
conversations-export = Export conversation…
# $name is a name or a number.
conversations-export-title = Export the conversation with { $name }
conversations-menu = More about this conversation
person-title = About this person
# $name is how the person calls itself.
person-name-help-told = Shown only here. Leave it empty to show { $name }, as the person calls itself.
person-note = Note
person-note-help = Stays on this computer; the person does not see it.
person-do-not-write = Asked not to be written to
person-do-not-write-help = Left out of everything that is sent until you allow it again.
person-blocked = This person asked not to be written to.
person-blocked-body = Nothing new can be written to them; what is in the queue already still leaves.
person-allow = Allow writing again
# On the head of a conversation, beside the name.
person-mark = Do not write
