-- What the storage knows of itself: `opened` is the mark of the process that opened it last.
create table storage (
  name text primary key not null,
  value text not null
) strict, without rowid;
