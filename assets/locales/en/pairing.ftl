### Pairing a phone by a QR code.

pairing-title = Pair a phone
# Under the title. $account is the operator's name for the account, $vendor the gateway.
pairing-subtitle = { $account } · { $vendor }
pairing-cancel = Cancel pairing

## When nothing can be paired.
pairing-no-account = There is no account to pair yet
pairing-no-account-body = Add an account of the gateway. Then you connect the phone to it by scanning a code.
pairing-no-account-action = Add account
pairing-not-needed = This account needs no pairing
pairing-not-needed-body = { $vendor } sends without a phone of yours: there is no code to scan.
pairing-not-needed-action = Open the dashboard

## Before: which phone is connected, and the button that confirms.
pairing-phone-now = Phone connected now
pairing-phone-none = None
pairing-phone-none-hint = This account sends nothing until a phone is paired.
pairing-phone-unknown = Not known yet
# $name is the name in the phone's profile, $number its number.
pairing-phone-and-number = { $name } ({ $number })
# Stands in sentences where the phone has neither name nor number.
pairing-phone-unnamed = the current phone
pairing-will-disconnect = Starting disconnects { $phone } at once. Nothing is sent until another phone is paired.
pairing-will-disconnect-unknown = The gateway has not said yet whether a phone is connected. If there is one, starting disconnects it.
pairing-begin = Pair a phone
pairing-begin-disconnecting = Disconnect { $phone } and pair another phone
pairing-begin-unknown = Disconnect the current phone and pair another
pairing-limit-hint = Pairing waits up to 5 minutes for the code to be scanned.

## What to do on the phone.
pairing-steps-title = On the phone that will send
pairing-step-open = Open WhatsApp on the phone
pairing-step-open-hint = The device that will send the messages
pairing-step-devices = Tap Linked devices
pairing-step-devices-hint = Menu on Android, Settings on iPhone
pairing-step-scan = Point the camera at the code
pairing-step-scan-hint = It renews itself; no need to hurry

## While it goes on.
# $phone is the phone's name, with its number where it is known.
pairing-being-disconnected = { $phone } is being disconnected
pairing-was-disconnected = { $phone } was disconnected
pairing-no-phone-yet = No phone connected
# $count messages wait, here and at the gateway.
pairing-messages-wait =
    { $count ->
        [0] Nothing is sent until a phone is paired.
        [one] Nothing is sent until a phone is paired. The message in the queue waits.
       *[other] Nothing is sent until a phone is paired. The { $count } messages in the queue wait.
    }
# A passing error; the gateway is asked again.
pairing-trouble-next =
    { $seconds ->
        [0] Pairing goes on: asking again now.
       *[other] Pairing goes on: next attempt in { $seconds } s.
    }
pairing-code-image = QR code for pairing
pairing-code-image-large = Enlarged QR code
# $age is a duration: "7 s".
pairing-code-age = Code received { $age } ago
pairing-confirming-age = Confirming for { $age }
pairing-starting = Asking for the code
pairing-code-coming = The code is on its way
pairing-asking = waiting for the gateway's answer
# $number counts the questions put to the gateway.
pairing-poll-in = next reading in { $seconds } s · attempt { $number }
pairing-poll-now = reading now · attempt { $number }
pairing-place-waiting = The gateway is preparing the code
pairing-place-confirming = Code scanned, or being replaced. Keep WhatsApp open on the phone while it confirms
pairing-code-old = Old code. Wait for the next one before scanning
pairing-enlarge-code = Enlarge the code
pairing-shrink-code = Shrink
pairing-copy-code = Copy the code as a picture
pairing-code-copied = Code copied as a picture
pairing-save-code = Save the code as a picture
# Suggested name of the file, without blanks.
pairing-code-file = pairing-code.png
pairing-progress-asked = Code requested from the gateway
pairing-progress-code = Waiting for the code
pairing-progress-scan = Waiting for the phone to scan it
# The same step when it is over.
pairing-progress-scanned = Scan by the phone
pairing-progress-confirmation = Confirmation by WhatsApp (up to 2 minutes)
pairing-progress-connected = Connected
pairing-goes-on = You can open another screen: pairing goes on and says when it is done.

## After.
pairing-connected = { $phone } is connected
pairing-connected-body-number = { $number } now sends the messages of the account { $account }. What waited in the queue follows by itself.
pairing-connected-body = The phone now sends the messages of the account { $account }. What waited in the queue follows by itself.
pairing-to-dashboard = See the dashboard
pairing-another = Pair another phone
pairing-cancelled = Pairing cancelled
pairing-cancelled-body = { $phone } stays disconnected. To send again, pair a phone; it may be the same one.
pairing-cancelled-body-none = To send with this account a phone has to be paired.
pairing-timed-out = Nobody scanned the code in 5 minutes
pairing-timed-out-body = Pairing has stopped and no phone is connected. Messages wait in the queue; start again with the phone at hand.
pairing-failed = Pairing has stopped
pairing-try-again = Try again
pairing-check-credentials = Check the credentials
