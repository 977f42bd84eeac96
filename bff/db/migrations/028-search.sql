-- Searching. The index holds no text, only which words, filters and amounts each message has. A later
-- message has a smaller key, so that reading in the order of keys finds the newest first.
drop trigger messages_unsearchable;
drop table message_search;

create table search_entries (
  key integer primary key,
  message_number integer not null unique references messages (number)
) strict;

-- Entries that follow each other, some ten thousand each. Their tokens begin with a character of the
-- partition, because SQLite cannot begin or end inside the messages of one token. A partition has the keys
-- from its own up to that of the next.
create table search_partitions (
  id integer primary key,
  newest_key integer not null unique,
  entries integer not null default 0
) strict;
insert into search_partitions (newest_key) values (0);

-- The models, agents and tools that messages are found by.
create table search_tags (
  id integer primary key,
  kind text not null check (kind in ('model', 'agent', 'tool')),
  value text not null,
  unique (kind, value)
) strict;

create virtual table message_search using fts5 (
  tokens, content = '', contentless_delete = 1, detail = none, prefix = '3 4 5 6',
  tokenize = "ascii tokenchars '=+'"
);

create trigger messages_unsearchable before delete on messages
begin
  delete from message_search
  where rowid = (select key from search_entries where message_number = old.number);
  delete from search_entries where message_number = old.number;
end;

-- What is to be indexed anew, whoever changes it. A question is found by the filters of its answers too.
create trigger search_new_messages after insert on messages when new.status <> 'running'
begin
  insert or ignore into search_queue (message_number) values (new.number);
  insert or ignore into search_queue (message_number)
  select number from messages where id = new.parent_id and new.role = 'assistant';
end;
create trigger search_changed_messages
after update of status, parts, agent, totals, parent_id on messages
when new.status <> 'running' and (
  old.status <> new.status or old.parts <> new.parts or old.agent is not new.agent
  or old.parent_id is not new.parent_id
  -- As text: totals that are damaged must not stop a change.
  or old.totals is not new.totals
)
begin
  insert or ignore into search_queue (message_number) values (new.number);
  insert or ignore into search_queue (message_number)
  select number from messages where id = new.parent_id and new.role = 'assistant';
end;
create trigger search_changed_titles after update of title on conversations
when old.title <> new.title
begin
  insert or ignore into search_queue (message_number)
  select number from messages where conversation_id = new.id and parent_id is null;
end;

create trigger search_archived after update of archived_at on conversations
when (old.archived_at is null) <> (new.archived_at is null)
begin
  insert or ignore into search_queue (message_number)
  select number from messages where conversation_id = new.id;
end;

-- With a trigger on messages, SQLite looks here for rows that wait for a new message.
create index summaries_of_message on summaries (message_id);

insert or ignore into search_queue (message_number)
select number from messages where status <> 'running';
