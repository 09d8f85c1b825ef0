//! The overview made of figures: every number with the address of its files.

use chrono::{Datelike, Duration, NaiveDate};

use crate::config::OnlineMeasure;
use crate::domain::contribution::{Contribution, Contributions, Points};
use crate::domain::outlook::Outlook;
use crate::domain::rates::{Percent, Rate};
use crate::domain::summary::{Bucket, forecast};
use crate::domain::time::Instant;
use crate::office::Rules;
use crate::office::figures::{Figures, Group, Month};
use crate::office::report::{Pace, Question, measured};
use crate::office::trend::whole_month;
use crate::render::pages::manager::{Compared, ManagerPage, OutlookView, PullRow, Pulls, RateTile, TrendRow};
use crate::render::pages::summary::{Count, RateKind};
use crate::render::pages::{Ctx, phrases};
use crate::web::pages::summary::{parameters, rate_kind};
use crate::web::pages::{encoded, shown};
use crate::web::scope::AGENCY;

/// Older figures are said to be old.
const OLD: Duration = Duration::minutes(30);
/// Rows of a table of those who pull a rate down.
const WORST: usize = 5;

/// What the page is made of.
pub(super) struct View<'a> {
    pub figures: &'a Figures,
    pub rules: &'a Rules,
    /// Code of the agency that is looked at from another one: its lists are asked for by it.
    pub agency: Option<String>,
    pub now: Instant,
    pub on_time: Percent,
    pub online: Percent,
}

/// A rate of the page: how it is found in a group, and the buckets of its files.
struct Kind {
    name: RateKind,
    rate: fn(&Group) -> Rate,
    of_month: fn(&Month) -> Rate,
    of: Bucket,
    total: Bucket,
    missed: Bucket,
    target: Percent,
}

