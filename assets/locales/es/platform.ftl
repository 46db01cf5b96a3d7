### Lo que el programa dice antes de su ventana o fuera de ella: en la terminal y cuando no puede abrirse.

# Otra copia con la misma carpeta de datos está abierta; se pidió a su ventana que pase al frente.
already-running = Recado ya está abierto. Su ventana pasó al frente.
# La otra copia usa la carpeta de datos, pero no respondió.
already-running-silent = Recado ya se está ejecutando con esta carpeta de datos, pero no responde. Ciérrelo o espere un momento e inténtelo de nuevo.
# $words es lo que dijo el sistema.
instance-failed = Recado no pudo asegurarse de ser el único que usa su carpeta de datos: { $words }
no-display = No hay pantalla en la que abrir una ventana. Inicie Recado desde una sesión gráfica o ejecute "recado demo --headless" para probarlo aquí.
# El sistema no conoce una carpeta personal.
folder-none = No hay una carpeta personal donde guardar los datos de Recado. Indique una carpeta con --data-dir.
# $path es la carpeta.
folder-not-a-folder = { $path } no es una carpeta. Indique otra con --data-dir.
# $path es la carpeta, $words es lo que dijo el sistema.
folder-unusable = Recado no puede guardar sus datos en { $path }: { $words }. Indique otra carpeta con --data-dir.
# $words: what the system said.
window-failed = No se pudo abrir ninguna ventana: { $words }. Revise los controladores de vídeo o ejecute "recado demo --headless".
