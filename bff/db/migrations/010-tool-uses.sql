-- What each tool returned: how long it took, how long the result is (null: not counted yet), how many
-- requests have carried it since, and what its share of their input cost. Kept with its message.
create table tool_uses (
  id integer primary key,
  conversation_id text not null,
  run_id text not null,
  message_id text not null references messages (id) on delete cascade,
  call_id text not null,
  name text not null,
  status text not null check (status in ('ok', 'failed', 'unknown')),
  duration_ms integer,
  at text not null check (length(at) = 24),
  tokens integer check (tokens >= 0),
  reads integer not null default 0,
  unpriced_reads integer not null default 0,
  cost_nano_usd integer not null default 0 check (cost_nano_usd >= 0),
  -- Since when the model gets a sentence in place of the result.
  dropped_at text check (length(dropped_at) = 24)
) strict;

create index tool_uses_message on tool_uses (message_id, call_id);
create index tool_uses_conversation on tool_uses (conversation_id);
create index tool_uses_dropped on tool_uses (message_id, call_id) where dropped_at is not null;

-- The same in sums, which outlive the conversation: uses and tokens on the day of the use, reads and
-- cost on the day of the request.
create table tool_days (
  owner text not null default 'local',
  day text not null check (length(day) = 10),
  tool text not null,
  uses integer not null default 0,
  tokens integer not null default 0,
  reads integer not null default 0,
  unpriced_reads integer not null default 0,
  cost_nano_usd integer not null default 0,
  primary key (owner, day, tool)
) strict, without rowid;

-- Which results the request of a mark did not carry: an array of [message id, call id].
alter table context_marks add column dropped text not null default '[]' check (json_valid(dropped));

-- What was used before there was this table.
insert into tool_uses (conversation_id, run_id, message_id, call_id, name, status, duration_ms, at)
select m.conversation_id, m.run_id, m.id, p.value ->> 'callId', p.value ->> 'name',
  case p.value ->> 'status' when 'done' then 'ok' when 'failed' then 'failed' else 'unknown' end,
  p.value ->> 'durationMs', coalesce(p.value ->> 'startedAt', m.created_at)
from messages m, json_each(m.parts) p
where m.role = 'assistant' and m.run_id is not null and p.value ->> 'type' = 'tool_call'
  and p.value ->> 'output' is not null;

insert into tool_days (day, tool, uses)
select substr(at, 1, 10), name, count(*) from tool_uses group by 1, 2;
