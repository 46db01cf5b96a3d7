### Where attachments are put, so that a gateway can fetch them: the card of an account, and the files that are outside.

## The card of an account. $vendor is the gateway.
hosting-title = Attachments
hosting-body = { $vendor } fetches attachments from an address. Files of this computer are put in the place chosen here, fetched back and compared; only then does the message leave.
hosting-choice-listener = This computer
hosting-choice-listener-means = Recado offers the file under the public address while the program is open.
hosting-choice-storage = S3-compatible storage
hosting-choice-storage-means = In a bucket of yours: AWS S3, MinIO, Cloudflare R2, Backblaze B2. The computer may be off when the gateway fetches.
hosting-choice-address = Only https addresses
hosting-choice-address-means = No file of this computer is sent; you give the address of something that is on the web already.
# How it stands, in a word or two.
hosting-state-listener = Can be fetched
hosting-state-out-of-reach = Out of reach
hosting-state-starting = Starting…
hosting-state-storage = In storage
hosting-state-address = Addresses only

## The choice "This computer".
hosting-addresses = Addresses of files
hosting-addresses-copy = Copy the beginning of the addresses
hosting-reach-title = The gateway cannot fetch files from here
hosting-reach-public = Each file gets an address that cannot be guessed. It ends when no message needs it any more, after 7 days at the latest.
hosting-reach-here = The gateway of this account runs on this computer, so no public address is needed.
hosting-reach-no-public-address = There is no public address. Messages with files wait until there is one.
hosting-reach-not-listening = The program is not listening. Messages with files wait until it does.
hosting-reach-starting = The program begins to listen in a moment.
hosting-to-settings = Open settings

## The choice "S3-compatible storage": fields and what to type, by key.
hosting-storage-help = The bucket stays private: every file gets a signed address of its own, valid for 7 days, and is removed when no message needs it any more.
hosting-field-endpoint = Service address
hosting-field-endpoint-help = The https address of the service, without the bucket.
hosting-field-bucket = Bucket
hosting-field-bucket-help = It must exist already.
hosting-field-region = Region
hosting-field-region-help = As in the service's panel; auto with Cloudflare R2, us-east-1 with MinIO.
hosting-field-access_key = Access key
hosting-field-secret_key = Secret key
# $store is the name of the keyring: "GNOME Keyring".
hosting-key-help = Will be kept in: { $store }. Never in a file.
hosting-field-prefix = Folder in the bucket (optional)
hosting-field-prefix-help = Recado's files go below it and nothing else there is touched.
hosting-field-path-style = Bucket in the path
hosting-field-path-style-help = Right for almost all services. Switch it off if yours wants the bucket in front of its name.
hosting-problem-endpoint = The bucket cannot stand in front of a number: switch on Bucket in the path, or use the service's name.
hosting-problem-bucket = A bucket's name has 3 to 63 small letters, digits, dots and dashes.
hosting-problem-region = A region is one word, such as us-east-1.
hosting-problem-prefix = Use plain names with slashes between them, such as office/recado.

## Buttons, and what comes of them.
hosting-test = Test place
hosting-save = Save place
hosting-undo = Undo changes
hosting-change-means = A file that waits for its message is put anew in the place you save.
# $account is the account's name.
hosting-saved = Attachments of { $account }: place saved
hosting-test-good = Works: put there, fetched back and removed in { $milliseconds } ms
hosting-test-failed = The test did not succeed
hosting-not-saved = The place was not saved

## Errors: what happened; -do is what helps.
hosting-fields = Something that was typed cannot stand.
hosting-fields-do = Correct the fields that are marked.
hosting-no-place = There is no place for files of this computer.
hosting-no-place-do = Choose this computer or a storage.
hosting-no-public-address = There is no public address.
hosting-no-public-address-do = Enter it in Settings, under Receiving answers.
hosting-not-listening = The program is not listening.
hosting-not-listening-do = Switch listening on in Settings.
hosting-keys = The keys could not be kept or read.
hosting-keys-do = What you typed is still here. Unlock the keyring or choose another place for credentials, and try again.
hosting-storage-unreachable = The storage was not reached.
hosting-storage-unreachable-do = Check the service address and the internet connection.
hosting-storage-refused = The storage said no.
hosting-storage-refused-do = Check the keys, the bucket, the region, and whether the keys may write, read and delete there.
hosting-not-fetched-back = The test file was put there but did not come back.
hosting-file-lost = The test file could not be written on this computer.
hosting-file-lost-do = See whether the disk has room.
hosting-store = The database could not keep it.
hosting-store-do = What you typed is still here. See whether the disk has room, and save again.

