-- What usage is filtered and added up by, so that no row of the ledger itself is read for it: a row
-- with its price and its raw usage is ten times as long.
drop index model_calls_time;
create index model_calls_time on model_calls (owner, started_at, purpose, agent, provider,
  coalesce(model_returned, model_requested), conversation_id, input_tokens, cached_input_tokens,
  cache_write_tokens, output_tokens, reasoning_tokens, cost_nano_usd, certainty);
