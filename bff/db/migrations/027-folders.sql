-- How a person keeps conversations in order: pinned, archived, in a folder, read.
create table folders (
  id text primary key not null,
  owner text not null default 'local',
  name text not null,
  position integer not null,
  -- For its conversations, where they have none of their own.
  instructions text,
  -- What a new conversation in it begins with.
  agent text,
  provider text,
  model text,
  limit_nano_usd integer check (limit_nano_usd >= 0),
  limit_tokens integer check (limit_tokens >= 0),
  created_at text not null check (length(created_at) = 24),
  -- Its conversations keep pointing to it until this cannot be undone any more.
  deleted_at text check (length(deleted_at) = 24)
) strict, without rowid;

create index folders_in_order on folders (owner, position) where deleted_at is null;
create index folders_deleted on folders (deleted_at) where deleted_at is not null;

alter table conversations add column pinned_at text check (length(pinned_at) = 24);
alter table conversations add column archived_at text check (length(archived_at) = 24);
alter table conversations add column folder_id text references folders (id);
-- It is unread if it has changed since. Null: it has nothing to read yet.
alter table conversations add column read_at text check (length(read_at) = 24);
update conversations set read_at = updated_at;

create index conversations_listed on conversations
  (owner, (pinned_at is null), updated_at desc, id desc)
  where deleted_at is null and archived_at is null;
create index conversations_archived on conversations
  (owner, (pinned_at is null), updated_at desc, id desc)
  where deleted_at is null and archived_at is not null;
create index conversations_folder on conversations
  (folder_id, (pinned_at is null), updated_at desc, id desc) where folder_id is not null;
create index conversations_unread on conversations (folder_id)
  where folder_id is not null and deleted_at is null and archived_at is null
    and read_at < updated_at;

-- The folders of conversations that are purged: their money still counts there.
create table purged_conversations (
  conversation_id text primary key not null,
  folder_id text not null references folders (id) on delete cascade
) strict, without rowid;

create index purged_conversations_folder on purged_conversations (folder_id);
