### The dashboard: how the chosen account stands, and how it came to stand so.

## Head
dashboard-no-account = Add an account to see its connection, battery, limits and queue.
# A button on screens that need an account.
status-add-account = Add account
# The name of the choice between 24 hours, 7 days and 30 days.
dashboard-range = Period
dashboard-range-day = 24 h
dashboard-range-week = 7 days
dashboard-range-month = 30 days
dashboard-refresh = Read now (F5)
dashboard-reading = Reading now…
# $age is an age ("12 s ago"), $interval a duration ("30 s").
dashboard-read-all = All read { $age }, every { $interval }
dashboard-read-failed = Reading failed { $age }; tried again every { $interval }
dashboard-not-read = Not read yet
# For a gateway that tells nothing of phone, limits or queue: it is only asked whether it takes the credentials.
dashboard-asked = { $vendor } answered { $age }; asked every { $interval }
# $words are the system's own.
dashboard-data-unreadable = The history could not be read. It said: { $words }

## Values that may no longer hold. $age is an age, $why a state such as "Gateway unreachable".
status-stale = read { $age }
status-stale-why = read { $age } · { $why }
dashboard-unknown = not known yet

## Connection
dashboard-connection = Connection
# How long it has stood so. $duration is a duration.
dashboard-since = for { $duration }
dashboard-pair = Pair phone
dashboard-open-accounts = Open accounts
dashboard-check-now = Check now

## Battery. $rate is a percentage, $until a time.
dashboard-battery = Battery
dashboard-battery-low = low: plug it in
dashboard-battery-untold = The gateway did not tell the battery.
dashboard-battery-falling = −{ $rate } an hour
dashboard-battery-falling-until = −{ $rate } an hour · until ≈ { $until }
dashboard-battery-rising = charging, +{ $rate } an hour
dashboard-battery-steady = steady

## Today's limit. $daily is a number in words, $time a time of day, $share a percentage.
dashboard-limit = Today's limit
dashboard-limit-left-of =
    { $left -> 
         [0] none left
        *[other] left
    } of { $daily }
dashboard-limit-left =
    { $left -> 
         [0] none left today
        *[other] left today
    }
dashboard-limit-used = { $share } used
dashboard-limit-untold = The gateway did not tell the limit.
dashboard-limit-gone = used up: the next ones wait until tomorrow
dashboard-limit-runs-out = used up ≈ { $time } at this pace
dashboard-limit-lasts = lasts for today at this pace

## The gateway's queue. $time and $delay are durations.
dashboard-gateway-queue = Gateway queue
dashboard-queue-empty = empty: nothing waits there
dashboard-queue-drains = ≈ { $time } with a delay of { $delay }
dashboard-queue-drains-at-least = ≈ { $time } or more: the delay is not known
dashboard-open-queue = See the queue

## What we know ourselves, where the gateway tells less. $age is an age.
# Heading over an age: when the gateway last took a message.
dashboard-accepted = Last accepted
dashboard-reported = last report { $age }
dashboard-never-reported = no report has come yet
dashboard-problems = Problems today
dashboard-problems-none = nothing rejected or uncertain
dashboard-problems-some = rejected or uncertain
# Heading over a duration, and the line under it.
dashboard-delivery = Time to delivery
dashboard-delivery-half = at most, for half of the messages of the last 7 days
dashboard-delivery-none = none delivered in the last 7 days

## Our own outbox by state: headings of counts, so in the plural.
dashboard-outbox = Our messages
dashboard-open-outbox = Open the queue
dashboard-outbox-queued = Waiting
dashboard-outbox-in_flight = Sending
dashboard-outbox-accepted = At the gateway
dashboard-outbox-sent = Sent
dashboard-outbox-delivered = Delivered
dashboard-outbox-read = Read
dashboard-outbox-rejected = Rejected
dashboard-outbox-unknown = Uncertain

## Messages over time
dashboard-messages-by-hour = Messages per hour
dashboard-messages-by-day = Messages per day
dashboard-series-accepted = accepted
dashboard-series-delivered = delivered
dashboard-series-read = read
dashboard-series-problems = with a problem
# What the plot shows, for those who do not see it.
dashboard-messages-summary = Messages: { $sent } sent, { $delivered } delivered, { $read } read, { $problems } with a problem
dashboard-nothing-sent-day = Nothing sent in these 24 hours
dashboard-nothing-sent-week = Nothing sent in these 7 days
dashboard-nothing-sent-month = Nothing sent in these 30 days
dashboard-new-message = Write a message
# An hour on the axis. $hour is 0 to 23.
dashboard-axis-hour = { $hour }:00
dashboard-sum-sent = Sent
dashboard-sum-delivered = Delivered
dashboard-sum-read = Read
dashboard-sum-problems = With a problem

## The plan
dashboard-plan = Plan ends
dashboard-plan-over = has ended
dashboard-plan-today = ends today
dashboard-plan-soon =
    { $days -> 
         [one] ends tomorrow
        *[other] ends in { $days } days
    }

## Lines over time
dashboard-no-readings = No readings in this period
# What a line shows, for those who do not see it. $what is its title.
dashboard-line-summary = { $what }: from { $lowest } to { $highest }
# A point of a line: its value and its time.
dashboard-line-point = { $value } · { $time }

## What changed: what happened to the connection
dashboard-changes = What changed
dashboard-no-changes = The connection did not change in this period.
dashboard-change-phone-back = Phone is back online
dashboard-change-gateway-back = Gateway answers again
dashboard-change-credentials-back = Credentials accepted again
dashboard-change-paired = Paired: { $name }
dashboard-change-ready-named = Ready: { $name }
dashboard-change-ready = Ready
dashboard-change-must-pair = Session ended
# A state and how long it lasted.
dashboard-change-lasted = { $what }, for { $duration }
