-- What a row held when it was stored, as a checksum (bff/db/checksum.ts); null: stored before there were
-- checksums, and not filled in yet.
alter table messages add column checksum integer;
alter table items add column checksum integer;
alter table run_events add column checksum integer;
alter table model_calls add column checksum integer;

-- A row of the ledger may get its first checksum, and nothing else, without a correction.
drop trigger model_calls_unchanged;
create trigger model_calls_unchanged before update on model_calls
when not (old.checksum is null and new.checksum is not null and
    (new.id, new.owner, new.run_id, new.conversation_id, new.purpose, new.agent, new.provider,
      new.model_requested, new.model_returned, new.response_id, new.attempt, new.service_tier,
      new.status, new.started_at, new.ttft_ms, new.duration_ms, new.finish_reason,
      new.input_tokens, new.cached_input_tokens, new.cache_write_tokens, new.output_tokens,
      new.reasoning_tokens, new.cost_nano_usd, new.certainty, new.price_id, new.price, new.lines,
      new.computed_nano_usd, new.flags, new.raw_usage, new.corrections, new.request_id, new.demo)
    is (old.id, old.owner, old.run_id, old.conversation_id, old.purpose, old.agent, old.provider,
      old.model_requested, old.model_returned, old.response_id, old.attempt, old.service_tier,
      old.status, old.started_at, old.ttft_ms, old.duration_ms, old.finish_reason,
      old.input_tokens, old.cached_input_tokens, old.cache_write_tokens, old.output_tokens,
      old.reasoning_tokens, old.cost_nano_usd, old.certainty, old.price_id, old.price, old.lines,
      old.computed_nano_usd, old.flags, old.raw_usage, old.corrections, old.request_id, old.demo))
  and (new.corrections <> old.corrections + 1
  or new.corrections <> (select count(*) from call_corrections where call_id = old.id)
  or (new.id, new.owner, new.run_id, new.conversation_id, new.purpose, new.agent, new.provider,
      new.model_requested, new.attempt, new.started_at, new.demo)
  is not (old.id, old.owner, old.run_id, old.conversation_id, old.purpose, old.agent, old.provider,
      old.model_requested, old.attempt, old.started_at, old.demo))
begin select raise(abort, 'the ledger is append-only: a change needs its correction'); end;
