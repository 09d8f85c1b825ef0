//! What is wrong with a password, a user name, or who stands in, in words.

use crate::domain::problem::AccountProblem;

use super::{Language, pick};

/// What is wrong, with the remedy.
pub(super) fn account_text(problem: AccountProblem, language: Language) -> String {
    let say = |vi: &str, en: &str| pick(language, vi, en).to_owned();
    match problem {
        AccountProblem::WrongPassword => {
            say("Mật khẩu hiện tại chưa đúng: hãy nhập lại.", "The present password is wrong: type it again.")
        }
        AccountProblem::LockedOut { minutes } => match language {
            Language::Vietnamese => format!("Tài khoản tạm khóa vì sai nhiều lần. Thử lại sau {minutes} phút."),
            Language::English => format!("Locked after repeated failures. Try again in {minutes} minutes."),
        },
        AccountProblem::NotTheSame => {
            say("Hai lần nhập không giống nhau: hãy nhập lại.", "The two are not the same: type them again.")
        }
        AccountProblem::SamePassword => say(
            "Mật khẩu mới trùng mật khẩu đang dùng: hãy chọn mật khẩu khác.",
            "The new password is the one in use: choose another.",
        ),
        AccountProblem::NotAUsername => say(
            "Tên đăng nhập gồm 2 đến 64 chữ thường không dấu, chữ số, dấu chấm, gạch; một số tên hệ thống đã dùng.",
            "A user name has 2 to 64 small letters, digits, dots, dashes; a few names are the system's own.",
        ),
        AccountProblem::OwnStandIn => {
            say("Không thể tự thay cho mình: hãy chọn người khác.", "Nobody stands in for themselves: choose another.")
        }
        AccountProblem::WeakPassword { min } => match language {
            Language::Vietnamese => format!("Mật khẩu quá yếu: cần ít nhất {min} ký tự, khó đoán."),
            Language::English => format!("The password is weak: {min} characters at least, hard to guess."),
        },
    }
}
