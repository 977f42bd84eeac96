-- Set when the run is about to be told it. It is not changed, removed or sent any more unless that run
-- ends without having been told.
alter table queued_messages add column claimed_at text check (length(claimed_at) = 24);
