### What the demo says in the terminal.

demo-no-display = There is no display on this machine: the demo does the same job here in the terminal.
demo-begins = The demo is in the window. Its gateways run on this machine; nothing leaves it and nothing is kept.
demo-title = Recado (demo)
demo-no-window = The demo goes on here in the terminal.
demo-headless-begins = Demo of Recado, seed { $seed }. The gateways run on this machine; nothing leaves it.
demo-step-account = Account { $name } ({ $vendor }): { $state }.
demo-step-pairing = Pairing a phone: the one that was connected will be disconnected.
demo-step-code = Code { $number } received:
demo-step-scan = The demo's phone scans the code…
demo-step-paired = Paired: { $name }, { $number }.
demo-step-health = State: { $state }, battery { $battery }%, { $left } of { $daily } messages left today.
demo-step-delay = Delay between messages: { $previous } s before, { $current } s now.
demo-step-stored = Stored for { $number }: { $text }
demo-step-sent = { $number }: { $state }.
# A picture of this disk is sent: taken in, put up, fetched by the gateway.
demo-step-file = Taken in: { $name }, { $size }.
# $url is the address of the file under our own listener.
demo-step-file-put = Attachment put at { $url }, fetched back and compared.
# $kind is a type such as image/jpeg.
demo-step-file-fetched = The gateway fetched it: { $kind }, { $size }, the same bytes.
demo-step-cleared = Gateway queue cleared: { $deleted ->
    [one] 1 message deleted
   *[other] { $deleted } messages deleted
 }; { $uncertain ->
    [one] 1 of ours became uncertain
   *[other] { $uncertain } of ours became uncertain
 }.
demo-headless-done = Done: the real program did all of it; only the gateways were local.
demo-picture = Drawn: { $file }
demo-step-queue = In the gateway's queue: { $count }.
# Answers come in through the webhook.
demo-step-webhook = Marina answers; the gateway calls the address of this program.
demo-step-came = Came from { $name }: { $text }
demo-step-read = Read by { $number }

# Names of the second and the third account: an invented shop for upholstered furniture, and an invented clinic.
demo-account-shop = Sunflower Upholstery
demo-account-clinic = Wellbeing Clinic

# $key is the template's name at the gateway, $text the message as the person sees it.
demo-step-template = Template { $key } for { $number }: { $text }
demo-step-delivered = Delivered to { $number }
# Helena is a customer of the second account.
demo-step-customer = Helena answers; the gateway calls the address of this program.
