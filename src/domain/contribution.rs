//! Who pulls a rate down: the gap to its target, split over the groups that make up the rate.
//!
//! A group's part of the gap is (target × total − 100 % × of) of the group, over the total of all: the
//! parts add up to the gap exactly, also when some groups lift the rate. Printed in hundredths of a
//! percentage point they still do, since what rounding leaves over is given out (largest remainder).

use super::rates::{Percent, Rate};

/// Hundredths of a percentage point below the target; negative: above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Points(pub i64);

impl Points {
    /// How far `to` is above `from`.
    #[must_use]
    pub fn between(from: Percent, to: Percent) -> Self {
        let signed = |percent: Percent| i64::try_from(percent.hundredths()).unwrap_or(i64::MAX);
        Self(signed(to).saturating_sub(signed(from)))
    }

    /// Without its sign, as `1.20`.
    #[must_use]
    pub fn size(self) -> String {
        Percent::from_hundredths(self.0.unsigned_abs()).to_string()
    }

    /// With its sign, as `-1.20`, for machines.
    #[must_use]
    pub fn signed(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}", self.size())
    }
}

/// A group and its part of the gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution<K> {
    pub key: K,
    pub rate: Rate,
    pub points: Points,
}

/// The gap between a target and a rate, and the part of each group, the worst first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contributions<K> {
    pub gap: Points,
    pub parts: Vec<Contribution<K>>,
}

impl<K: Ord> Contributions<K> {
    /// Splits the gap; `None` without data.
    ///
    /// ```
    /// use dunghen::domain::contribution::{Contributions, Points};
    /// use dunghen::domain::rates::{Percent, Rate};
    /// let groups = [("land", Rate { of: 1, total: 4 }), ("births", Rate { of: 2, total: 2 })];
    /// let split = Contributions::of(Percent::from_hundredths(80_00), groups).unwrap();
    /// assert_eq!(split.gap, Points(30_00), "50 % against 80 %");
    /// let points: Vec<_> = split.parts.iter().map(|part| (part.key, part.points)).collect();
    /// assert_eq!(points, [("land", Points(36_67)), ("births", Points(-6_67))]);
    /// ```
    #[must_use]
    pub fn of(target: Percent, groups: impl IntoIterator<Item = (K, Rate)>) -> Option<Self> {
        let mut groups: Vec<(i128, K, Rate)> = groups
            .into_iter()
            .filter(|(_, rate)| rate.total > 0)
            .map(|(key, rate)| (lack(target, rate), key, rate))
            .collect();
        groups.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let total: i128 = groups.iter().map(|(_, _, rate)| i128::from(rate.total)).sum();
        if total == 0 {
            return None;
        }
        let lacking: i128 = groups.iter().map(|(lack, _, _)| lack).sum();
        // The rate is printed rounded down, so what it lacks is rounded up.
        let gap = -(-lacking).div_euclid(total);
        let left = gap - groups.iter().map(|(lack, _, _)| lack.div_euclid(total)).sum::<i128>();
        let mut order: Vec<usize> = (0..groups.len()).collect();
        let rest = |at: &usize| groups.get(*at).map_or(0, |(lack, _, _)| lack.rem_euclid(total));
        order.sort_by(|a, b| rest(b).cmp(&rest(a)).then_with(|| a.cmp(b)));
        order.truncate(usize::try_from(left).unwrap_or(0));
        let points = |whole: i128| Points(i64::try_from(whole).unwrap_or(i64::MAX));
        let parts = groups.into_iter().enumerate().map(|(at, (lack, key, rate))| Contribution {
            key,
            rate,
            points: points(lack.div_euclid(total) + i128::from(order.contains(&at))),
        });
        Some(Self { gap: points(gap), parts: parts.collect() })
    }
}

/// What a group lacks to its share of the target, in hundredths of a percent of a file.
fn lack(target: Percent, rate: Rate) -> i128 {
    i128::from(target.hundredths()) * i128::from(rate.total) - 10_000 * i128::from(rate.of)
}

#[cfg(test)]
mod tests {
    use super::{Contributions, Percent, Points, Rate};

    fn split(target: u64, groups: &[(u64, u64)]) -> Contributions<usize> {
        let groups = groups.iter().enumerate().map(|(at, (of, total))| (at, Rate { of: *of, total: *total }));
        Contributions::of(Percent::from_hundredths(target), groups).unwrap()
    }

    #[test]
    fn the_parts_add_up_to_the_gap_that_the_printed_rate_has() {
        let mut seed: u64 = 7;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for _ in 0..2_000 {
            let groups: Vec<(u64, u64)> = (0..=next(12))
                .map(|_| {
                    let total = next(900) + 1;
                    (next(total + 1), total)
                })
                .collect();
            let target = next(10_001);
            let found = split(target, &groups);
            let whole = Rate { of: groups.iter().map(|g| g.0).sum(), total: groups.iter().map(|g| g.1).sum() };
            let printed = Points::between(whole.percent().unwrap(), Percent::from_hundredths(target));
            assert_eq!(found.gap, printed, "{groups:?} against {target}");
            assert_eq!(found.parts.iter().map(|part| part.points.0).sum::<i64>(), found.gap.0, "{groups:?}");
            assert!(found.parts.windows(2).all(|two| two[0].points >= two[1].points), "the worst first: {found:?}");
        }
    }

    #[test]
    fn a_group_above_the_target_lifts_the_rate() {
        let found = split(9_500, &[(100, 100), (80, 100)]);
        assert_eq!(found.gap, Points(5_00));
        assert_eq!(found.parts.iter().map(|part| (part.key, part.points.0)).collect::<Vec<_>>(), [(1, 750), (0, -250)]);
    }

    #[test]
    fn without_files_nothing_is_split() {
        let nothing: [(u8, Rate); 1] = [(0, Rate { of: 0, total: 0 })];
        assert_eq!(Contributions::of(Percent::from_hundredths(8_000), nothing), None);
    }

    #[test]
    fn points_are_written_like_percentages() {
        assert_eq!(Points(-1_05).size(), "1.05");
        assert_eq!((Points(-1_05).signed(), Points(20).signed()), ("-1.05".into(), "0.20".into()));
        assert_eq!(Points::between(Percent::from_hundredths(80_00), Percent::from_hundredths(79_50)), Points(-50));
    }
}
