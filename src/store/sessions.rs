//! Signed-in sessions, API tokens and answers kept for repeated requests: all by hash of the secret.

use diesel::prelude::*;

use crate::domain::time::Instant;

use super::columns::{At, MaybeAt, stored};
use super::connection::{Conn, Tx};
use super::error::StoreResult;
use super::people::Account;
use super::schema::{accounts, api_tokens, idempotency_keys, sessions};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions, treat_none_as_default_value = false)]
pub struct Session {
    pub token_hash: String,
    pub account_id: String,
    pub csrf: String,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub created_at: Instant,
    #[diesel(deserialize_as = At, serialize_as = At)]
    pub expires_at: Instant,
}

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = api_tokens, treat_none_as_default_value = false)]
pub struct NewToken {
    pub id: String,
    pub account_id: String,
    pub name: String,
    pub token_hash: String,
    #[diesel(serialize_as = At)]
    pub created_at: Instant,
}

/// # Errors
/// When the database cannot be written.
pub fn insert(tx: &mut Tx<'_>, session: Session) -> StoreResult<()> {
    diesel::insert_into(sessions::table).values(session).execute(&mut **tx)?;
    Ok(())
}

/// The session and its account, when it is still valid and the account not disabled.
///
/// # Errors
/// When the database cannot be read.
pub fn find(conn: &mut Conn, token_hash: &str, now: Instant) -> StoreResult<Option<(Session, Account)>> {
    Ok(sessions::table
        .inner_join(accounts::table)
        .filter(sessions::token_hash.eq(token_hash))
        .filter(sessions::expires_at.gt(stored(now)))
        .filter(accounts::disabled_at.is_null())
        .select((Session::as_select(), Account::as_select()))
        .first(conn)
        .optional()?)
}

/// The session whose forms carry this token, ended or not: whose form it is.
///
/// # Errors
/// When the database cannot be read.
pub fn of_csrf(conn: &mut Conn, csrf: &str) -> StoreResult<Option<Session>> {
    Ok(sessions::table.filter(sessions::csrf.eq(csrf)).select(Session::as_select()).first(conn).optional()?)
}

/// Ends a session; its row stays until it is swept out, so that a form filled in under it is known.
///
/// # Errors
/// When the database cannot be written.
pub fn end(tx: &mut Tx<'_>, token_hash: &str, now: Instant) -> StoreResult<()> {
    let open = sessions::table.filter(sessions::token_hash.eq(token_hash)).filter(sessions::expires_at.gt(stored(now)));
    diesel::update(open).set(sessions::expires_at.eq(stored(now))).execute(&mut **tx)?;
    Ok(())
}

/// Moves the end of a session that lasts.
///
/// # Errors
/// When the database cannot be written.
pub fn extend(tx: &mut Tx<'_>, token_hash: &str, now: Instant, until: Instant) -> StoreResult<usize> {
    let open = sessions::table.filter(sessions::token_hash.eq(token_hash)).filter(sessions::expires_at.gt(stored(now)));
    Ok(diesel::update(open).set(sessions::expires_at.eq(stored(until))).execute(&mut **tx)?)
}

/// Ends every session of an account (password changed, disabled), but the one with the hash `kept`;
/// answers how many.
///
/// # Errors
/// When the database cannot be written.
pub fn end_of_account(tx: &mut Tx<'_>, account_id: &str, now: Instant, kept: &str) -> StoreResult<usize> {
    let open = sessions::table
        .filter(sessions::account_id.eq(account_id))
        .filter(sessions::token_hash.ne(kept))
        .filter(sessions::expires_at.gt(stored(now)));
    Ok(diesel::update(open).set(sessions::expires_at.eq(stored(now))).execute(&mut **tx)?)
}

/// Sessions of an account that last.
///
/// # Errors
/// When the database cannot be read.
pub fn count_open(conn: &mut Conn, account_id: &str, now: Instant) -> StoreResult<i64> {
    Ok(sessions::table
        .filter(sessions::account_id.eq(account_id))
        .filter(sessions::expires_at.gt(stored(now)))
        .count()
        .get_result(conn)?)
}

/// Removes sessions that ended, and answers kept for repeats, before `kept_since`.
///
/// # Errors
/// When the database cannot be written.
pub fn delete_expired(tx: &mut Tx<'_>, kept_since: Instant) -> StoreResult<usize> {
    let gone =
        diesel::delete(sessions::table.filter(sessions::expires_at.le(stored(kept_since)))).execute(&mut **tx)?;
    let old = diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.lt(stored(kept_since))))
        .execute(&mut **tx)?;
    Ok(gone + old)
}

