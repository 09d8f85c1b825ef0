//! Which counts of a table may be published: small ones speak of single people, and what was left out must not
//! follow from the rest.

/// The cells that may be published, `None` for those that are left out. Each of `sums` names the parts of a sum and,
/// last, their whole. A count from 1 to below `least` is left out; then, until nothing changes: of no sum only one
/// cell is left out, for it would follow from the others, and where the whole is told, the parts left out make at
/// least `least` together.
#[must_use]
pub fn published(cells: &[u64], sums: &[Vec<usize>], least: u64) -> Vec<Option<u64>> {
    let mut told: Vec<Option<u64>> = cells.iter().map(|n| (*n == 0 || *n >= least).then_some(*n)).collect();
    while let Some(next) = sums.iter().find_map(|sum| betrayed(cells, &told, sum, least)) {
        if let Some(cell) = told.get_mut(next) {
            *cell = None;
        }
    }
    told
}

/// The cell that has to be left out as well, so that a sum betrays none of its cells.
fn betrayed(cells: &[u64], told: &[Option<u64>], sum: &[usize], least: u64) -> Option<usize> {
    let count = |at: &usize| cells.get(*at).copied().unwrap_or(0);
    let is_told = |at: &usize| told.get(*at).is_some_and(Option::is_some);
    let (hidden, shown): (Vec<usize>, Vec<usize>) = sum.iter().copied().partition(|at| !is_told(at));
    let whole = sum.last()?;
    let together: u64 = hidden.iter().map(count).sum();
    let follows = hidden.len() == 1 || !hidden.is_empty() && is_told(whole) && together < least;
    // The smallest part that says something; else one of the zeros, which then could be any of the rest. The whole
    // last: it is a part of other sums.
    let part = shown.iter().filter(|at| *at != whole).min_by_key(|at| (count(at) == 0, count(at), **at));
    let next = part.or_else(|| shown.first());
    next.copied().filter(|_| follows)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(parts: &[u64]) -> Vec<Option<u64>> {
        let cells: Vec<u64> = parts.iter().copied().chain([parts.iter().sum()]).collect();
        published(&cells, &[(0..cells.len()).collect()], 5)
    }

    #[test]
    fn a_small_count_is_left_out_with_a_second_one_that_would_betray_it() {
        assert_eq!(row(&[10, 20, 0]), [Some(10), Some(20), Some(0), Some(30)], "nothing is small");
        assert_eq!(row(&[3, 20, 30]), [None, None, Some(30), Some(53)], "the next smallest goes too");
        assert_eq!(row(&[3, 4, 30]), [None, None, Some(30), Some(37)], "7 together: neither follows");
        assert_eq!(row(&[1, 1, 30]), [None, None, None, Some(32)], "2 together could only be 1 and 1");
        assert_eq!(row(&[3, 0, 0]), [None, Some(0), Some(0), None]);
        assert_eq!(row(&[3, 1, 0]), [None, None, Some(0), None]);
        let two_lines = [12, 2, 14, 0, 7, 7, 12, 9, 21];
        let sums = [vec![0, 1, 2], vec![3, 4, 5], vec![6, 7, 8], vec![0, 3, 6], vec![1, 4, 7], vec![2, 5, 8]];
        let told = published(&two_lines, &sums, 5);
        assert_eq!(told, [None, None, Some(14), None, None, Some(7), Some(12), Some(9), Some(21)], "a zero hides too");
        assert_eq!(row(&[5, 4]), [None, None, Some(9)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_cell_left_out_follows_from_any_sum(
            rows in prop::collection::vec(prop::collection::vec(0..12_u64, 3), 1..5),
            least in 2..8_u64,
        ) {
            // Three parts and their whole in each row, and a last row of totals.
            let mut cells: Vec<u64> = Vec::new();
            for row in &rows {
                cells.extend(row.iter().copied().chain([row.iter().sum()]));
            }
            let total = |part: usize| rows.iter().map(|row| row[part]).sum::<u64>();
            cells.extend([total(0), total(1), total(2), total(0) + total(1) + total(2)]);
            let lines = rows.len() + 1;
            let mut sums: Vec<Vec<usize>> = (0..lines).map(|line| (4 * line..4 * line + 4).collect()).collect();
            sums.extend((0..4).map(|part| (0..lines).map(|line| 4 * line + part).collect::<Vec<_>>()));
            let told = published(&cells, &sums, least);
            for (cell, told) in cells.iter().zip(&told) {
                prop_assert!(told.is_none_or(|told| told == *cell && (told == 0 || told >= least)));
            }
            for sum in &sums {
                let hidden: Vec<_> = sum.iter().filter(|at| told[**at].is_none()).collect();
                prop_assert!(hidden.len() != 1, "{told:?}");
                let together: u64 = hidden.iter().map(|at| cells[**at]).sum();
                prop_assert!(hidden.is_empty() || told[*sum.last().unwrap()].is_none() || together >= least);
            }
        }
    }
}
