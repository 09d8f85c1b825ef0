//! The ways to a citizen: providers of short messages, fallback, returned mail, the desk.

mod bounces;
mod desk;
mod fallback;
mod gateway;
mod provider;
mod wishes;

use std::sync::Arc;

use dunghen::compose::couriers_of;
use dunghen::config::Settings;
use dunghen::delivery::Couriers;
use dunghen::office::Office;
use dunghen::store::{Durability, Store};

use crate::support::App;
use provider::{Conduct, Provider};

/// Settings of a gateway to the provider at `port`, with `more` lines.
fn gateway(way: &str, port: u16, more: &str) -> String {
    format!(
        r#"
[[gateways]]
way = "{way}"
url = "http://127.0.0.1:{port}/send"
headers = {{ Content-Type = "application/json", X-Key = "{{secret}}" }}
body = '{{"to":"{{phone}}","text":"{{text}}","id":"{{id}}"}}'
secret = "hush-hush"
timeout_seconds = 1
{more}
"#
    )
}

/// An office whose mails go to the test and whose short messages go to a real server on this machine.
struct Post {
    app: App,
    provider: Provider,
}

impl Post {
    /// With a provider for SMS, and `settings` on top.
    fn with(conducts: &[Conduct], settings: &str) -> Self {
        let provider = Provider::start(conducts);
        let lines = r#"id_pointer = "/id""#;
        let settings = format!("{settings}\n{}", gateway("sms", provider.port, lines));
        let mut app = App::with(&settings);
        let couriers = couriers_of(&Settings::from_toml(&settings).unwrap()).unwrap();
        let couriers = Couriers { mail: app.mailbox.clone(), ..couriers };
        let store = Store::open(&app.database.url(), Durability::Full).unwrap();
        app.office = Office::open(store, app.settings.clone(), couriers).unwrap();
        Self { app, provider }
    }

    fn new(conducts: &[Conduct]) -> Self {
        Self::with(conducts, "")
    }
}

/// A courier for one provider.
fn courier(port: u16, more: &str) -> Arc<dyn dunghen::delivery::Courier> {
    let settings = Settings::from_toml(&gateway("sms", port, more)).unwrap();
    couriers_of(&settings).unwrap().sms.expect("a provider")
}
