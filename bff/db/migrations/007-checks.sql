-- What an endpoint was found to do: one card for each model at each address. `origin` is empty for
-- the demo, which has none; `card` is a CheckCard as JSON.
create table check_cards (
  owner text not null default 'local',
  provider text not null,
  origin text not null,
  model text not null,
  at text not null,
  card text not null,
  primary key (owner, provider, origin, model)
) strict, without rowid;
