-- So that a conversation whose answer was lost is not made twice.
alter table conversations add column idempotency_key text;
alter table conversations add column request_hash text
  check ((idempotency_key is null) = (request_hash is null));

create unique index conversations_once on conversations (owner, idempotency_key)
  where idempotency_key is not null;
