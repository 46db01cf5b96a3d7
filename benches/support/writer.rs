//! Chances that are always the same, and texts as people write them: a few words very often, most words rarely.

use std::collections::BTreeSet;
use uuid::Uuid;

/// Words that people write all the time, the most frequent first.
const FREQUENT: &str = "de o a que e do da em um para bom dia tudo bem com não uma os no pedido na por mais as dos obrigada \
    como mas ao ele das à seu sua ou quando muito já eu também só pelo entrega favor pela até isso boa tarde noite vou \
    você pagamento boleto pix nota fiscal produto preço valor desconto promoção frete prazo loja horário segunda terça \
    quarta quinta sexta sábado domingo amanhã hoje ontem retirar enviar receber cliente conta código rastreio chegou \
    chegar ainda pode posso quero queria gostaria saber sobre qual quanto custa tem disponível tamanho cor azul preto \
    branco vermelho verde número foto imagem vídeo áudio documento contrato proposta orçamento reunião ligar ligação \
    telefone endereço rua avenida apartamento portaria manhã confirmado combinado perfeito certo certinho beleza";
const SYLLABLES: &str = "ba be bi bo bu ca ce co cu da de di do fa fe fi fo ga gra go gu ja je jo la le li lo lu ma me mi \
    mo mu na ne ni no nha pa pe pi po pra pro ra re ri ro sa se si so ta te ti to tra tri va ve vi vo xa za lha ção res \
    tar men mento dade ções";

/// A row of chances, always the same.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub fn uuid(&mut self, at: i64) -> Uuid {
        let time = u128::try_from(at).unwrap() << 80;
        let random = (u128::from(self.next()) << 64 | u128::from(self.next())) & ((1 << 80) - 1);
        let random = random & !(0xF << 76) & !(0x3 << 62);
        Uuid::from_u128(time | random | 0x7 << 76 | 0x2 << 62)
    }
}

/// Picks numbers by Zipf's law: the first is chosen twice as often as the second, three times as often as the third.
pub struct Zipf(Vec<f64>);

impl Zipf {
    pub fn new(count: usize) -> Self {
        let mut sum = 0.0;
        Self(
            (1..=count)
                .map(|rank| {
                    sum += 1.0 / rank as f64;
                    sum
                })
                .collect(),
        )
    }

    pub fn pick(&self, chance: &mut Chance) -> usize {
        let total = self.0.last().copied().unwrap_or_default();
        let at = chance.next() as f64 / u64::MAX as f64 * total;
        self.0.partition_point(|sum| *sum < at).min(self.0.len() - 1)
    }
}

/// Writes as people write.
pub struct Writer {
    words: Vec<String>,
    zipf: Zipf,
}

impl Writer {
    pub fn new(chance: &mut Chance) -> Self {
        let mut words: Vec<String> = FREQUENT.split_whitespace().map(str::to_owned).collect();
        let syllables: Vec<&str> = SYLLABLES.split_whitespace().collect();
        let mut known: BTreeSet<String> = words.iter().cloned().collect();
        while words.len() < 25_000 {
            let count = 2 + chance.below(4);
            let word: String = (0..count)
                .map(|_| syllables[chance.below(syllables.len())])
                .collect();
            if known.insert(word.clone()) {
                words.push(word);
            }
        }
        let zipf = Zipf::new(words.len());
        Self { words, zipf }
    }

    /// One word.
    pub fn word(&self, chance: &mut Chance) -> &str {
        &self.words[self.zipf.pick(chance)]
    }

    /// A message.
    pub fn text(&self, chance: &mut Chance, index: usize) -> String {
        let mut count = 1 + chance.below(12);
        if chance.one_in(12) {
            count *= 6;
        }
        let mut text = String::new();
        for number in 0..count {
            if number > 0 {
                text.push(if chance.one_in(15) { '\n' } else { ' ' });
            }
            text.push_str(self.word(chance));
        }
        match chance.below(20) {
            0 => text.push_str(&format!(" R$ {},{:02}", index % 900, index % 100)),
            1 => text.push_str(&format!(" *{}* 📦", 100_000 + index % 800_000)),
            2 => text.push_str(&format!(" https://loja.example/p/{index}")),
            3 => text.push_str(" 👍"),
            4 => text.push_str(" 🙏🏽😀"),
            _ => {}
        }
        text
    }
}
