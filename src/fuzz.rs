//! Dice for tests that feed parsers with anything: the same throws at every run.

/// A xorshift generator.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn throw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.throw() >> 11).unwrap() % end
    }

    /// Once in so many throws.
    pub fn once_in(&mut self, throws: usize) -> bool {
        self.below(throws) == 0
    }

    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    pub fn bytes(&mut self, most: usize) -> Vec<u8> {
        (0..self.below(most + 1)).map(|_| self.byte()).collect()
    }

    /// Any byte, those that mean something to a parser more often.
    fn byte(&mut self) -> u8 {
        const TELLING: &[u8] = b"\"',;\t\r\n\0/\\=[]{}#%:+-.0159TZ\xef\xbb\xbf\xff\xc3\xed";
        if self.once_in(2) { TELLING[self.below(TELLING.len())] } else { u8::try_from(self.below(256)).unwrap() }
    }

    /// A seed with some of its bytes changed, dropped, doubled or moved.
    pub fn mutated(&mut self, seed: &[u8], most: usize) -> Vec<u8> {
        let mut bytes = seed.to_vec();
        for _ in 0..=self.below(most) {
            let at = self.below(bytes.len() + 1);
            let end = (at + self.below(8)).min(bytes.len());
            match self.below(5) {
                0 if at < bytes.len() => bytes[at] = self.byte(),
                1 => bytes.insert(at, self.byte()),
                2 => drop(bytes.drain(at..end)),
                3 => {
                    let part = bytes[at..end].to_vec();
                    let to = self.below(bytes.len() + 1);
                    bytes.splice(to..to, part);
                }
                _ => bytes.truncate(if self.once_in(8) { at } else { bytes.len() }),
            }
        }
        bytes
    }
}

/// Moments, numbers and words at the edges of what is taken, and over them.
pub const HOSTILE: &[&str] = &[
    "",
    " ",
    "\0",
    "\u{feff}",
    "0",
    "-1",
    "+1",
    "1e3",
    "4294967295",
    "4294967296",
    "99999999999999999999",
    "0000-00-00T00:00",
    "0000-01-01T00:00",
    "-001-01-01T00:00",
    "9999-12-31T23:59:60-14:00",
    "9999-12-31T23:59:59-23:59",
    "+10000-01-01T00:00",
    "2026-02-29T08:00",
    "2026-11-24",
    "2026-11-24T24:00",
    "2026-11-24T08:00+99:99",
    "2026-11-24T08:00-07:0",
    "2026-11-24T08:00:00.999999999999",
    "ngày 24 tháng 11",
    "２０２６-11-24T08:00",
    "2026-11-24T08:00/",
    "/",
    ";;;",
    "=cmd|'/c calc'!A1",
    "<script>alert(1)</script>",
    "working_day",
    "WORKING_DAY",
    "5 working_day",
    "a\u{301}\u{302}\u{303}",
    "\u{202e}txt",
];
