-- Times are ISO 8601 UTC with milliseconds (24 characters), so text order is time order.
-- Ids are UUIDv7. Money is nano-dollars. The owner is there before there are users.

create table conversations (
  id text primary key not null,
  owner text not null default 'local',
  title text not null,
  -- Who named it: a later source never overwrites the person.
  title_source text not null check (title_source in ('none', 'words', 'model', 'person')),
  agent text not null,
  provider text,
  model text,
  settings text not null default '{}' check (json_valid(settings)),
  -- The end of the selected branch; null while there is no message.
  selected_message_id text,
  created_at text not null check (length(created_at) = 24),
  updated_at text not null check (length(updated_at) = 24),
  deleted_at text check (length(deleted_at) = 24)
) strict;

create index conversations_newest on conversations (owner, updated_at, id) where deleted_at is null;
create index conversations_deleted on conversations (deleted_at) where deleted_at is not null;

-- A tree per conversation. `number` is the row in message_search and only grows.
create table messages (
  number integer primary key autoincrement,
  id text not null unique,
  conversation_id text not null references conversations (id) on delete cascade,
  -- No cascade: SQLite's would recurse once per level, and stops at a thousand.
  parent_id text references messages (id),
  role text not null check (role in ('user', 'assistant')),
  status text not null check (status in ('running', 'completed', 'stopped', 'failed', 'interrupted')),
  parts text not null check (json_valid(parts)),
  created_at text not null check (length(created_at) = 24),
  run_id text,
  agent text,
  provider text,
  model text,
  totals text check (json_valid(totals)),
  check (role = 'assistant' or status = 'completed')
) strict;

create index messages_siblings on messages (conversation_id, parent_id, id);
create index messages_children on messages (parent_id, id);

-- What the model sees, in the order in which it came to be.
create table items (
  conversation_id text not null references conversations (id) on delete cascade,
  seq integer not null check (seq > 0),
  message_id text not null references messages (id) on delete cascade,
  item text not null check (json_valid(item)),
  primary key (conversation_id, seq)
) strict, without rowid;

create index items_message on items (message_id);

create table runs (
  id text primary key not null,
  owner text not null default 'local',
  conversation_id text not null references conversations (id) on delete cascade,
  message_id text not null references messages (id) on delete cascade,
  user_message_id text not null references messages (id) on delete cascade,
  status text not null check (status in ('running', 'completed', 'stopped', 'failed', 'interrupted')),
  agent text not null,
  provider text not null,
  model text not null,
  -- Set at the ending; the log knows it before.
  last_seq integer not null default 0,
  idempotency_key text,
  request_hash text,
  created_at text not null check (length(created_at) = 24),
  ended_at text check (length(ended_at) = 24),
  -- Its events are not kept any more; its message and its ledger rows are.
  trimmed_at text check (length(trimmed_at) = 24),
  check ((status = 'running') = (ended_at is null)),
  check ((idempotency_key is null) = (request_hash is null))
) strict;

create unique index runs_one_active on runs (conversation_id) where status = 'running';
create unique index runs_once on runs (owner, idempotency_key) where idempotency_key is not null;
create index runs_untrimmed on runs (ended_at) where trimmed_at is null;
create index runs_conversation on runs (conversation_id);
create index runs_message on runs (message_id);
create index runs_user_message on runs (user_message_id);

-- The log. `data` is the JSON that goes over the wire, without the type.
create table run_events (
  run_id text not null references runs (id) on delete cascade,
  seq integer not null check (seq > 0),
  type text not null,
  data text not null check (json_valid(data)),
  primary key (run_id, seq)
) strict, without rowid;

-- The newest events of the runs under way, one row per group commit. A commit of eighty runs writes
-- the few pages at the end of this table instead of one page of run_events for every run; each run
-- moves to run_events in portions, and at start-up whatever is left.
create table run_journal (
  number integer primary key,
  events text not null check (json_valid(events))
) strict;