/// # Errors
/// When the database cannot be written.
pub fn insert_token(tx: &mut Tx<'_>, token: NewToken) -> StoreResult<()> {
    diesel::insert_into(api_tokens::table).values(token).execute(&mut **tx)?;
    Ok(())
}

/// An API token as it is listed; the secret is kept nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = api_tokens)]
pub struct Token {
    pub id: String,
    pub name: String,
    #[diesel(deserialize_as = At)]
    pub created_at: Instant,
    #[diesel(deserialize_as = MaybeAt)]
    pub revoked_at: Option<Instant>,
    #[diesel(deserialize_as = MaybeAt)]
    pub last_used_at: Option<Instant>,
}

/// The account behind an API token that was not revoked, and the token.
///
/// # Errors
/// When the database cannot be read.
pub fn account_of_token(conn: &mut Conn, token_hash: &str) -> StoreResult<Option<(Token, Account)>> {
    Ok(api_tokens::table
        .inner_join(accounts::table)
        .filter(api_tokens::token_hash.eq(token_hash))
        .filter(api_tokens::revoked_at.is_null())
        .filter(accounts::disabled_at.is_null())
        .select((Token::as_select(), Account::as_select()))
        .first(conn)
        .optional()?)
}

/// The tokens of an account, newest first.
///
/// # Errors
/// When the database cannot be read.
pub fn tokens_of(conn: &mut Conn, account_id: &str) -> StoreResult<Vec<Token>> {
    Ok(api_tokens::table
        .filter(api_tokens::account_id.eq(account_id))
        .order(api_tokens::id.desc())
        .select(Token::as_select())
        .load(conn)?)
}

/// Notes that a token was used.
///
/// # Errors
/// When the database cannot be written.
pub fn token_used(tx: &mut Tx<'_>, id: &str, now: Instant) -> StoreResult<()> {
    diesel::update(api_tokens::table.filter(api_tokens::id.eq(id)))
        .set(api_tokens::last_used_at.eq(stored(now)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Revokes one token of an account; answers its name.
///
/// # Errors
/// When the database cannot be written.
pub fn revoke_token(tx: &mut Tx<'_>, account_id: &str, id: &str, now: Instant) -> StoreResult<Option<String>> {
    let open = api_tokens::table
        .filter(api_tokens::id.eq(id))
        .filter(api_tokens::account_id.eq(account_id))
        .filter(api_tokens::revoked_at.is_null());
    let name: Option<String> = open.select(api_tokens::name).first(&mut **tx).optional()?;
    if name.is_some() {
        diesel::update(api_tokens::table.filter(api_tokens::id.eq(id)))
            .set(api_tokens::revoked_at.eq(stored(now)))
            .execute(&mut **tx)?;
    }
    Ok(name)
}

/// Revokes the tokens of that name; answers how many.
///
/// # Errors
/// When the database cannot be written.
pub fn revoke_tokens(tx: &mut Tx<'_>, name: &str, now: Instant) -> StoreResult<usize> {
    let open = api_tokens::table.filter(api_tokens::name.eq(name)).filter(api_tokens::revoked_at.is_null());
    Ok(diesel::update(open).set(api_tokens::revoked_at.eq(stored(now))).execute(&mut **tx)?)
}

/// The answer kept for a repeated request: hash of the request it belonged to, and the answer.
///
/// # Errors
/// When the database cannot be read.
pub fn kept_answer(conn: &mut Conn, id: &str) -> StoreResult<Option<(String, String)>> {
    Ok(idempotency_keys::table
        .filter(idempotency_keys::id.eq(id))
        .select((idempotency_keys::request_hash, idempotency_keys::answer))
        .first(conn)
        .optional()?)
}

/// Keeps the answer of a request for its repeats.
///
/// # Errors
/// A conflict when another request with the same key was faster.
pub fn keep_answer(tx: &mut Tx<'_>, id: &str, request_hash: &str, answer: &str, now: Instant) -> StoreResult<()> {
    diesel::insert_into(idempotency_keys::table)
        .values((
            idempotency_keys::id.eq(id),
            idempotency_keys::request_hash.eq(request_hash),
            idempotency_keys::answer.eq(answer),
            idempotency_keys::created_at.eq(stored(now)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
