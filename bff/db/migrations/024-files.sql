-- Attached files. Their bytes are on the disk, named by their hash.
create table files (
  id text primary key not null,
  owner text not null default 'local',
  hash text not null check (length(hash) = 64),
  name text not null,
  type text not null,
  size integer not null check (size > 0),
  -- What is known about the content, such as pages and tokens.
  facts text not null check (json_valid(facts)),
  created_at text not null check (length(created_at) = 24),
  -- 1: a message has used it, so it is deleted with the last one that does.
  was_used integer not null default 0 check (was_used in (0, 1))
) strict, without rowid;

create index files_hash on files (hash);

-- Derived from the parts of messages, so that it holds whoever writes a message.
create table file_uses (
  file_id text not null references files (id),
  message_id text not null references messages (id) on delete cascade,
  primary key (file_id, message_id)
) strict, without rowid;

create index file_uses_message on file_uses (message_id);

create trigger file_uses_of_new after insert on messages
when instr(new.parts, '"fileId":"') > 0
begin
  insert or ignore into file_uses (file_id, message_id)
  select files.id, new.id from json_tree(new.parts) part join files on files.id = part.atom
  where part.key = 'fileId'
    and files.owner = (select owner from conversations where id = new.conversation_id);
end;

create trigger file_uses_of_changed after update of parts on messages
when instr(new.parts, '"fileId":"') > 0
begin
  insert or ignore into file_uses (file_id, message_id)
  select files.id, new.id from json_tree(new.parts) part join files on files.id = part.atom
  where part.key = 'fileId'
    and files.owner = (select owner from conversations where id = new.conversation_id);
end;

create trigger files_used after insert on file_uses
begin
  update files set was_used = 1 where id = new.file_id and was_used = 0;
end;
