//! Composition: settings become a courier, a database, an office. For the command line and `serve`.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret as _;

use crate::config::{Gateway, GatewayPhone, GatewayWay, MailSecurity, MailTransport, Settings};
use crate::delivery::{
    Courier, Couriers, FolderCourier, GatewayCourier, GatewaySettings, PhoneFormat, Security, SmtpCourier, SmtpSettings,
};
use crate::domain::time::Instant;
use crate::office::{Office, OfficeError, OfficeResult, setup};
use crate::store::{Durability, Store};

/// The way out for mail that the settings name.
///
/// # Errors
/// When TLS cannot be set up for that host; nothing is contacted yet.
pub fn courier_of(settings: &Settings) -> Result<Arc<dyn Courier>, String> {
    let mail = &settings.mail;
    match mail.transport {
        MailTransport::Folder => Ok(Arc::new(FolderCourier::new(PathBuf::from(&mail.folder)))),
        MailTransport::Smtp => {
            let smtp = SmtpSettings {
                host: mail.host.clone(),
                port: mail.port,
                security: match mail.security {
                    MailSecurity::None => Security::None,
                    MailSecurity::StartTls => Security::StartTls,
                    MailSecurity::Tls => Security::Tls,
                },
                login: (!mail.username.is_empty())
                    .then(|| (mail.username.clone(), mail.password.expose_secret().to_owned())),
                timeout: Duration::from_secs(mail.timeout_seconds),
                extra_certificate: None,
            };
            let courier = SmtpCourier::new(&smtp).map_err(|error| format!("mail.host: {error}"))?;
            Ok(Arc::new(courier))
        }
    }
}

/// [`courier_of`], and the providers of short messages that are set up.
///
/// # Errors
/// As there; or an address of a provider that is none.
pub fn couriers_of(settings: &Settings) -> Result<Couriers, String> {
    let way = |way| {
        let gateway = settings.gateways.iter().find(|gateway| gateway.way == way);
        let courier = gateway.map(|gateway| GatewayCourier::new(gateway_settings(gateway))).transpose();
        let courier = courier.map_err(|error| format!("gateways: {error}"))?;
        let shared = |courier| -> Arc<dyn Courier> { Arc::new(courier) };
        Ok::<_, String>(courier.map(shared))
    };
    Ok(Couriers { mail: courier_of(settings)?, sms: way(GatewayWay::Sms)?, zalo: way(GatewayWay::Zalo)? })
}

fn gateway_settings(gateway: &Gateway) -> GatewaySettings {
    GatewaySettings {
        name: gateway.way.to_string(),
        url: gateway.url.clone(),
        method: gateway.method.clone(),
        headers: gateway.headers.clone().into_iter().collect(),
        body: gateway.body.clone(),
        secret: gateway.secret.clone(),
        success_statuses: gateway.success_statuses.clone(),
        success_pointer: gateway.success_pointer.clone(),
        success_value: gateway.success_value.clone(),
        id_pointer: gateway.id_pointer.clone(),
        permanent_statuses: gateway.permanent_statuses.clone(),
        permanent_values: gateway.permanent_values.clone(),
        timeout: Duration::from_secs(gateway.timeout_seconds),
        phone_format: match gateway.phone_format {
            GatewayPhone::Local => PhoneFormat::Local,
            GatewayPhone::International => PhoneFormat::International,
            GatewayPhone::Plus => PhoneFormat::Plus,
        },
    }
}

/// The database of the settings; a SQLite file that is not there is made.
///
/// # Errors
/// When it cannot be reached.
pub fn open_store(settings: &Settings) -> OfficeResult<Store> {
    let url = settings.database_url().map_err(OfficeError::Broken)?;
    Ok(Store::open(&url, Durability::Full)?)
}

/// [`office_of`], its trouble in one line.
///
/// # Errors
/// As there.
pub fn open_office(settings: Settings, now: Instant) -> Result<Office, String> {
    office_of(settings, now).map_err(|error| error.to_string())
}

/// The office of the settings on its database: migrated, and filled with the shipped procedures,
/// calendar and people where it is empty.
///
/// # Errors
/// What the office says; a courier that cannot be made is [`OfficeError::Broken`].
pub fn office_of(settings: Settings, now: Instant) -> OfficeResult<Office> {
    let couriers = couriers_of(&settings).map_err(OfficeError::Broken)?;
    let store = open_store(&settings)?;
    setup::prepare(&store, &settings, now)?;
    let office = Office::open(store, settings, couriers)?;
    // New office hours in the settings are a new calendar: what was promised under the old is dated by it.
    office.redate_pending(now)?;
    Ok(office)
}
