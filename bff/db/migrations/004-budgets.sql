-- What may be spent, in money and in tokens; null sets no limit. A conversation's own limit stands
-- in its settings.
create table budgets (
  owner text not null default 'local',
  scope text not null check (scope in ('run', 'conversation', 'day', 'month')),
  limit_nano_usd integer check (limit_nano_usd >= 0),
  limit_tokens integer check (limit_tokens >= 0),
  primary key (owner, scope)
) strict, without rowid;

-- A run that waits for a decision goes on with the time zone it was started in.
alter table runs add column time_zone text not null default 'UTC';
