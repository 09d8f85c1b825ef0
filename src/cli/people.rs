//! Accounts and tokens. Passwords come by the standard input only: what stands on a command line is
//! seen by every process of the machine.

use std::io::IsTerminal as _;

use secrecy::SecretString;
use serde_json::json;

use crate::domain::time::Instant;
use crate::office::accounts::AccountForm;
use crate::office::{Actor, Office};

use super::args::people::{TokenWords, UserWords};
use super::output::{Failure, Streams};

/// Answers `user`.
///
/// # Errors
/// Wrong fields, a name that is taken or unknown, a password that is too short.
pub fn user(office: &Office, now: Instant, words: UserWords, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let actor = Actor::CommandLine;
    match words {
        UserWords::Add { username, name, role, unit, email, password_stdin } => {
            let password = if password_stdin { Some(password(streams)?) } else { None };
            let form = AccountForm { username: username.clone(), name, role, unit, email, phone: None };
            office.add_account(now, &actor, &form, password.as_ref())?;
            streams.answer(&json!({ "added": username, "role": role }), || {
                let sign_in =
                    if password.is_some() { "" } else { "; chưa có mật khẩu nên chưa đăng nhập được" };
                format!("Đã thêm tài khoản {username}{sign_in}")
            })
        }
        UserWords::Disable { username } => {
            office.disable_account(now, &actor, &username).map_err(|error| unknown(&error, &username))?;
            streams.answer(&json!({ "disabled": username }), || format!("Đã khóa tài khoản {username}"))
        }
        UserWords::Absent { username, from, to } => {
            office.set_absence(now, &actor, &username, from.zip(to)).map_err(|error| unknown(&error, &username))?;
            streams.answer(&json!({ "absent": username, "from": from, "to": to }), || match from.zip(to) {
                Some((from, to)) => format!("{username} vắng mặt từ {from} đến hết {to}; thông báo đến người thay thế"),
                None => format!("{username} đã trở lại"),
            })
        }
        UserWords::Password { username } => {
            let password = password(streams)?;
            office.set_password(now, &actor, &username, &password).map_err(|error| unknown(&error, &username))?;
            streams.answer(&json!({ "password_set": username }), || {
                format!("Đã đặt mật khẩu của {username}; mọi phiên đang mở đã kết thúc")
            })
        }
    }
}

/// Answers `token`.
///
/// # Errors
/// An unknown account or token.
pub fn token(office: &Office, now: Instant, words: TokenWords, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let actor = Actor::CommandLine;
    match words {
        TokenWords::Add { username, name } => {
            let token = office.add_token(now, &actor, &username, &name).map_err(|error| unknown(&error, &username))?;
            streams.note("Mã chỉ hiện một lần này, hãy cất giữ ngay.");
            streams.answer(&json!({ "username": username, "name": name, "token": token }), || token.clone())
        }
        TokenWords::Revoke { name } => {
            office
                .revoke_token(now, &actor, &name)
                .map_err(|error| Failure::office(&error, &format!("mã truy cập {name}")))?;
            streams.answer(&json!({ "revoked": name }), || format!("Đã thu hồi mã truy cập {name}"))
        }
    }
}

fn unknown(error: &crate::office::OfficeError, username: &str) -> Failure {
    Failure::office(error, &format!("tài khoản {username}"))
}

/// The first line of the standard input.
fn password(streams: &mut Streams<'_>) -> Result<SecretString, Failure> {
    if std::io::stdin().is_terminal() {
        streams.note("Mật khẩu (một dòng; màn hình sẽ hiện chữ khi gõ, dùng ống dẫn nếu có người đứng cạnh):");
    }
    let mut line = String::new();
    streams.input.read_line(&mut line).map_err(|error| Failure::reason(format!("không đọc được mật khẩu: {error}")))?;
    Ok(SecretString::from(line.trim_end_matches(['\r', '\n'])))
}
