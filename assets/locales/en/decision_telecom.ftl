### DecisionTelecom: what its errors and statuses say, and the ways of sending its key.

## A documented error of the gateway, with the field to correct. It stands in the place of the sentence reason-…; the
## sentence -do of its class follows. "namespace" is the vendor's own word.
detail-decision-rate = DecisionTelecom takes no more messages at this moment: they come faster than this account may send.
detail-decision-parameter = DecisionTelecom found something in the message missing or wrong, and does not say what: check the sender, the recipient's number, the text, the picture and the template.
detail-decision-sender = The account's sender is missing or wrong: at most 20 characters, as agreed with DecisionTelecom.
detail-decision-recipient = The recipient's number is missing or wrong.
detail-decision-kind = DecisionTelecom refused the type of the message.
detail-decision-file-address = DecisionTelecom refused the picture's address.
detail-decision-callback = DecisionTelecom refused the public address for reports. Check the public address in Settings.
detail-decision-template-name = The template's name is missing, or is not registered at DecisionTelecom.
detail-decision-template-parameters = The template's language or parameters are not as registered at DecisionTelecom. If you were given a namespace, write it in front of the template's name with a colon: namespace:name.
detail-decision-text = The message's text is missing, or has more than 4096 characters.
detail-decision-server = DecisionTelecom's server failed and does not say how far the message had come.
detail-decision-balance = The account at DecisionTelecom has no money left.
detail-decision-outside-window = The person has not written in the last 24 hours, and the message is no template.
detail-decision-file-type = What lies at the picture's address is not a JPG or PNG picture.
detail-decision-file-extension = The picture's address does not end in .jpg, .jpeg or .png.

## A documented status of the gateway that ends a message. It stands in the same place.
detail-decision-status-rejected = DecisionTelecom had taken the message, and it was rejected afterwards.
detail-decision-status-error = DecisionTelecom had taken the message, and an error came up while sending it.
detail-decision-status-failed = DecisionTelecom had taken the message, and delivering it failed.
detail-decision-status-deleted = The message was deleted after DecisionTelecom had taken it; the person does not have it.

## The three ways of sending the key, in a list to choose from.
auth-key-basic = Key in base64 (usual)
auth-key-colon = Key in base64, with a colon
auth-key-raw = Key as it was given
