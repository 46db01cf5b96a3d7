### Devino: what its errors say, and its credentials.

## A documented error of the gateway, with the field to correct. It stands in the place of the sentence reason-…; the
## sentence -do of its class follows.
detail-devino-billing = The account at Devino needs a payment.
detail-devino-forbidden = Devino does not allow this account to send. Talk to Devino.
detail-devino-unknown = Devino had an error that it does not explain.
detail-devino-invalid-to = The recipient's number is wrong.
detail-devino-invalid-validity = Devino refused the message's period of validity.
detail-devino-invalid-callback-url = Devino refused the public address for reports. Check the public address in Settings.
detail-devino-invalid-content-url = Devino refused the attachment's address.
detail-devino-invalid-content-type = Devino does not take this type of attachment.
detail-devino-invalid-from = The account's sender is wrong.
detail-devino-invalid-language = The template's language is wrong.
detail-devino-long-to = The recipient's number has too many digits.
detail-devino-long-text = The message's text is too long for Devino: at most 1000 characters.
detail-devino-long-language = The template's language is too long.
detail-devino-short-content-name = The name of the attached file is too short.
detail-devino-short-language = The template's language is too short.
detail-devino-no-to = The recipient's number is missing.
detail-devino-no-messages = Devino found no message in the request.
detail-devino-no-from = The account's sender is missing.
detail-devino-no-content = The message has neither text nor attachment.
detail-devino-from-not-available = The account's sender is not available at Devino.
detail-devino-too-many = Devino found that these were too many messages at once.
detail-devino-no-operator = Devino does not know to which operator the recipient's number belongs.
detail-devino-spam = The message was taken for spam.
detail-devino-billing-failed = Charging the account at Devino failed. Check the account with Devino.
detail-devino-no-funds = There is not enough credit in the account at Devino.
detail-devino-duplicate = The message was taken for a repetition.
detail-devino-expired = The message's time ran out before it was delivered.
detail-devino-too-fast = Too many messages left within a short time. Wait a little and send again.
detail-devino-content-refused = The attachment's type is not taken, or the picture has 5 MB or more.
detail-devino-no-whatsapp = The recipient's number does not use WhatsApp, or no longer does.
detail-devino-own-number = The recipient's number is that of the business account itself.
detail-devino-template-parameters = The number of parameters is not that of the template at Devino.
detail-devino-template-language = The template does not exist in this language at Devino.
detail-devino-template-parameter-long = A parameter of the template is too long.
detail-devino-outside-window = The person has not written in the last 24 hours, and the message is no template.

## The two ways of sending the credentials, and the credentials of the second.
auth-key = Access key
auth-login = Login and password
credential-login = Login
credential-login-help = The login of your account at { $vendor }.
credential-password = Password
credential-password-help = The password of that login.
