// A ledger of many rows: a year of calls in two thousand conversations, with eight models, three agents,
// and a use of one of two tools for every other call.
import BetterSqlite3 from 'better-sqlite3'

const DAY_S = 86_400
const DAYS = 365
export const LEDGER_START = Date.UTC(2025, 6, 1)
export const LEDGER_DAYS = DAYS

const SUMS = `calls, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens,
  reasoning_tokens, cost_nano_usd, certainty, unpriced_calls`
const ADDED = `count(*), sum(input_tokens), sum(cached_input_tokens), sum(cache_write_tokens),
  sum(output_tokens), sum(reasoning_tokens), sum(cost_nano_usd), 'computed', 0`

export function fillWithCalls(rows) {
  return (file) => {
    const sqlite = new BetterSqlite3(file)
    sqlite.pragma('synchronous = off')
    sqlite.pragma('cache_size = -262144')
    sqlite.exec('begin')
    sqlite.exec(insertCalls(rows))
    sqlite.exec(`insert into conversation_totals (conversation_id, ${SUMS})
      select conversation_id, ${ADDED} from model_calls group by 1`)
    sqlite.exec(`insert into conversation_days (day, conversation_id, ${SUMS})
      select substr(started_at, 1, 10), conversation_id, ${ADDED} from model_calls group by 1, 2`)
    sqlite.exec(`insert into daily_totals (day, provider, model, agent, purpose, ${SUMS})
      select substr(started_at, 1, 10), provider, model_returned, agent, purpose, ${ADDED}
      from model_calls group by 1, 2, 3, 4, 5`)
    sqlite.exec(USES)
    sqlite.exec('commit')
    sqlite.exec('analyze')
    sqlite.close()
  }
}

const USES = `
  insert into conversations (id, title, title_source, agent, created_at, updated_at)
    select conversation_id, 'Bench', 'person', agent, started_at, started_at
    from model_calls order by started_at limit 1;
  insert into messages (id, conversation_id, role, status, parts, created_at)
    select 'message', id, 'assistant', 'completed', '[]', created_at from conversations;
  insert into tool_uses (conversation_id, run_id, message_id, call_id, name, status, duration_ms, at,
      tokens, reads, cost_nano_usd)
    select conversation_id, run_id, 'message', id, iif(rowid % 4 = 0, 'search', 'calculate'), 'ok', 12,
      started_at, 10 + rowid % 900, 1 + rowid % 9, (rowid * 7919) % 90001
    from model_calls where rowid % 2 = 0;
  insert into tool_days (day, tool, uses, tokens, reads, cost_nano_usd)
    select substr(at, 1, 10), name, count(*), sum(tokens), sum(reads), sum(cost_nano_usd)
    from tool_uses group by 1, 2`

function insertCalls(rows) {
  const seconds = (DAYS * DAY_S) / rows
  return `
    with recursive n (n) as (select 0 union all select n + 1 from n where n < ${rows - 1})
    insert into model_calls (id, run_id, conversation_id, purpose, agent, provider, model_requested,
      model_returned, response_id, attempt, status, started_at, ttft_ms, duration_ms, finish_reason,
      input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens,
      cost_nano_usd, certainty, price_id, price, lines, computed_nano_usd, flags, raw_usage)
    select
      printf('01900000-0002-7000-8000-%012x', n), printf('01900000-0003-7000-8000-%012x', n / 2),
      printf('01900000-0000-7000-8000-%012x', (n / 8) % 2000),
      case n % 10 when 0 then 'title' else 'chat' end,
      case n % 3 when 0 then 'assistant' when 1 then 'research' else 'writer' end,
      case when n % 8 < 5 then 'openai' else 'local' end, 'model-' || (n % 8), 'model-' || (n % 8),
      'resp_' || n, 1, 'completed',
      strftime('%Y-%m-%dT%H:%M:%fZ', ${LEDGER_START / 1000} + n * ${seconds}, 'unixepoch'),
      420, 5200, 'completed', 1200 + n % 900, n % 700, 0, 80 + n % 500, 0,
      1000000 + n % 9000000, 'computed', 'openai/model',
      '{"inputPerMTok":2000000000,"cachedInputPerMTok":500000000,"cacheWritePerMTok":null,"outputPerMTok":8000000000,"origin":"provider_list","source":"bench","effectiveFrom":null,"tier":null}',
      '[{"kind":"input","quantity":1200,"perMillion":2000000000,"amountNanoUsd":2400000},{"kind":"output","quantity":80,"perMillion":8000000000,"amountNanoUsd":640000}]',
      1000000 + n % 9000000, '[]',
      '{"input_tokens":1200,"input_tokens_details":{"cached_tokens":0},"output_tokens":80,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":1280}'
    from n`
}
