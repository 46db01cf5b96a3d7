### Accounts: which there are, their credentials, where the secrets are kept.

## The list.
accounts-title = Accounts
accounts-add = Add
accounts-list-empty = No account yet
# State of an account whose sending the operator has paused.
accounts-paused = Paused
# State of an account in the list whose gateway answers and tells nothing of a phone; short, beside its name.
accounts-answers = Answers
accounts-new = New account
# Button that goes back to the list where the window is narrow.
accounts-back = Accounts
accounts-empty = Add the first account
accounts-empty-body = You need the credentials of your WhatsApp gateway. The program tests them without sending anything and keeps them in a safe place; where the gateway works with a phone of yours, you pair it next.
accounts-empty-action = Add account

## The form.
accounts-new-subtitle = Choose the gateway and type the credentials
# Under the account's name. $age says how long ago its state was last read: "12 s ago".
accounts-read-at = { $vendor } · read { $age }
accounts-unsaved = Unsaved changes
accounts-credentials = Credentials
accounts-gateway = Gateway
accounts-auth-form = How the credentials are sent
# One line under each gateway to choose from: who sends, and what else it has.
accounts-gateway-phone = Sends through your own phone, paired by a QR code.
accounts-gateway-number = Sends from a business number; there is no phone to pair.
accounts-gateway-templates = Knows templates.
accounts-gateway-deaf = Tells nothing of what people write.
accounts-name = Account name
# Example shown while the field is empty.
accounts-name-hint = Main Street shop
# $field is the name of the field: "Token".
accounts-reveal = Show { $field } while pressed
accounts-secret-kept = Kept in: { $store }. Type to replace it.
accounts-secret-out-of-reach = The place where it is kept cannot be read now. Type to replace it.
accounts-secret-missing = Cannot be read on this computer. Type it again.
accounts-secret-unread = Could not be read: { $words }
accounts-advanced = Advanced: gateway address, country
accounts-base-url = Gateway address
accounts-base-url-help = Leave empty to use that of { $vendor }. https only; http just for this computer.
accounts-country = Country of numbers without +
accounts-country-help = A number typed without a country code is taken as one of this country.
accounts-country-other = Another country…
accounts-country-code = Country code
accounts-country-code-help = Two letters, such as US for the United States.
accounts-tls = The gateway's identity (TLS) is always verified. This cannot be switched off.
accounts-remove = Remove…
accounts-test = Test connection
accounts-pair = Pair a phone

## Credentials, by the key of the field; -help says where to find it. $vendor is the gateway.
credential-email = E-mail
credential-email-help = The application's e-mail in { $vendor }'s panel, page Credenciais.
credential-token = Token
credential-token-help = { $vendor }'s panel, page Credenciais.
credential-idapp = Application ID
credential-idapp-help = { $vendor }'s panel, page Credenciais.
credential-key = Access key
credential-key-help = The key that { $vendor } gave you for its interface (API).
credential-sender = Sender
credential-sender-help = The sender's name or number, exactly as { $vendor } registered it.

## Beside the form.
accounts-connection = Connection
accounts-sending = Sending
accounts-sending-on = The messages of this account leave as soon as they can.
# $count messages wait here.
accounts-sending-paused =
    { $count ->
        [0] Paused by you. What is written waits here until you resume.
        [one] Paused by you. One message waits here until you resume.
       *[other] Paused by you. { $count } messages wait here until you resume.
    }
accounts-pause = Pause sending
accounts-resume = Resume sending
accounts-advice = Good to know
accounts-advice-find = The credentials come from the gateway: its panel or its support. Copy and paste: surplus blanks are taken away.
accounts-advice-test = Testing sends no message and disconnects no phone.
accounts-advice-secret = Tokens, keys and passwords go to the safe place named below the list, never to a plain file.
accounts-advice-pair = After saving, you pair the phone that will send.
# $hours: a number of hours, usually 24.
accounts-advice-window = Free text goes only to people who wrote in the last { $hours } hours; to all others, a template.

## What came of a test or of saving: what it is, what it means, what to do.
accounts-saved = Account { $account } saved
accounts-saved-title = Account saved
accounts-saved-pair = Next, pair the phone that will send.
accounts-saved-ready = It can send now.
accounts-phone-and-number = { $name } ({ $number })
# Stands for a phone without name and number, at the beginning of a sentence.
accounts-phone-unnamed = Phone
accounts-test-good = The credentials work
accounts-test-good-body = The gateway accepted them. Nothing was sent.
accounts-test-ready = Ready: { $phone } is paired and online
accounts-test-ready-body = The credentials work. Nothing was sent or disconnected.
accounts-test-offline = The credentials work, but { $phone } is offline
accounts-test-offline-body = Switch the phone on and check its internet. You can save already.
accounts-test-must-pair = The credentials work; a phone is still to be paired
accounts-test-must-pair-body = Save the account and pair the phone that will send.
accounts-call-unreachable = The gateway was not reached
accounts-call-unreachable-body = Nothing is known of the credentials yet. Check the internet and, under Advanced, the address; then test again.
accounts-call-credentials-refused = The gateway refused the credentials
accounts-call-credentials-refused-body = Check each field in the gateway's panel. An old token stops working when another is made.
# The same where the gateway takes credentials in several ways. $way: the label of the field in which one is chosen.
accounts-call-credentials-refused-way = Check each field against what the gateway gave you. If they are right, choose another way under “{ $way }” and test again.
accounts-call-credentials-missing = The stored credential could not be read
accounts-call-credentials-missing-body = The gateway was not called at all. Unlock the keyring or type the secret again.
accounts-call-rate-limited = The gateway asked to wait
accounts-call-rate-limited-body = There were too many questions in a short time. Wait a minute and test again.
accounts-call-refused = The gateway said no
accounts-call-refused-body = Its words say why. Correct what they ask for, or ask the gateway's support.
accounts-call-unreadable = The gateway's answer cannot be understood
accounts-call-unreadable-body = The address under Advanced may not be the gateway's, or the gateway is faulty. Check and test again.
accounts-call-unsupported = This gateway offers no test
accounts-call-unsupported-body = Save the account; the first message shows whether the credentials are right.
accounts-call-not-recorded = The database could not save
accounts-call-not-recorded-body = Nothing was asked of the gateway. See whether the disk is full and test again.
accounts-check-fields = Check the fields
accounts-secrets-unread = The stored credential could not be read
accounts-secrets-unread-body = Unlock the keyring or type the secret again.
accounts-secrets-unkept = Not saved: the credential could not be kept
accounts-secrets-unkept-body = What you typed is still here. Unlock the keyring or choose another place, and save again.
accounts-not-saved = The account could not be saved
accounts-not-saved-body = What you typed is still here. See whether the disk has room, and save again.

