### Where attachments are put, so that a gateway can fetch them: the card of an account, and the files that are outside.

## The card of an account. $vendor is the gateway.
hosting-title = Anexos
hosting-body = { $vendor } busca os anexos em um endereço. Os arquivos deste computador vão para o lugar escolhido aqui, são buscados de volta e comparados; só então a mensagem sai.
hosting-choice-listener = Este computador
hosting-choice-listener-means = O Recado oferece o arquivo no endereço público enquanto o programa está aberto.
hosting-choice-storage = Armazenamento compatível com S3
hosting-choice-storage-means = Em um bucket seu: AWS S3, MinIO, Cloudflare R2, Backblaze B2. O computador pode estar desligado quando o gateway buscar.
hosting-choice-address = Só endereços https
hosting-choice-address-means = Nenhum arquivo deste computador é enviado; você informa o endereço de algo que já está na web.
# How it stands, in a word or two.
hosting-state-listener = Ao alcance
hosting-state-out-of-reach = Fora de alcance
hosting-state-starting = Iniciando…
hosting-state-storage = No armazenamento
hosting-state-address = Só endereços

## The choice "This computer".
hosting-addresses = Endereços dos arquivos
hosting-addresses-copy = Copiar o começo dos endereços
hosting-reach-title = O gateway não consegue buscar arquivos daqui
hosting-reach-public = Cada arquivo recebe um endereço impossível de adivinhar. Ele acaba quando nenhuma mensagem precisa mais dele, no máximo em 7 dias.
hosting-reach-here = O gateway desta conta roda neste computador; não é preciso um endereço público.
hosting-reach-no-public-address = Não há endereço público. Mensagens com arquivos esperam até que haja um.
hosting-reach-not-listening = O programa não está escutando. Mensagens com arquivos esperam até que esteja.
hosting-reach-starting = O programa começa a escutar em um instante.
hosting-to-settings = Abrir os ajustes

## The choice "S3-compatible storage": fields and what to type, by key.
hosting-storage-help = O bucket continua privado: cada arquivo recebe um endereço assinado só dele, válido por 7 dias, e é removido quando nenhuma mensagem precisa mais dele.
hosting-field-endpoint = Endereço do serviço
hosting-field-endpoint-help = O endereço https do serviço, sem o bucket.
hosting-field-bucket = Bucket
hosting-field-bucket-help = Já precisa existir.
hosting-field-region = Região
hosting-field-region-help = Como no painel do serviço; auto no Cloudflare R2, us-east-1 no MinIO.
hosting-field-access_key = Chave de acesso
hosting-field-secret_key = Chave secreta
# $store is the name of the keyring: "GNOME Keyring".
hosting-key-help = Será guardada em: { $store }. Nunca em um arquivo.
hosting-field-prefix = Pasta no bucket (opcional)
hosting-field-prefix-help = Os arquivos do Recado ficam dentro dela e nada mais ali é tocado.
hosting-field-path-style = Bucket no caminho
hosting-field-path-style-help = Serve para quase todos os serviços. Desligue se o seu quer o bucket antes do nome dele.
hosting-problem-endpoint = O bucket não pode ficar antes de um número: ligue Bucket no caminho ou use o nome do serviço.
hosting-problem-bucket = O nome de um bucket tem de 3 a 63 letras minúsculas, dígitos, pontos e hífens.
hosting-problem-region = Uma região é uma palavra só, como us-east-1.
hosting-problem-prefix = Use nomes simples com barras entre eles, como loja/recado.

## Buttons, and what comes of them.
hosting-test = Testar lugar
hosting-save = Salvar lugar
hosting-undo = Desfazer alterações
hosting-change-means = Um arquivo que espera pela mensagem é posto de novo no lugar que você salvar.
# $account is the account's name.
hosting-saved = Anexos de { $account }: lugar salvo
hosting-test-good = Funciona: posto lá, buscado de volta e removido em { $milliseconds } ms
hosting-test-failed = O teste não deu certo
hosting-not-saved = O lugar não foi salvo

## Errors: what happened; -do is what helps.
hosting-fields = Algo do que foi digitado não pode ficar assim.
hosting-fields-do = Corrija os campos marcados.
hosting-no-place = Não há lugar para arquivos deste computador.
hosting-no-place-do = Escolha este computador ou um armazenamento.
hosting-no-public-address = Não há endereço público.
hosting-no-public-address-do = Informe-o em Ajustes, em Receber respostas.
hosting-not-listening = O programa não está escutando.
hosting-not-listening-do = Ligue a escuta em Ajustes.
hosting-keys = As chaves não puderam ser guardadas ou lidas.
hosting-keys-do = O que você digitou continua aqui. Desbloqueie o chaveiro ou escolha outro lugar para as credenciais e tente de novo.
hosting-storage-unreachable = O armazenamento não foi alcançado.
hosting-storage-unreachable-do = Confira o endereço do serviço e a internet.
hosting-storage-refused = O armazenamento disse não.
hosting-storage-refused-do = Confira as chaves, o bucket, a região e se as chaves podem gravar, ler e apagar ali.
hosting-not-fetched-back = O arquivo de teste foi posto lá, mas não voltou.
hosting-file-lost = O arquivo de teste não pôde ser gravado neste computador.
hosting-file-lost-do = Veja se há espaço no disco.
hosting-store = O banco de dados não conseguiu gravar.
hosting-store-do = O que você digitou continua aqui. Veja se há espaço no disco e salve de novo.

