-- Finds the mails to a person, for the copy of their data and to forget them.
CREATE INDEX mail_out_person ON mail_out (person_id, id);
