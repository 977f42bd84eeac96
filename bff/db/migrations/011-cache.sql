-- What the newest requests of a conversation began with, as fingerprints: to tell, when the next one
-- is not read from the provider's cache, what was different.
create table call_prefixes (
  number integer primary key autoincrement,
  call_id text not null unique,
  conversation_id text not null references conversations (id) on delete cascade,
  prefix text not null
) strict;

create index call_prefixes_conversation on call_prefixes (conversation_id, number);

-- Each request next to the one before it that it had most in common with.
create table call_reuse (
  call_id text primary key not null,
  conversation_id text not null references conversations (id) on delete cascade,
  -- What was different first; null: one begins like the other.
  change text,
  changed_number integer,
  gap_ms integer,
  -- The input of the request before, and how much of it came first here too; null: not counted.
  previous_tokens integer,
  common_tokens integer
) strict, without rowid;

create index call_reuse_conversation on call_reuse (conversation_id);
