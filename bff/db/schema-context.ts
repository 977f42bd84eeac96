// The tables about the content of requests.
import type { Generated } from 'kysely'

export interface ItemTokensTable {
  conversation_id: string
  seq: number
  tokens: number
}

export interface ContextSnapshotsTable {
  message_id: string
  provider: string
  model: string
  input_tokens: number
  last_seq: number
  fixed_chars: number
  /** JSON: an array of [message id, call id]. */
  dropped: Generated<string>
  /** The tokens that were sent, estimated. Null: nothing was left out. */
  fitted_tokens: number | null
  left_out_messages: Generated<number>
  short_results: Generated<number>
  /** How much less it carried because of a summary. */
  summary_tokens: Generated<number>
}

export interface SummariesTable {
  id: string
  conversation_id: string
  message_id: string
  text: string
  messages: number
  replaced_tokens: number
  original_tokens: number
  tokens: number
  automatic: 0 | 1
  provider: string
  model: string
  demo: 0 | 1
  cost_nano_usd: number | null
  lost_cache_nano_usd: number | null
  cached: 0 | 1
  created_at: string
  edited_at: string | null
  undone_at: string | null
}

export interface ToolUsesTable {
  id: Generated<number>
  conversation_id: string
  run_id: string
  message_id: string
  call_id: string
  name: string
  status: 'ok' | 'failed' | 'unknown'
  duration_ms: number | null
  at: string
  tokens: Generated<number | null>
  reads: Generated<number>
  unpriced_reads: Generated<number>
  cost_nano_usd: Generated<number>
  dropped_at: Generated<string | null>
  /** 1 while only demo requests have carried it. */
  demo: Generated<number>
  /** 1 if it belongs to a copied answer: the original is what sums count. */
  copied: Generated<0 | 1>
}

export interface ToolDaysTable {
  owner: Generated<string>
  day: string
  tool: string
  demo: Generated<number>
  uses: Generated<number>
  tokens: Generated<number>
  reads: Generated<number>
  unpriced_reads: Generated<number>
  cost_nano_usd: Generated<number>
}
