### DecisionTelecom: what its errors and statuses say, and the ways of sending its key.

## A documented error of the gateway: what happened, with the field in the operator's words; and after -do what that means
## for the message and what can be done. Both stand in the place of the sentences reason-…. $limit is a
## number; "namespace" is the vendor's own word.
detail-decision-rate = A DecisionTelecom não aceita mais mensagens neste momento.
detail-decision-rate-do = A mensagem não foi enviada: ela espera na fila e o Recado tenta de novo sozinho.
detail-decision-parameter = A DecisionTelecom diz que falta algo na mensagem ou que algo está errado, sem dizer o quê.
detail-decision-parameter-do = A mensagem não foi enviada. Confira o remetente, o número, o texto, a imagem e o modelo, e envie de novo.
detail-decision-sender = O remetente desta conta falta ou está errado: pode ter no máximo { $limit } caracteres.
detail-decision-sender-do = A mensagem não foi enviada. Corrija-o em Contas, como combinado com a DecisionTelecom, e envie de novo.
detail-decision-recipient = O número do destinatário falta ou está errado.
detail-decision-recipient-do = A mensagem não foi enviada. Confira o número, também com e sem o nono dígito, e envie de novo.
detail-decision-kind = A DecisionTelecom não aceita este tipo de mensagem.
detail-decision-kind-do = A mensagem não foi enviada. Pergunte à DecisionTelecom se a conta pode enviar imagens e modelos.
detail-decision-file-address = A DecisionTelecom recusou o endereço da imagem.
detail-decision-file-address-do = A mensagem não foi enviada. Confira se o endereço abre sem senha no navegador e envie de novo.
detail-decision-callback = A DecisionTelecom recusou o endereço em que o Recado recebe os avisos da mensagem.
detail-decision-callback-do = A mensagem não foi enviada. Confira o endereço público em Ajustes e envie de novo.
detail-decision-template-name = O nome do modelo falta ou não está registrado na DecisionTelecom.
detail-decision-template-name-do = A mensagem não foi enviada. Corrija o nome do modelo em Contas e envie de novo.
detail-decision-template-parameters = O idioma ou os parâmetros do modelo não são os registrados na DecisionTelecom.
detail-decision-template-parameters-do = A mensagem não foi enviada. Corrija o modelo em Contas; se você recebeu um namespace, escreva-o antes do nome: namespace:nome.
detail-decision-text = O texto da mensagem falta ou passa de { $limit } caracteres.
detail-decision-text-do = A mensagem não foi enviada. Corrija o texto e envie de novo.
detail-decision-server = O servidor da DecisionTelecom falhou e não diz até onde a mensagem chegou.
detail-decision-server-do = Ela pode ter sido enviada, por isso o Recado não a repete. Descubra se ela chegou e diga aqui, ou envie de novo sabendo que pode chegar em dobro.
detail-decision-balance = A conta na DecisionTelecom está sem saldo.
detail-decision-balance-do = A mensagem não foi enviada: ela espera na fila e o Recado tenta de novo sozinho. Recarregue a conta.
detail-decision-outside-window = Passaram mais de 24 horas desde a última resposta da pessoa, e a mensagem não é um modelo.
detail-decision-outside-window-do = A mensagem não foi enviada. Escolha um modelo e envie de novo.
detail-decision-file-type = O que está no endereço da imagem não é JPG nem PNG.
detail-decision-file-type-do = A mensagem não foi enviada. Use uma imagem JPG ou PNG e envie de novo.
detail-decision-file-extension = O endereço da imagem não termina em .jpg, .jpeg ou .png.
detail-decision-file-extension-do = A mensagem não foi enviada. Use um endereço que termine assim e envie de novo.

## The same of a status that ends a message which the gateway had taken.
detail-decision-status-rejected = A mensagem foi rejeitada depois que a DecisionTelecom a aceitou.
detail-decision-status-rejected-do = Ela não foi entregue. Confira o número e o texto e envie de novo se ainda for preciso.
detail-decision-status-error = Houve um erro no envio depois que a DecisionTelecom aceitou a mensagem.
detail-decision-status-error-do = Ela não foi entregue. Envie de novo mais tarde; se o erro voltar, fale com a DecisionTelecom.
detail-decision-status-failed = A entrega da mensagem falhou depois que a DecisionTelecom a aceitou.
detail-decision-status-failed-do = Ela não chegou à pessoa. Confira o número, também com e sem o nono dígito, e envie de novo.
detail-decision-status-deleted = A mensagem foi apagada depois que a DecisionTelecom a aceitou.
detail-decision-status-deleted-do = A pessoa não a tem. Envie de novo se ainda for preciso.

## The three ways of sending the key, in a list to choose from.
auth-key-basic = Chave em base64 (usual)
auth-key-colon = Chave em base64, com dois-pontos
auth-key-raw = Chave como foi fornecida
