### Devino: what its errors say, and its credentials.

## A documented error of the gateway: what happened, with the field in the operator's words; and after -do what that means
## for the message and what can be done. Both stand in the place of the sentences reason-…, for a message that
## was refused before anything was sent.
detail-devino-billing = A Devino pede um pagamento para esta conta.
detail-devino-billing-do = A mensagem não foi enviada: ela espera na fila e o Recado tenta de novo sozinho. Acerte o pagamento com a Devino.
detail-devino-forbidden = A Devino não permite que esta conta envie.
detail-devino-forbidden-do = A mensagem não foi enviada. Fale com a Devino antes de enviar de novo.
detail-devino-unknown = A Devino recusou a mensagem por um erro que não explica.
detail-devino-unknown-do = A mensagem não foi enviada. Envie de novo mais tarde; se o erro voltar, fale com a Devino.
detail-devino-invalid-to = O número do destinatário está errado.
detail-devino-invalid-to-do = A mensagem não foi enviada. Confira o número, também com e sem o nono dígito, e envie de novo.
detail-devino-invalid-validity = A Devino recusou o prazo de validade da mensagem.
detail-devino-invalid-validity-do = A mensagem não foi enviada. Envie de novo; se o erro voltar, fale com a Devino.
detail-devino-invalid-callback-url = A Devino recusou o endereço em que o Recado recebe os avisos da mensagem.
detail-devino-invalid-callback-url-do = A mensagem não foi enviada. Confira o endereço público em Ajustes e envie de novo.
detail-devino-invalid-content-url = A Devino recusou o endereço do anexo.
detail-devino-invalid-content-url-do = A mensagem não foi enviada. Confira se o endereço abre sem senha no navegador e envie de novo.
detail-devino-invalid-content-type = A Devino não aceita este tipo de anexo.
detail-devino-invalid-content-type-do = A mensagem não foi enviada. Anexe o arquivo em outro formato e envie de novo.
detail-devino-invalid-from = O remetente desta conta está errado.
detail-devino-invalid-from-do = A mensagem não foi enviada. Corrija o remetente em Contas e envie de novo.
detail-devino-invalid-language = O código de idioma do modelo está errado.
detail-devino-invalid-language-do = A mensagem não foi enviada. Corrija o idioma do modelo em Contas e envie de novo.
detail-devino-long-to = O número do destinatário tem dígitos demais.
detail-devino-long-to-do = A mensagem não foi enviada. Confira o número e envie de novo.
detail-devino-long-text = O texto da mensagem passa do limite da Devino: { $limit } caracteres.
detail-devino-long-text-do = A mensagem não foi enviada. Encurte o texto e envie de novo.
detail-devino-long-language = O código de idioma do modelo é longo demais.
detail-devino-long-language-do = A mensagem não foi enviada. Use em Contas um código como pt_BR e envie de novo.
detail-devino-short-content-name = O nome do arquivo anexado é curto demais.
detail-devino-short-content-name-do = A mensagem não foi enviada. Dê ao arquivo um nome mais longo, anexe-o outra vez e envie de novo.
detail-devino-short-language = O código de idioma do modelo é curto demais.
detail-devino-short-language-do = A mensagem não foi enviada. Use em Contas um código como pt_BR e envie de novo.
detail-devino-no-to = Falta o número do destinatário.
detail-devino-no-to-do = A mensagem não foi enviada. Confira o número do contato e envie de novo.
detail-devino-no-messages = A Devino não encontrou nenhuma mensagem no pedido.
detail-devino-no-messages-do = A mensagem não foi enviada. Envie de novo; se o erro voltar, fale com a Devino.
detail-devino-no-from = Falta o remetente desta conta.
detail-devino-no-from-do = A mensagem não foi enviada. Preencha o remetente em Contas e envie de novo.
detail-devino-no-content = A mensagem não tem texto nem anexo.
detail-devino-no-content-do = Nada foi enviado. Escreva um texto ou anexe um arquivo e envie de novo.
detail-devino-from-not-available = O remetente desta conta não está liberado na Devino.
detail-devino-from-not-available-do = A mensagem não foi enviada. Peça à Devino que o libere, ou use outro em Contas.
detail-devino-too-many = A Devino recebeu mensagens demais em um só pedido.
detail-devino-too-many-do = A mensagem não foi enviada. Envie de novo; se o erro voltar, fale com a Devino.

