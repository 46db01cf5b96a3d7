### States, reasons and problems: what happened, what it means, what to do.

## States of a message, as one word with a tick beside it.
state-preparing = Preparing the attachment
state-queued = Queued
state-in_flight = Sending
state-accepted = Accepted by the gateway
state-sent = Sent
state-delivered = Delivered
state-read = Read
state-rejected = Rejected
state-unknown = Outcome unknown
state-cancelled = Cancelled

## Why a message is where it is: what happened; and after -do what that means for the message and what can be done.
reason-no-connection = No connection to the gateway.
reason-no-connection-do = Nothing left this computer. The message stays queued and is tried again by itself. Check the internet connection.
reason-quota-exhausted = The plan's limit is used up.
reason-quota-exhausted-do = The message was not sent. It stays queued and is tried again later; the limit returns the next day.
reason-rate-limited = The gateway asked to go slower.
reason-rate-limited-do = The message was not sent. It is tried again by itself after the wait that was asked for.
reason-credentials-refused = The gateway refuses the credentials.
reason-credentials-refused-do = This account's queue is held and nothing is lost. Correct the credentials on the accounts screen; sending goes on by itself.
reason-credentials-missing = The credentials cannot be read on this computer.
reason-credentials-missing-do = This account's queue is held and nothing is lost. Unlock the keyring, or type the credentials again on the accounts screen.
reason-paused = Sending is paused for this account.
reason-paused-do = The message waits in the queue. Resume sending on the queue screen.
reason-rejected-by-gateway = The gateway rejected the message.
reason-rejected-by-gateway-do = It was not sent and is not tried again. See what the gateway said, correct it and send again.
reason-invalid-recipient = The number does not exist or has no WhatsApp.
reason-invalid-recipient-do = The message was not sent. Check the number and send again.
reason-invalid-attachment = The gateway refused the attachment.
reason-invalid-attachment-do = The message was not sent. Check that the address opens without a password and that the file type is accepted, then send again.
reason-timed-out = The gateway did not answer in time.
reason-timed-out-do = The message may have been sent. Where the gateway recognises repetitions it is checked by itself; elsewhere look at the phone or ask the person, and decide.
reason-connection-lost = The connection broke while sending.
reason-connection-lost-do = The message may have been sent. Where the gateway recognises repetitions it is checked by itself; elsewhere look at the phone or ask the person, and decide.
reason-unreadable-answer = The gateway answered something that cannot be understood.
reason-unreadable-answer-do = The message may have been sent. Where the gateway recognises repetitions it is checked by itself; elsewhere look at the phone or ask the person, and decide.
reason-gateway-failure = The gateway had an error of its own.
reason-gateway-failure-do = The message may have been sent. Where the gateway recognises repetitions it is checked by itself; elsewhere look at the phone or ask the person, and decide.
reason-program-ended = The program ended while sending.
reason-program-ended-do = The message may have been sent. Where the gateway recognises repetitions it is checked by itself; elsewhere look at the phone or ask the person, and decide.
reason-already-known = The gateway said that it has this message already.
reason-already-known-do = It counts as accepted by inference and is not sent again. A confirmation is still missing.
reason-not-confirmed = Nothing confirmed the sending in time.
reason-not-confirmed-do = The message may have arrived. Look at the phone or ask the person, and say whether it did, or send again knowing that it may arrive twice.
reason-error-after-unclear-attempt = The repetition brought an error that does not say what became of the first sending.
reason-error-after-unclear-attempt-do = The message may have arrived. Look at the phone or ask the person, and say whether it did, or send again knowing that it may arrive twice.
reason-queue-cleared = The gateway's queue was cleared while the message may have been in it.
reason-queue-cleared-do = It may have left before or been deleted. Look at the phone or ask the person, and say whether it arrived, or send again.
reason-confirmed-by-operator = You said that it arrived.
reason-confirmed-by-operator-do = There is nothing more to do.
reason-resent-by-operator = You chose to send it again.
reason-resent-by-operator-do = The new sending is another message with a state of its own.
reason-retried-by-operator = You asked to try it now.
reason-retried-by-operator-do = It goes out the next time the account can send.
reason-cancelled-by-operator = You cancelled the message.
reason-cancelled-by-operator-do = Nothing of it left this computer. It can be sent again.
reason-scheduled = It waits for the time that was set.
reason-scheduled-do = It goes out by itself at that time, if the program is open.

