### The queue: the gateway's and ours; and the history of a message.

## Head
queue-subtitle = What has not arrived yet, here and at the gateway
queue-subtitle-here = What has not arrived yet; { $vendor } tells nothing of a queue of its own
queue-no-account = Add an account to send messages and follow its queue.
queue-pause = Pause sending
queue-resume = Resume sending
queue-paused = Sending is paused: messages wait here; what is at the gateway already goes on

## The gateway's queue
queue-at-gateway = At the gateway
# $time is a duration.
queue-drains = empty in ≈ { $time }
queue-drains-at-least = empty in ≈ { $time } or more: the delay is not known
queue-drained = nothing waits there
queue-length-unknown = not known yet
queue-clear-button = Clear { $count }…
queue-clear-button-unknown = Clear…
queue-clear-title = Clear the gateway's queue?
queue-clear-what =
    { $count -> 
         [one] { $count } message the gateway has not sent yet will be deleted there.
        *[other] { $count } messages the gateway has not sent yet will be deleted there.
    }
queue-clear-what-unknown = The messages the gateway has not sent yet will be deleted there.
queue-clear-limit = Today's limit is not given back.
queue-clear-uncertain = Those of ours that the gateway has accepted and not confirmed become uncertain: it does not say which it deleted.
queue-clear-confirm =
    { $count -> 
         [one] Delete { $count } message
        *[other] Delete { $count } messages
    }
queue-clear-confirm-unknown = Delete the queue
queue-cleared =
    { $deleted -> 
         [0] The gateway had nothing to delete.
         [one] { $deleted } message deleted at the gateway.
        *[other] { $deleted } messages deleted at the gateway.
    }
queue-cleared-uncertain =
    { $count -> 
         [one] { $count } of ours became uncertain: check on the phone.
        *[other] { $count } of ours became uncertain: check on the phone.
    }
# The program itself could not do it. $words are the system's own.
queue-command-failed = It could not be done; the gateway was not called. Try again. { $words }

## The delay between two messages. $before and $now are durations.
queue-delay = Delay between messages
queue-delay-unknown = not known: the gateway has no way to ask
queue-delay-before = before { $before }
queue-delay-changed = Before { $before }, now { $now }.
queue-delay-set = Now { $now }.
queue-delay-taken = The gateway accepted it, but did not say which delay holds now.
queue-delay-advice = The gateway advises a delay when more than { $count } messages go to people who never wrote first.
queue-delay-slider = Delay in seconds
queue-delay-seconds = Seconds
queue-delay-apply = Apply
queue-delay-wrong = Type a number from 0 to { $max }.

## Our own queue
queue-here = On this computer
queue-unreadable = The list could not be read. Nothing is lost; sending goes on. It said: { $words }
queue-filter-all = All { $count }
queue-filter-waiting = Waiting { $count }
queue-filter-uncertain = Uncertain { $count }
queue-filter-refused = Rejected { $count }
queue-filter-scheduled = Scheduled { $count }
queue-filter-nothing = No message in this filter.
queue-filter-show-all = Show all
queue-empty = Nothing in the queue
queue-empty-body = Everything written has gone out. What you send shows here until it arrives.
queue-new-message = Write a message
queue-column-state = State
queue-column-to = To
queue-column-message = Message
queue-column-why = Why
# Number of attempts; the column is narrow.
queue-column-attempts = Tries
# When it is tried next.
queue-column-next = Next

## States in the table, in one word
queue-state-preparing = Preparing
queue-state-queued = Waiting
queue-state-in_flight = Sending
queue-state-accepted = Accepted
queue-state-sent = Sent
queue-state-delivered = Delivered
queue-state-read = Read
queue-state-rejected = Rejected
queue-state-unknown = Uncertain
queue-state-cancelled = Cancelled
queue-state-scheduled = Scheduled
queue-why-paused = Sending is paused.
# $when is a moment.
queue-why-scheduled = Scheduled for { $when }.
queue-why-turn = Waits for its turn.
# While the delay between two messages is kept; $time is a duration.
queue-why-paced = Waits for its turn: the next one leaves in { $time }.
queue-next-now = now
queue-next-turn = in turn

## What can be done with a message. $to is a phone number.
queue-row-menu = Actions for the message to { $to }
queue-retry = Try now
# Instead of it, for a message that waits for a time the operator set.
queue-send-now = Send now
queue-arrived = It arrived
queue-send-again = Send again
queue-send-again-ask = Send again…
queue-put-aside = Put aside
queue-cancel = Cancel sending
queue-open-conversation = Open conversation
queue-history = See history
queue-select = Select the message to { $to }
queue-select-all = Select all
queue-select-none = Clear the selection
queue-selected =
    { $count -> 
         [one] { $count } selected
        *[other] { $count } selected
    }
queue-bulk-retry = Try { $count } now
queue-bulk-cancel = Cancel { $count }
queue-bulk-put-aside = Put { $count } aside

## Messages whose outcome nobody knows
queue-uncertain =
    { $count -> 
         [one] { $count } uncertain message.
        *[other] { $count } uncertain messages.
    }
queue-uncertain-check = Check on the phone whether it reached { $to }: sending again may double it.
queue-uncertain-check-each = Check each of them on the phone: sending again may double them.
# The same two for gateways that send from a business number: there is no phone to look at.
queue-uncertain-ask = Ask { $to } whether it arrived: sending again may double it.
queue-uncertain-ask-each = Ask each person whether it arrived: sending again may double them.
queue-uncertain-show = Show uncertain ones
queue-send-again-title = Send again?
queue-send-again-risk = Nobody knows whether this message reached { $to }. If it did, the person will get a second copy. Check on the phone first.
# The same for gateways that send from a business number.
queue-send-again-risk-ask = Nobody knows whether this message reached { $to }. If it did, the person will get a second copy. Ask the person first.
queue-send-again-confirm = Send anyway

## The history of a message
history-title = History of the message
history-empty = Nothing is on record yet.
history-attempt = attempt { $attempt }
# Above the gateway's answer as it came.
history-raw = The gateway's answer, as it came
history-copy-raw = Copy answer
history-copy = Copy history
