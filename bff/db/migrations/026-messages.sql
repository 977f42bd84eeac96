-- Deleting messages: they are hidden until their deletion can no longer be undone, then purged. Their
-- ledger rows stay.
create table message_deletions (
  -- The message that was asked to be deleted.
  id text primary key not null,
  conversation_id text not null references conversations (id) on delete cascade,
  deleted_at text not null check (length(deleted_at) = 24),
  -- The end of the selected branch before, if it was deleted too.
  selected_message_id text,
  -- The messages that took a deleted one's place, and their parents before: an array of [id, parent id].
  joined text not null check (json_valid(joined)),
  -- The summaries that were undone with it, because they tell what was deleted: an array of ids.
  summaries text not null check (json_valid(summaries))
) strict, without rowid;

create index message_deletions_conversation on message_deletions (conversation_id);

alter table messages add column deletion_id text;
create index messages_deleted on messages (deletion_id, id) where deletion_id is not null;

-- A branch that was copied into a conversation of its own. A copied run made no request: its receipt is
-- that of the run it is a copy of.
alter table conversations add column branched_from text;
alter table runs add column copy_of text;
create index runs_copies on runs (copy_of) where copy_of is not null;

-- The use of a tool is counted once, by its original.
alter table tool_uses add column copied integer not null default 0 check (copied in (0, 1));
drop index tool_uses_tool;
create index tool_uses_tool on tool_uses (name, demo, copied, at, cost_nano_usd);
