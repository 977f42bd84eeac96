-- Messages that wait for the end of an answer, or for the next request of one. A row leaves the queue
-- once: it is sent, given to the running agent, or removed. It then stays without its text, so that its
-- Idempotency-Key still names it.
create table queued_messages (
  id text primary key not null,
  owner text not null default 'local',
  conversation_id text not null references conversations (id) on delete cascade,
  text text not null,
  -- What is sent with it, such as the model.
  choice text not null check (json_valid(choice)),
  -- The run that is told it before its next request. When that run is over, it is a message like the others.
  steers_run_id text references runs (id) on delete set null,
  -- Why it could not be sent.
  problem text,
  idempotency_key text,
  request_hash text,
  created_at text not null check (length(created_at) = 24),
  left_at text check (length(left_at) = 24)
) strict, without rowid;

create unique index queued_messages_once on queued_messages (owner, idempotency_key)
  where idempotency_key is not null;
create index queued_messages_waiting on queued_messages (conversation_id, id) where left_at is null;
create index queued_messages_conversation on queued_messages (conversation_id);
create index queued_messages_steers on queued_messages (steers_run_id)
  where steers_run_id is not null;
