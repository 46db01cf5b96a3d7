### DecisionTelecom: what its errors and statuses say, and the ways of sending its key.

## A documented error of the gateway, with the field to correct. It stands in the place of the sentence reason-…; the
## sentence -do of its class follows. "namespace" is the vendor's own word.
detail-decision-rate = A DecisionTelecom não aceita mais mensagens neste momento: elas vêm mais depressa do que esta conta pode enviar.
detail-decision-parameter = A DecisionTelecom encontrou algo faltando ou errado na mensagem e não diz o quê: confira o remetente, o número do destinatário, o texto, a imagem e o modelo.
detail-decision-sender = O remetente da conta está faltando ou errado: no máximo 20 caracteres, como combinado com a DecisionTelecom.
detail-decision-recipient = O número do destinatário está faltando ou errado.
detail-decision-kind = A DecisionTelecom recusou o tipo da mensagem.
detail-decision-file-address = A DecisionTelecom recusou o endereço da imagem.
detail-decision-callback = A DecisionTelecom recusou o endereço público de retorno. Confira o endereço público em Ajustes.
detail-decision-template-name = O nome do modelo está faltando ou não está registrado na DecisionTelecom.
detail-decision-template-parameters = O idioma ou os parâmetros do modelo não são como estão registrados na DecisionTelecom. Se você recebeu um namespace, escreva-o antes do nome do modelo, com dois-pontos: namespace:nome.
detail-decision-text = O texto da mensagem está faltando ou tem mais de 4096 caracteres.
detail-decision-server = O servidor da DecisionTelecom falhou e não diz até onde a mensagem tinha chegado.
detail-decision-balance = A conta na DecisionTelecom está sem saldo.
detail-decision-outside-window = A pessoa não escreveu nas últimas 24 horas, e a mensagem não é um modelo.
detail-decision-file-type = O que está no endereço da imagem não é uma imagem JPG ou PNG.
detail-decision-file-extension = O endereço da imagem não termina em .jpg, .jpeg ou .png.

## A documented status of the gateway that ends a message. It stands in the same place.
detail-decision-status-rejected = A DecisionTelecom tinha aceitado a mensagem, e depois ela foi rejeitada.
detail-decision-status-error = A DecisionTelecom tinha aceitado a mensagem, e houve um erro no envio.
detail-decision-status-failed = A DecisionTelecom tinha aceitado a mensagem, e a entrega falhou.
detail-decision-status-deleted = A mensagem foi apagada depois de aceita pela DecisionTelecom; a pessoa não a tem.

## The three ways of sending the key, in a list to choose from.
auth-key-basic = Chave em base64 (usual)
auth-key-colon = Chave em base64, com dois-pontos
auth-key-raw = Chave como foi fornecida
