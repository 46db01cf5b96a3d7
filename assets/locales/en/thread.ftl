### The thread with one person: messages that came, their files, and the large view of pictures.

# After the text of a message that came, for screen readers.
thread-received = received
# A message that its sender deleted; its text stays below, paler.
thread-deleted = Deleted by the sender
# What a file is and when it came, in names of buttons. $kind: Photo, Voice message … $time: 14:32.
thread-kind-and-time = { $kind }, { $time }
# Kind or extension of a file, and its size: PDF · 184 KB.
thread-file-line = { $kind } · { $size }
# The file of a message comes by itself, later. $age: 3 min ago.
thread-file-not-here = The file is not here yet, { $age }
# Buttons on a file, and their names for screen readers. $name is that of the file.
thread-save-as = Save as…
thread-save-file = Save { $name } as…
thread-open-file = Open { $name }
# Toast: a file was not handed to another program. $name is that of the file.
open-may-run = { $name } was not opened: a file of this kind may run something. Save it and check it first.
# A picture. $name: Photo, 14:32.
thread-picture-open = Enlarge { $name }
thread-picture-broken = This picture cannot be shown.
# In the place of a file of ours that we sent: it is not in the program's folder any more.
thread-own-file-gone = This file is no longer on this computer.
# The file of a message is put where the gateway can fetch it, then fetched back and compared. $percent: 42 %.
preparing-uploading = Putting the file in place, { $percent }
preparing-checking = Checking the file, { $percent }
preparing-turn = The file waits for its turn to be prepared.
# Voice messages. $name: Voice message, 14:32.
thread-voice-play = Play { $name }
thread-voice-pause = Pause { $name }
thread-voice-place = Position in { $name }
# Places. The letters are those of the compass; $degrees is a number.
thread-place-live = Live location
thread-place-north = { $degrees }° N
thread-place-south = { $degrees }° S
thread-place-east = { $degrees }° E
thread-place-west = { $degrees }° W
thread-place-both = { $latitude } · { $longitude }
thread-open-map = Open map
thread-copy-place = Copy the coordinates
# Contact cards.
thread-write-to = Write
thread-write-to-name = Write to { $name }, { $number }
thread-save-card = Save contact
thread-card-more = { $count ->
    [one] and { $count } more person
   *[other] and { $count } more people
}
# Above an answer: who wrote what is answered. The second stands there while it has not been read, or when it is not known.
thread-you = You
thread-reply = Reply
thread-reply-earlier = to an earlier message
thread-reply-to = Go to the message it answers: { $author }: { $line }
thread-not-found = The message it answers is not here any more.
# The menu of a message.
thread-menu = Message
thread-open-link = Open { $address }
thread-copy-number = Copy number
thread-mark-unread = Mark as unread
# The line before the first message that has not been seen.
thread-unread-line = New messages
# The round button that leads to the newest message; $count have come that were not seen.
thread-to-end = { $count ->
    [0] Go to the end
    [one] Go to the end, { $count } new
   *[other] Go to the end, { $count } new
}
# A page of messages could not be read; $words is what the system said.
thread-older-unreadable = The earlier messages could not be read. { $words }
thread-newer-unreadable = The later messages could not be read. { $words }
# The large view of a picture.
viewer-title = Enlarged picture
viewer-line = { $number } of { $count } · { $time } · { $size }
viewer-save = Save picture as…
viewer-copy = Copy picture
viewer-open = Open picture with the system's program
viewer-whole = Whole picture (0)
viewer-closer = Zoom in (+)
viewer-farther = Zoom out (−)
viewer-previous = Previous picture (←)
viewer-next = Next picture (→)
# Above a message of ours that was sent as a template. $key is the name it is registered under.
thread-template = Template { $key }
# A file that came as an address only. $host is whose machine it is on; $size like "1.2 MB"; $name is the file's name or kind.
thread-remote = Still at { $host }
thread-remote-size = { $size }, still at { $host }
thread-fetch = Fetch
thread-fetch-again = Try again
thread-fetch-from = Fetch { $name } from { $host }
thread-fetching = Fetching…
# How far it is: $share like "42%", or $size like "1.2 MB" where it is not known how large it is.
thread-fetching-share = Fetching… { $share }
thread-fetching-size = Fetching… { $size }
thread-fetch-stop = Stop
# The accessible name of the button above; $name is the file's name or kind.
thread-fetch-stop-named = Stop fetching { $name }
thread-fetch-redirected = Its address leads on to others that Recado does not follow.
thread-fetch-stopped = Fetching was stopped.
thread-fetch-no-address = The address of this file is not known any more.
thread-fetch-disk = The file could not be kept on this computer.
