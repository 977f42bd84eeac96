-- What the provider called the request itself, in a header: the only name that a refused one has.
alter table model_calls add column request_id text;
