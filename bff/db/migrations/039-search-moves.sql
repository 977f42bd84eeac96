-- Ranges of keys in a new partition of the search, whose messages are queued a few at a time to be indexed anew.
create table search_moves (
  from_key integer primary key,
  end_key integer not null
) strict;
