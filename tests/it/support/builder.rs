//! A dossier to be logged, with an applicant who has everything unless the test says otherwise.

use dunghen::office::intake::IntakeForm;
use dunghen::office::{Actor, OfficeResult};
use dunghen::store::dossiers::DossierRow;

use super::App;

pub struct Intake<'a> {
    app: &'a App,
    pub form: IntakeForm,
}

impl<'a> Intake<'a> {
    pub fn new(app: &'a App, procedure: &str, channel: &str) -> Self {
        let form = IntakeForm {
            procedure_code: procedure.to_owned(),
            channel: channel.to_owned(),
            applicant_name: "Nguyễn Thị Thử Nghiệm".to_owned(),
            applicant_phone: "0900 000 001".to_owned(),
            applicant_email: "cong.dan@example.invalid".to_owned(),
            applicant_address: "Thôn 3".to_owned(),
            ..IntakeForm::default()
        };
        Self { app, form }
    }

    pub fn name(mut self, name: &str) -> Self {
        self.form.applicant_name = name.to_owned();
        self
    }

    pub fn email(mut self, email: &str) -> Self {
        self.form.applicant_email = email.to_owned();
        self
    }

    pub fn received_at(mut self, at: &str) -> Self {
        self.form.received_at = at.to_owned();
        self
    }

    pub fn officer(mut self, officer: &str) -> Self {
        self.form.officer = officer.to_owned();
        self
    }

    /// Filed outside the applicant's home commune.
    pub fn cross_boundary(mut self) -> Self {
        self.form.cross_boundary = true;
        self
    }

    pub fn code(mut self, code: &str) -> Self {
        self.form.code = code.to_owned();
        self
    }

    /// Tries; the answer may be a refusal.
    pub fn tried(self) -> OfficeResult<DossierRow> {
        self.app.office.log_dossier(self.app.now(), &Actor::CommandLine, &self.form)
    }

    pub fn done(self) -> DossierRow {
        self.tried().expect("a dossier that can be logged")
    }
}
