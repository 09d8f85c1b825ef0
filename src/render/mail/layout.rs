//! The same words twice: as plain text and as HTML.

use askama::Template;

use super::Mail;
use super::wording::{Message, Row, Section};
use crate::render::RenderError;
use crate::render::plain::{one_line, shortened};

/// Longest subject, in characters; some mail readers show far less.
const LONGEST_SUBJECT: usize = 200;

const SENT_BY_PROGRAM: &str = "Thư này do hệ thống theo dõi hồ sơ gửi tự động.";

/// One column that a phone can show, no image, no script, no style sheet from elsewhere.
#[derive(Template)]
#[template(
    ext = "html",
    source = r##"<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>{{ message.subject }}</title>
</head>
<body style="margin:0;padding:16px;background:#ffffff;color:#1b1b1b;font:16px/1.5 'Segoe UI',Roboto,Arial,sans-serif">
<main style="max-width:640px;margin:0 auto;background:#ffffff;color:#1b1b1b">
<p>{{ message.greeting }}</p>
{%- for paragraph in message.opening %}
<p>{{ paragraph }}</p>
{%- endfor %}
{%- if !message.rows.is_empty() %}
<table style="width:100%;border-collapse:collapse;margin:16px 0">
{%- for row in message.rows %}
<tr><th scope="row" style="width:35%;padding:6px 12px 6px 0;border-bottom:1px solid #c9c9c9;text-align:left;vertical-align:top;font-weight:600">{{ row.label }}</th><td style="padding:6px 0;border-bottom:1px solid #c9c9c9;vertical-align:top;overflow-wrap:anywhere">{{ row.value }}</td></tr>
{%- endfor %}
</table>
{%- endif %}
{%- for section in message.sections %}
<h2 style="font-size:16px;margin:16px 0 4px">{{ section.title }}</h2>
<ul style="margin:0;padding-left:20px">
{%- for item in section.items %}
<li style="margin:6px 0;overflow-wrap:anywhere">{% if item.value.is_empty() %}{{ item.label }}{% else %}<a href="{{ item.value }}" style="color:#0b5394">{{ item.label }}</a>{% endif %}</li>
{%- endfor %}
</ul>
{%- endfor %}
{%- for paragraph in message.closing %}
<p>{{ paragraph }}</p>
{%- endfor %}
{%- if let Some(link) = message.link %}
<p style="margin:24px 0"><a href="{{ link.value }}" style="display:inline-block;padding:10px 16px;border:1px solid #0b5394;border-radius:6px;color:#0b5394;font-weight:600;text-decoration:none">{{ link.label }}</a></p>
{%- endif %}
<p>Trân trọng,<br><strong>{{ message.agency_name }}</strong>
{%- if !message.agency_phone.is_empty() %}<br>Điện thoại: {{ message.agency_phone }}{% endif %}</p>
<p style="color:#595959;font-size:14px">{{ sent_by_program }}</p>
</main>
</body>
</html>
"##
)]
struct Page<'a> {
    message: &'a Message,
    sent_by_program: &'static str,
}

/// Both parts of the mail.
pub fn lay_out(mut message: Message) -> Result<Mail, RenderError> {
    message.subject = shortened(&one_line(&message.subject), LONGEST_SUBJECT);
    let html = Page { message: &message, sent_by_program: SENT_BY_PROGRAM }
        .render()
        .map_err(|e| RenderError::Page(e.to_string()))?;
    Ok(Mail { text: plain_text(&message), html, subject: message.subject })
}

/// Paragraphs parted by empty lines, the table as `label: value` lines.
fn plain_text(message: &Message) -> String {
    let mut blocks = vec![message.greeting.clone()];
    blocks.extend(message.opening.iter().cloned());
    if !message.rows.is_empty() {
        blocks.push(message.rows.iter().map(line).collect::<Vec<_>>().join("\n"));
    }
    blocks.extend(message.sections.iter().map(section));
    blocks.extend(message.closing.iter().cloned());
    blocks.extend(message.link.iter().map(line));
    let mut signature = format!("Trân trọng,\n{}", message.agency_name);
    if !message.agency_phone.is_empty() {
        signature.push_str("\nĐiện thoại: ");
        signature.push_str(&message.agency_phone);
    }
    blocks.push(signature);
    blocks.push(format!("{SENT_BY_PROGRAM}\n"));
    blocks.join("\n\n")
}

/// The heading, then a line each with its address on the next.
fn section(section: &Section) -> String {
    let item = |item: &Row| match item.value.as_str() {
        "" => format!("- {}", item.label),
        address => format!("- {}\n  {address}", item.label),
    };
    let items: Vec<String> = section.items.iter().map(item).collect();
    format!("{}\n{}", section.title, items.join("\n"))
}

fn line(row: &Row) -> String {
    format!("{}: {}", row.label, row.value)
}
