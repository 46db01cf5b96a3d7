### The settings screen.
settings-subtitle = Every change holds at once.

## Looks.
settings-looks = Looks
settings-language = Language
settings-language-system = As the system has it
settings-theme = Theme
settings-theme-system = System
settings-theme-light = Light
settings-theme-dark = Dark
settings-scale = Size of everything
settings-scale-help = Also with Ctrl + and Ctrl -.

## Behaviour.
settings-behaviour = Behaviour
settings-send-key = Key that sends
settings-send-key-help = The other breaks the line.
settings-send-enter = Enter
settings-send-ctrl-enter = Ctrl+Enter
settings-interval = Read the accounts' state every
settings-interval-help = Slower while nothing changes or the window is hidden.

## Where credentials are kept.
settings-secrets = Where credentials are kept
settings-secrets-checking = Looking for the keyring…
settings-secrets-keyring = In the system's keyring, protected by your session.
settings-secrets-vault = In a file encrypted with your passphrase.
settings-secrets-session = In memory only: gone when the program closes.
settings-use-keyring = Use the system's keyring
settings-use-vault = Use a vault with a passphrase…

## Data and logs.
settings-data = Data
settings-folder = Data folder
settings-logs = Logs
settings-logs-help = Passphrases and credentials never appear in the logs.
# Accessible names of the buttons beside a folder; $folder is one of the two names above.
settings-open-folder = Open: { $folder }
settings-copy-folder = Copy the path: { $folder }

## About.
settings-about = About
settings-version = Version { $version }
settings-licences-show = Show licences
settings-licences-hide = Hide licences

## Announcements, quick replies, receiving answers, copies.
settings-notifications = Announcements
settings-notifications-show = Desktop notifications
settings-notifications-help = Once per change: a new message, phone offline, battery low, limit nearly used up.
settings-notification-text = Show the text of messages
settings-notification-text-help = When off, a notification only says that a message came.
settings-sound = Sound for incoming messages
settings-sound-help = A short, quiet chime.
settings-quiet = Quiet hours
settings-quiet-help = Nothing is shown or played in this time; messages come in all the same.
settings-quiet-hours = Quiet
settings-quiet-from = Quiet from
settings-quiet-until = Quiet until
settings-quick-replies = Quick replies
settings-quick-replies-help = Texts behind the lightning button of the composer. {"{"}name{"}"} becomes the name of the person.
settings-quick-reply-add = New quick reply…
settings-quick-reply-change = Change: { $title }
settings-quick-reply-remove = Remove: { $title }
settings-quick-reply-title-new = New quick reply
settings-quick-reply-title-change = Change a quick reply
settings-quick-reply-name = Title
settings-quick-reply-text = Text
settings-quick-reply-text-help = {"{"}name{"}"} becomes the name of the person; without a name it goes with its space.
settings-quick-reply-missing = Fill this in.
settings-quick-reply-save = Keep reply
settings-listening = Receiving answers
settings-listen = Listen for the gateway
settings-listen-help = Answers, files and read receipts come in here.
settings-listen-address = Who can call
settings-listen-address-help = Use the whole network only when the reverse proxy is on another machine.
settings-listen-here = This computer only
settings-listen-everywhere = The whole network
settings-listen-port = Port
settings-listen-port-any = any free one
settings-listen-port-help = The one the reverse proxy or tunnel leads to.
settings-listen-port-wrong = Use a number from { $min } to 65535, or leave it empty.
settings-public-url = Public address
settings-public-url-help = The https address of the reverse proxy or tunnel that leads to this computer. It is what the gateway calls.
settings-check-outside = Check from outside
settings-outside-fine = Came back in { $milliseconds } ms
settings-outside-failed = Did not arrive here
settings-outside-no-address = Enter the public address first.
settings-outside-not-listening = The program is not listening now.
settings-outside-unreachable = The public address does not answer. Check the proxy or tunnel and the domain name. The system said: { $words }
settings-outside-somebody-else = Another server answered (code { $status }). Check where the proxy or tunnel leads to. It said: { $words }
settings-listener-off = Off
settings-listener-starting = Starting…
settings-listener-on = Listening on { $address }
settings-listener-failed = Not listening
settings-backups = Backups
settings-backup-daily = Daily backup
settings-backup-daily-help = Messages and files; credentials are never part of it.
settings-backup-kept = Backups kept
settings-backup-folder = Folder of backups
settings-backup-folder-help = Best on another disk.
settings-backup-now = Back up now
settings-backup-open = Open the folder
settings-backup-none = There are no backups yet.
settings-backup-made = Backed up ({ $size })
settings-backup-failed = The backup was not made; nothing has changed in your data. The system said: { $words }
settings-restore = Restore…
settings-restore-of = Restore the backup: { $when }
settings-restore-title = Restore a backup
settings-restore-body = The backup ({ $when }) becomes a new data folder; the one in use stays as it is. Messages that were waiting to be sent at that time are not sent by themselves: they are left for you to decide.
settings-restore-into = New data folder
settings-restore-into-help = Must not exist yet, or be empty.
settings-restore-go = Restore into this folder
settings-restored = The backup is in { $folder }. Close this program and open it with the new folder:
settings-restored-command = Command
settings-export = Export of conversations
settings-export-help = For spreadsheets or other programs. The file holds texts and numbers: keep it safe.
settings-export-account = Export { $account }…
settings-export-all = Export everything…
settings-export-format = Format
settings-export-format-help = CSV opens in spreadsheets; JSON holds everything, with the history.
settings-export-csv = CSV
settings-export-json = JSON
settings-export-to = File
settings-export-go = Export
settings-exported = { $count ->
    [one] { $count } line in { $path }
   *[other] { $count } lines in { $path }
}
settings-path-not-whole = Write the whole path of the folder or file.
