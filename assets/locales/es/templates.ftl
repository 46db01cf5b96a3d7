### Templates: an account's library, the dialog in which one is written down, and what can be wrong with one.

## The card on the account's page. $vendor is the gateway, $key a template's identifier or name.
templates-title = Plantillas
templates-body = Textos registrados en { $vendor }, que pueden ir a las personas en cualquier momento. { $vendor } no da la lista: copie cada uno aquí tal como está registrado allí.
# "namespace" is the gateway's own word.
templates-namespace = Si le dieron un namespace, escríbalo delante del nombre, con dos puntos: namespace:nombre.
templates-none = Ninguna todavía.
templates-add = Agregar plantilla…
templates-more = Más sobre plantillas
templates-import = Importar de un archivo…
templates-export = Exportar a un archivo…
templates-change-named = Cambiar { $key }
templates-remove-named = Quitar { $key }
templates-unreadable = No se pudieron leer las plantillas.
templates-read-again = Leer de nuevo

## Removing one.
templates-remove-title = ¿Quitar la plantilla { $key }?
templates-remove-body = Sale solo de esta colección: en { $vendor } sigue registrada, y los mensajes hechos con ella conservan su texto.
templates-remove-keep = Conservar plantilla
templates-remove-confirm = Quitar plantilla
# In passing, after one was removed.
templates-removed = Plantilla quitada

## The dialog in which one is written down.
templates-new = Plantilla nueva
templates-change = Cambiar plantilla
templates-identifier = Identificador
templates-identifier-help = Como lo dio { $vendor } al registrar la plantilla.
templates-name = Nombre
templates-name-help = Como está registrado en { $vendor }, con el namespace delante si le dieron uno: namespace:nombre.
templates-language = Idioma
templates-language-help = Como está registrado en { $vendor }, por ejemplo pt_BR o EN.
templates-text = Texto
# Double braces around a number stand for a parameter.
templates-text-help = Palabra por palabra como está registrado en { $vendor }, con {"{{1}}"}, {"{{2}}"} … en lugar de los parámetros.
templates-parameter-name = Nombre de {"{{"}{ $number }{"}}"}
templates-parameter-sample = Ejemplo para {"{{"}{ $number }{"}}"}
templates-header-image = Hay una imagen sobre el texto
# Where the gateway $vendor has no such pictures, but the template has one from elsewhere.
templates-no-header-image = { $vendor } no tiene imágenes sobre el texto: esta plantilla se guarda sin la suya.
templates-preview = Como lo ve la persona
templates-preview-empty = El texto aparece aquí.
templates-preview-picture = Imagen, se elige al enviar
templates-own-copy = Esta es su copia para enviar: guardar no cambia nada en el gateway.
templates-save = Guardar plantilla

## From and to files. $count: how many templates.
# Part of a suggested file name.
templates-file-name = plantillas
templates-import-title = Importar plantillas
templates-import-help = Un archivo JSON como el que escribe la exportación. Una plantilla del mismo nombre e idioma se reemplaza; si una está mal, no se toma ninguna.
templates-import-from = Archivo
templates-import-choose = Elegir…
templates-import-type = Este sistema no muestra un diálogo para elegir. Escriba la ruta completa.
templates-import-go = Importar
# In passing, after an import.
templates-imported-without-picture =
    { $count ->
        [one] Una tenía una imagen sobre el texto, y { $vendor } no las tiene: quedó sin ella
       *[other] { $count } tenían una imagen sobre el texto, y { $vendor } no las tiene: quedaron sin ella
    }
templates-imported =
    { $count ->
        [one] Una plantilla importada
       *[other] { $count } plantillas importadas
    }
templates-export-title = Exportar plantillas
templates-export-help = Todas las plantillas de esta cuenta, en un archivo JSON que se puede importar en otra cuenta o equipo. No contiene credenciales.
templates-export-go = Exportar
templates-exported =
    { $count ->
        [one] Una plantilla exportada a { $path }
       *[other] { $count } plantillas exportadas a { $path }
    }

## What can be wrong. $name is a parameter's name, $max a number of characters.
template-problem-no-key = Escriba con qué nombre o identificador está registrada la plantilla.
template-problem-bad-key = Como máximo { $max } caracteres, sin saltos de línea.
template-problem-bad-language = Escriba el idioma como está registrado, por ejemplo pt_BR o EN.
template-problem-no-text = Escriba el texto de la plantilla.
template-problem-text-too-long = El texto pasa de { $max } caracteres.
template-problem-parameter-name = El parámetro { $number } necesita un nombre que ningún otro tenga.
# $place is a place such as {"{{2}}"}.
template-problem-places = Los lugares no coinciden con los parámetros: vea { $place }. Se cuentan desde 1, sin saltos, hasta 20.
template-problem-taken = Ya hay una con ese nombre e idioma.
template-error-in-file = No se importó nada. La plantilla { $number } del archivo está mal:
template-error-not-templates = El archivo no es una lista de plantillas. Elija uno que haya escrito la exportación.
template-error-file = No se pudo leer o escribir el archivo. Revise la ruta y los permisos.
template-error-store = No se pudo guardar la colección. Lo que escribió sigue aquí; vea si hay espacio en el disco.
