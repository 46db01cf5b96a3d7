### Accounts: which there are, their credentials, where the secrets are kept.

## The list.
accounts-title = Contas
accounts-add = Adicionar
accounts-list-empty = Nenhuma conta ainda
# State of an account whose sending the operator has paused.
accounts-paused = Pausada
# State of an account in the list whose gateway answers and tells nothing of a phone; short, beside its name.
accounts-answers = Responde
accounts-new = Nova conta
# Button that goes back to the list where the window is narrow.
accounts-back = Contas
accounts-empty = Adicione a primeira conta
accounts-empty-body = Você precisa das credenciais do seu gateway de WhatsApp. O programa as testa sem enviar nada e as guarda em lugar seguro; se o gateway trabalha com um telefone seu, depois você o pareia.
accounts-empty-action = Adicionar conta

## The form.
accounts-new-subtitle = Escolha o gateway e digite as credenciais
# Under the account's name. $age says how long ago its state was last read: "12 s ago".
accounts-read-at = { $vendor } · lida { $age }
accounts-unsaved = Alterações não salvas
accounts-credentials = Credenciais
accounts-gateway = Gateway
accounts-auth-form = Como as credenciais são enviadas
# One line under each gateway to choose from: who sends, and what else it has.
accounts-gateway-phone = Envia pelo seu próprio telefone, pareado por QR code.
accounts-gateway-number = Envia de um número comercial; não há telefone a parear.
accounts-gateway-templates = Conhece modelos.
accounts-gateway-deaf = Não informa o que as pessoas escrevem.
accounts-name = Nome da conta
# Example shown while the field is empty.
accounts-name-hint = Loja Centro
# $field is the name of the field: "Token".
accounts-reveal = Mostrar { $field } enquanto pressionado
accounts-secret-kept = Guardado em: { $store }. Digite para trocar.
accounts-secret-out-of-reach = O lugar onde está guardado não pode ser lido agora. Digite para trocar.
accounts-secret-missing = Não pode ser lido neste computador. Digite de novo.
accounts-secret-unread = Não foi possível ler: { $words }
accounts-advanced = Avançado: endereço do gateway, país
accounts-base-url = Endereço do gateway
accounts-base-url-help = Deixe vazio para usar o de { $vendor }. Só https; http apenas para este computador.
accounts-country = País dos números sem +
accounts-country-help = Um número digitado sem código de país é entendido como deste país.
accounts-country-other = Outro país…
accounts-country-code = Código do país
accounts-country-code-help = Duas letras, como PT para Portugal.
accounts-tls = A identidade do gateway (TLS) é sempre verificada. Não há como desligar isso.
accounts-remove = Remover…
accounts-test = Testar conexão
accounts-pair = Parear telefone

## Credentials, by the key of the field; -help says where to find it. $vendor is the gateway.
credential-email = E-mail
credential-email-help = O e-mail da aplicação no painel de { $vendor }, página Credenciais.
credential-token = Token
credential-token-help = Painel de { $vendor }, página Credenciais.
credential-idapp = ID da aplicação
credential-idapp-help = Painel de { $vendor }, página Credenciais.
credential-key = Chave de acesso
credential-key-help = A chave que a { $vendor } deu a você para a interface dela (API).
credential-sender = Remetente
credential-sender-help = O nome ou número do remetente, exatamente como a { $vendor } o registrou.

## Beside the form.
accounts-connection = Conexão
accounts-sending = Envio
accounts-sending-on = As mensagens desta conta saem assim que podem.
# $count messages wait here.
accounts-sending-paused =
    { $count ->
        [0] Pausado por você. O que for escrito espera aqui até retomar.
        [one] Pausado por você. Uma mensagem espera aqui até retomar.
       *[other] Pausado por você. { $count } mensagens esperam aqui até retomar.
    }
accounts-pause = Pausar envios
accounts-resume = Retomar envios
accounts-advice = Bom saber
accounts-advice-find = As credenciais vêm do gateway: do painel ou do suporte. Copie e cole: espaços a mais são tirados.
accounts-advice-test = Testar não envia mensagem e não desconecta telefone nenhum.
accounts-advice-secret = Tokens, chaves e senhas vão para o lugar seguro dito ao pé da lista, nunca para um arquivo comum.
accounts-advice-pair = Depois de salvar, você pareia o telefone que vai enviar.
# $hours: a number of hours, usually 24.
accounts-advice-window = Texto livre só chega a quem escreveu nas últimas { $hours } horas; aos demais, um modelo.

