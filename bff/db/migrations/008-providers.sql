-- Providers that a person set up. Their keys are in no table, but in a file of their own.
create table providers (
  id text primary key,
  owner text not null default 'local',
  name text not null,
  base_url text not null,
  api text not null check (api in ('responses', 'chat_completions')),
  default_model text,
  models text not null default '[]' check (json_valid(models)),
  model_patterns text not null default '[]' check (json_valid(model_patterns)),
  max_retries integer not null check (max_retries >= 0),
  created_at text not null
) strict, without rowid;

create unique index providers_by_name on providers (owner, name);

-- What a new conversation starts with, where somebody chose it.
create table default_models (
  owner text primary key default 'local',
  provider text not null,
  model text not null
) strict, without rowid;
