### Why a voice note is not heard: beside the note, in one or two sentences: what happened, what one can do.

voice-no-sound-device = No sound device was found. Check that sound works on this computer, then press play again.
# On Windows and macOS, until playing is built there.
voice-not-supported = Recado cannot play sound on this system yet. Save the voice note and open it with another program.
voice-device-lost = The sound device went away while playing. Press play to try again.
# $words: what the system said.
voice-unreadable = The voice note's file cannot be read: { $words }. Check the folder of attachments, then press play again.
voice-empty = The voice note's file is empty. Ask for it to be sent again.
voice-not-ogg = This file is not a voice note that Recado can play. Save it and open it with another program.
# $codec: the name of a sound format, such as Vorbis; "?" when it is unknown.
voice-other-codec = This file holds sound in a format that Recado cannot play ({ $codec }). Save it and open it with another program.
# $channels: how many channels of sound the file has; 6 is surround sound.
voice-channels = This file has { $channels } channels of sound; Recado plays mono and stereo. Save it and open it with another program.
voice-damaged = The voice note's file is damaged. Ask for it to be sent again.
