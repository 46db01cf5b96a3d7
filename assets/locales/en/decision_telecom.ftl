### DecisionTelecom: what its errors and statuses say, and the ways of sending its key.

## A documented error of the gateway: what happened, with the field in the operator's words; and after -do what that means
## for the message and what can be done. Both stand in the place of the sentences reason-…. $limit is a
## number; "namespace" is the vendor's own word.
detail-decision-rate = DecisionTelecom takes no more messages at this moment.
detail-decision-rate-do = The message was not sent: it waits in the queue and Recado tries again by itself.
detail-decision-parameter = DecisionTelecom says that something in the message is missing or wrong, and does not say what.
detail-decision-parameter-do = The message was not sent. Check the sender, the number, the text, the picture and the template, and send again.
detail-decision-sender = This account's sender is missing or wrong: it may have at most { $limit } characters.
detail-decision-sender-do = The message was not sent. Correct it in Accounts, as agreed with DecisionTelecom, and send again.
detail-decision-recipient = The recipient's number is missing or wrong.
detail-decision-recipient-do = The message was not sent. Check the number and send again.
detail-decision-kind = DecisionTelecom does not take this type of message.
detail-decision-kind-do = The message was not sent. Ask DecisionTelecom whether the account may send pictures and templates.
detail-decision-file-address = DecisionTelecom refused the picture's address.
detail-decision-file-address-do = The message was not sent. Check that the address opens in a browser without a password, and send again.
detail-decision-callback = DecisionTelecom refused the address at which Recado is told about the message.
detail-decision-callback-do = The message was not sent. Check the public address in Settings and send again.
detail-decision-template-name = The template's name is missing, or is not registered at DecisionTelecom.
detail-decision-template-name-do = The message was not sent. Correct the template's name in Accounts and send again.
detail-decision-template-parameters = The template's language or parameters are not those registered at DecisionTelecom.
detail-decision-template-parameters-do = The message was not sent. Correct the template in Accounts; if you were given a namespace, write it in front of the name: namespace:name.
detail-decision-text = The message's text is missing, or has more than { $limit } characters.
detail-decision-text-do = The message was not sent. Correct the text and send again.
detail-decision-server = DecisionTelecom's server failed and does not say how far the message had come.
detail-decision-server-do = It may have been sent, so Recado does not repeat it. Find out whether it arrived and say so here, or send again knowing that it may arrive twice.
detail-decision-balance = The account at DecisionTelecom has no credit left.
detail-decision-balance-do = The message was not sent: it waits in the queue and Recado tries again by itself. Top up the account.
detail-decision-outside-window = More than 24 hours have passed since the person last replied, and the message is not a template.
detail-decision-outside-window-do = The message was not sent. Choose a template and send again.
detail-decision-file-type = What lies at the picture's address is neither JPG nor PNG.
detail-decision-file-type-do = The message was not sent. Use a JPG or PNG picture and send again.
detail-decision-file-extension = The picture's address does not end in .jpg, .jpeg or .png.
detail-decision-file-extension-do = The message was not sent. Use an address that ends like this and send again.

## The same of a status that ends a message which the gateway had taken.
detail-decision-status-rejected = The message was rejected after DecisionTelecom had taken it.
detail-decision-status-rejected-do = It was not delivered. Check the number and the text, and send again if it is still needed.
detail-decision-status-error = Sending went wrong after DecisionTelecom had taken the message.
detail-decision-status-error-do = It was not delivered. Send it again later; if the error comes back, talk to DecisionTelecom.
detail-decision-status-failed = Delivering the message failed after DecisionTelecom had taken it.
detail-decision-status-failed-do = It did not reach the person. Check the number and send again.
detail-decision-status-deleted = The message was deleted after DecisionTelecom had taken it.
detail-decision-status-deleted-do = The person does not have it. Send it again if it is still needed.

## The three ways of sending the key, in a list to choose from.
auth-key-basic = Key in base64 (usual)
auth-key-colon = Key in base64, with a colon
auth-key-raw = Key as it was given