## What came of a test or of saving: what it is, what it means, what to do.
accounts-saved = Conta { $account } salva
accounts-saved-title = Conta salva
accounts-saved-pair = O próximo passo é parear o telefone que vai enviar.
accounts-saved-ready = Ela já pode enviar.
accounts-phone-and-number = { $name } ({ $number })
# Stands for a phone without name and number, at the beginning of a sentence.
accounts-phone-unnamed = Telefone
accounts-test-good = As credenciais funcionam
accounts-test-good-body = O gateway as aceitou. Nada foi enviado.
accounts-test-ready = Pronto: { $phone } está pareado e na internet
accounts-test-ready-body = As credenciais funcionam. Nada foi enviado nem desconectado.
accounts-test-offline = As credenciais funcionam, mas { $phone } está sem internet
accounts-test-offline-body = Ligue o telefone e confira a internet dele. Você já pode salvar.
accounts-test-must-pair = As credenciais funcionam; falta parear um telefone
accounts-test-must-pair-body = Salve a conta e pareie o telefone que vai enviar.
accounts-call-unreachable = O gateway não foi alcançado
accounts-call-unreachable-body = Nada se sabe ainda das credenciais. Confira a internet e, em Avançado, o endereço; depois teste de novo.
accounts-call-credentials-refused = O gateway recusou as credenciais
accounts-call-credentials-refused-body = Confira cada campo no painel do gateway. Um token antigo deixa de valer quando outro é gerado.
# The same where the gateway takes credentials in several ways. $way: the label of the field in which one is chosen.
accounts-call-credentials-refused-way = Confira cada campo com o que o gateway lhe deu. Se estiverem certos, escolha outra forma em “{ $way }” e teste de novo.
accounts-call-credentials-missing = A credencial guardada não pôde ser lida
accounts-call-credentials-missing-body = O gateway nem foi chamado. Desbloqueie o chaveiro ou digite o segredo de novo.
accounts-call-rate-limited = O gateway pediu para esperar
accounts-call-rate-limited-body = Houve perguntas demais em pouco tempo. Espere um minuto e teste de novo.
accounts-call-refused = O gateway disse não
accounts-call-refused-body = As palavras dele dizem por quê. Corrija o que pedem ou pergunte ao suporte do gateway.
accounts-call-unreadable = A resposta do gateway não dá para entender
accounts-call-unreadable-body = O endereço em Avançado pode não ser o do gateway, ou ele está com defeito. Confira e teste de novo.
accounts-call-unsupported = Este gateway não tem como testar
accounts-call-unsupported-body = Salve a conta; o primeiro envio mostra se as credenciais servem.
accounts-call-not-recorded = O banco de dados não conseguiu gravar
accounts-call-not-recorded-body = Nada foi pedido ao gateway. Veja se o disco está cheio e teste de novo.
accounts-check-fields = Confira os campos
accounts-secrets-unread = A credencial guardada não pôde ser lida
accounts-secrets-unread-body = Desbloqueie o chaveiro ou digite o segredo de novo.
accounts-secrets-unkept = Não salva: a credencial não pôde ser guardada
accounts-secrets-unkept-body = O que você digitou continua aqui. Desbloqueie o chaveiro ou escolha outro lugar e salve de novo.
accounts-not-saved = A conta não pôde ser salva
accounts-not-saved-body = O que você digitou continua aqui. Veja se há espaço em disco e salve de novo.

## Where the secrets are kept. In sentences after "kept in".
accounts-store-keyring = chaveiro do sistema
accounts-store-vault = cofre com senha
accounts-store-session = memória, só até fechar o programa
accounts-note-checking = Procurando o chaveiro do sistema…
accounts-note-keyring = As credenciais ficam no chaveiro do sistema. Nenhum arquivo as contém.
accounts-note-keyring-named = As credenciais ficam no chaveiro do sistema ({ $store }). Nenhum arquivo as contém.
accounts-note-vault = As credenciais ficam cifradas sob a sua senha no cofre ({ $store }).
accounts-note-session = As credenciais ficam só na memória: somem ao fechar o programa.
accounts-note-locked = O chaveiro do sistema está bloqueado ou não responde.
accounts-note-absent = Este computador não tem chaveiro para as credenciais. Escolha outro lugar no aviso no alto da janela.
accounts-note-vault-closed = O cofre das credenciais está fechado. Abra-o no aviso no alto da janela.

