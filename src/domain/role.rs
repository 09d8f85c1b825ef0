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
        /// accounts, procedures, calendar
        Administer = "administer",
    }
}

impl Role {
    /// The rights of each role, written out: a new role or right has to be decided here.
    #[must_use]
    pub const fn may(self, right: Right) -> bool {
        match (self, right) {
            (Self::Clerk | Self::Officer | Self::Supervisor | Self::Manager | Self::Admin, Right::Read) => true,
            (Self::Clerk | Self::Supervisor | Self::Admin, Right::Intake) => true,
            (Self::Officer, Right::Intake) => true,
            (Self::Manager, Right::Intake) => false,
            (Self::Clerk | Self::Officer | Self::Supervisor | Self::Admin, Right::Progress) => true,
            (Self::Manager, Right::Progress) => false,
            (Self::Supervisor | Self::Manager | Self::Admin, Right::Report) => true,
            (Self::Clerk | Self::Officer, Right::Report) => false,
            (Self::Admin, Right::Operate | Right::Administer) => true,
            (Self::Supervisor | Self::Manager, Right::Operate) => true,
            (Self::Clerk | Self::Officer, Right::Operate) => false,
            (Self::Clerk | Self::Officer | Self::Supervisor | Self::Manager, Right::Administer) => false,
        }
    }
}
