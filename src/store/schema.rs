//! The tables as diesel sees them: written by hand, one text for both databases.

mod files;
mod people;
mod rules;
mod running;
mod sending;

pub use files::*;
pub use people::*;
pub use rules::*;
pub use running::*;
pub use sending::*;

diesel::joinable!(filings -> dossiers (dossier_id));
diesel::joinable!(dossiers -> procedures (procedure_id));
diesel::joinable!(promises -> dossiers (dossier_id));
diesel::joinable!(letters -> dossiers (dossier_id));
diesel::joinable!(outbox -> dossiers (dossier_id));
diesel::joinable!(outbox -> letters (letter_id));
diesel::joinable!(alerts -> dossiers (dossier_id));
diesel::joinable!(attempts -> outbox (outbox_id));
diesel::joinable!(tasks -> dossiers (dossier_id));
diesel::joinable!(tasks -> submissions (submission_id));
diesel::joinable!(citizen_messages -> dossiers (dossier_id));
diesel::joinable!(papers -> dossiers (dossier_id));
diesel::joinable!(sub_deadlines -> dossiers (dossier_id));
diesel::joinable!(procedure_limits -> procedures (procedure_id));
diesel::joinable!(sessions -> accounts (account_id));
diesel::joinable!(api_tokens -> accounts (account_id));

diesel::allow_tables_to_appear_in_same_query!(
    accounts,
    agencies,
    api_tokens,
    calendar_days,
    calendar_versions,
    counters,
    day_facts,
    documents,
    dossiers,
    drafts,
    dunghen_scope,
    filings,
    import_mappings,
    import_runs,
    idempotency_keys,
    import_rejections,
    imports,
    jobs,
    journal,
    journal_head,
    letters,
    outbox,
    rungs,
    alerts,
    attempts,
    outages,
    papers,
    letterheads,
    contacts,
    tasks,
    citizen_messages,
    pauses,
    procedure_limits,
    procedures,
    promises,
    proposals,
    saved_filters,
    sessions,
    settings_kept,
    sub_deadlines,
    submissions,
    time_rules,
    units,
);