## How an account stands, in a word or two; and after -hint what to do about it.
connection-not-checked = Not checked yet
connection-not-checked-hint = Its state is read in a moment.
connection-ready = Ready
connection-ready-hint = The phone is paired and online.
connection-answers = Gateway answers
connection-answers-hint = The gateway takes the credentials; it tells nothing of a phone.
connection-phone-offline = Phone offline
connection-phone-offline-hint = The gateway cannot reach the phone. Switch it on and check its internet; what is sent waits at the gateway.
connection-must-pair = Must be paired
connection-must-pair-hint = No phone is linked to this account. Pair a phone to send.
connection-gateway-unreachable = Gateway unreachable
connection-gateway-unreachable-hint = The gateway does not answer. The program keeps trying; messages wait in the queue.
connection-credentials-refused = Credentials refused
connection-credentials-refused-hint = The gateway does not accept the credentials. Correct them on the accounts screen.
connection-credentials-missing = Credentials not readable
connection-credentials-missing-hint = The credentials cannot be read here. Unlock the keyring, or type them again on the accounts screen.

## Calls to the gateway that failed: what happened, what it means, what to do.
call-unreachable = The gateway was not reached, so nothing was changed there. Check the internet connection and try again.
call-credentials-refused = The gateway refused the credentials, so nothing was done. Correct them on the accounts screen and try again.
call-credentials-missing = The credentials cannot be read on this computer, so the gateway was not called at all. Unlock the keyring or type them again.
call-rate-limited = The gateway asked to go slower and did nothing. Wait a little and try again.
call-refused = The gateway said no and nothing was changed. See its words below.
call-unreadable = The gateway answered something that cannot be understood; it may or may not have done what was asked. Refresh the state and check.
call-unsupported = This gateway has no such function. Nothing was changed.
call-not-recorded = The database could not note what was going to be asked; so nothing was asked of the gateway. See whether the disk is full and try again.

## What is wrong with a field of an account.
draft-problem-empty = Fill in this field.
draft-problem-too-long = Too long: { $max } characters at most.
draft-problem-control-characters = There are invisible characters in the text. Paste it again or type it.
draft-problem-not-an-email = This is not an e-mail address.
draft-problem-not-a-url = This is not a web address like https://example.com/.
draft-problem-not-encrypted = Without https the credentials would travel readable. Use https; http only for this computer.
draft-problem-unknown-country = No country has this code. Use two letters, like BR.
draft-problem-name-taken = Another account has this name already.
draft-problem-malformed = There are characters or a form here that are not possible. Compare it with what the service shows.

## What is wrong with, or unusual about, a phone number.
phone-problem-empty = Type a number.
phone-problem-not-digits = There are letters or signs that numbers do not have.
phone-problem-too-short = Digits are missing. Type it with its area code.
phone-problem-too-long = Too many digits: a number has 15 at most.
phone-problem-unknown-country = No country has this code at the start of the number.
phone-warning-ninth-digit-missing = Without the Brazilian ninth digit. It is sent as it is written.
phone-warning-not-in-numbering-plan = The country's numbering plan does not know this number. Check it before sending.

## Why an address cannot be attached.
attachment-problem-not-a-url = This is not a web address. The gateway fetches the attachment from an address that begins with https://.
attachment-problem-not-https = The address must begin with https://.
attachment-problem-not-public = The address exists in this network only; the gateway cannot get there. Use a public address.
attachment-problem-no-extension = The address does not end in a file name with an extension, like photo.jpg.
attachment-problem-unsupported = The gateway does not take .{ $extension } files. It takes: { $allowed }.
attachment-problem-too-long = The address is too long: { $max } bytes at most.

## Errors in pairing: what happened and what comes next.
pairing-failure-unreachable = The gateway was not reached. Check the internet connection.
pairing-failure-unreadable = The gateway answered something that cannot be understood.
pairing-failure-credentials-refused = The gateway refuses the credentials. Correct them on the accounts screen and start again.
pairing-failure-credentials-missing = The credentials cannot be read on this computer. Unlock the keyring and start again.
pairing-failure-refused = The gateway said no to pairing. See its words and start again.
pairing-failure-not-a-picture = What the gateway sent is no picture of a code.

## Alerts, also shown by the desktop: a title with the account's name ($account), and a body.
alert-phone-offline = { $account }: phone offline
alert-phone-offline-body = What is sent waits at the gateway. Switch the phone on and check its internet.
alert-must-pair = { $account }: must be paired again
alert-must-pair-body = No phone is linked to this account. Open the pairing screen and scan the code.
alert-battery-low = { $account }: battery low
alert-battery-low-body = The phone has less than 15% of its battery left. Plug it in so that sending does not stop.
alert-limit-low = { $account }: today's limit nearly used up
alert-limit-low-body = Less than a tenth of the daily limit is left. After it messages wait until tomorrow.
alert-plan-expires = { $account }: the plan ends soon
alert-plan-expires-body = The plan ends within three days. Renew it with the gateway.
alert-queue-stuck = { $account }: the gateway's queue does not move
alert-queue-stuck-body = It has not shrunk for ten minutes although the phone is ready. Check the phone.

