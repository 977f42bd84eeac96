-- The title of imported conversations without one, in the language of who started the import.
alter table imports add column untitled text;
