-- What was under way when the process died is estimated afterwards: one more reason for a correction.
create table corrections_with_recovered (
  id text primary key not null,
  call_id text not null references model_calls (id),
  at text not null check (length(at) = 24),
  reason text not null check (reason in
    ('reprice', 'undo', 'finished_counting', 'provider_lookup', 'recovered')),
  batch_id text,
  before text not null check (json_valid(before)),
  after text not null check (json_valid(after))
) strict;
insert into corrections_with_recovered
  select id, call_id, at, reason, batch_id, before, after from call_corrections;

drop trigger model_calls_unchanged;
drop table call_corrections;
alter table corrections_with_recovered rename to call_corrections;

create index call_corrections_call on call_corrections (call_id);
create index call_corrections_batch on call_corrections (batch_id, id) where batch_id is not null;

create trigger call_corrections_unchanged before update on call_corrections
begin select raise(abort, 'corrections are append-only'); end;
create trigger call_corrections_kept before delete on call_corrections
begin select raise(abort, 'corrections are append-only'); end;

create trigger model_calls_unchanged before update on model_calls
when new.corrections <> old.corrections + 1
  or new.corrections <> (select count(*) from call_corrections where call_id = old.id)
  or (new.id, new.owner, new.run_id, new.conversation_id, new.purpose, new.agent, new.provider,
      new.model_requested, new.attempt, new.started_at)
  is not (old.id, old.owner, old.run_id, old.conversation_id, old.purpose, old.agent, old.provider,
      old.model_requested, old.attempt, old.started_at)
begin select raise(abort, 'the ledger is append-only: a change needs its correction'); end;
