//! Who is reached for a post: its holder; while they are away who stands in, and who stands in for
//! them; when the post is empty or nobody of it is there, the next one up.

use chrono::NaiveDate;

use crate::domain::notice::Audience;
use crate::domain::role::Role;
use crate::office::Rules;
use crate::store::people::{Account, Unit};

/// How far standing in goes: more links than that are a circle.
const LONGEST_CHAIN: usize = 8;

/// The people of an audience, the nearest first: the post, then the next ones up. Empty posts and
/// disabled accounts are left out.
pub(in crate::office) fn posts<'a>(
    rules: &'a Rules,
    unit: Option<&Unit>,
    officer_id: Option<&str>,
    audience: Audience,
) -> Vec<&'a Account> {
    let supervisor = || enabled(rules, unit.and_then(|unit| unit.supervisor_id.as_deref()));
    let manager = || {
        let managers = rules.accounts.values().filter(|who| who.role == Role::Manager && who.disabled_at.is_none());
        managers.min_by(|a, b| a.username.cmp(&b.username))
    };
    // Who receives files: the desk's officer, or its supervisor.
    let desk = || {
        let unit = rules.desk();
        enabled(rules, unit.and_then(|unit| unit.officer_id.as_deref()))
            .or_else(|| enabled(rules, unit.and_then(|unit| unit.supervisor_id.as_deref())))
    };
    let posts = match audience {
        Audience::Officer => [enabled(rules, officer_id), supervisor(), manager()],
        Audience::Supervisor => [supervisor(), manager(), None],
        Audience::Manager => [manager(), supervisor(), None],
        Audience::Desk => [desk(), supervisor(), manager()],
        Audience::Applicant | Audience::Admin => [None; 3],
    };
    posts.into_iter().flatten().collect()
}

/// The first of these posts, or of those who stand in, who is there on `day` and `fits`; when nobody
/// is there, the first post that fits: a late file must not go unheard.
pub(in crate::office) fn reached<'a>(
    rules: &'a Rules,
    posts: &[&'a Account],
    day: NaiveDate,
    fits: impl Fn(&Account) -> bool,
) -> Option<&'a Account> {
    let there = |who: &&Account| !who.is_absent_on(day) && fits(who);
    let with_stand_ins = |post: &&'a Account| std::iter::once(*post).chain(stand_ins(rules, post)).find(there);
    posts.iter().find_map(with_stand_ins).or_else(|| posts.iter().copied().find(|who| fits(who)))
}

/// Whose alerts stand on the screen of `account_id` on `day`: their own, and those of everybody away
/// for whom they stand in, directly or for another who is away too.
pub(in crate::office) fn screens(rules: &Rules, account_id: &str, day: NaiveDate) -> Vec<String> {
    let covered = |away: &&Account| {
        let absent = away.id != account_id && away.is_absent_on(day);
        absent && stand_ins(rules, away).find(|who| !who.is_absent_on(day)).is_some_and(|who| who.id == account_id)
    };
    let others = rules.accounts.values().filter(covered).map(|away| away.id.clone());
    std::iter::once(account_id.to_owned()).chain(others).collect()
}

/// Who stands in for somebody, who for them, and so on.
fn stand_ins<'a>(rules: &'a Rules, post: &Account) -> impl Iterator<Item = &'a Account> {
    let next = |who: &Account| rules.accounts.get(who.stand_in_id.as_deref()?);
    std::iter::successors(next(post), move |who| next(who)).take(LONGEST_CHAIN).filter(|who| who.disabled_at.is_none())
}

fn enabled<'a>(rules: &'a Rules, id: Option<&str>) -> Option<&'a Account> {
    rules.accounts.get(id?).filter(|who| who.disabled_at.is_none())
}
