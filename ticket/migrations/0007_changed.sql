-- Programs that keep a copy ask again and again for what has changed since.
CREATE INDEX ticket_changed ON ticket (updated_at, id);
