### Devino: what its errors say, and its credentials.

## A documented error of the gateway: what happened, with the field in the operator's words; and after -do what that means
## for the message and what can be done. Both stand in the place of the sentences reason-…, for a message that
## was refused before anything was sent.
detail-devino-billing = Devino asks for a payment for this account.
detail-devino-billing-do = The message was not sent: it waits in the queue and Recado tries again by itself. Settle the payment with Devino.
detail-devino-forbidden = Devino does not allow this account to send.
detail-devino-forbidden-do = The message was not sent. Talk to Devino before you send again.
detail-devino-unknown = Devino refused the message because of an error that it does not explain.
detail-devino-unknown-do = The message was not sent. Send it again later; if the error comes back, talk to Devino.
detail-devino-invalid-to = The recipient's number is wrong.
detail-devino-invalid-to-do = The message was not sent. Check the number and send again.
detail-devino-invalid-validity = Devino refused the message's period of validity.
detail-devino-invalid-validity-do = The message was not sent. Send it again; if the error comes back, talk to Devino.
detail-devino-invalid-callback-url = Devino refused the address at which Recado is told about the message.
detail-devino-invalid-callback-url-do = The message was not sent. Check the public address in Settings and send again.
detail-devino-invalid-content-url = Devino refused the attachment's address.
detail-devino-invalid-content-url-do = The message was not sent. Check that the address opens in a browser without a password, and send again.
detail-devino-invalid-content-type = Devino does not take this type of attachment.
detail-devino-invalid-content-type-do = The message was not sent. Attach the file in another format and send again.
detail-devino-invalid-from = This account's sender is wrong.
detail-devino-invalid-from-do = The message was not sent. Correct the sender in Accounts and send again.
detail-devino-invalid-language = The template's language code is wrong.
detail-devino-invalid-language-do = The message was not sent. Correct the template's language in Accounts and send again.
detail-devino-long-to = The recipient's number has too many digits.
detail-devino-long-to-do = The message was not sent. Check the number and send again.
detail-devino-long-text = The message's text is over Devino's limit of { $limit } characters.
detail-devino-long-text-do = The message was not sent. Shorten the text and send again.
detail-devino-long-language = The template's language code is too long.
detail-devino-long-language-do = The message was not sent. Use a code such as en_US in Accounts and send again.
detail-devino-short-content-name = The name of the attached file is too short.
detail-devino-short-content-name-do = The message was not sent. Give the file a longer name, attach it again and send.
detail-devino-short-language = The template's language code is too short.
detail-devino-short-language-do = The message was not sent. Use a code such as en_US in Accounts and send again.
detail-devino-no-to = The recipient's number is missing.
detail-devino-no-to-do = The message was not sent. Check the contact's number and send again.
detail-devino-no-messages = Devino found no message in the request.
detail-devino-no-messages-do = The message was not sent. Send it again; if the error comes back, talk to Devino.
detail-devino-no-from = This account's sender is missing.
detail-devino-no-from-do = The message was not sent. Fill in the sender in Accounts and send again.
detail-devino-no-content = The message has neither text nor attachment.
detail-devino-no-content-do = Nothing was sent. Write a text or attach a file, and send again.
detail-devino-from-not-available = This account's sender is not available at Devino.
detail-devino-from-not-available-do = The message was not sent. Ask Devino to make it available, or use another in Accounts.
detail-devino-too-many = Devino received too many messages in one request.
detail-devino-too-many-do = The message was not sent. Send it again; if the error comes back, talk to Devino.

