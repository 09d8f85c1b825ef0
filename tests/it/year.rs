//! A simulated year, stepped by the hour: a commune with its dossiers, two schedulers, processes that
//! die between any two steps, a post that is down for hours. What must hold is asked at its end.
//!
//! Its length is a parameter: `DUNGHEN_TEST_YEAR_DAYS` and `DUNGHEN_TEST_YEAR_DOSSIERS` (a whole year
//! with 20,000 dossiers is for a release build: `cargo test --release --test it year`).

mod checks;
mod killed;
mod life;
mod post;

use std::sync::Arc;

use chrono::Duration;
use dunghen::domain::dossier::{ElectronicResult, ResultOutcome, Step};
use dunghen::domain::time::Instant;
use dunghen::office::delay::DelayForm;
use dunghen::office::signing::ToSign;
use dunghen::office::sweep::Run;
use dunghen::office::{Actor, Office, OfficeError};

use crate::support::{App, LAND, SAME_DAY, THREE_DAYS, acting, officer, variable};

use life::{Almanac, Deed, Dice, Plan};
use post::{NOBODY, PostOffice};

/// The commune, its two processes and its post.
struct Town {
    app: App,
    post: Arc<PostOffice>,
    /// The second process on the same database.
    other: Office,
    almanac: Almanac,
    dice: Dice,
    plan: Plan,
    /// Who signs letters; `None`: they are issued by themselves.
    signer: Option<Actor>,
    refused: usize,
    /// The post is down until then.
    down_until: Option<Instant>,
    died_sending: usize,
    began: Instant,
}

impl Town {
    fn new(settings: &str, seed: u64) -> Self {
        let mut app = App::with(settings);
        let began = app.at("2026-01-05 00:00");
        let post = Arc::new(PostOffice::default());
        app.office = app.another_process(post.clone());
        let other = app.another_process(post.clone());
        Self {
            app,
            post,
            other,
            almanac: Almanac::published(),
            dice: Dice(seed),
            plan: Plan::default(),
            signer: None,
            refused: 0,
            down_until: None,
            died_sending: 0,
            began,
        }
    }

    fn live(&mut self, days: i64, dossiers: u64) {
        let hours = days * 24;
        // The counter is open six hours on about 250 days of a year.
        let open = u64::try_from(hours).unwrap() * 6 * 250 / (24 * 365);
        let an_hour = dossiers.div_ceil(open.max(1));
        for _ in 0..hours {
            let now = self.app.advance(Duration::hours(1));
            if self.almanac.is_open(now) {
                self.work(now, an_hour);
                // The signer is at the desk now and then: some letters wait past the legal moment.
                if self.dice.happens(25) {
                    self.sign(now);
                }
            }
            self.weather(now);
            self.machines(now);
        }
        self.settle_down();
    }

    /// An hour at the counter: people come, planned deeds are done.
    fn work(&mut self, now: Instant, arrivals: u64) {
        for (code, deed) in self.plan.take(now) {
            self.act(now, &code, deed);
        }
        for _ in 0..arrivals {
            let procedure = [SAME_DAY, THREE_DAYS, THREE_DAYS, LAND][usize::try_from(self.dice.below(4)).unwrap()];
            let channel = ["online", "counter", "post"][usize::try_from(self.dice.below(3)).unwrap()];
            let email = match self.dice.below(10) {
                0..6 => "cong.dan@example.invalid",
                6 => NOBODY,
                _ => "",
            };
            let row = self.app.log(procedure, channel).email(email).done();
            let due_at = row.due_at.expect("every procedure here has a limit");
            self.plan.fate(&mut self.dice, &row.code, row.received_at, due_at);
        }
    }

    fn act(&self, now: Instant, code: &str, deed: Deed) {
        let office = &self.app.office;
        let step = |step: Step| office.step(now, &officer(), code, &step).map(drop);
        let note = || "Bản sao giấy tờ còn thiếu".to_owned();
        let done = match deed {
            Deed::AskSupplement => step(Step::RequestSupplement { note: note() }),
            Deed::ReceiveSupplement => step(Step::ReceiveSupplement),
            Deed::AskObligation => step(Step::RequestObligation { note: "Nộp thuế".to_owned() }),
            Deed::MeetObligation => step(Step::MeetObligation),
            Deed::Resolve => {
                step(Step::Resolve { outcome: ResultOutcome::Granted, electronic: ElectronicResult::Issued })
            }
            Deed::Return => step(Step::Return),
            Deed::Withdraw => step(Step::Withdraw { reason: "Người nộp rút hồ sơ".to_owned() }),
            Deed::DeclareDelay => {
                let form = DelayForm {
                    reason_code: "verification".to_owned(),
                    reason: "Phải xác minh tại nơi cư trú trước đây".to_owned(),
                    new_due_on: None,
                };
                office.declare_delay(now, &officer(), code, &form).map(drop)
            }
        };
        // The file may have moved on by another way: closed unanswered, rescheduled by the sweep.
        assert!(matches!(done, Ok(()) | Err(OfficeError::Refused(_))), "{code} {deed:?}: {done:?}");
    }

