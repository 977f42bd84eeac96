-- Requests that were cut off or broke, whose provider can be asked afterwards what they used.
create table call_lookups (
  call_id text primary key not null references model_calls (id),
  -- Of the address that the request went to: nobody else is asked.
  origin text not null,
  tries integer not null default 0,
  due_at text not null check (length(due_at) = 24),
  since text not null check (length(since) = 24)
) strict, without rowid;

create index call_lookups_due on call_lookups (due_at);
