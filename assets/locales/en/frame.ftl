### The frame around the screens: rail, strip, palette, banners, toasts, dialogs.

## The words under the icons of the rail: one short word each, at most about nine letters.
rail-conversations = Chats
rail-new-message = Send
rail-pairing = Pair
rail-dashboard = Dashboard
rail-queue = Queue
rail-accounts = Accounts
rail-settings = Settings
# $count messages were rejected or have an unknown outcome.
rail-problems = { $count ->
    [one] { $count } problem
   *[other] { $count } problems
}
rail-pairing-active = pairing under way
rail-pairing-failed = the last pairing failed
# $what is one of the two above, and $account the account, where another one is chosen.
rail-pairing-of = { $what } ({ $account })
rail-accounts-trouble = some credentials need a look

## The names of the screens.
screen-conversations = Conversations
screen-new-message = New message
screen-pairing = Pair a phone
screen-dashboard = Dashboard
screen-queue = Queue
screen-accounts = Accounts
screen-settings = Settings

## The strip at the top: how the chosen account stands.
# Name of the button that chooses the account; $name is the account.
strip-account = Account: { $name }
strip-accounts = Choose the account
strip-manage-accounts = Manage accounts
strip-today = Today
# Of the daily limit: $used of $daily messages.
strip-limit = { $used } of { $daily }
strip-limit-hint = { $left } messages left of today's limit
# Messages waiting in this program ($here) and at the gateway ($there).
strip-waiting = { $here } here · { $there } there
strip-waiting-here = { $here } here
strip-waiting-hint = Messages waiting: here in this program, and there at the gateway
strip-battery-hint = Phone battery: { $percent }
strip-refresh = Refresh now
strip-reading = reading…
strip-age-hint = When the state was last read whole
strip-search = Search or act

## The palette (Ctrl+K).
palette-name = Search or act
palette-hint = Action, screen, account or conversation
palette-account = Account
action-new-message = Write a new message
action-refresh = Refresh the account's state
action-pause = Pause sending
action-resume = Resume sending
action-theme-light = Use the light theme
action-theme-dark = Use the dark theme
action-theme-system = Use the system's theme
# $language is the name of a language in itself.
action-language = Change the language to { $language }
action-larger = Make everything larger
action-smaller = Make everything smaller
action-open-folder = Open the data folder
action-shortcuts = Show the keyboard shortcuts

## The list of keys (F1).
shortcuts-title = Keyboard shortcuts
shortcut-palette = Search or act
shortcut-new-message = New message
shortcut-screens = Go to a screen
shortcut-search = Search on the screen
shortcut-refresh = Refresh the state
shortcut-back = Close or go back
shortcut-larger = Everything larger
shortcut-smaller = Everything smaller
shortcut-usual-size = Usual size
shortcut-help = Show this list

## Banners: what goes on and wants something. A title, a body, buttons.
banner-engine-gone = The program has stopped working.
banner-engine-gone-body = Nothing is sent or read any more. Close the window and open it again; what was queued is kept.
banner-busy = The program is busy.
banner-busy-body = { $count ->
    [one] { $count } request waits for its turn; nothing is lost.
   *[other] { $count } requests wait for their turn; nothing is lost.
}
banner-keyring-locked = The keyring is locked.
banner-keyring-locked-body = The credentials are in it, so nothing is sent. Unlock it in the system's window; sending goes on by itself.
banner-keyring-absent = There is no keyring on this computer.
banner-keyring-absent-body = Choose where to keep the credentials: in a vault with a passphrase, or only until the program closes.
banner-vault-closed = The vault is closed.
banner-vault-closed-body = The credentials are in it. Type its passphrase to send.
banner-make-vault = Make a vault…
banner-open-vault = Open the vault…
banner-use-session = Use for this run only
banner-paused = Sending is paused.
banner-paused-body = { $count ->
    [0] New messages wait in the queue.
    [one] { $count } message waits in the queue.
   *[other] { $count } messages wait in the queue.
}
banner-resume = Resume sending
banner-to-accounts = See accounts
banner-read-now = Try now

## Toasts: what has just happened.
toast-close = Close this notice
toast-paired = Paired: { $phone }
toast-too-late = Too late: the message has moved on already.
toast-failed = That did not work, and nothing was changed. { $words }
toast-account-removed = Account removed: { $account }

## Opening an address.
address-title = Open this address?
address-body = It opens in the browser, outside this program. Check that you trust it.
address-open = Open in the browser
address-copy = Copy the address
address-not-web = This is not a web address, so it was not opened.
open-failed = The system could not open it. { $words }

## Saving a file.
save-title = Save { $name }
save-path = Path of the file
save-help = Choose in the system's window, or type the path here.
save-done = Saved as { $path }
save-exists = There is a file of this name already. Choose another.
save-failed = The file was not saved. { $words }

## The passphrase vault for credentials.
vault-make-title = Make a vault with a passphrase
vault-make-body = The credentials go into an encrypted file. Without the passphrase nobody reads them, you included: it cannot be recovered.
vault-make = Make the vault
vault-open-title = Open the vault
vault-open-body = Type the passphrase the vault was made with.
vault-open = Open the vault
vault-passphrase = Passphrase
vault-again = Passphrase again
vault-different = The two passphrases differ.

## Buttons of the start-up failure screen.
failure-restore = Restore the backup
failure-restoring = Restoring the backup…
failure-open-folder = Open the data folder
failure-quit = Close the window

## Listening, and the mark on the rail.
banner-not-listening = Nobody is listening for the gateway
banner-not-listening-body = Answers and receipts cannot come in now; the program tries again by itself. The system said: { $words }
banner-to-settings = Open settings
banner-gap = Not listening from { $from } to { $until }
banner-gap-body = What the gateway tried to deliver in that time may not have arrived. Check on the phone whether an answer is missing.
banner-gap-seen = Got it
rail-unread = { $count ->
    [one] { $count } unread
   *[other] { $count } unread
}
# A toast: "send again" was pressed for a person marked as not to be written to.
toast-do-not-write = Not sent again: this person asked not to be written to. Allow writing again in the conversation if that has changed.