## Dialogs.
accounts-leave-title = Descartar as alterações?
accounts-leave-body = O que você mudou nesta conta ainda não foi salvo.
accounts-leave-keep = Continuar editando
accounts-leave-discard = Descartar alterações
accounts-remove-title = Remover a conta { $account }?
accounts-remove-body = As credenciais são apagadas também do lugar onde estão guardadas ({ $store }). Em { $vendor } nada muda: o telefone continua pareado lá.
accounts-remove-body-no-phone = As credenciais são apagadas também de onde estão guardadas ({ $store }). Na { $vendor } nada muda.
# $count messages have not been sent yet.
accounts-remove-waiting =
    { $count ->
        [one] Uma mensagem que espera aqui não será enviada.
       *[other] { $count } mensagens que esperam aqui não serão enviadas.
    }
accounts-remove-history = Apagar também conversas e mensagens
accounts-remove-history-off = As conversas ficam e podem ser lidas e buscadas.
accounts-remove-history-on = Isto não pode ser desfeito.
accounts-remove-keep = Manter conta
accounts-remove-confirm = Remover { $account }

## Countries offered for numbers without a country code.
country-ar = Argentina
country-bo = Bolívia
country-br = Brasil
country-cl = Chile
country-co = Colômbia
country-cr = Costa Rica
country-cu = Cuba
country-do = República Dominicana
country-ec = Equador
country-sv = El Salvador
country-gt = Guatemala
country-hn = Honduras
country-mx = México
country-ni = Nicarágua
country-pa = Panamá
country-py = Paraguai
country-pe = Peru
country-pr = Porto Rico
country-uy = Uruguai
country-ve = Venezuela

## The address at which the gateway calls.
accounts-webhook = Respostas
accounts-webhook-works = Recebendo
accounts-webhook-waits = Esperando a primeira
accounts-webhook-off = Desligado
accounts-webhook-failed = Não está escutando
accounts-webhook-body = Cole este endereço no painel da { $vendor }, no campo de recebimento de mensagens. Quem o conhece pode escrever na sua caixa de entrada: não o divulgue.
# For gateways that take an address with every message.
accounts-webhook-by-message = Cada mensagem diz por si à { $vendor } onde avisar: para isso não é preciso cadastrar nada.
accounts-webhook-incoming = O que as pessoas escrevem só chega depois que o suporte da { $vendor } cadastrar este endereço: envie-o a eles. Quem o conhece pode escrever na sua caixa de entrada: não o divulgue.
accounts-webhook-no-incoming = A { $vendor } não descreve como repassa o que as pessoas escrevem: as respostas são lidas do lado dela.
accounts-webhook-address = Endereço do webhook
accounts-webhook-copy = Copiar o endereço do webhook
accounts-webhook-none = O endereço aparece quando o programa estiver escutando.
accounts-webhook-private = Sem endereço público, só programas deste computador chegam até aqui.
accounts-webhook-private-asked = Sem endereço público, a { $vendor } não pode avisar. O que foi feito de uma mensagem só é perguntado daqui, de tempos em tempos.
accounts-webhook-private-blind = Sem endereço público, a { $vendor } não pode avisar: aqui não se sabe o que foi feito de uma mensagem.
accounts-webhook-settings = Configurar o endereço público
accounts-webhook-called = Última chamada: { $when }
accounts-webhook-never = O gateway ainda não chamou.
accounts-webhook-older = O endereço antigo ainda vale até { $until }.
accounts-webhook-renew = Trocar o endereço…
accounts-webhook-renew-title = Trocar o endereço do webhook?
accounts-webhook-renew-body = Um novo endereço é criado agora. O antigo vale por mais 7 dias, tempo para colar o novo no painel da { $vendor }.
accounts-webhook-renew-body-alone = As novas mensagens dizem à { $vendor } o novo endereço. Os avisos das anteriores ainda chegam ao antigo por 7 dias.
accounts-webhook-renew-go = Criar novo endereço
# What came and could not be read: a word in the card, a button, and the dialog it opens.
accounts-unreadable = { $count ->
    [one] 1 chamada não pôde ser lida
   *[other] { $count } chamadas não puderam ser lidas
}
accounts-unreadable-show = Ver o que chegou
accounts-unreadable-title = O que não pôde ser lido
accounts-unreadable-body = O gateway enviou isto e o programa não entendeu. Nada foi descartado: exporte e mostre a quem cuida do gateway.
accounts-unreadable-export = Exportar tudo…