## The same of an error that came after the gateway had taken the message. $limit is a number.
detail-devino-no-operator = Devino does not know which operator the recipient's number belongs to.
detail-devino-no-operator-do = The message was not delivered. Check the number and send again.
detail-devino-spam = The message was taken for spam.
detail-devino-spam-do = It was not delivered. Wait, and change the text before you send again.
detail-devino-billing-failed = Devino could not charge for this message.
detail-devino-billing-failed-do = It was not delivered. Check the account's payment with Devino and send again.
detail-devino-no-funds = The account at Devino did not have enough credit for this message.
detail-devino-no-funds-do = It was not delivered. Top up the account and send again.
detail-devino-duplicate = The message was taken for a repetition.
detail-devino-duplicate-do = It was not delivered. If it is still needed, change the text and send again.
detail-devino-expired = The time for delivering the message ran out.
detail-devino-expired-do = The person's phone may be off. Send it again if it is still needed.
detail-devino-late-long-text = The message's text was too long to be delivered.
detail-devino-late-long-text-do = It was not delivered. Shorten the text and send again.
detail-devino-too-fast = Devino received too many messages within a short time.
detail-devino-too-fast-do = This one was not delivered. Wait a few minutes and send it again.
detail-devino-content-refused = The attachment's type is not taken, or the picture has { $limit } MB or more.
detail-devino-content-refused-do = The message was not delivered. Attach the file in another format, or a smaller picture, and send again.
detail-devino-no-whatsapp = The recipient's number does not use WhatsApp, or no longer does.
detail-devino-no-whatsapp-do = The message was not delivered. Check the number and send again.
detail-devino-own-number = The recipient's number is that of the business account itself.
detail-devino-own-number-do = The message was not delivered. Send to another number.
detail-devino-template-parameters = The number of parameters is not what the template has at Devino.
detail-devino-template-parameters-do = The message was not delivered. Correct the template's parameters in Accounts and send again.
detail-devino-template-language = The template does not exist in this language at Devino.
detail-devino-template-language-do = The message was not delivered. Correct the template's language in Accounts and send again.
detail-devino-template-parameter-long = A parameter of the template is too long.
detail-devino-template-parameter-long-do = The message was not delivered. Shorten what was filled into the template and send again.
detail-devino-outside-window = The person had not written in the last 24 hours, and the message was not a template.
detail-devino-outside-window-do = It was not delivered. Choose a template and send again.
detail-devino-late-unknown = Devino did not deliver the message, because of an error that it does not explain.
detail-devino-late-unknown-do = Send it again later; if the error comes back, talk to Devino.
detail-devino-late-undocumented = Devino did not deliver the message, for a reason that is not in its documentation.
detail-devino-late-undocumented-do = Ask Devino for the reason, or send it again if it is still needed.

## The same of an error that the document knows at other fields only. $field is a name of the list below.
detail-devino-field-invalid = Devino refused a part of the message: { $field }.
detail-devino-field-invalid-do = The message was not sent. Correct it and send again; if the error comes back, talk to Devino.
detail-devino-field-long = A part of the message is too long for Devino: { $field }.
detail-devino-field-long-do = The message was not sent. Correct it and send again; if the error comes back, talk to Devino.
detail-devino-field-over = A part of the message is over Devino's limit: { $field }, at most { $limit } characters.
detail-devino-field-over-do = The message was not sent. Correct it and send again; if the error comes back, talk to Devino.
detail-devino-field-short = A part of the message is too short for Devino: { $field }.
detail-devino-field-short-do = The message was not sent. Correct it and send again; if the error comes back, talk to Devino.
detail-devino-field-missing = A part of the message is missing: { $field }.
detail-devino-field-missing-do = The message was not sent. Correct it and send again; if the error comes back, talk to Devino.
detail-devino-field-not-available = A part of the message is not available at Devino: { $field }.
detail-devino-field-not-available-do = The message was not sent. Correct it and send again; if the error comes back, talk to Devino.

## What an error may name, as it stands after a colon.
message-field-to = the recipient's number
message-field-from = the account's sender
message-field-text = the text
message-field-validity = the period of validity
message-field-callback-url = the address for reports
message-field-callback-data = the mark by which Recado recognises reports
message-field-content-url = the attachment's address
message-field-content-name = the attachment's name
message-field-content-type = the attachment's type
message-field-template-id = the template's identifier
message-field-template-params = the template's parameters
message-field-language-code = the template's language

## The two ways of sending the credentials, and the credentials of the second.
auth-key = Access key
auth-login = Login and password
credential-login = Login
credential-login-help = The login of your account at { $vendor }.
credential-password = Password
credential-password-help = The password of that login.
