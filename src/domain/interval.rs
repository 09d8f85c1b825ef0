//! How far a share seen in few cases may be from the true one.

use super::rates::Percent;

/// The square of 1.96 (95 % of a normal distribution lie within) and one, both ten thousand times.
const Z2: u128 = 38_416;
const ONE: u128 = 10_000;

/// Wilson's interval (1927) at 95 % for a share in hundredths of a percent, seen in so many cases: the lower
/// bound rounded down, the upper one up. Unlike the plain one it has a width also where the share is 0 or 1.
///
/// ```
/// use dunghen::domain::interval::wilson;
/// let (low, high) = wilson(8_000, 10);
/// assert_eq!((low.to_string(), high.to_string()), ("49.01".into(), "94.34".into()));
/// ```
#[must_use]
pub fn wilson(share: u64, cases: u64) -> (Percent, Percent) {
    let (share, n) = (u128::from(share).min(ONE), u128::from(cases));
    // (2·n·p + z² ∓ z·√(z² + 4·n·p·(1 − p))) / (2·(n + z²))
    let middle = 2 * n * share + Z2;
    let square = Z2 * (Z2 * ONE + 4 * n * share * (ONE - share)) / ONE;
    let half = square.isqrt() + u128::from(square.isqrt().pow(2) < square);
    let whole = 2 * (n * ONE + Z2);
    let percent = |of: u128| Percent::from_hundredths(u64::try_from(of.min(ONE)).unwrap_or(10_000));
    (percent(middle.saturating_sub(half) * ONE / whole), percent(((middle + half) * ONE).div_ceil(whole)))
}

#[cfg(test)]
mod tests {
    use super::wilson;

    #[test]
    fn the_bounds_are_those_of_the_book() {
        // Wilson's interval for 0, 8 and 10 of 10, and 263 of 1,000.
        for (share, cases, low, high) in
            [(0, 10, 0, 2_776), (8_000, 10, 4_901, 9_434), (10_000, 10, 7_224, 10_000), (2_630, 1_000, 2_366, 2_912)]
        {
            let (found_low, found_high) = wilson(share, cases);
            assert!(
                found_low.hundredths().abs_diff(low) <= 1 && found_high.hundredths().abs_diff(high) <= 1,
                "{share}/{cases}: {found_low} {found_high}"
            );
        }
    }
}
