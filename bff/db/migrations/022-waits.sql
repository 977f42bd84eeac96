-- What a run waits for a person to decide. A decision is taken once: the update that takes it asks for
-- `decided_at is null`.
create table waits (
  id text primary key not null,
  owner text not null default 'local',
  run_id text not null references runs (id) on delete cascade,
  conversation_id text not null references conversations (id) on delete cascade,
  kind text not null check (kind in ('budget', 'approval', 'question')),
  -- The tool, for rules and for the list; null for a budget.
  tool text,
  agent text,
  -- The `waiting` event as it stands in the log.
  request text not null check (json_valid(request)),
  created_at text not null check (length(created_at) = 24),
  expires_at text not null check (length(expires_at) = 24),
  decision text check (json_valid(decision)),
  decided_at text check (length(decided_at) = 24),
  check ((decision is null) = (decided_at is null))
) strict, without rowid;

create index waits_open on waits (owner, created_at) where decided_at is null;
create index waits_run on waits (run_id);
create index waits_conversation on waits (conversation_id, tool);

-- What the runs of agents that are used as tools leave behind. It belongs to the call, not to the
-- conversation, so that no request of the conversation ever carries it.
create table nested_items (
  run_id text not null references runs (id) on delete cascade,
  parent_call_id text not null,
  seq integer not null check (seq > 0),
  item text not null check (json_valid(item)),
  primary key (run_id, parent_call_id, seq)
) strict, without rowid;

-- Outputs that are too long for a model, whole, for the reader.
create table tool_outputs (
  run_id text not null references runs (id) on delete cascade,
  call_id text not null,
  output text not null,
  primary key (run_id, call_id)
) strict, without rowid;

-- Set while a newer run has taken its place and its own ending is not written yet.
alter table runs add column superseded_at text check (length(superseded_at) = 24);
create index runs_superseded on runs (superseded_at) where superseded_at is not null;
