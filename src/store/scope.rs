//! Row scope: what a connection sees when it is lent to one agency of several.
//!
//! A reader that is narrowed has, for every table that tells of people or their files, a temporary view of
//! the same name in front of it: whatever is asked, by diesel or in plain SQL, today or by a function that is
//! written next year, only rows of the agency answer. Writers work on the tables themselves; what is looked
//! up there by a name that came from outside, or collected to be worked on, says `ours!`.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::connection::Conn;
use super::opener::Use;
use super::schema::dunghen_scope;

/// The rows of a table with `agency_id` that belong to the agency the connection is lent to; all of them on
/// one that is not narrowed.
macro_rules! ours {
    ($table:ident) => {{
        use $crate::store::schema::dunghen_scope;
        diesel::dsl::exists(
            dunghen_scope::table.filter(
                dunghen_scope::agency_id
                    .is_null()
                    .or(dunghen_scope::agency_id.eq($table::agency_id.nullable()).assume_not_null()),
            ),
        )
    }};
}
pub(crate) use ours;

/// [`ours!`] of a row that belongs to whoever its column names.
macro_rules! of_our_people {
    ($username:expr) => {{
        use $crate::store::schema::{accounts, dunghen_scope};
        let anybody = dunghen_scope::table.filter(dunghen_scope::agency_id.is_null());
        let one_of_us =
            accounts::table.filter(accounts::username.eq($username)).filter($crate::store::scope::ours!(accounts));
        diesel::dsl::exists(anybody).or(diesel::dsl::exists(one_of_us))
    }};
}
pub(crate) use of_our_people;

/// What belongs to an agency by its own column.
const OWNED: [&str; 12] = [
    "units",
    "accounts",
    "dossiers",
    "submissions",
    "letters",
    "outbox",
    "alerts",
    "papers",
    "letterheads",
    "citizen_messages",
    "closed_periods",
    "day_facts",
];

/// What belongs to the agency of another row: the table, and when its row is seen. Promises, pauses and
/// sub-deadlines are missing on purpose: they hold dates by the id of a dossier, and are read by it.
const FOLLOWING: [(&str, &str); 15] = [
    ("agencies", "t.id = {scope}"),
    ("tasks", "t.agency_id = {scope}"),
    ("filings", "EXISTS (SELECT 1 FROM dossiers d WHERE d.id = t.dossier_id)"),
    ("contacts", "EXISTS (SELECT 1 FROM dossiers d WHERE d.id = t.dossier_id)"),
    ("attempts", "EXISTS (SELECT 1 FROM outbox o WHERE o.id = t.outbox_id)"),
    (
        "journal",
        "CASE WHEN t.dossier_id IS NULL THEN EXISTS (SELECT 1 FROM accounts a WHERE a.username = t.actor)
              ELSE EXISTS (SELECT 1 FROM dossiers d WHERE d.id = t.dossier_id) END",
    ),
    ("imports", "EXISTS (SELECT 1 FROM accounts a WHERE a.username = t.actor)"),
    ("import_rejections", "EXISTS (SELECT 1 FROM imports i WHERE i.id = t.import_id)"),
    ("import_runs", "EXISTS (SELECT 1 FROM accounts a WHERE a.username = t.username)"),
    ("import_mappings", "EXISTS (SELECT 1 FROM accounts a WHERE a.username = t.saved_by)"),
    ("proposals", "EXISTS (SELECT 1 FROM accounts a WHERE a.username = t.proposed_by)"),
    ("rungs", "t.agency_code = '' OR EXISTS (SELECT 1 FROM agencies a WHERE a.code = t.agency_code)"),
    ("saved_filters", "EXISTS (SELECT 1 FROM accounts a WHERE a.id = t.account_id)"),
    ("drafts", "EXISTS (SELECT 1 FROM accounts a WHERE a.id = t.account_id)"),
    ("api_tokens", "EXISTS (SELECT 1 FROM accounts a WHERE a.id = t.account_id)"),
];

/// PostgreSQL's words of dossiers; SQLite's full-text index can only be asked by its own name, and gives ids alone.
const WORDS: (&str, &str) = ("dossier_words", "EXISTS (SELECT 1 FROM dossiers d WHERE d.id = t.dossier_id)");

