-- A ledger row changes only together with a row here that says what it was before and why: the
-- trigger lets a change through when its correction is there already and is counted.
create table call_corrections (
  id text primary key not null,
  call_id text not null references model_calls (id),
  at text not null check (length(at) = 24),
  reason text not null check (reason in ('reprice', 'undo', 'finished_counting', 'provider_lookup')),
  -- What was corrected together, and can be undone together.
  batch_id text,
  -- The fields that changed, named as in ModelCall.
  before text not null check (json_valid(before)),
  after text not null check (json_valid(after))
) strict;

create index call_corrections_call on call_corrections (call_id);
create index call_corrections_batch on call_corrections (batch_id, id) where batch_id is not null;

create trigger call_corrections_unchanged before update on call_corrections
begin select raise(abort, 'corrections are append-only'); end;
create trigger call_corrections_kept before delete on call_corrections
begin select raise(abort, 'corrections are append-only'); end;

alter table model_calls add column corrections integer not null default 0;

drop trigger model_calls_unchanged;
create trigger model_calls_unchanged before update on model_calls
when new.corrections <> old.corrections + 1
  or new.corrections <> (select count(*) from call_corrections where call_id = old.id)
  or (new.id, new.owner, new.run_id, new.conversation_id, new.purpose, new.agent, new.provider,
      new.model_requested, new.attempt, new.started_at)
  is not (old.id, old.owner, old.run_id, old.conversation_id, old.purpose, old.agent, old.provider,
      old.model_requested, old.attempt, old.started_at)
begin select raise(abort, 'the ledger is append-only: a change needs its correction'); end;

-- Whether a sum holds an estimate is asked when a row of it is corrected.
create index model_calls_estimated on model_calls (owner, started_at) where certainty = 'estimated';
