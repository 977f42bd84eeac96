-- Prices that a person sets over the lists. `definition` is a SetPrice of shared/prices.ts.
create table price_overrides (
  id text primary key not null,
  owner text not null default 'local',
  version integer not null check (version > 0),
  created_at text not null check (length(created_at) = 24),
  definition text not null check (json_valid(definition))
) strict, without rowid;

-- Rows of the ledger that were priced again together: their corrections carry the id.
create table price_batches (
  id text primary key not null,
  owner text not null default 'local',
  at text not null check (length(at) = 24),
  status text not null check (status in ('running', 'done', 'undoing', 'undone', 'interrupted')),
  filter text not null check (json_valid(filter)),
  changed integer not null default 0,
  kept integer not null default 0
) strict, without rowid;
