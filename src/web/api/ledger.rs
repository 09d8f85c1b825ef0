//! Why each promised day of a dossier is that day, for machines; the command line prints the same.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::ledger::Ledger;
use crate::domain::time::rfc3339;
use crate::office::look::Whole;
use crate::office::{FieldError, Problem as FieldTrouble, Rules};
use crate::render::ledger::day_lines;
use crate::render::pages::Lang;
use crate::store::promises::PromiseRow;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// The account of every promise of a dossier.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DossierLedger {
    pub code: String,
    pub procedure_code: String,
    /// Version of the procedure that the dossier keeps.
    pub procedure_version: Option<i32>,
    pub received_at: String,
    /// The promise that is judged.
    pub due_at: Option<String>,
    /// The one new date of an apology.
    pub new_due_at: Option<String>,
    /// Oldest first.
    pub promises: Vec<Promise>,
    /// Whenever the citizen was waited for.
    pub pauses: Vec<Waited>,
}

/// A promise with the account of how it came about.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Promise {
    pub number: i32,
    pub kind: &'static str,
    pub due_at: String,
    pub made_at: String,
    pub counted_from: String,
    pub superseded_at: Option<String>,
    /// `5 working_day`; `null` for the new date of an apology.
    pub limit: Option<String>,
    /// Ours beside a promise made elsewhere, or kept later.
    pub computed_due_at: Option<String>,
    /// What the statutory limit gives; later than `due_at` when the office committed to less.
    pub statutory_due_at: Option<String>,
    pub provisional: bool,
    /// Procedure and version, decision, additions, doubts.
    pub basis: String,
    pub calendar_version: i32,
    /// What was counted from; `null` where nothing was counted.
    pub received_at: Option<String>,
    pub restarted_at: Option<String>,
    /// What the count left out.
    pub pauses: Vec<PauseSpan>,
    pub ledger: Vec<LedgerDay>,
    /// The days of the statutory limit, when `ledger` is of a shorter commitment.
    pub statutory_ledger: Vec<LedgerDay>,
}

/// A pause that a count left out.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PauseSpan {
    pub from: String,
    pub to: String,
}

/// A time in which the citizen was waited for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Waited {
    /// `awaiting_supplement` or `awaiting_obligation`
    pub kind: &'static str,
    pub from: String,
    /// `null`: still waiting.
    pub to: Option<String>,
}

/// One civil day of a count.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LedgerDay {
    /// `YYYY-MM-DD`
    pub date: String,
    pub counted: bool,
    /// The how many-th counted day; `null` when it does not count.
    pub number: Option<u32>,
    pub why: String,
}

#[derive(Debug, Deserialize)]
pub struct LedgerQuery {
    language: Option<String>,
}

/// `GET /api/v1/dossiers/{code}/ledger?language=vi|en`
///
/// # Errors
/// 404; 422 for another language.
pub async fn ledger(
    site: Site,
    code: web::Path<String>,
    query: web::Query<LedgerQuery>,
) -> Result<HttpResponse, Problem> {
    let lang = match query.language.as_deref().unwrap_or("vi") {
        "vi" => Lang::Vi,
        "en" => Lang::En,
        other => {
            let trouble = FieldTrouble::NotOneOf { expected: &["vi", "en"] };
            return Err(Problem::invalid(&[FieldError::new("language", other, trouble)]));
        }
    };
    let ledger = site
        .work(move |office, _| {
            let whole = office.whole(&code)?;
            let rules = office.store().read(|conn| office.rules(conn))?;
            Ok(dossier_ledger(&whole, &rules, lang))
        })
        .await?;
    Ok(HttpResponse::Ok().json(ledger))
}

/// The account of a dossier that was read; reasons in `lang`.
#[must_use]
pub fn dossier_ledger(whole: &Whole, rules: &Rules, lang: Lang) -> DossierLedger {
    let procedure = rules.procedure_version(&whole.row.procedure_id).map(|version| &version.row);
    let waited = whole.pauses.iter().map(|pause| Waited {
        kind: pause.kind.as_str(),
        from: rfc3339(pause.from_at),
        to: pause.to_at.map(rfc3339),
    });
    DossierLedger {
        code: whole.row.code.clone(),
        procedure_code: procedure.map(|procedure| procedure.code.clone()).unwrap_or_default(),
        procedure_version: procedure.map(|procedure| procedure.version),
        received_at: rfc3339(whole.row.received_at),
        due_at: whole.row.due_at.map(rfc3339),
        new_due_at: whole.row.new_due_at.map(rfc3339),
        promises: whole.promises.iter().map(|row| promise(row, lang)).collect(),
        pauses: waited.collect(),
    }
}

fn promise(row: &PromiseRow, lang: Lang) -> Promise {
    let kept: Option<Ledger> = serde_json::from_str(&row.ledger).ok();
    let pauses = kept.iter().flat_map(|ledger| &ledger.pauses);
    Promise {
        number: row.number,
        kind: row.kind.as_str(),
        due_at: rfc3339(row.due_at),
        made_at: rfc3339(row.made_at),
        counted_from: rfc3339(row.counted_from),
        superseded_at: row.superseded_at.map(rfc3339),
        limit: row.limit_unit.map(|unit| format!("{} {unit}", row.limit_value.unwrap_or(0))),
        computed_due_at: row.computed_due_at.map(rfc3339),
        statutory_due_at: row.statutory_due_at.map(rfc3339),
        provisional: row.provisional,
        basis: row.basis.clone(),
        calendar_version: row.calendar_version,
        received_at: kept.as_ref().map(|ledger| rfc3339(ledger.received_at)),
        restarted_at: kept.as_ref().and_then(|ledger| ledger.restarted_at).map(rfc3339),
        pauses: pauses.map(|pause| PauseSpan { from: rfc3339(pause.from), to: rfc3339(pause.to) }).collect(),
        ledger: ledger_days(&row.ledger, lang),
        statutory_ledger: ledger_days(&row.statutory_ledger, lang),
    }
}

/// The days of a kept ledger; none of `{}` and of the empty text, which stand for no ledger.
#[must_use]
pub fn ledger_days(kept: &str, lang: Lang) -> Vec<LedgerDay> {
    let Ok(ledger) = serde_json::from_str::<Ledger>(kept) else { return Vec::new() };
    let days = day_lines(&ledger, lang).into_iter();
    days.map(|day| LedgerDay {
        date: day.date.to_string(),
        counted: day.number.is_some(),
        number: day.number,
        why: day.why,
    })
    .collect()
}