-- The ledger: one row per upstream request, never changed, never deleted with a conversation.
create table model_calls (
  id text primary key not null,
  owner text not null default 'local',
  run_id text,
  conversation_id text,
  purpose text not null,
  agent text,
  provider text not null,
  model_requested text not null,
  model_returned text,
  response_id text,
  attempt integer not null check (attempt > 0),
  service_tier text,
  status text not null check (status in ('completed', 'stopped', 'failed')),
  started_at text not null check (length(started_at) = 24),
  ttft_ms integer,
  duration_ms integer not null,
  finish_reason text,
  input_tokens integer check (input_tokens >= 0),
  cached_input_tokens integer check (cached_input_tokens >= 0),
  cache_write_tokens integer check (cache_write_tokens >= 0),
  output_tokens integer check (output_tokens >= 0),
  reasoning_tokens integer check (reasoning_tokens >= 0),
  cost_nano_usd integer check (cost_nano_usd >= 0),
  certainty text not null check (certainty in ('reported', 'computed', 'estimated', 'unknown')),
  price_id text,
  price text check (json_valid(price)),
  lines text check (json_valid(lines)),
  computed_nano_usd integer check (computed_nano_usd >= 0),
  flags text check (json_valid(flags)),
  raw_usage text check (json_valid(raw_usage)),
  check ((certainty = 'unknown') = (cost_nano_usd is null))
) strict;

create unique index model_calls_once on model_calls (provider, response_id, attempt) where response_id is not null;
create index model_calls_run on model_calls (run_id, started_at) where run_id is not null;
create index model_calls_conversation on model_calls (conversation_id, started_at) where conversation_id is not null;
create index model_calls_time on model_calls (owner, started_at);

create trigger model_calls_unchanged before update on model_calls
begin select raise(abort, 'the ledger is append-only'); end;
create trigger model_calls_kept before delete on model_calls
begin select raise(abort, 'the ledger is append-only'); end;

-- Upstream requests under way: written before the request, removed with the row that bills it.
create table open_calls (
  id text primary key not null,
  owner text not null default 'local',
  run_id text,
  conversation_id text,
  purpose text not null,
  agent text,
  provider text not null,
  model_requested text not null,
  attempt integer not null check (attempt > 0),
  started_at text not null check (length(started_at) = 24)
) strict, without rowid;

-- Sums of the ledger, kept in the transaction that adds the row. Certainty is the worst inside.
create table conversation_totals (
  conversation_id text primary key not null,
  owner text not null default 'local',
  calls integer not null,
  input_tokens integer not null,
  cached_input_tokens integer not null,
  cache_write_tokens integer not null,
  output_tokens integer not null,
  reasoning_tokens integer not null,
  cost_nano_usd integer,
  certainty text not null check (certainty in ('reported', 'computed', 'estimated', 'unknown')),
  unpriced_calls integer not null
) strict, without rowid;

-- The same per UTC day and everything that usage is grouped by; '' where there is no agent.
-- `model` is what the provider returned, or else what was requested.
create table daily_totals (
  owner text not null default 'local',
  day text not null check (length(day) = 10),
  provider text not null,
  model text not null,
  agent text not null,
  purpose text not null,
  calls integer not null,
  input_tokens integer not null,
  cached_input_tokens integer not null,
  cache_write_tokens integer not null,
  output_tokens integer not null,
  reasoning_tokens integer not null,
  cost_nano_usd integer,
  certainty text not null check (certainty in ('reported', 'computed', 'estimated', 'unknown')),
  unpriced_calls integer not null,
  primary key (owner, day, provider, model, agent, purpose)
) strict, without rowid;

-- The same per UTC day and conversation, '' for calls that belong to none: what a conversation cost
-- within some days is read without reading the ledger.
create table conversation_days (
  owner text not null default 'local',
  day text not null check (length(day) = 10),
  conversation_id text not null,
  calls integer not null,
  input_tokens integer not null,
  cached_input_tokens integer not null,
  cache_write_tokens integer not null,
  output_tokens integer not null,
  reasoning_tokens integer not null,
  cost_nano_usd integer,
  certainty text not null check (certainty in ('reported', 'computed', 'estimated', 'unknown')),
  unpriced_calls integer not null,
  primary key (owner, day, conversation_id)
) strict, without rowid;

-- Full text, written in small batches outside of requests: a merge of its segments takes
-- milliseconds. `search_queue` holds the messages that wait for it, so that a crash loses none.
create virtual table message_search using fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
create table search_queue (
  message_number integer primary key references messages (number) on delete cascade
) strict;
create trigger messages_unsearchable after delete on messages
begin delete from message_search where rowid = old.number; end;
