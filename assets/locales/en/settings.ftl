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
settings-notifications = Desktop notifications
settings-notifications-help = Once per change: phone offline, battery low, limit nearly used up.
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
