//! Is it alive, is it ready, and the figures for monitoring. No personal data.

use std::fmt::Write;

use actix_web::HttpResponse;
use serde_json::json;

use crate::domain::time::{Instant, rfc3339};
use crate::office::Office;
use crate::store::outages::Outage;
use crate::store::outbox::{Delivery, Gate};
use crate::web::problem::Problem;
use crate::web::site::Site;

/// `GET /health/live`
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "live" }))
}

/// `GET /health/ready`: the database answers; how long ago sweep and dispatch ended, and since when the
/// oldest message could have left and did not, in seconds (`null`: never, none); online files late for
/// acceptance. `degraded` instead of `ready` while a way of delivery does not work or messages are stuck;
/// `sends_from`: when ordinary messages may leave, now or after the quiet hours.
///
/// # Errors
/// 503 when the database does not answer.
pub async fn ready(site: Site) -> Result<HttpResponse, Problem> {
    let now = site.now();
    let health = site.work(Office::health).await?;
    let age = |at: Option<Instant>| at.map(|at| (now - at).num_seconds());
    let lines = &health.lines;
    let outage = |outage: &Outage| json!({ "way": outage.delivery.as_str(), "since": rfc3339(outage.since), "failures": outage.failures });
    let degraded = !lines.lasting.is_empty() || lines.stuck > 0;
    Ok(HttpResponse::Ok().json(json!({
        "status": if degraded { "degraded" } else { "ready" },
        "last_sweep_age_seconds": age(health.sweep_finished_at),
        "last_dispatch_age_seconds": age(health.dispatch_finished_at),
        "oldest_unsent_age_seconds": age(health.oldest_unsent_at),
        "sends_from": rfc3339(lines.sending.next),
        "outages": lines.lasting.iter().map(outage).collect::<Vec<_>>(),
        "stuck": lines.stuck,
        "submissions_late": health.submissions_late,
    })))
}

/// `GET /metrics` in the text format of Prometheus.
///
/// # Errors
/// 503 when the database does not answer.
pub async fn metrics(site: Site) -> Result<HttpResponse, Problem> {
    let now = site.now();
    let health = site.work(Office::health).await?;
    let mut text = String::new();
    let ages = [
        ("dunghen_last_sweep_age_seconds", health.sweep_finished_at),
        ("dunghen_last_dispatch_age_seconds", health.dispatch_finished_at),
        ("dunghen_oldest_unsent_age_seconds", health.oldest_unsent_at),
    ];
    for (name, at) in ages {
        if let Some(at) = at {
            let _ = writeln!(text, "# TYPE {name} gauge\n{name} {}", (now - at).num_seconds());
        }
    }
    let late = health.submissions_late;
    let _ = writeln!(text, "# TYPE dunghen_submissions_late gauge\ndunghen_submissions_late {late}");
    let lines = &health.lines;
    let quiet = i32::from(lines.sending.gate == Gate::UrgentOnly);
    let _ = writeln!(text, "# TYPE dunghen_quiet_hours gauge\ndunghen_quiet_hours {quiet}");
    let _ = writeln!(text, "# TYPE dunghen_outbox_stuck gauge\ndunghen_outbox_stuck {}", lines.stuck);
    let _ = writeln!(text, "# TYPE dunghen_outage gauge");
    for way in Delivery::ALL.iter().filter(|way| **way != Delivery::Tray) {
        let down = i32::from(lines.lasting.iter().any(|outage| outage.delivery == *way));
        let _ = writeln!(text, "dunghen_outage{{way=\"{way}\"}} {down}");
    }
    let _ = writeln!(text, "# TYPE dunghen_outbox_messages gauge");
    for (state, count) in health.outbox {
        let _ = writeln!(text, "dunghen_outbox_messages{{state=\"{state}\"}} {count}");
    }
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(text))
}
