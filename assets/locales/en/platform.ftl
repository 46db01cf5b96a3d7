### What the program says before or beside its window: on the terminal, and when it cannot start.

# Another copy with the same data folder is running; its window was asked to come to the front.
already-running = Recado is already open. Its window has been brought to the front.
# The other copy holds the data folder, but did not answer.
already-running-silent = Recado is already running with this data folder, but it does not answer. Close it, or wait a moment, and try again.
# $words is what the system said.
instance-failed = Recado could not make sure that it is the only one using its data folder: { $words }
no-display = There is no screen to open a window on. Start Recado from a desktop session, or run "recado demo --headless" to try it here.
# No home folder is known to the system.
folder-none = There is no home folder to keep Recado's data in. Name a folder with --data-dir.
# $path is the folder.
folder-not-a-folder = { $path } is not a folder. Name another one with --data-dir.
# $path is the folder, $words is what the system said.
folder-unusable = Recado cannot keep its data in { $path }: { $words }. Name another folder with --data-dir.
# $words: what the system said.
window-failed = No window could be opened: { $words }. Check the graphics drivers, or run "recado demo --headless".
