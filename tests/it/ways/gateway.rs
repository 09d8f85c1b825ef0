use dunghen::config::Settings;
use dunghen::delivery::{DeliveryError, Outgoing, Taken};

use super::provider::{Conduct, Provider};
use super::{courier, gateway};
use crate::support::instant;

fn outgoing(to: &str, text: &str) -> Outgoing {
    Outgoing {
        message_id: "<0192-a@example.invalid>".to_owned(),
        at: instant("2026-03-02 08:00"),
        from: "a@example.invalid".to_owned(),
        from_name: String::new(),
        to: to.to_owned(),
        to_name: String::new(),
        subject: String::new(),
        text: text.to_owned(),
        html: String::new(),
        kind: "apology".to_owned(),
        dossier_code: "X".to_owned(),
        attachment: None,
    }
}

/// What one sending to a provider of this conduct ends with.
fn sent(conduct: Conduct, more: &str) -> (Result<Taken, DeliveryError>, Provider) {
    let provider = Provider::start(&[conduct]);
    let answer = courier(provider.port, more).send(&outgoing("0900 000 001", "Chao"));
    (answer, provider)
}

#[test]
fn the_provider_gets_number_text_id_and_secret_and_its_answer_is_kept() {
    let (answer, provider) = sent(Conduct::Answer(200, r#"{"data":{"id":77}}"#), r#"id_pointer = "/data/id""#);
    let taken = answer.unwrap();
    assert_eq!(taken.provider_id.as_deref(), Some("77"));
    assert_eq!(taken.answer, r#"200 {"data":{"id":77}}"#);
    let request = &provider.taken()[0];
    assert_eq!(request.line, "POST /send HTTP/1.1");
    assert!(request.head.to_lowercase().contains("x-key: hush-hush"));
    assert_eq!(request.body, r#"{"to":"0900000001","text":"Chao","id":"0192-a@example.invalid"}"#);
}

#[test]
fn a_number_is_written_as_the_provider_wants_it() {
    for (format, number) in [("local", "0900000001"), ("international", "84900000001"), ("plus", "+84900000001")] {
        let (answer, provider) = sent(Conduct::Answer(200, "{}"), &format!("phone_format = \"{format}\""));
        answer.unwrap();
        assert!(provider.taken()[0].body.contains(&format!("\"{number}\"")));
    }
}

#[test]
fn a_text_full_of_tricks_stays_one_value() {
    let text = "a\",\"to\":\"113\"}\r\nX-Evil: 1 {secret} {phone} \u{0} ệ";
    let provider = Provider::start(&[Conduct::Answer(200, "{}")]);
    courier(provider.port, "").send(&outgoing("0900000001", text)).unwrap();
    let body: serde_json::Value = serde_json::from_str(&provider.taken()[0].body).unwrap();
    assert_eq!((&body["to"], &body["text"]), (&"0900000001".into(), &text.into()));
}

#[test]
fn what_is_no_mobile_number_never_reaches_the_provider() {
    let provider = Provider::start(&[Conduct::Answer(200, "{}")]);
    let courier = courier(provider.port, "");
    for to in ["", "0214 000 0000", "0900000001\r\nX: y", "0900000001&to=113", "113", "a@example.invalid"] {
        let refused = courier.send(&outgoing(to, "Chao"));
        assert!(matches!(refused, Err(DeliveryError::Permanent(_))), "{to:?}: {refused:?}");
    }
    assert!(provider.taken().is_empty());
}

#[test]
fn what_blames_the_message_is_final_and_everything_else_is_tried_again() {
    let is = |conduct, more: &str| match sent(conduct, more).0 {
        Ok(_) => "taken",
        Err(DeliveryError::Permanent(_)) => "never",
        Err(DeliveryError::Temporary(_)) => "later",
        Err(DeliveryError::Unreachable(_)) => "down",
    };
    assert_eq!(is(Conduct::Answer(204, ""), ""), "taken");
    assert_eq!(is(Conduct::Answer(400, "{}"), ""), "never");
    assert_eq!(is(Conduct::Answer(422, "{}"), ""), "never");
    assert_eq!(is(Conduct::Answer(408, "{}"), ""), "later");
    assert_eq!(is(Conduct::Answer(429, "{}"), ""), "later");
    assert_eq!(is(Conduct::Answer(500, "{}"), ""), "later");
    assert_eq!(is(Conduct::Answer(503, "{}"), ""), "later");
    // Our login, our account, our address: no message is to blame.
    assert_eq!(is(Conduct::Answer(401, "{}"), ""), "down");
    assert_eq!(is(Conduct::Answer(404, "{}"), ""), "down");
    assert_eq!(is(Conduct::Answer(404, "{}"), "permanent_statuses = [404]"), "never");
    assert_eq!(is(Conduct::Answer(200, "{}"), "success_statuses = [202]"), "later");
    assert_eq!(is(Conduct::Close, ""), "later");
    assert_eq!(is(Conduct::Hang, ""), "later");
}

#[test]
fn an_answer_in_the_body_decides_where_the_settings_say_so() {
    let more = "success_pointer = \"/code\"\nsuccess_value = \"0\"\npermanent_values = [\"-201\"]";
    let is = |body| sent(Conduct::Answer(200, body), more).0;
    assert!(is(r#"{"code":0}"#).is_ok());
    assert!(is(r#"{"code":"0"}"#).is_ok());
    assert!(matches!(is(r#"{"code":-201}"#), Err(DeliveryError::Permanent(_))));
    assert!(matches!(is(r#"{"code":-1}"#), Err(DeliveryError::Temporary(_))));
    assert!(matches!(is("<html>not JSON"), Err(DeliveryError::Temporary(_))));
    assert!(matches!(is(""), Err(DeliveryError::Temporary(_))));
}

#[test]
fn a_redirect_is_not_followed() {
    let (answer, provider) = sent(Conduct::Redirect, "");
    assert!(matches!(answer, Err(DeliveryError::Unreachable(why)) if why.contains("302")));
    assert_eq!(provider.taken().len(), 1);
}

#[test]
fn an_endless_answer_fills_no_memory() {
    let (answer, _) = sent(Conduct::Endless, "");
    assert!(answer.unwrap().answer.len() <= 500);
}

#[test]
fn nobody_listening_is_a_way_that_is_down() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let answer = courier(port, "").send(&outgoing("0900000001", "Chao"));
    assert!(matches!(answer, Err(DeliveryError::Unreachable(_) | DeliveryError::Temporary(_))), "{answer:?}");
}

#[test]
fn the_secret_is_in_no_error_and_no_answer_and_no_debug_text() {
    for conduct in [
        Conduct::Answer(400, r#"{"error":"bad key hush-hush"}"#),
        Conduct::Answer(200, r#"{"echo":"hush-hush"}"#),
        Conduct::Redirect,
        Conduct::Hang,
        Conduct::Close,
    ] {
        let (answer, _) = sent(conduct, "");
        assert!(!format!("{answer:?}").contains("hush-hush"), "{answer:?}");
    }
    let settings = Settings::from_toml(&gateway("sms", 1, "")).unwrap();
    assert!(!format!("{settings:?}").contains("hush-hush"));
}

#[test]
fn settings_that_would_send_in_the_clear_or_nothing_are_refused() {
    let with = |from: &str, to: &str| Settings::from_toml(&gateway("sms", 1, "").replace(from, to));
    let problem = |from: &str, to: &str| with(from, to).err().unwrap_or_default().join("; ");
    assert_eq!(problem("", ""), "");
    assert!(problem("http://127.0.0.1:1", "http://sms.example.invalid").contains("https"));
    assert!(problem("http://127.0.0.1:1", "ftp://sms.example.invalid").contains("https"));
    assert!(problem("{text}", "text").contains("{text}"));
    assert!(problem("{phone}", "phone").contains("{phone}"));
    assert!(problem("\"{secret}\"", "\"key\"").contains("{secret}"));
    assert!(problem("\"sms\"", "\"pigeon\"").contains("pigeon"));
    assert!(problem("timeout_seconds = 1", "timeout_seconds = 0").contains("timeout_seconds"));
    let twice = format!("{}{}", gateway("sms", 1, ""), gateway("sms", 2, ""));
    assert!(Settings::from_toml(&twice).err().unwrap().join("").contains("more than one"));
    let order = Settings::from_toml("[delivery]\norder = [\"fax\"]").err().unwrap().join("");
    assert!(order.contains("fax"), "{order}");
    for address in ["http://127.0.0.1.example.invalid/", "http://localhost@example.invalid/", "https://{phone}/"] {
        assert!(dunghen::delivery::address_problem(address).is_some(), "{address}");
    }
}
