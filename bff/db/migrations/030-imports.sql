-- Imports of conversations. The uploaded file is in the data folder until the import is over.
create table imports (
  id text primary key not null,
  owner text not null default 'local',
  file_name text not null,
  bytes integer not null check (bytes >= 0),
  state text not null check (state in ('reading', 'ready', 'importing', 'done', 'failed')),
  source text,
  preview text check (json_valid(preview)),
  -- Conversations imported so far. After a restart the import goes on behind them.
  progress integer not null default 0 check (progress >= 0),
  report text check (json_valid(report)),
  problem text,
  created_at text not null check (length(created_at) = 24),
  updated_at text not null check (length(updated_at) = 24)
) strict, without rowid;

create index imports_newest on imports (owner, created_at);

-- What a conversation is called where it came from (`chatgpt:…`), so that a second import finds it.
alter table conversations add column external_id text;
create unique index conversations_external on conversations (owner, external_id)
where external_id is not null;

-- The same for its messages, which may be made of several.
create table imported_messages (
  conversation_id text not null references conversations (id) on delete cascade,
  external_id text not null,
  message_id text not null references messages (id) on delete cascade,
  primary key (conversation_id, external_id)
) strict, without rowid;

create index imported_messages_message on imported_messages (message_id);
