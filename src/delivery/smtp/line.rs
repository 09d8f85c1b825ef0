//! One message over an open line: MAIL, RCPT, DATA, then the text and the final dot in one write.

use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::SmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;

/// Why a message could not be begun.
#[derive(Debug)]
pub(super) enum Begin {
    /// The server lacks an extension that the message needs.
    Unfit(&'static str),
    Refused(Error),
}

/// Says who sends.
///
/// # Errors
/// The line is then to be closed.
pub(super) fn begin(line: &mut SmtpConnection, envelope: &Envelope, text: &str) -> Result<(), Begin> {
    let mut parameters = Vec::new();
    let mut addresses = envelope.from().into_iter().chain(envelope.to());
    if !addresses.all(|address| AsRef::<str>::as_ref(address).is_ascii()) {
        if !line.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(Begin::Unfit("the mail server takes no addresses in Unicode (SMTPUTF8)"));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !text.is_ascii() {
        if !line.server_info().supports_feature(Extension::EightBitMime) {
            return Err(Begin::Unfit("the mail server takes no texts in Unicode (8BITMIME)"));
        }
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    line.command(Mail::new(envelope.from().cloned(), parameters)).map_err(Begin::Refused)?;
    Ok(())
}

/// Says to whom, hands the text over and returns the answer to its final dot.
///
/// # Errors
/// The first answer that is no yes; the line is then to be closed.
pub(super) fn finish(line: &mut SmtpConnection, envelope: &Envelope, text: &str) -> Result<Response, Error> {
    for address in envelope.to() {
        line.command(Rcpt::new(address.clone(), Vec::new()))?;
    }
    line.command(Data)?;
    // lettre writes a command in one piece and reads the answer: exactly what the text needs too.
    line.command(dotted(text))
}

/// The text as it follows DATA (RFC 5321, 4.5.2): every line ended by CR LF, a dot at the beginning of a line
/// doubled, and a line with a dot at its end.
fn dotted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 32 + 8);
    for line in text.split_inclusive('\n') {
        if line.starts_with('.') {
            out.push('.');
        }
        out.push_str(line);
    }
    if !out.is_empty() && !out.ends_with("\r\n") {
        out.push_str("\r\n");
    }
    out.push_str(".\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::dotted;

    #[test]
    fn no_line_of_the_text_can_end_the_message() {
        assert_eq!(dotted("a\r\n.\r\nb\r\n"), "a\r\n..\r\nb\r\n.\r\n");
        assert_eq!(dotted(".a\r\n..b"), "..a\r\n...b\r\n.\r\n");
        assert_eq!(dotted("a"), "a\r\n.\r\n");
        assert_eq!(dotted(""), ".\r\n");
    }
}