    /// Everything in the tray is signed, a few letters are refused.
    fn sign(&mut self, now: Instant) {
        let Some(Actor::Account { id, .. }) = &self.signer else { return };
        let actor = self.signer.as_ref().unwrap();
        for waits in self.app.office.letters_to_sign(now, id, 0, i64::MAX).unwrap() {
            let wanted = ToSign { id: waits.letter.id, ..ToSign::default() };
            if self.dice.happens(2) {
                self.app.office.refuse_letter(now, actor, &wanted.id, "Lý do chưa đúng với hồ sơ").unwrap();
                self.refused += 1;
                continue;
            }
            let done = self.app.office.sign_letter(now, actor, &wanted).or_else(|error| match error {
                // The day that was proposed has come meanwhile: the policy's day of today.
                OfficeError::Invalid(_) => {
                    let again = ToSign { new_due_on: Some(String::new()), ..wanted.clone() };
                    self.app.office.sign_letter(now, actor, &again)
                }
                other @ (OfficeError::NotFound
                | OfficeError::Refused(_)
                | OfficeError::Store(_)
                | OfficeError::Broken(_)) => Err(other),
            });
            // A letter before it in the tray was of the same file.
            assert!(matches!(done, Ok(_) | Err(OfficeError::Refused(_))), "{wanted:?}: {done:?}");
        }
    }

    /// Now and then the post goes down for hours.
    fn weather(&mut self, now: Instant) {
        if self.down_until.is_none() && self.dice.happens(2) {
            self.down_until = Some(now + Duration::hours(1) + self.dice.hours(12));
        }
        if self.down_until.is_some_and(|until| until <= now) {
            self.down_until = None;
        }
        self.post.set_down(self.down_until.is_some());
    }

    /// What the two processes do in this hour, and where they die.
    fn machines(&mut self, now: Instant) {
        match self.dice.below(20) {
            0 => self.restart(),
            1 => {
                // Dies with a claim in its hands.
                sweep(&self.app.office, now);
                self.app.office.claim(now).unwrap();
                self.restart();
            }
            2 => {
                // Dies after the post has taken them and before that is written down.
                sweep(&self.app.office, now);
                let claimed = self.app.office.claim(now).unwrap();
                self.died_sending += self.app.office.send_all(now, claimed.messages).len();
                self.restart();
            }
            3 => {
                sweep(&self.app.office, now);
                self.restart();
                self.other.dispatch(now).unwrap();
            }
            4..8 => {
                let (one, two) = (&self.app.office, &self.other);
                std::thread::scope(|both| {
                    for office in [one, two] {
                        both.spawn(move || {
                            sweep(office, now);
                            office.dispatch(now).unwrap();
                        });
                    }
                });
            }
            _ => {
                sweep(&self.app.office, now);
                self.app.office.dispatch(now).unwrap();
            }
        }
    }

    fn restart(&mut self) {
        self.app.office = self.app.another_process(self.post.clone());
    }

    /// A quiet week at the end, until somebody is there to sign: the post works, nobody dies, everything owed is told.
    fn settle_down(&mut self) {
        self.post.set_down(false);
        let ends = self.app.now() + Duration::days(7);
        loop {
            let now = self.app.advance(Duration::hours(1));
            sweep(&self.app.office, now);
            let open = self.almanac.is_open(now);
            if open {
                self.sign(now);
            }
            self.app.office.dispatch(now).unwrap();
            if open && now >= ends {
                return;
            }
        }
    }
}

fn sweep(office: &Office, now: Instant) {
    let report = office.sweep(now, Run::Real).unwrap();
    assert_eq!(report.failed, 0, "{report:?}");
}

fn parameter(name: &str, default: u64) -> u64 {
    variable(name).map_or(default, |text| text.parse().expect("a number"))
}

fn live_and_check(mut town: Town) {
    let days = i64::try_from(parameter("DUNGHEN_TEST_YEAR_DAYS", 45)).unwrap();
    town.live(days, parameter("DUNGHEN_TEST_YEAR_DOSSIERS", 400));
    checks::all(&town);
}

#[test]
fn nothing_is_lost_or_doubled_in_a_simulated_year() {
    live_and_check(Town::new("", 20_260_105));
}

#[test]
fn nothing_is_lost_or_doubled_in_a_year_in_which_a_person_signs() {
    let mut town = Town::new("[apology]\nmode = \"signed\"\n", 20_260_106);
    town.signer = Some(acting(&town.app, "giamdoc"));
    live_and_check(town);
}
