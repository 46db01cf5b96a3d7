### The settings screen.
settings-subtitle = Cada cambio vale al instante.

## Looks.
settings-looks = Apariencia
settings-language = Idioma
settings-language-system = Como en el sistema
settings-theme = Tema
settings-theme-system = Sistema
settings-theme-light = Claro
settings-theme-dark = Oscuro
settings-scale = Tamaño de todo
settings-scale-help = También con Ctrl + y Ctrl -.

## Behaviour.
settings-behaviour = Comportamiento
settings-notifications = Notificaciones del sistema
settings-notifications-help = Una vez por cambio: teléfono sin internet, batería baja, límite por acabarse.
settings-send-key = Tecla que envía
settings-send-key-help = La otra corta la línea.
settings-send-enter = Enter
settings-send-ctrl-enter = Ctrl+Enter
settings-interval = Leer el estado de las cuentas cada
settings-interval-help = Más despacio mientras nada cambia o la ventana está oculta.

## Where credentials are kept.
settings-secrets = Dónde se guardan las credenciales
settings-secrets-checking = Buscando el llavero…
settings-secrets-keyring = En el llavero del sistema, protegidas por su sesión.
settings-secrets-vault = En un archivo cifrado con su contraseña.
settings-secrets-session = Solo en la memoria: desaparecen al cerrar el programa.
settings-use-keyring = Usar el llavero del sistema
settings-use-vault = Usar una bóveda con contraseña…

## Data and logs.
settings-data = Datos
settings-folder = Carpeta de datos
settings-logs = Registros
settings-logs-help = Las contraseñas y credenciales nunca aparecen en los registros.
# Accessible names of the buttons beside a folder; $folder is one of the two names above.
settings-open-folder = Abrir: { $folder }
settings-copy-folder = Copiar ruta: { $folder }

## About.
settings-about = Acerca de
settings-version = Versión { $version }
settings-licences-show = Mostrar licencias
settings-licences-hide = Ocultar licencias