/// Gives a new connection its row of scope.
pub(super) fn begin(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Pg(conn) => conn.batch_execute(
            "CREATE TEMP VIEW dunghen_scope AS SELECT NULLIF(current_setting('dunghen.agency', true), '') AS agency_id",
        ),
        Conn::Lite(conn) => conn
            .batch_execute("CREATE TEMP TABLE dunghen_scope (agency_id TEXT); INSERT INTO dunghen_scope VALUES (NULL)"),
    }
}

/// Puts the views in front of the tables. A view that names another table sees that one's view.
pub(super) fn veil(conn: &mut Conn) -> QueryResult<()> {
    let own = OWNED.iter().map(|table| (*table, "t.agency_id = {scope}"));
    let words = matches!(conn, Conn::Pg(_)).then_some(WORDS);
    let views: Vec<String> = own.chain(FOLLOWING).chain(words).map(|(table, seen)| view(conn, table, seen)).collect();
    conn.batch_execute(&views.concat())
}

fn view(conn: &Conn, table: &str, seen: &str) -> String {
    let (from, scope) = match conn {
        // Known to the planner as a value; made before the view of that name is there.
        Conn::Pg(_) => (table.to_owned(), "current_setting('dunghen.agency', true)"),
        Conn::Lite(_) => (format!("main.{table}"), "(SELECT agency_id FROM dunghen_scope)"),
    };
    format!("CREATE TEMP VIEW {table} AS SELECT t.* FROM {from} t WHERE {};\n", seen.replace("{scope}", scope))
}

/// Lends the connection to an agency, or to the whole install.
pub(super) fn lend(conn: &mut Conn, purpose: Use, agency_id: Option<&str>) -> QueryResult<()> {
    match conn {
        Conn::Pg(conn) => {
            diesel::sql_query("SELECT set_config('dunghen.agency', $1, false)")
                .bind::<Text, _>(agency_id.unwrap_or_default())
                .execute(conn)?;
        }
        Conn::Lite(conn) => {
            let reads = matches!(purpose, Use::Reading | Use::Narrowed);
            if reads {
                conn.batch_execute("PRAGMA query_only = OFF")?;
            }
            diesel::update(dunghen_scope::table).set(dunghen_scope::agency_id.eq(agency_id)).execute(conn)?;
            if reads {
                conn.batch_execute("PRAGMA query_only = ON")?;
            }
        }
    }
    Ok(())
}

/// Whether views stand in front of the tables of this connection.
///
/// # Errors
/// When the database does not answer.
pub fn is_veiled(conn: &mut Conn) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }
    let count: Count = match conn {
        Conn::Pg(conn) => {
            diesel::sql_query("SELECT CASE WHEN to_regclass('pg_temp.dossiers') IS NULL THEN 0 ELSE 1 END::bigint AS n")
                .get_result(conn)?
        }
        Conn::Lite(conn) => {
            diesel::sql_query("SELECT COUNT(*) AS n FROM sqlite_temp_master WHERE type = 'view' AND name = 'dossiers'")
                .get_result(conn)?
        }
    };
    Ok(count.n > 0)
}

#[cfg(test)]
mod tests {
    use super::{FOLLOWING, OWNED};

    /// Read by an id that comes from a row of the agency, or by a secret; they hold no name and no code.
    const BY_ID: [&str; 4] = ["promises", "pauses", "sub_deadlines", "sessions"];

    #[test]
    fn every_table_that_tells_of_people_or_files_has_its_view() {
        let schema = [
            include_str!("schema/files.rs"),
            include_str!("schema/people.rs"),
            include_str!("schema/rules.rs"),
            include_str!("schema/running.rs"),
            include_str!("schema/sending.rs"),
        ];
        let tells =
            ["agency_id", "agency_code", "dossier_id", "account_id", "outbox_id", "import_id", "username", "actor"];
        let mut seen = 0;
        for table in schema.concat().split("diesel::table! {").skip(1) {
            let mut code = table.lines().map(str::trim).filter(|line| !line.starts_with("//"));
            let name = code.find_map(|line| line.split_once(" (")).expect("a table").0;
            if name == "dunghen_scope" || !tells.iter().any(|column| table.contains(&format!(" {column} ->"))) {
                continue;
            }
            let known = OWNED.contains(&name) || FOLLOWING.iter().any(|(table, _)| *table == name);
            assert!(known || BY_ID.contains(&name), "{name} is seen by every agency");
            seen += 1;
        }
        assert!(seen >= 25, "only {seen} tables were looked at");
    }
}
