//! How citizens are reached, the providers of short messages, tasks of the desk, returned mail.

use std::collections::BTreeMap;

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use super::Settings;
use crate::domain::text_enum;
use crate::store::outbox::Delivery;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ways {
    /// Ways to a citizen, best first; the tray is always the last.
    pub order: Vec<String>,
    /// Whether short messages are written with diacritics.
    pub diacritics: bool,
}

impl Ways {
    /// The order, each way once, the tray at the end.
    #[must_use]
    pub fn order(&self) -> Vec<Delivery> {
        let mut order: Vec<Delivery> = Vec::new();
        for way in self.order.iter().filter_map(|name| name.parse().ok()) {
            if way != Delivery::Tray && !order.contains(&way) {
                order.push(way);
            }
        }
        order.push(Delivery::Tray);
        order
    }
}

/// Office hours that the desk has for a task of each kind.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tasks {
    pub phone_hours: u32,
    pub print_hours: u32,
    pub contact_hours: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounces {
    /// An mbox file, a Maildir, or a folder of `.eml`; empty: none.
    pub mailbox: String,
}

text_enum! {
    /// What a provider carries.
    GatewayWay {
        Sms = "sms",
        Zalo = "zalo",
    }
}

text_enum! {
    /// How a provider wants a number.
    GatewayPhone {
        Local = "local",
        International = "international",
        Plus = "plus",
    }
}

/// A provider of short messages; `config/default.toml` explains each line.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gateway {
    pub way: GatewayWay,
    pub url: String,
    #[serde(default = "post")]
    pub method: String,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    #[serde(default)]
    pub body: String,
    /// Never logged.
    #[serde(default)]
    pub secret: SecretString,
    #[serde(default)]
    pub success_statuses: Vec<u16>,
    #[serde(default)]
    pub success_pointer: String,
    #[serde(default)]
    pub success_value: String,
    #[serde(default)]
    pub id_pointer: String,
    #[serde(default)]
    pub permanent_statuses: Vec<u16>,
    #[serde(default)]
    pub permanent_values: Vec<String>,
    #[serde(default = "fifteen")]
    pub timeout_seconds: u64,
    #[serde(default = "local")]
    pub phone_format: GatewayPhone,
}

fn post() -> String {
    "POST".to_owned()
}

const fn fifteen() -> u64 {
    15
}

const fn local() -> GatewayPhone {
    GatewayPhone::Local
}

impl Settings {
    pub(super) fn way_problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        for name in self.delivery.order.iter().filter(|name| name.parse::<Delivery>().is_err()) {
            problems.push(format!("delivery.order: {name:?} is not one of mail, zalo, sms, tray"));
        }
        for (name, hours) in [
            ("phone_hours", self.tasks.phone_hours),
            ("print_hours", self.tasks.print_hours),
            ("contact_hours", self.tasks.contact_hours),
        ] {
            if !(1..=400).contains(&hours) {
                problems.push(format!("tasks.{name}: 1 to 400"));
            }
        }
        for way in [GatewayWay::Sms, GatewayWay::Zalo] {
            let of_way: Vec<&Gateway> = self.gateways.iter().filter(|gateway| gateway.way == way).collect();
            if of_way.len() > 1 {
                problems.push(format!("gateways: more than one for {way}"));
            }
            problems.extend(of_way.iter().flat_map(|gateway| gateway.problems()));
        }
        problems
    }
}

impl Gateway {
    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut check = |fine: bool, what: &str| {
            if !fine {
                problems.push(format!("gateways ({}): {what}", self.way));
            }
        };
        let here = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
        check(
            self.url.starts_with("https://") || here.iter().any(|start| self.url.starts_with(start)),
            "url must begin with https:// (http:// only to this machine itself)",
        );
        check(["GET", "POST", "PUT"].contains(&self.method.as_str()), "method must be POST, PUT or GET");
        let everywhere = || {
            let headers = self.headers.values().map(String::as_str);
            headers.chain([self.url.as_str(), self.body.as_str()])
        };
        for needed in ["{phone}", "{text}"] {
            check(everywhere().any(|text| text.contains(needed)), &format!("{needed} stands in neither url nor body"));
        }
        check(
            self.secret.expose_secret().is_empty() || everywhere().any(|text| text.contains("{secret}")),
            "secret is set, but {secret} stands nowhere",
        );
        for (name, pointer) in [("success_pointer", &self.success_pointer), ("id_pointer", &self.id_pointer)] {
            check(pointer.is_empty() || pointer.starts_with('/'), &format!("{name} must begin with /"));
        }
        check((1..=120).contains(&self.timeout_seconds), "timeout_seconds must be 1 to 120");
        problems
    }
}
