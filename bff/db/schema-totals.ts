// The tables of stored ledger sums.
import type { Generated } from 'kysely'

export type Certainty = 'reported' | 'computed' | 'estimated' | 'unknown'

interface TotalsColumns {
  /** Part of the key: demo calls have separate sums. */
  demo: Generated<number>
  calls: number
  input_tokens: number
  cached_input_tokens: number
  cache_write_tokens: number
  output_tokens: number
  reasoning_tokens: number
  cost_nano_usd: number | null
  certainty: Certainty
  unpriced_calls: number
}

export interface ConversationTotalsTable extends TotalsColumns {
  conversation_id: string
  owner: Generated<string>
  /** Kept by triggers, also when the conversation is purged. */
  folder_id: Generated<string | null>
}

export interface DailyTotalsTable extends TotalsColumns {
  owner: Generated<string>
  day: string
  provider: string
  model: string
  agent: string
  purpose: string
}

export interface ConversationDaysTable extends TotalsColumns {
  owner: Generated<string>
  day: string
  conversation_id: string
}
