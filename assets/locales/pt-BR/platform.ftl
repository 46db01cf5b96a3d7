### O que o programa diz antes da janela ou fora dela: no terminal, e quando não consegue abrir.

# Outra cópia com a mesma pasta de dados está aberta; pediu-se à janela dela que venha para a frente.
already-running = O Recado já está aberto. A janela dele foi trazida para a frente.
# A outra cópia usa a pasta de dados, mas não respondeu.
already-running-silent = O Recado já está rodando com esta pasta de dados, mas não responde. Feche-o ou espere um pouco e tente de novo.
# $words é o que o sistema disse.
instance-failed = O Recado não conseguiu garantir que só ele usa a pasta de dados: { $words }
no-display = Não há tela em que abrir uma janela. Inicie o Recado em uma sessão gráfica ou rode "recado demo --headless" para experimentá-lo aqui.
# O sistema não conhece uma pasta pessoal.
folder-none = Não há pasta pessoal em que guardar os dados do Recado. Indique uma pasta com --data-dir.
# $path é a pasta.
folder-not-a-folder = { $path } não é uma pasta. Indique outra com --data-dir.
# $path é a pasta, $words é o que o sistema disse.
folder-unusable = O Recado não consegue guardar os dados em { $path }: { $words }. Indique outra pasta com --data-dir.
# $words: what the system said.
window-failed = Nenhuma janela pôde ser aberta: { $words }. Confira os drivers de vídeo, ou rode "recado demo --headless".
