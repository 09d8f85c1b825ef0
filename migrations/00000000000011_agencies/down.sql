DROP INDEX tasks_of_agency;
DROP INDEX outbox_of_agency;
DROP INDEX submissions_of_agency;
DROP INDEX dossiers_of_agency_open;
DROP INDEX dossiers_of_agency_received;
DROP INDEX accounts_by_agency;
DROP INDEX units_by_agency;
ALTER TABLE agencies DROP COLUMN oversees;