## The same of an error that came after the gateway had taken the message. $limit is a number.
detail-devino-no-operator = A Devino não sabe a que operadora pertence o número do destinatário.
detail-devino-no-operator-do = A mensagem não foi entregue. Confira o número e envie de novo.
detail-devino-spam = A mensagem foi tratada como spam.
detail-devino-spam-do = Ela não foi entregue. Espere e mude o texto antes de enviar de novo.
detail-devino-billing-failed = A Devino não conseguiu cobrar esta mensagem.
detail-devino-billing-failed-do = Ela não foi entregue. Confira o pagamento da conta com a Devino e envie de novo.
detail-devino-no-funds = O saldo da conta na Devino não bastou para esta mensagem.
detail-devino-no-funds-do = Ela não foi entregue. Recarregue a conta e envie de novo.
detail-devino-duplicate = A mensagem foi tratada como repetida.
detail-devino-duplicate-do = Ela não foi entregue. Se ainda for preciso, mude o texto e envie de novo.
detail-devino-expired = O prazo da mensagem acabou antes da entrega.
detail-devino-expired-do = O telefone da pessoa pode estar desligado. Envie de novo se ainda for preciso.
detail-devino-late-long-text = O texto da mensagem era longo demais para ser entregue.
detail-devino-late-long-text-do = Ela não foi entregue. Encurte o texto e envie de novo.
detail-devino-too-fast = A Devino recebeu mensagens demais em pouco tempo.
detail-devino-too-fast-do = Esta não foi entregue. Espere alguns minutos e envie de novo.
detail-devino-content-refused = O tipo do anexo não é aceito, ou a imagem tem { $limit } MB ou mais.
detail-devino-content-refused-do = A mensagem não foi entregue. Anexe o arquivo em outro formato, ou uma imagem menor, e envie de novo.
detail-devino-no-whatsapp = O número do destinatário não usa WhatsApp, ou não usa mais.
detail-devino-no-whatsapp-do = A mensagem não foi entregue. Confira o número, também com e sem o nono dígito, e envie de novo.
detail-devino-own-number = O número do destinatário é o da própria conta comercial.
detail-devino-own-number-do = A mensagem não foi entregue. Envie a outro número.
detail-devino-template-parameters = A quantidade de parâmetros não é a que o modelo tem na Devino.
detail-devino-template-parameters-do = A mensagem não foi entregue. Corrija os parâmetros do modelo em Contas e envie de novo.
detail-devino-template-language = O modelo não existe neste idioma na Devino.
detail-devino-template-language-do = A mensagem não foi entregue. Corrija o idioma do modelo em Contas e envie de novo.
detail-devino-template-parameter-long = Um parâmetro do modelo é longo demais.
detail-devino-template-parameter-long-do = A mensagem não foi entregue. Encurte o que foi preenchido no modelo e envie de novo.
detail-devino-outside-window = A pessoa não escreveu nas últimas 24 horas, e a mensagem não era um modelo.
detail-devino-outside-window-do = Ela não foi entregue. Escolha um modelo e envie de novo.
detail-devino-late-unknown = A Devino não entregou a mensagem, por um erro que não explica.
detail-devino-late-unknown-do = Envie de novo mais tarde; se o erro voltar, fale com a Devino.
detail-devino-late-undocumented = A Devino não entregou a mensagem, por um motivo que não está na documentação dela.
detail-devino-late-undocumented-do = Pergunte o motivo à Devino, ou envie de novo se ainda for preciso.

## The same of an error that the document knows at other fields only. $field is a name of the list below.
detail-devino-field-invalid = A Devino recusou um dado da mensagem: { $field }.
detail-devino-field-invalid-do = A mensagem não foi enviada. Corrija isso e envie de novo; se o erro voltar, fale com a Devino.
detail-devino-field-long = Um dado da mensagem é longo demais para a Devino: { $field }.
detail-devino-field-long-do = A mensagem não foi enviada. Corrija isso e envie de novo; se o erro voltar, fale com a Devino.
detail-devino-field-over = Um dado da mensagem passa do limite da Devino: { $field }, no máximo { $limit } caracteres.
detail-devino-field-over-do = A mensagem não foi enviada. Corrija isso e envie de novo; se o erro voltar, fale com a Devino.
detail-devino-field-short = Um dado da mensagem é curto demais para a Devino: { $field }.
detail-devino-field-short-do = A mensagem não foi enviada. Corrija isso e envie de novo; se o erro voltar, fale com a Devino.
detail-devino-field-missing = Falta um dado da mensagem: { $field }.
detail-devino-field-missing-do = A mensagem não foi enviada. Corrija isso e envie de novo; se o erro voltar, fale com a Devino.
detail-devino-field-not-available = Um dado da mensagem não está liberado na Devino: { $field }.
detail-devino-field-not-available-do = A mensagem não foi enviada. Corrija isso e envie de novo; se o erro voltar, fale com a Devino.

## What an error may name, as it stands after a colon.
message-field-to = o número do destinatário
message-field-from = o remetente da conta
message-field-text = o texto
message-field-validity = o prazo de validade
message-field-callback-url = o endereço para os avisos
message-field-callback-data = a marca que o Recado põe para reconhecer os avisos
message-field-content-url = o endereço do anexo
message-field-content-name = o nome do anexo
message-field-content-type = o tipo do anexo
message-field-template-id = o identificador do modelo
message-field-template-params = os parâmetros do modelo
message-field-language-code = o idioma do modelo

## The two ways of sending the credentials, and the credentials of the second.
auth-key = Chave de acesso
auth-login = Login e senha
credential-login = Login
credential-login-help = O login da sua conta na { $vendor }.
credential-password = Senha
credential-password-help = A senha desse login.
