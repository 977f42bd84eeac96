-- Texts that a user keeps to insert them again.
create table prompts (
  id text primary key not null,
  owner text not null default 'local',
  name text not null,
  text text not null,
  created_at text not null check (length(created_at) = 24),
  updated_at text not null check (length(updated_at) = 24),
  unique (owner, name)
) strict, without rowid;
