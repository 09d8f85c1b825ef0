//! Who may do what. The web and the API ask `may`; nothing is allowed by default.

use super::text_enum;

text_enum! {
    /// The part a person plays at the centre.
    Role {
        Clerk = "clerk",
        Officer = "officer",
        Supervisor = "supervisor",
        Manager = "manager",
        Admin = "admin",
    }
}

text_enum! {
    /// What a route or a verb needs.
    Right {
        /// see dossiers, their ledgers and letters
        Read = "read",
        /// log a dossier, import, tick a letter as handed over
        Intake = "intake",
        /// move a dossier: supplement, obligation, delay, result …
        Progress = "progress",
        /// read the reports
        Report = "report",
        /// see the outbox and the timetable, retry a message, run a job
        Operate = "operate",
        /// accounts; propose a change of procedures, calendar, time rules
        Administer = "administer",
        /// sign or refuse a letter to a citizen
        Sign = "sign",
        /// let a proposed change of rules take effect
        Approve = "approve",
        /// close a period and sign its reports
        Close = "close",
        /// read the journal of everything that happened
        Audit = "audit",
    }
}

impl Role {
    /// The rights of each role: a new right has to be decided here, and a new role has almost none.
    #[must_use]
    pub const fn may(self, right: Right) -> bool {
        match right {
            Right::Read => true,
            Right::Intake | Right::Progress => !matches!(self, Self::Manager),
            Right::Report | Right::Operate => matches!(self, Self::Supervisor | Self::Manager | Self::Admin),
            Right::Administer => matches!(self, Self::Admin),
            Right::Sign => matches!(self, Self::Supervisor | Self::Manager),
            Right::Close => matches!(self, Self::Manager),
            Right::Approve | Right::Audit => matches!(self, Self::Manager | Self::Admin),
        }
    }
}
