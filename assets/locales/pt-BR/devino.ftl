### Devino: what its errors say, and its credentials.

## A documented error of the gateway, with the field to correct. It stands in the place of the sentence reason-…; the
## sentence -do of its class follows.
detail-devino-billing = A conta na Devino precisa de pagamento.
detail-devino-forbidden = A Devino não permite que esta conta envie. Fale com a Devino.
detail-devino-unknown = A Devino teve um erro que ela mesma não explica.
detail-devino-invalid-to = O número do destinatário está errado.
detail-devino-invalid-validity = A Devino recusou o prazo de validade da mensagem.
detail-devino-invalid-callback-url = A Devino recusou o endereço público de retorno. Confira o endereço público em Ajustes.
detail-devino-invalid-content-url = A Devino recusou o endereço do anexo.
detail-devino-invalid-content-type = A Devino não aceita este tipo de anexo.
detail-devino-invalid-from = O remetente da conta está errado.
detail-devino-invalid-language = O idioma do modelo está errado.
detail-devino-long-to = O número do destinatário tem dígitos demais.
detail-devino-long-text = O texto da mensagem é longo demais para a Devino: no máximo 1000 caracteres.
detail-devino-long-language = O idioma do modelo é longo demais.
detail-devino-short-content-name = O nome do arquivo anexado é curto demais.
detail-devino-short-language = O idioma do modelo é curto demais.
detail-devino-no-to = Falta o número do destinatário.
detail-devino-no-messages = A Devino não encontrou nenhuma mensagem no pedido.
detail-devino-no-from = Falta o remetente da conta.
detail-devino-no-content = A mensagem não tem texto nem anexo.
detail-devino-from-not-available = O remetente da conta não está liberado na Devino.
detail-devino-too-many = A Devino achou que eram mensagens demais de uma vez.
detail-devino-no-operator = A Devino não sabe a que operadora pertence o número do destinatário.
detail-devino-spam = A mensagem foi tomada por spam.
detail-devino-billing-failed = A cobrança falhou na conta da Devino. Confira a conta com a Devino.
detail-devino-no-funds = Não há saldo bastante na conta da Devino.
detail-devino-duplicate = A mensagem foi tomada por repetida.
detail-devino-expired = O prazo da mensagem acabou antes da entrega.
detail-devino-too-fast = Saíram mensagens demais em pouco tempo. Espere um pouco e envie de novo.
detail-devino-content-refused = O tipo do anexo não é aceito, ou a imagem tem 5 MB ou mais.
detail-devino-no-whatsapp = O número do destinatário não usa WhatsApp, ou não usa mais.
detail-devino-own-number = O número do destinatário é o da própria conta comercial.
detail-devino-template-parameters = O número de parâmetros não é o que o modelo tem na Devino.
detail-devino-template-language = O modelo não existe neste idioma na Devino.
detail-devino-template-parameter-long = Um parâmetro do modelo é longo demais.
detail-devino-outside-window = A pessoa não escreveu nas últimas 24 horas, e a mensagem não é um modelo.

## The two ways of sending the credentials, and the credentials of the second.
auth-key = Chave de acesso
auth-login = Login e senha
credential-login = Login
credential-login-help = O login da sua conta na { $vendor }.
credential-password = Senha
credential-password-help = A senha desse login.
