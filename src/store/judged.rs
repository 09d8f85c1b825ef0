//! The judged promise of a dossier as it stood at a cut, as a piece of SQL.

/// One value of the judged promise `q` of the dossier `d` at the cut `$1`; `$only` is what it is where there is no
/// second promise. The first is made at the receipt and no later one is ever taken back, so that of nearly every
/// dossier no promise needs to be read.
macro_rules! judged {
    ($only:literal, $value:literal) => {
        concat!(
            "CASE WHEN d.promise_number <= 1 AND d.received_at < $1 THEN ",
            $only,
            " ELSE (SELECT ",
            $value,
            " FROM promises q WHERE q.dossier_id = d.id AND q.kind <> 'rescheduled' AND q.made_at < $1
               ORDER BY q.number DESC LIMIT 1) END"
        )
    };
}
pub(super) use judged;
