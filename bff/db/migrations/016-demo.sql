-- Calls that the demo answered: nobody is billed, and no sum mixes them with what was billed. `demo`
-- is set when the row is recorded, and every kept sum has it in its key.
drop trigger model_calls_unchanged;
alter table model_calls add column demo integer not null default 0 check (demo in (0, 1));
alter table open_calls add column demo integer not null default 0 check (demo in (0, 1));
update model_calls set demo = 1
where provider = 'demo' and (model_requested = 'tally-demo' or price ->> 'origin' = 'demo');
update open_calls set demo = 1 where provider = 'demo' and model_requested = 'tally-demo';

create trigger model_calls_unchanged before update on model_calls
when new.corrections <> old.corrections + 1
  or new.corrections <> (select count(*) from call_corrections where call_id = old.id)
  or (new.id, new.owner, new.run_id, new.conversation_id, new.purpose, new.agent, new.provider,
      new.model_requested, new.attempt, new.started_at, new.demo)
  is not (old.id, old.owner, old.run_id, old.conversation_id, old.purpose, old.agent, old.provider,
      old.model_requested, old.attempt, old.started_at, old.demo)
begin select raise(abort, 'the ledger is append-only: a change needs its correction'); end;

drop index model_calls_time;
create index model_calls_time on model_calls (owner, demo, started_at, purpose, agent, provider,
  coalesce(model_returned, model_requested), conversation_id, input_tokens, cached_input_tokens,
  cache_write_tokens, output_tokens, reasoning_tokens, cost_nano_usd, certainty);

-- Made anew from the rows.
drop table conversation_totals;
drop table conversation_days;
drop table daily_totals;

create table conversation_totals (
  owner text not null default 'local',
  conversation_id text not null,
  demo integer not null default 0 check (demo in (0, 1)),
  calls integer not null,
  input_tokens integer not null,
  cached_input_tokens integer not null,
  cache_write_tokens integer not null,
  output_tokens integer not null,
  reasoning_tokens integer not null,
  cost_nano_usd integer,
  certainty text not null check (certainty in ('reported', 'computed', 'estimated', 'unknown')),
  unpriced_calls integer not null,
  primary key (conversation_id, demo)
) strict, without rowid;

create table conversation_days (
  owner text not null default 'local',
  day text not null check (length(day) = 10),
  conversation_id text not null,
  demo integer not null default 0 check (demo in (0, 1)),
  calls integer not null,
  input_tokens integer not null,
  cached_input_tokens integer not null,
  cache_write_tokens integer not null,
  output_tokens integer not null,
  reasoning_tokens integer not null,
  cost_nano_usd integer,
  certainty text not null check (certainty in ('reported', 'computed', 'estimated', 'unknown')),
  unpriced_calls integer not null,
  primary key (owner, day, conversation_id, demo)
) strict, without rowid;

create table daily_totals (
  owner text not null default 'local',
  day text not null check (length(day) = 10),
  provider text not null,
  model text not null,
  agent text not null,
  purpose text not null,
  demo integer not null default 0 check (demo in (0, 1)),
  calls integer not null,
  input_tokens integer not null,
  cached_input_tokens integer not null,
  cache_write_tokens integer not null,
  output_tokens integer not null,
  reasoning_tokens integer not null,
  cost_nano_usd integer,
  certainty text not null check (certainty in ('reported', 'computed', 'estimated', 'unknown')),
  unpriced_calls integer not null,
  primary key (owner, day, provider, model, agent, purpose, demo)
) strict, without rowid;

insert into conversation_totals
select owner, conversation_id, demo, count(*), coalesce(sum(input_tokens), 0),
  coalesce(sum(cached_input_tokens), 0), coalesce(sum(cache_write_tokens), 0),
  coalesce(sum(output_tokens), 0), coalesce(sum(reasoning_tokens), 0), sum(cost_nano_usd),
  '["reported","computed","estimated","unknown"]' ->> max(
    case certainty when 'reported' then 0 when 'computed' then 1 when 'estimated' then 2 else 3 end),
  count(*) - count(cost_nano_usd)
