### Templates: an account's library, the dialog in which one is written down, and what can be wrong with one.

## The card on the account's page. $vendor is the gateway, $key a template's identifier or name.
templates-title = Modelos
templates-body = Textos registrados na { $vendor }, que podem ir às pessoas a qualquer momento. A { $vendor } não fornece a lista deles: copie cada um para cá como está registrado lá.
# "namespace" is the gateway's own word.
templates-namespace = Se você recebeu um namespace, escreva-o antes do nome, com dois-pontos: namespace:nome.
templates-none = Nenhum ainda.
templates-add = Adicionar modelo…
templates-more = Mais sobre modelos
templates-import = Importar de um arquivo…
templates-export = Exportar para um arquivo…
templates-change-named = Alterar { $key }
templates-remove-named = Remover { $key }
templates-unreadable = Não foi possível ler os modelos.
templates-read-again = Ler de novo

## Removing one.
templates-remove-title = Remover o modelo { $key }?
templates-remove-body = Ele sai só desta coleção: na { $vendor } continua registrado, e as mensagens feitas com ele mantêm o texto.
templates-remove-keep = Manter modelo
templates-remove-confirm = Remover modelo
# In passing, after one was removed.
templates-removed = Modelo removido

## The dialog in which one is written down.
templates-new = Novo modelo
templates-change = Alterar modelo
templates-identifier = Identificador
templates-identifier-help = Como a { $vendor } o deu quando o modelo foi registrado.
templates-name = Nome
templates-name-help = Como registrado na { $vendor }, com o namespace antes, se você recebeu um: namespace:nome.
templates-language = Idioma
templates-language-help = Como registrado na { $vendor }, por exemplo pt_BR ou EN.
templates-text = Texto
# Double braces around a number stand for a parameter.
templates-text-help = Palavra por palavra como registrado na { $vendor }, com {"{{1}}"}, {"{{2}}"} … no lugar dos parâmetros.
templates-parameter-name = Nome de {"{{"}{ $number }{"}}"}
templates-parameter-sample = Exemplo para {"{{"}{ $number }{"}}"}
templates-header-image = Há uma imagem acima do texto
# Where the gateway $vendor has no such pictures, but the template has one from elsewhere.
templates-no-header-image = A { $vendor } não tem imagens acima do texto: este modelo é guardado sem a dele.
templates-preview = Como a pessoa vê
templates-preview-empty = O texto aparece aqui.
templates-preview-picture = Imagem, escolhida ao enviar
templates-own-copy = Esta é a sua cópia para enviar: salvar não muda nada no gateway.
templates-save = Salvar modelo

## From and to files. $count: how many templates.
# Part of a suggested file name.
templates-file-name = modelos
templates-import-title = Importar modelos
templates-import-help = Um arquivo JSON como a exportação escreve. Um modelo de mesmo nome e idioma é substituído; se um estiver errado, nenhum é importado.
templates-import-from = Arquivo
templates-import-choose = Escolher…
templates-import-type = Este sistema não mostra uma janela de escolha. Digite o caminho completo.
templates-import-go = Importar
# In passing, after an import.
templates-imported-without-picture =
    { $count ->
        [one] Um deles tinha uma imagem acima do texto, o que a { $vendor } não tem: ficou sem ela
       *[other] { $count } deles tinham uma imagem acima do texto, o que a { $vendor } não tem: ficaram sem ela
    }
templates-imported =
    { $count ->
        [one] Um modelo importado
       *[other] { $count } modelos importados
    }
templates-export-title = Exportar modelos
templates-export-help = Todos os modelos desta conta, em um arquivo JSON que pode ser importado em outra conta ou computador. Não há credenciais nele.
templates-export-go = Exportar
templates-exported =
    { $count ->
        [one] Um modelo exportado para { $path }
       *[other] { $count } modelos exportados para { $path }
    }

## What can be wrong. $name is a parameter's name, $max a number of characters.
template-problem-no-key = Digite com que nome ou identificador o modelo está registrado.
template-problem-bad-key = No máximo { $max } caracteres, sem quebras de linha.
template-problem-bad-language = Digite o idioma como está registrado, por exemplo pt_BR ou EN.
template-problem-no-text = Digite o texto do modelo.
template-problem-text-too-long = O texto passa de { $max } caracteres.
template-problem-parameter-name = O parâmetro { $number } precisa de um nome que nenhum outro tenha.
# $place is a place such as {"{{2}}"}.
template-problem-places = Os lugares não combinam com os parâmetros: veja { $place }. Eles contam a partir de 1, sem saltos, até 20.
template-problem-taken = Já existe um com esse nome e idioma.
template-error-in-file = Nada foi importado. O modelo { $number } do arquivo está errado:
template-error-not-templates = O arquivo não é uma lista de modelos. Escolha um que a exportação tenha escrito.
template-error-file = Não foi possível ler ou gravar o arquivo. Verifique o caminho e as permissões.
template-error-store = Não foi possível salvar a coleção. O que você digitou continua aqui; veja se há espaço no disco.