impl View<'_> {
    fn kinds(&self) -> [Kind; 2] {
        let (of, total) = measured(self.figures.measure);
        let missed = match self.figures.measure {
            OnlineMeasure::EntirelyOnline => Bucket::NotEntirelyOnline,
            OnlineMeasure::OnlineSubmission => Bucket::ReceivedNotOnline,
            OnlineMeasure::FullOnline => Bucket::FullOnlineMissed,
        };
        let on_time = Kind {
            name: RateKind::OnTime,
            rate: |group| group.on_time,
            of_month: |month| month.on_time,
            of: Bucket::OnTimeMet,
            total: Bucket::OnTimeBase,
            missed: Bucket::OnTimeMissed,
            target: self.on_time,
        };
        let online = Kind {
            name: rate_kind(self.figures.measure),
            rate: |group| group.online,
            of_month: |month| month.online,
            of,
            total,
            missed,
            target: self.online,
        };
        [on_time, online]
    }

    pub fn page(&self, c: Ctx) -> ManagerPage {
        let figures = self.figures;
        let [on_time, online] = self.kinds();
        let mut pulls = self.pulls(&on_time, &c);
        pulls.extend(self.pulls(&online, &c));
        let rate = Rate { of: figures.count(online.of), total: figures.count(online.total) };
        ManagerPage {
            month: label(figures.from),
            as_of: shown::at(figures.as_of),
            old: self.now - figures.as_of > OLD,
            running: false,
            unclosed: Vec::new(),
            of: self.agency.as_ref().map(|code| format!("?{AGENCY}={}", encoded(code))),
            on_time: self.tile(&on_time),
            online: self.tile(&online),
            more_needed: rate.percent().and_then(|_| rate.more_needed(self.online)),
            outlook: self.outlook(),
            unapologised: Count {
                n: figures.count(Bucket::LateAll).saturating_sub(figures.count(Bucket::ApologyGiven)),
                href: format!("/tre-chua-xin-loi?{}", parameters(&self.question())),
            },
            overdue: self.count(Bucket::Overdue),
            no_promise: self.count(Bucket::NoPromise),
            in_progress: self.count(Bucket::InProgress),
            trend: figures.months.iter().skip(1).map(|month| self.trend(month)).collect(),
            pulls,
            c,
        }
    }

    /// The question whose answers the figures are.
    fn question(&self) -> Question {
        Question { agency: self.agency.clone(), ..self.figures.question() }
    }

    fn count(&self, bucket: Bucket) -> Count {
        self.link(self.figures.count(bucket), bucket, "")
    }

    fn link(&self, n: u64, bucket: Bucket, narrow: &str) -> Count {
        Count { n, href: format!("/bao-cao/ho-so?{}&bucket={bucket}{narrow}", parameters(&self.question())) }
    }

    fn tile(&self, kind: &Kind) -> RateTile {
        let (of, total) = (self.count(kind.of), self.count(kind.total));
        let now = Rate { of: of.n, total: total.n }.percent();
        let compared = |back: usize| {
            let months = &self.figures.months;
            let month = months.len().checked_sub(back + 1).and_then(|at| months.get(at));
            month.map(|month| self.compared(month, (kind.of_month)(month), now)).unwrap_or_default()
        };
        RateTile {
            kind: kind.name,
            of,
            total,
            actual: now.and_then(hundredths),
            target: hundredths(kind.target).unwrap_or(0),
            gap: now.map(|now| Points::between(now, kind.target)),
            before: compared(1),
            a_year_ago: compared(12),
        }
    }

    fn compared(&self, month: &Month, rate: Rate, now: Option<Percent>) -> Compared {
        let then = rate.percent();
        Compared {
            month: label(month.first),
            href: self.report_of(month.first),
            percent: then.map(|percent| percent.to_string()),
            change: then.zip(now).map(|(then, now)| Points::between(then, now)),
        }
    }

    /// The report of a month, with the same moment.
    fn report_of(&self, first: NaiveDate) -> String {
        let month = whole_month(first);
        let month = Question { as_of: Some(self.figures.as_of), agency: self.agency.clone(), ..month };
        format!("/bao-cao?{}", parameters(&month))
    }

    fn trend(&self, month: &Month) -> TrendRow {
        TrendRow {
            label: label(month.first),
            href: self.report_of(month.first),
            on_time: month.on_time.percent().and_then(hundredths),
            online: month.online.percent().and_then(hundredths),
        }
    }

    fn outlook(&self) -> Option<OutlookView> {
        let Pace { so_far, recent, recent_days, days_left } = self.figures.pace;
        let outlook = Outlook::of(self.online, so_far, recent, recent_days, days_left)?;
        Some(OutlookView {
            coming: outlook.coming,
            at_this_pace: outlook.at_this_pace,
            needed: outlook.needed,
            gets_there: outlook.gets_there(),
            possible: outlook.is_possible(),
            forecast: forecast(so_far, recent, recent_days, days_left).and_then(hundredths),
        })
    }

    /// Who pulls a rate down: procedures, then units.
    fn pulls(&self, kind: &Kind, c: &Ctx) -> Vec<Pulls> {
        let split = |groups: &[Group], by_unit: bool| {
            let parts = groups.iter().map(|group| (group.code.as_str(), (kind.rate)(group)));
            let Contributions { gap, parts } = Contributions::of(kind.target, parts)?;
            let (worst, others): (Vec<_>, Vec<_>) =
                parts.into_iter().enumerate().partition(|(at, part)| *at < WORST && part.points > Points(0));
            let taken = others.iter().map(|(_, part)| part.points.0).sum();
            let number = u64::try_from(others.len()).unwrap_or(u64::MAX);
            Some(Pulls {
                id: match (kind.name, by_unit) {
                    (RateKind::OnTime, false) => "h-late-procedures",
                    (RateKind::OnTime, true) => "h-late-units",
                    (_, false) => "h-online-procedures",
                    (_, true) => "h-online-units",
                },
                kind: kind.name,
                by_unit,
                rows: worst.iter().map(|(_, part)| self.pull(kind, by_unit, part, c)).collect(),
                others: (number > 0).then_some((number, Points(taken))),
                gap,
            })
        };
        [split(&self.figures.procedures, false), split(&self.figures.units, true)].into_iter().flatten().collect()
    }

    fn pull(&self, kind: &Kind, by_unit: bool, part: &Contribution<&str>, c: &Ctx) -> PullRow {
        let code = part.key;
        let name = match by_unit {
            true => self.rules.unit_named(code).map(|unit| unit.name.clone()),
            false => self.rules.procedure_at(code, self.now).map(|version| version.row.name.clone()),
        };
        let narrow = format!("&{}={}", if by_unit { "unit" } else { "procedure" }, encoded(code));
        PullRow {
            name: name.unwrap_or_else(|| phrases::no_unit(c.lang)),
            code: (!by_unit).then(|| code.to_owned()),
            missed: self.link(part.rate.total - part.rate.of, kind.missed, &narrow),
            total: self.link(part.rate.total, kind.total, &narrow),
            percent: part.rate.percent().map(|percent| percent.to_string()),
            points: part.points,
        }
    }
}

/// `11/2026`.
fn label(first: NaiveDate) -> String {
    format!("{:02}/{}", first.month(), first.year())
}

fn hundredths(percent: Percent) -> Option<u32> {
    u32::try_from(percent.hundredths()).ok()
}
