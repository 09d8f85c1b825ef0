DROP INDEX dossiers_of_agency_closed;
