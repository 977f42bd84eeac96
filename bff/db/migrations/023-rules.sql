-- Rules that approve calls of a tool in a person's place. A rule never denies.
create table rules (
  id text primary key not null,
  owner text not null default 'local',
  agent text not null,
  tool text not null,
  -- Null: every conversation.
  conversation_id text references conversations (id) on delete cascade,
  -- What the arguments must meet, all of it.
  conditions text not null check (json_valid(conditions)),
  created_at text not null check (length(created_at) = 24),
  -- Null: until it is revoked.
  expires_at text check (length(expires_at) = 24),
  revoked_at text check (length(revoked_at) = 24),
  uses integer not null default 0 check (uses >= 0),
  last_used_at text check (length(last_used_at) = 24)
) strict, without rowid;

create index rules_tool on rules (owner, tool, agent) where revoked_at is null;
create index rules_conversation on rules (conversation_id) where conversation_id is not null;

-- "Always allow here" was a decision that stood for the rest of its conversation.
insert into rules (id, owner, agent, tool, conversation_id, conditions, created_at)
select id, owner, agent, tool, conversation_id, '[]', decided_at
from waits
where kind = 'approval'
  and decision ->> 'decision' = 'approve'
  and decision ->> 'scope' = 'conversation';

-- Past decisions about a tool, for the preview of a rule.
create index waits_tool on waits (owner, tool, agent) where decided_at is not null;
