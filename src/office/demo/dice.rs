//! Chance that is the same on every machine and in every year.
//!
//! SplitMix64 (Steele, Lea, Flood 2014), twenty lines, because the demonstration has to give the same commune again
//! after any update: a library's generator may change its stream with a version, and nothing
//! here is secret, so nothing better is needed.

/// A stream of pseudo-random numbers.
#[derive(Debug, Clone)]
pub(super) struct Dice {
    state: u64,
}

impl Dice {
    /// The stream number `serial` of `seed`: streams do not depend on the order they are used in.
    pub(super) fn new(seed: u64, serial: u64) -> Self {
        let mut dice = Self { state: seed ^ serial.wrapping_mul(0x9e37_79b9_7f4a_7c15) };
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` up to and including `high`.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        let width = u64::from(high.saturating_sub(low)) + 1;
        low.saturating_add(u32::try_from(self.next() % width).unwrap_or(0))
    }

    /// True `permille` times out of a thousand.
    pub(super) fn happens(&mut self, permille: u32) -> bool {
        self.between(0, 999) < permille
    }

    /// One of the values, each as likely as its weight; `None` when nothing has weight.
    pub(super) fn weighted<'a, T>(&mut self, values: &'a [(T, u32)]) -> Option<&'a T> {
        let total: u32 = values.iter().map(|(_, weight)| weight).sum();
        let mut at = self.between(0, total.checked_sub(1)?);
        values.iter().find_map(|(value, weight)| match at.checked_sub(*weight) {
            None => Some(value),
            Some(left) => {
                at = left;
                None
            }
        })
    }

    /// One of the values, all equally likely; `None` when there are none.
    pub(super) fn pick<'a, T>(&mut self, values: &'a [T]) -> Option<&'a T> {
        let last = u32::try_from(values.len()).ok()?.checked_sub(1)?;
        values.get(usize::try_from(self.between(0, last)).ok()?)
    }
}