## Why what was put there did not come back, after hosting-not-fetched-back; and what helps.
hosting-fetch-not-https = Its address does not begin with https, and gateways fetch from https only.
hosting-fetch-not-public = Its address leads into this network, where the gateway cannot get. Use an address that the internet can reach.
hosting-fetch-unreachable = Nobody answers under its address. Check the proxy, the tunnel or the storage, and the domain name.
hosting-fetch-timed-out = It did not come whole in time. Check the proxy, the tunnel or the storage.
# $status is the HTTP status code.
hosting-fetch-status = The server answered with code { $status }. Check where the proxy or tunnel leads to, or what the storage allows.
hosting-fetch-redirected = Its address leads on to another one, and gateways do not follow. Enter the address it leads to.
hosting-fetch-too-large = Something larger came than what was put there. Another server seems to answer.
hosting-fetch-different = Something else came than what was put there. Another server, or a page of the proxy, seems to answer.

## Why storage says no, where that is known: what happened, and after -do what can be done. $region, $host and $minutes are
## what the storage told. The sentences detail-… are the same for a message that waits for its file.
hosting-storage-region = The bucket is in the region { $region }.
hosting-storage-region-do = Correct the region in Accounts.
detail-storage-region = { hosting-storage-region }
detail-storage-region-do = Nothing was sent; Recado tries again by itself. { hosting-storage-region-do }
hosting-storage-host = The bucket is at another address: { $host }.
hosting-storage-host-do = Correct the service's address in Accounts.
detail-storage-host = { hosting-storage-host }
detail-storage-host-do = Nothing was sent; Recado tries again by itself. { hosting-storage-host-do }
hosting-storage-clock-ahead = This computer's clock is { $minutes } minutes ahead of the storage's.
hosting-storage-clock-ahead-do = Set this computer's date and time right.
detail-storage-clock-ahead = { hosting-storage-clock-ahead }
detail-storage-clock-ahead-do = Nothing was sent; Recado tries again by itself. { hosting-storage-clock-ahead-do }
hosting-storage-clock-behind = This computer's clock is { $minutes } minutes behind the storage's.
hosting-storage-clock-behind-do = Set this computer's date and time right.
detail-storage-clock-behind = { hosting-storage-clock-behind }
detail-storage-clock-behind-do = Nothing was sent; Recado tries again by itself. { hosting-storage-clock-behind-do }
hosting-storage-clock = The clocks of this computer and of the storage differ too much.
hosting-storage-clock-do = Set this computer's date and time right.
detail-storage-clock = { hosting-storage-clock }
detail-storage-clock-do = Nothing was sent; Recado tries again by itself. { hosting-storage-clock-do }
hosting-storage-leads-on = The service's address leads on to another address.
hosting-storage-leads-on-do = Enter the storage's final address in Accounts.
detail-storage-leads-on = { hosting-storage-leads-on }
detail-storage-leads-on-do = Nothing was sent; Recado tries again by itself. { hosting-storage-leads-on-do }
hosting-storage-strange = What answers at the service's address is not S3 storage.
hosting-storage-strange-do = Correct the service's address in Accounts.
detail-storage-strange = { hosting-storage-strange }
detail-storage-strange-do = Nothing was sent; Recado tries again by itself. { hosting-storage-strange-do }

## Which kind of place a file is in.
hosting-place-listener = this computer
hosting-place-storage = storage

## Settings: files that can be fetched from outside.
hosted-title = Files outside
hosted-help = Attachments that a gateway can fetch just now. Each one ends by itself when no message needs it any more.
hosted-none = No file of this computer can be fetched from outside.
# $count files of $size together.
hosted-total = { $count ->
    [one] { $count } file, { $size }
   *[other] { $count } files, { $size } together
}
# Parts of the line about a file; they are put together with dots between them. $when is a moment: "yesterday, 14:32".
hosted-since = since { $when }
hosted-until = until { $when }
hosted-on-its-way = on its way
# $share is a percentage.
hosted-uploading = on its way, { $share }
# $count messages still need the file.
hosted-needed-by = { $count ->
    [0] no message needs it
    [one] one message needs it
   *[other] { $count } messages need it
}
hosted-all = Show all { $count }
hosted-fewer = Show fewer
hosted-revoke = Take away…
# Accessible name of the button above; $name is the file's name.
hosted-revoke-of = Take away: { $name }
hosted-revoke-title = Take { $name } away?
hosted-revoke-unneeded = Its address stops answering. No message needs it any more.
# $count messages still need the file.
hosted-revoke-needed = { $count ->
    [one] Its address stops answering. The message that still needs it waits; Recado puts the file up again under a new address before it leaves.
   *[other] Its address stops answering. The { $count } messages that still need it wait; Recado puts the file up again under a new address before they leave.
}
hosted-revoke-accepted = A message that the gateway has accepted already may arrive without the file.
hosted-revoke-keep = Leave it
hosted-revoke-go = Take file away
