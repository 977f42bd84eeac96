-- How many tokens a model takes, where somebody typed it in.
create table context_windows (
  owner text not null default 'local',
  provider text not null,
  model text not null,
  tokens integer not null check (tokens > 0),
  primary key (owner, provider, model)
) strict, without rowid;
