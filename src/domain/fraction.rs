//! Exact fractions of any size: products of many steps, compared and shown without rounding in between.

use std::cmp::Ordering;

use super::rates::Rate;

/// 100 % in hundredths.
pub(super) const WHOLE: u64 = 10_000;

/// A fraction as two products; they outgrow every machine number when many files are censored.
#[derive(Debug, Clone)]
pub(super) struct Fraction {
    of: Product,
    total: Product,
}

impl Fraction {
    pub(super) fn whole() -> Self {
        Self { of: Product(vec![1]), total: Product(vec![1]) }
    }

    /// Multiplies by `of / total`.
    pub(super) fn times(&mut self, of: u64, total: u64) {
        self.of.times(of);
        self.total.times(total);
    }

    /// How this fraction stands to `share`.
    pub(super) fn against(&self, share: Rate) -> Ordering {
        let scaled = |product: &Product, by: u64| {
            let mut product = product.clone();
            product.times(by);
            product
        };
        scaled(&self.of, share.total).cmp(&scaled(&self.total, share.of))
    }

    /// The largest number of hundredths of a percent that is not above the fraction.
    pub(super) fn hundredths(&self) -> u64 {
        let (mut low, mut high) = (0, WHOLE);
        while low < high {
            let middle = (low + high).div_ceil(2);
            match self.against(Rate { of: middle, total: WHOLE }) {
                Ordering::Less => high = middle - 1,
                Ordering::Equal | Ordering::Greater => low = middle,
            }
        }
        low
    }
}

/// A natural number of any size in limbs of 32 bits, the lowest first, without leading zeros.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Product(Vec<u32>);

impl Product {
    fn times(&mut self, factor: u64) {
        let mut carry: u128 = 0;
        for limb in &mut self.0 {
            let sum = u128::from(*limb) * u128::from(factor) + carry;
            *limb = u32::try_from(sum & u128::from(u32::MAX)).unwrap_or(u32::MAX);
            carry = sum >> 32;
        }
        while carry > 0 {
            self.0.push(u32::try_from(carry & u128::from(u32::MAX)).unwrap_or(u32::MAX));
            carry >>= 32;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

impl Ord for Product {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl PartialOrd for Product {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::Product;

    #[test]
    fn products_are_ordered_as_numbers() {
        let product = |factors: &[u64]| {
            let mut product = Product(vec![1]);
            for factor in factors {
                product.times(*factor);
            }
            product
        };
        assert_eq!(product(&[u64::MAX, 7, 10]), product(&[70, u64::MAX]));
        assert!(product(&[u64::MAX, u64::MAX]) > product(&[u64::MAX, u64::MAX - 1]));
        assert!(product(&[u64::MAX, 2]) < product(&[u64::MAX, u64::MAX]));
        assert!(product(&[5, 0]) < product(&[1]));
    }
}
