### Templates: an account's library, the dialog in which one is written down, and what can be wrong with one.

## The card on the account's page. $vendor is the gateway, $key a template's identifier or name.
templates-title = Templates
templates-body = Wordings that are registered at { $vendor } and may go to people at any time. { $vendor } gives no list of them: copy each one here as it is registered there.
# "namespace" is the gateway's own word.
templates-namespace = If you were given a namespace, write it in front of the name with a colon: namespace:name.
templates-none = None yet.
templates-add = Add template…
templates-more = More about templates
templates-import = Import from a file…
templates-export = Export to a file…
templates-change-named = Change { $key }
templates-remove-named = Remove { $key }
templates-unreadable = The templates could not be read.
templates-read-again = Read again

## Removing one.
templates-remove-title = Remove the template { $key }?
templates-remove-body = It goes from this library only: at { $vendor } it stays registered, and messages made from it keep their words.
templates-remove-keep = Keep template
templates-remove-confirm = Remove template
# In passing, after one was removed.
templates-removed = Template removed

## The dialog in which one is written down.
templates-new = New template
templates-change = Change template
templates-identifier = Identifier
templates-identifier-help = As { $vendor } gave it when the template was registered.
templates-name = Name
templates-name-help = As registered at { $vendor }, with the namespace in front if you were given one: namespace:name.
templates-language = Language
templates-language-help = As registered at { $vendor }, such as pt_BR or EN.
templates-text = Text
# Double braces around a number stand for a parameter.
templates-text-help = Word for word as registered at { $vendor }, with {"{{1}}"}, {"{{2}}"} … where the parameters stand.
templates-parameter-name = Name of {"{{"}{ $number }{"}}"}
templates-parameter-sample = Sample for {"{{"}{ $number }{"}}"}
templates-header-image = A picture stands above the text
# Where the gateway $vendor has no such pictures, but the template has one from elsewhere.
templates-no-header-image = { $vendor } has no pictures above the text: this template is kept without its own.
templates-preview = As the person sees it
templates-preview-empty = The text appears here.
templates-preview-picture = Picture, chosen when sending
templates-own-copy = This is your own copy for sending: saving changes nothing at the gateway.
templates-save = Save template

## From and to files. $count: how many templates.
# Part of a suggested file name.
templates-file-name = templates
templates-import-title = Import templates
templates-import-help = A JSON file as the export writes it. A template of the same name and language is replaced; if one is wrong, none is taken.
templates-import-from = File
templates-import-choose = Choose…
templates-import-type = This system shows no dialog for choosing. Type the whole path.
templates-import-go = Import
# In passing, after an import.
templates-imported-without-picture =
    { $count ->
        [one] One of them had a picture above its text, which { $vendor } does not have: it was left out
       *[other] { $count } of them had a picture above their text, which { $vendor } does not have: they were left out
    }
templates-imported =
    { $count ->
        [one] One template imported
       *[other] { $count } templates imported
    }
templates-export-title = Export templates
templates-export-help = All templates of this account, in a JSON file that can be imported into another account or computer. No credentials are in it.
templates-export-go = Export
templates-exported =
    { $count ->
        [one] One template exported to { $path }
       *[other] { $count } templates exported to { $path }
    }

## What can be wrong. $name is a parameter's name, $max a number of characters.
template-problem-no-key = Type what the template is registered under.
template-problem-bad-key = At most { $max } characters, without line breaks.
template-problem-bad-language = Type a language as it is registered, such as pt_BR or EN.
template-problem-no-text = Type the template's text.
template-problem-text-too-long = The text is longer than { $max } characters.
template-problem-parameter-name = Parameter { $number } needs a name that no other one has.
# $place is a place such as {"{{2}}"}.
template-problem-places = The places do not match the parameters: see to { $place }. They count from 1 without gaps, up to 20.
template-problem-taken = There is one of this name and language already.
template-error-in-file = Nothing was imported. Template { $number } of the file is wrong:
template-error-not-templates = The file is no list of templates. Choose one that the export has written.
template-error-file = The file could not be read or written. Check the path and the permissions.
template-error-store = The library could not be saved. What you typed is still here; see whether the disk has room.
