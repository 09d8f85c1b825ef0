//! How often the public pages may be asked: each visitor, and everybody together for addresses that
//! lead nowhere. Counts of one minute in memory; several processes count each for themselves.
//!
//! The secret of 128 random bits cannot be guessed; this keeps a script that tries from taking the
//! database away from the counter.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Mutex;

use actix_web::HttpRequest;

use crate::domain::time::Instant;

/// Look-ups and forms that one visitor may send in a minute.
pub const PER_MINUTE: u32 = 60;
/// Addresses that lead nowhere, for one visitor in a minute.
pub const GUESSES_PER_MINUTE: u32 = 20;
/// The same for everybody together; then whoever guessed before in this minute waits.
pub const GUESSES_OF_ALL: u32 = 600;
/// Visitors that are told apart in a minute; those after them share one count.
const VISITORS: usize = 50_000;

/// The counts of the minute that runs.
#[derive(Debug, Default)]
pub struct Visits(Mutex<Minute>);

#[derive(Debug, Default)]
struct Minute {
    number: i64,
    guesses: u32,
    visitors: BTreeMap<IpAddr, Count>,
    others: Count,
}

#[derive(Debug, Default, Clone, Copy)]
struct Count {
    asked: u32,
    guessed: u32,
}

/// The visitor has to wait so many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait(pub u32);

impl Visits {
    /// Counts a request of `visitor`.
    ///
    /// # Errors
    /// How long they have to wait.
    pub fn ask(&self, visitor: IpAddr, now: Instant) -> Result<(), Wait> {
        let Ok(mut minute) = self.0.lock() else { return Ok(()) };
        minute.turn_to(now);
        let many_guesses = minute.guesses >= GUESSES_OF_ALL;
        let count = minute.count(visitor);
        count.asked = count.asked.saturating_add(1);
        let guesser = count.guessed >= GUESSES_PER_MINUTE || (many_guesses && count.guessed > 0);
        if count.asked > PER_MINUTE || guesser {
            let gone = now.timestamp().rem_euclid(60);
            return Err(Wait(u32::try_from(60 - gone).unwrap_or(60)));
        }
        Ok(())
    }

    /// The address led nowhere.
    pub fn guessed(&self, visitor: IpAddr, now: Instant) {
        let Ok(mut minute) = self.0.lock() else { return };
        minute.turn_to(now);
        minute.guesses = minute.guesses.saturating_add(1);
        let count = minute.count(visitor);
        count.guessed = count.guessed.saturating_add(1);
    }
}

impl Minute {
    fn turn_to(&mut self, now: Instant) {
        let number = now.timestamp().div_euclid(60);
        if self.number != number {
            *self = Self { number, ..Self::default() };
        }
    }

    fn count(&mut self, visitor: IpAddr) -> &mut Count {
        let visitor = household(visitor);
        if self.visitors.len() >= VISITORS && !self.visitors.contains_key(&visitor) {
            return &mut self.others;
        }
        self.visitors.entry(visitor).or_default()
    }
}

/// One subscriber has a whole /64 of IPv6 addresses.
fn household(visitor: IpAddr) -> IpAddr {
    match visitor.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        address @ IpAddr::V4(_) => address,
    }
}

/// Who asks: the peer, or whom a proxy of `server.trusted_proxy` names last in `X-Forwarded-For`.
#[must_use]
pub fn visitor(request: &HttpRequest, trusted: &[IpAddr]) -> IpAddr {
    let Some(peer) = request.peer_addr().map(|peer| peer.ip().to_canonical()) else {
        return IpAddr::V6(Ipv6Addr::UNSPECIFIED);
    };
    if !trusted.contains(&peer) {
        return peer;
    }
    // What stands before the last entry was written by whoever asked the proxy.
    let last = request.headers().get_all("x-forwarded-for").last();
    let named = last.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    named.unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::{GUESSES_OF_ALL, GUESSES_PER_MINUTE, PER_MINUTE, Visits, Wait};
    use crate::domain::time::{Instant, parse_instant};

    fn at(text: &str) -> Instant {
        parse_instant(text).unwrap()
    }

    fn ip(text: &str) -> std::net::IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_visitor_waits_until_the_minute_is_over_and_others_do_not() {
        let visits = Visits::default();
        let now = at("2026-03-02 08:00:45");
        for _ in 0..PER_MINUTE {
            assert_eq!(visits.ask(ip("192.0.2.1"), now), Ok(()));
        }
        assert_eq!(visits.ask(ip("192.0.2.1"), now), Err(Wait(15)));
        assert_eq!(visits.ask(ip("192.0.2.2"), now), Ok(()));
        assert_eq!(visits.ask(ip("192.0.2.1"), at("2026-03-02 08:01:00")), Ok(()));
    }

    #[test]
    fn all_addresses_of_a_household_are_one_visitor() {
        let visits = Visits::default();
        let now = at("2026-03-02 08:00");
        for n in 0..PER_MINUTE {
            assert_eq!(visits.ask(ip(&format!("2001:db8:1:2::{n:x}")), now), Ok(()));
        }
        assert!(visits.ask(ip("2001:db8:1:2:ffff::1"), now).is_err());
        assert!(visits.ask(ip("2001:db8:1:3::1"), now).is_ok());
        assert!(visits.ask(ip("::ffff:192.0.2.9"), now).is_ok());
    }

    #[test]
    fn who_guesses_waits_sooner_and_after_many_guesses_of_all_every_guesser_does() {
        let visits = Visits::default();
        let now = at("2026-03-02 08:00");
        for _ in 0..GUESSES_PER_MINUTE {
            assert_eq!(visits.ask(ip("192.0.2.1"), now), Ok(()));
            visits.guessed(ip("192.0.2.1"), now);
        }
        assert_eq!(visits.ask(ip("192.0.2.1"), now), Err(Wait(60)));
        visits.guessed(ip("198.51.100.1"), now);
        assert_eq!(visits.ask(ip("198.51.100.1"), now), Ok(()), "one mistake is forgiven");
        for n in 0..GUESSES_OF_ALL {
            visits.guessed(ip(&format!("10.0.{}.{}", n / 250, n % 250)), now);
        }
        assert!(visits.ask(ip("198.51.100.1"), now).is_err(), "while many guess, it is not");
        assert_eq!(visits.ask(ip("203.0.113.5"), now), Ok(()), "who has a receipt is served");
    }
}