## Where the secrets are kept. In sentences after "kept in".
accounts-store-keyring = the system's keyring
accounts-store-vault = the vault
accounts-store-session = memory, only until the program is closed
accounts-note-checking = Looking for the system's keyring…
accounts-note-keyring = Credentials are kept in the system's keyring. No file contains them.
accounts-note-keyring-named = Credentials are kept in the system's keyring ({ $store }). No file contains them.
accounts-note-vault = Credentials are encrypted under your passphrase in the vault ({ $store }).
accounts-note-session = Credentials are in memory only: they are gone when the program is closed.
accounts-note-locked = The system's keyring is locked or does not answer.
accounts-note-absent = This computer has no keyring for the credentials. Choose another place in the notice above.
accounts-note-vault-closed = The vault of the credentials is closed. Open it in the notice above.

## Dialogs.
accounts-leave-title = Discard the changes?
accounts-leave-body = What you changed in this account has not been saved.
accounts-leave-keep = Keep editing
accounts-leave-discard = Discard changes
accounts-remove-title = Remove the account { $account }?
accounts-remove-body = The credentials are deleted from where they are kept as well ({ $store }). At { $vendor } nothing changes: the phone stays paired there.
accounts-remove-body-no-phone = The credentials are deleted from where they are kept as well ({ $store }). At { $vendor } nothing changes.
# $count messages have not been sent yet.
accounts-remove-waiting =
    { $count ->
        [one] One message that waits here will not be sent.
       *[other] { $count } messages that wait here will not be sent.
    }
accounts-remove-history = Delete conversations and messages as well
accounts-remove-history-off = Conversations stay and can be read and searched.
accounts-remove-history-on = This cannot be undone.
accounts-remove-keep = Keep account
accounts-remove-confirm = Remove { $account }

## Countries offered for numbers without a country code.
country-ar = Argentina
country-bo = Bolivia
country-br = Brazil
country-cl = Chile
country-co = Colombia
country-cr = Costa Rica
country-cu = Cuba
country-do = Dominican Republic
country-ec = Ecuador
country-sv = El Salvador
country-gt = Guatemala
country-hn = Honduras
country-mx = Mexico
country-ni = Nicaragua
country-pa = Panama
country-py = Paraguay
country-pe = Peru
country-pr = Puerto Rico
country-uy = Uruguay
country-ve = Venezuela

## The address at which the gateway calls.
accounts-webhook = Answers
accounts-webhook-works = Receiving
accounts-webhook-waits = Waiting for the first
accounts-webhook-off = Off
accounts-webhook-failed = Not listening
accounts-webhook-body = Paste this address into the panel of { $vendor }, where it asks for the address that receives messages. Whoever knows it can write into your inbox: keep it to yourself.
# For gateways that take an address with every message.
accounts-webhook-by-message = Each message tells { $vendor } by itself where to report: nothing needs to be entered for that.
accounts-webhook-incoming = What people write comes only once { $vendor }'s support has entered this address: send it to them. Whoever knows it can write into your inbox: keep it to yourself.
accounts-webhook-no-incoming = { $vendor } does not describe how it hands on what people write: answers are read on its side.
accounts-webhook-address = Webhook address
accounts-webhook-copy = Copy the webhook address
accounts-webhook-none = The address appears when the program is listening.
accounts-webhook-private = Without a public address only programs on this computer can reach it.
accounts-webhook-private-asked = Without a public address { $vendor } cannot report. What became of a message is then only asked from here, now and then.
accounts-webhook-private-blind = Without a public address { $vendor } cannot report: what became of a message stays unknown here.
accounts-webhook-settings = Set the public address
accounts-webhook-called = Last called: { $when }
accounts-webhook-never = The gateway has not called yet.
accounts-webhook-older = The old address still works until { $until }.
accounts-webhook-renew = Change the address…
accounts-webhook-renew-title = Change the webhook address?
accounts-webhook-renew-body = A new address is made now. The old one works for 7 more days: time to paste the new one into the panel of { $vendor }.
accounts-webhook-renew-body-alone = New messages tell { $vendor } the new address. Reports on older ones still arrive under the old one for 7 days.
accounts-webhook-renew-go = Make a new address
# What came and could not be read: a word in the card, a button, and the dialog it opens.
accounts-unreadable = { $count ->
    [one] 1 call could not be read
   *[other] { $count } calls could not be read
}
accounts-unreadable-show = See what came
accounts-unreadable-title = What could not be read
accounts-unreadable-body = The gateway sent this and the program did not understand it. Nothing was dropped: export it and show it to whoever looks after the gateway.
accounts-unreadable-export = Export all of it…
