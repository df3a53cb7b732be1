-- Whoever is forgotten goes from the cards of those they lead, and not by looking at
-- everybody's.
CREATE INDEX person_manager ON person (manager_id) WHERE manager_id <> 0;