## The start-up screen, when the program cannot begin: what happened, what it means (-means), what to do (-do).
failure-folder = The data folder cannot be used
failure-folder-means = The program cannot make, read or write { $path }. Nothing was changed and nothing was sent.
failure-folder-do = Check that the folder exists, that it is yours and that there is space on the disk. Then try again.
failure-newer = The data is from a newer version
failure-newer-means = A newer version of Recado has used this folder (schema { $found }; this one knows up to { $known }). Nothing was changed; your messages are there.
failure-newer-do = Install the newer version and open it again.
failure-damaged = The database is damaged
failure-damaged-means = The file could not be read whole. Nothing was overwritten and nothing was sent.
failure-damaged-do = Close the program, copy the data folder to a safe place and restore a backup.
# Stands in the place of the advice when there is a backup. $when is a day and a time, $size like "1.2 MB".
failure-offer = There is an intact backup ({ $when }; { $size }). Restored, it takes the place of the damaged database, which is kept in the data folder under the name "damaged-…". What came later is not in it; what was waiting to be sent in it is left for you to decide.
failure-not-restored = The backup could not be restored
failure-not-restored-means = The damaged database and the backup are as they were, and nothing was sent. The disk may be full or write-protected.
failure-not-restored-do = Make room on the disk and try again.
failure-database = The database did not work
failure-database-means = The disk may be full or faulty. Nothing was sent.
failure-database-do = Free some space on the disk and try again.
failure-second-copy = Recado is already open
failure-second-copy-means = Another window uses the same data folder. Two at once could send twice, so this one did not begin.
failure-second-copy-do = Use the window that is already open, or close it and try again.

## Why a credential could not be kept or read.
secret-not-found = The credential is not kept any more. Type it again under Accounts.
secret-no-answer = The keyring did not answer; it may be locked and waiting for its password. Nothing is lost: answer its prompt and try again.
secret-absent = There is no keyring on this machine. Choose a vault with a passphrase, or this run only.
secret-wrong-passphrase = That passphrase does not open the vault. Check whether Caps Lock is on, and try again.
secret-passphrase-too-short = The passphrase is too short: use at least 8 characters.
secret-failed = The credential could not be kept or read.
reason-from-backup = This message comes from a backup.
reason-from-backup-do = When the backup was made it was waiting to be sent; it may have been sent since. Look at the phone and say that it arrived, or send it again.
reason-no-attachment-place = This account has no place for files of this computer.
reason-no-attachment-place-do = Choose in Accounts where attachments are put. The message waits.
reason-attachment-not-offered = The gateway cannot fetch the file from here: nobody listens, or the public address is missing.
reason-attachment-not-offered-do = Switch listening on and enter the public address in Settings, or choose another place in Accounts. The message waits.
reason-attachment-unreachable = The file could not be fetched from outside.
reason-attachment-unreachable-do = Nothing was sent; Recado tries again by itself. Check the public address or the storage.
reason-attachment-altered = Something else came from the file's address.
reason-attachment-altered-do = Nothing was sent; Recado tries again by itself. Check the proxy, the tunnel or the storage.
reason-storage-unreachable = The storage could not be reached.
reason-storage-unreachable-do = Nothing was sent; Recado tries again by itself.
reason-storage-refused = The storage refused the file.
reason-storage-refused-do = Nothing was sent; Recado tries again by itself. Check the keys and the bucket in Accounts.
reason-storage-keys-missing = The keys to the storage cannot be read now.
reason-storage-keys-missing-do = Unlock the keyring or enter the keys again in Accounts. The message waits.
reason-attachment-lost = The file is no longer on this computer, or has changed.
reason-attachment-lost-do = Nothing was sent. Attach the file again and send a new message.
reason-attachment-address-ended = The file's address was about to end before the message left.
reason-attachment-address-ended-do = Recado puts it up again by itself; nothing has been sent yet.
reason-payment-needed = The account at the gateway has no credit.
reason-payment-needed-do = The message waits; Recado tries again by itself. Talk to the vendor of the gateway.
reason-outside-window = More than 24 hours have passed since this person last wrote.
reason-outside-window-do = Nothing was sent. Only a template can be sent now: choose one and send again.
reason-template-refused = The template is not as it is registered at the gateway.
reason-template-refused-do = Nothing was sent. Check the name, the language and the parameters of the template and send again.
reason-sender-refused = This account may not use that sender.
reason-sender-refused-do = Nothing was sent. Check the sender in Accounts.
reason-taken-for-spam = The gateway took the message for spam or for a repetition.
reason-taken-for-spam-do = Nothing was delivered. Wait, and change the text before you send again.
reason-expired = The message was not delivered in time.
reason-expired-do = The person's phone may be off. Send again if it is still needed.
reason-text-too-long = The text is longer than the gateway takes.
reason-text-too-long-do = Nothing was sent. Shorten the text and send again.
