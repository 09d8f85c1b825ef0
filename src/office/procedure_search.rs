//! Procedures found while typing: by code, by words without marks in any order, what is used most here first.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::domain::time::Instant;
use crate::store::counters;
use crate::store::search_key::search_key;

use super::Office;
use super::error::OfficeResult;
use super::intake::USED;
use super::rules::{ProcedureVersion, Rules};

impl Office {
    /// How often each procedure was logged here, by code.
    ///
    /// # Errors
    /// The database.
    pub fn uses_of_procedures(&self) -> OfficeResult<HashMap<String, i64>> {
        self.reading(|conn, rules| Ok(counters::under(conn, &rules.own_name(USED))?))
    }
}

/// The procedures in force that fit `q`, the likeliest first.
pub(crate) fn likeliest<'a>(
    rules: &'a Rules,
    q: &str,
    now: Instant,
    uses: &HashMap<String, i64>,
) -> Vec<&'a ProcedureVersion> {
    let asked = search_key(q);
    let words: Vec<&str> = asked.split(' ').collect();
    let mut found: Vec<(Rank, &ProcedureVersion)> = rules
        .current_procedures(now)
        .into_iter()
        .filter_map(|version| {
            let used = uses.get(&version.row.code).copied().unwrap_or(0);
            Some((rank(&version.row.code, &version.row.name, &words, used)?, version))
        })
        .collect();
    found.sort_by(|a, b| (&a.0, &a.1.row.code).cmp(&(&b.0, &b.1.row.code)));
    found.into_iter().map(|(_, version)| version).collect()
}

/// Smaller comes first: how the words fit, then use, then the plainest name: "khai sinh" before its
/// special cases.
type Rank = (u8, Reverse<i64>, usize);

fn rank(code: &str, name: &str, words: &[&str], used: i64) -> Option<Rank> {
    let (code, name) = (search_key(code), search_key(name));
    let text = format!("{code} {name}");
    if !words.iter().all(|word| text.contains(word)) {
        return None;
    }
    let begins = |word: &&str| name.split(|c: char| !c.is_alphanumeric()).any(|part| part.starts_with(*word));
    let fit = match words {
        [one] if code == *one => 0,
        [one] if code.starts_with(*one) && !one.is_empty() => 1,
        _ if words.iter().all(begins) => 2,
        _ => 3,
    };
    Some((fit, Reverse(used), name.chars().count()))
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn a_code_comes_before_beginnings_of_words_before_use_before_short_names() {
        let order = |q: &str, one: (&str, &str, i64), other: (&str, &str, i64)| {
            let words: Vec<&str> = q.split(' ').collect();
            rank(one.0, one.1, &words, one.2).unwrap() < rank(other.0, other.1, &words, other.2).unwrap()
        };
        assert!(order("1.001193", ("1.001193", "Khai sinh", 0), ("1.0011935", "Khác", 99)));
        assert!(order("khai sinh", ("1.1", "Đăng ký khai sinh", 0), ("1.2", "Kê khaisinh", 99)));
        assert!(order("sinh khai", ("1.1", "Đăng ký lại khai sinh lưu động", 5), ("1.2", "Đăng ký khai sinh", 4)));
        assert!(order("khai", ("1.1", "Khai sinh", 0), ("1.2", "Đăng ký khai sinh", 0)));
        assert_eq!(rank("1.1", "Khai tử", &["sinh"], 9), None);
    }
}