from model_calls where conversation_id is not null group by conversation_id, demo;

insert into conversation_days
select owner, substr(started_at, 1, 10), coalesce(conversation_id, ''), demo, count(*),
  coalesce(sum(input_tokens), 0), coalesce(sum(cached_input_tokens), 0),
  coalesce(sum(cache_write_tokens), 0), coalesce(sum(output_tokens), 0),
  coalesce(sum(reasoning_tokens), 0), sum(cost_nano_usd),
  '["reported","computed","estimated","unknown"]' ->> max(
    case certainty when 'reported' then 0 when 'computed' then 1 when 'estimated' then 2 else 3 end),
  count(*) - count(cost_nano_usd)
from model_calls group by 1, 2, 3, 4;

insert into daily_totals
select owner, substr(started_at, 1, 10), provider, coalesce(model_returned, model_requested),
  coalesce(agent, ''), purpose, demo, count(*), coalesce(sum(input_tokens), 0),
  coalesce(sum(cached_input_tokens), 0), coalesce(sum(cache_write_tokens), 0),
  coalesce(sum(output_tokens), 0), coalesce(sum(reasoning_tokens), 0), sum(cost_nano_usd),
  '["reported","computed","estimated","unknown"]' ->> max(
    case certainty when 'reported' then 0 when 'computed' then 1 when 'estimated' then 2 else 3 end),
  count(*) - count(cost_nano_usd)
from model_calls group by 1, 2, 3, 4, 5, 6, 7;

-- Totals that were stored as JSON.
update messages set totals = json_set(totals, '$.demo', json('true'))
where totals is not null and run_id in (select run_id from model_calls where demo = 1);
update check_cards set card = json_set(card, '$.totals.demo', json('true'))
where provider = 'demo' and origin = '';

-- Results of tools: `demo` as long as only the demo has carried them.
alter table tool_uses add column demo integer not null default 0 check (demo in (0, 1));
update tool_uses set demo = 1 where run_id in (select run_id from model_calls where demo = 1);
drop index tool_uses_tool;
create index tool_uses_tool on tool_uses (name, demo, at, cost_nano_usd);

create table tool_days_with_demo (
  owner text not null default 'local',
  day text not null check (length(day) = 10),
  tool text not null,
  demo integer not null default 0 check (demo in (0, 1)),
  uses integer not null default 0,
  tokens integer not null default 0,
  reads integer not null default 0,
  unpriced_reads integer not null default 0,
  cost_nano_usd integer not null default 0,
  primary key (owner, day, tool, demo)
) strict, without rowid;

-- A day on which only the demo answered is the demo's; of any other, the uses that are still there
-- tell which part is.
insert into tool_days_with_demo
select owner, day, tool,
  day in (select day from daily_totals where demo = 1)
    and day not in (select day from daily_totals where demo = 0),
  uses, tokens, reads, unpriced_reads, cost_nano_usd
from tool_days;
drop table tool_days;
alter table tool_days_with_demo rename to tool_days;

create temporary table demo_uses as
select substr(at, 1, 10) as day, name, count(*) as uses, coalesce(sum(tokens), 0) as tokens,
  sum(reads) as reads, sum(unpriced_reads) as unpriced_reads, sum(cost_nano_usd) as cost_nano_usd
from tool_uses where demo = 1 group by 1, 2;
update tool_days set
  uses = max(0, tool_days.uses - d.uses),
  tokens = max(0, tool_days.tokens - d.tokens),
  reads = max(0, tool_days.reads - d.reads),
  unpriced_reads = max(0, tool_days.unpriced_reads - d.unpriced_reads),
  cost_nano_usd = max(0, tool_days.cost_nano_usd - d.cost_nano_usd)
from demo_uses d
where tool_days.day = d.day and tool_days.tool = d.name and tool_days.demo = 0;
insert into tool_days (day, tool, demo, uses, tokens, reads, unpriced_reads, cost_nano_usd)
select day, name, 1, uses, tokens, reads, unpriced_reads, cost_nano_usd from demo_uses where true
on conflict do nothing;
drop table demo_uses;
