-- Summaries of the oldest messages of a branch. The messages stay: a summary is sent in their place on
-- every branch that contains its last message, until it is undone.
create table summaries (
  id text primary key not null,
  conversation_id text not null references conversations (id) on delete cascade,
  -- The last of the messages that it stands for.
  message_id text not null references messages (id) on delete cascade,
  text text not null,
  messages integer not null check (messages > 0),
  -- Tokens of what was sent before in its place, of the original messages, and its own; estimated.
  replaced_tokens integer not null,
  original_tokens integer not null,
  tokens integer not null,
  automatic integer not null check (automatic in (0, 1)),
  provider text not null,
  model text not null,
  demo integer not null check (demo in (0, 1)),
  -- What making it has cost; null: not known.
  cost_nano_usd integer,
  -- What the next request costs more because the provider's cache does not know it; null: not known.
  lost_cache_nano_usd integer,
  -- The provider read earlier requests from its cache.
  cached integer not null check (cached in (0, 1)),
  created_at text not null check (length(created_at) = 24),
  edited_at text check (length(edited_at) = 24),
  undone_at text check (length(undone_at) = 24)
) strict, without rowid;

create index summaries_message on summaries (message_id) where undone_at is null;
create index summaries_conversation on summaries (conversation_id);

-- How much less the counted request of an answer carried because of a summary, estimated.
alter table context_marks add column summary_tokens integer not null default 0;
