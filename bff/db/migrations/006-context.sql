-- How long each item is in tokens, counted once by Tally's own tokenizer, and gone with its item.
create table item_tokens (
  conversation_id text not null,
  seq integer not null,
  tokens integer not null check (tokens >= 0),
  primary key (conversation_id, seq),
  foreign key (conversation_id, seq) references items (conversation_id, seq) on delete cascade
) strict, without rowid;

-- The last request of an answer whose input the provider counted, and what that request carried: the
-- items of its branch up to `last_seq`, and instructions and tools of so many characters.
create table context_marks (
  message_id text primary key not null references messages (id) on delete cascade,
  provider text not null,
  model text not null,
  input_tokens integer not null check (input_tokens >= 0),
  last_seq integer not null,
  fixed_chars integer not null
) strict, without rowid;