## Why what was put there did not come back, after hosting-not-fetched-back; and what helps.
hosting-fetch-not-https = O endereço dele não começa com https, e gateways só buscam por https.
hosting-fetch-not-public = O endereço dele leva para dentro desta rede, aonde o gateway não chega. Use um endereço que a internet alcance.
hosting-fetch-unreachable = Ninguém responde no endereço dele. Confira o proxy, o túnel ou o armazenamento, e o nome do domínio.
hosting-fetch-timed-out = Ele não chegou inteiro a tempo. Confira o proxy, o túnel ou o armazenamento.
# $status is the HTTP status code.
hosting-fetch-status = O servidor respondeu com o código { $status }. Confira para onde o proxy ou túnel encaminha, ou o que o armazenamento permite.
hosting-fetch-redirected = O endereço dele leva a outro, e gateways não seguem. Informe o endereço final.
hosting-fetch-too-large = Veio algo maior do que foi posto lá. Parece que outro servidor responde.
hosting-fetch-different = Veio outra coisa do que foi posto lá. Parece que outro servidor, ou uma página do proxy, responde.

## Why storage says no, where that is known: what happened, and after -do what can be done. $region, $host and $minutes are
## what the storage told. The sentences detail-… are the same for a message that waits for its file.
hosting-storage-region = O bucket fica na região { $region }.
hosting-storage-region-do = Corrija a região em Contas.
detail-storage-region = { hosting-storage-region }
detail-storage-region-do = Nada foi enviado; o Recado tenta de novo sozinho. { hosting-storage-region-do }
hosting-storage-host = O bucket fica em outro endereço: { $host }.
hosting-storage-host-do = Corrija o endereço do serviço em Contas.
detail-storage-host = { hosting-storage-host }
detail-storage-host-do = Nada foi enviado; o Recado tenta de novo sozinho. { hosting-storage-host-do }
hosting-storage-clock-ahead = O relógio deste computador está { $minutes } minutos adiantado em relação ao do armazenamento.
hosting-storage-clock-ahead-do = Acerte a data e a hora deste computador.
detail-storage-clock-ahead = { hosting-storage-clock-ahead }
detail-storage-clock-ahead-do = Nada foi enviado; o Recado tenta de novo sozinho. { hosting-storage-clock-ahead-do }
hosting-storage-clock-behind = O relógio deste computador está { $minutes } minutos atrasado em relação ao do armazenamento.
hosting-storage-clock-behind-do = Acerte a data e a hora deste computador.
detail-storage-clock-behind = { hosting-storage-clock-behind }
detail-storage-clock-behind-do = Nada foi enviado; o Recado tenta de novo sozinho. { hosting-storage-clock-behind-do }
hosting-storage-clock = O relógio deste computador e o do armazenamento diferem demais.
hosting-storage-clock-do = Acerte a data e a hora deste computador.
detail-storage-clock = { hosting-storage-clock }
detail-storage-clock-do = Nada foi enviado; o Recado tenta de novo sozinho. { hosting-storage-clock-do }
hosting-storage-leads-on = O endereço do serviço leva a outro endereço.
hosting-storage-leads-on-do = Informe em Contas o endereço final do armazenamento.
detail-storage-leads-on = { hosting-storage-leads-on }
detail-storage-leads-on-do = Nada foi enviado; o Recado tenta de novo sozinho. { hosting-storage-leads-on-do }
hosting-storage-strange = O que responde no endereço do serviço não é um armazenamento S3.
hosting-storage-strange-do = Corrija o endereço do serviço em Contas.
detail-storage-strange = { hosting-storage-strange }
detail-storage-strange-do = Nada foi enviado; o Recado tenta de novo sozinho. { hosting-storage-strange-do }

## Which kind of place a file is in.
hosting-place-listener = este computador
hosting-place-storage = armazenamento

## Settings: files that can be fetched from outside.
hosted-title = Arquivos ao alcance de fora
hosted-help = Anexos que um gateway pode buscar agora. Cada um acaba sozinho quando nenhuma mensagem precisa mais dele.
hosted-none = Nenhum arquivo deste computador pode ser buscado de fora.
# $count files of $size together.
hosted-total = { $count ->
    [one] { $count } arquivo, { $size }
   *[other] { $count } arquivos, { $size } ao todo
}
# Parts of the line about a file; they are put together with dots between them. $when is a moment: "yesterday, 14:32".
hosted-since = desde { $when }
hosted-until = até { $when }
hosted-on-its-way = a caminho
# $share is a percentage.
hosted-uploading = a caminho, { $share }
# $count messages still need the file.
hosted-needed-by = { $count ->
    [0] nenhuma mensagem precisa dele
    [one] uma mensagem precisa dele
   *[other] { $count } mensagens precisam dele
}
hosted-all = Mostrar todos os { $count }
hosted-fewer = Mostrar menos
hosted-revoke = Retirar…
# Accessible name of the button above; $name is the file's name.
hosted-revoke-of = Retirar: { $name }
hosted-revoke-title = Retirar { $name }?
hosted-revoke-unneeded = O endereço dele deixa de responder. Nenhuma mensagem precisa mais dele.
# $count messages still need the file.
hosted-revoke-needed = { $count ->
    [one] O endereço dele deixa de responder. A mensagem que ainda precisa dele espera; o Recado põe o arquivo de novo em outro endereço antes que ela saia.
   *[other] O endereço dele deixa de responder. As { $count } mensagens que ainda precisam dele esperam; o Recado põe o arquivo de novo em outro endereço antes que elas saiam.
}
hosted-revoke-accepted = Uma mensagem que o gateway já aceitou pode chegar sem o arquivo.
hosted-revoke-keep = Deixar como está
hosted-revoke-go = Retirar arquivo
