-- Temporary conversations: deleted when they are closed. They are in no list, search or export.
alter table conversations add column temporary integer not null default 0 check (temporary in (0, 1));
create index conversations_temporary on conversations (owner) where temporary = 1;
