// The tables as TypeScript types; migrations/ has the SQL. JSON columns are text here, parsed by their
// readers.
import type { Generated, Selectable } from 'kysely'
import type {
  ContextSnapshotsTable,
  ItemTokensTable,
  SummariesTable,
  ToolDaysTable,
  ToolUsesTable,
} from './schema-context.ts'
import type { ConversationsTable, FoldersTable } from './schema-conversations.ts'
import type {
  BudgetsTable,
  ContextWindowsTable,
  AppSettingsTable,
  DefaultModelsTable,
  PriceOverridesTable,
  PromptsTable,
  ProvidersTable,
} from './schema-settings.ts'
import type {
  Certainty,
  ConversationDaysTable,
  ConversationTotalsTable,
  DailyTotalsTable,
} from './schema-totals.ts'
import type { FilesTable, FileUsesTable } from './schema-files.ts'
import type { QueuedMessagesTable } from './schema-queue.ts'
import type { MessageDeletionsTable } from './schema-messages.ts'
import type { ImportedMessagesTable, ImportsTable } from './schema-imports.ts'
import type { NestedItemsTable, RulesTable, ToolOutputsTable, WaitsTable } from './schema-waits.ts'
import type { StorageTable } from './schema-settings.ts'
import type { SearchTables } from './schema-search.ts'

export interface Schema extends SearchTables {
  conversations: ConversationsTable
  folders: FoldersTable
  messages: MessagesTable
  message_deletions: MessageDeletionsTable
  items: ItemsTable
  item_tokens: ItemTokensTable
  context_marks: ContextSnapshotsTable
  summaries: SummariesTable
  tool_uses: ToolUsesTable
  tool_days: ToolDaysTable
  runs: RunsTable
  run_events: RunEventsTable
  run_journal: RunJournalTable
  model_calls: ModelCallsTable
  call_corrections: CallCorrectionsTable
  call_lookups: CallLookupsTable
  price_overrides: PriceOverridesTable
  price_batches: PriceBatchesTable
  budgets: BudgetsTable
  call_prefixes: CallPrefixesTable
  call_reuse: CallReuseTable
  check_cards: CheckReportsTable
  providers: ProvidersTable
  context_windows: ContextWindowsTable
  default_models: DefaultModelsTable
  prompts: PromptsTable
  app_settings: AppSettingsTable
  open_calls: OpenCallsTable
  conversation_totals: ConversationTotalsTable
  daily_totals: DailyTotalsTable
  conversation_days: ConversationDaysTable
  storage: StorageTable
  waits: WaitsTable
  queued_messages: QueuedMessagesTable
  rules: RulesTable
  nested_items: NestedItemsTable
  tool_outputs: ToolOutputsTable
  files: FilesTable
  file_uses: FileUsesTable
  imports: ImportsTable
  imported_messages: ImportedMessagesTable
}

type RunStatus = 'running' | 'completed' | 'stopped' | 'failed' | 'interrupted'

export interface MessagesTable {
  number: Generated<number>
  id: string
  conversation_id: string
  parent_id: string | null
  role: 'user' | 'assistant'
  status: RunStatus
  parts: string
  created_at: string
  run_id: string | null
  agent: string | null
  provider: string | null
  model: string | null
  totals: string | null
  checksum: Generated<number | null>
  /** The deletion that hides it. */
  deletion_id: Generated<string | null>
}

export interface ItemsTable {
  conversation_id: string
  seq: number
  message_id: string
  item: string
  checksum: Generated<number | null>
}

export interface RunsTable {
  id: string
  owner: Generated<string>
  conversation_id: string
  message_id: string
  user_message_id: string
  status: RunStatus
  agent: string
  provider: string
  model: string
  last_seq: Generated<number>
  idempotency_key: string | null
  request_hash: string | null
  created_at: string
  ended_at: string | null
  trimmed_at: Generated<string | null>
  superseded_at: Generated<string | null>
  time_zone: Generated<string>
  /** The run that made the requests, if this is a copy of it. */
  copy_of: Generated<string | null>
}

export interface RunEventsTable {
  run_id: string
  seq: number
  type: string
  data: string
  checksum: Generated<number | null>
}

export type RunEventsRow = Selectable<RunEventsTable>

/** `events` is a JSON array of [runId, seq, type, data]. */
export interface RunJournalTable {
  number: number
  events: string
}

/** One column per field of `ModelCall`; `price`, `lines`, `flags` and `raw_usage` are JSON. */
export interface ModelCallsTable {
  id: string
  owner: Generated<string>
  run_id: string | null
  conversation_id: string | null
  purpose: string
  agent: string | null
  provider: string
  model_requested: string
  model_returned: string | null
  response_id: string | null
  attempt: number
  service_tier: string | null
  status: 'completed' | 'stopped' | 'failed'
  started_at: string
  ttft_ms: number | null
  duration_ms: number
  finish_reason: string | null
  input_tokens: number | null
  cached_input_tokens: number | null
  cache_write_tokens: number | null
  output_tokens: number | null
  reasoning_tokens: number | null
  cost_nano_usd: number | null
  certainty: Certainty
  price_id: string | null
  price: string | null
  lines: string | null
  computed_nano_usd: number | null
  flags: string | null
  raw_usage: string | null
  /** The number of its rows in `call_corrections`. */
  corrections: Generated<number>
  request_id: string | null
  /** 1 if the demo answered: not billed. */
  demo: Generated<number>
  checksum: Generated<number | null>
}

/** `before` and `after` are the changed fields of a `ModelCall` as JSON. */
export interface CallLookupsTable {
  call_id: string
  origin: string
  tries: number
  due_at: string
  since: string
}

export interface CallCorrectionsTable {
  id: string
  call_id: string
  at: string
  reason: 'reprice' | 'undo' | 'finished_counting' | 'provider_lookup' | 'recovered'
  batch_id: string | null
  before: string
  after: string
}

/** `filter` is a RepriceFilter as JSON. */
export interface PriceBatchesTable {
  id: string
  owner: Generated<string>
  at: string
  status: 'running' | 'done' | 'undoing' | 'undone' | 'interrupted'
  filter: string
  changed: Generated<number>
  kept: Generated<number>
}

/** `card` is a CheckCard as JSON. */
export interface CheckReportsTable {
  owner: Generated<string>
  provider: string
  origin: string
  model: string
  at: string
  card: string
}

export interface CallPrefixesTable {
  number: Generated<number>
  call_id: string
  conversation_id: string
  prefix: string
}

export interface CallReuseTable {
  call_id: string
  conversation_id: string
  change: string | null
  changed_number: number | null
  gap_ms: number | null
  previous_tokens: number | null
  common_tokens: number | null
}

export interface OpenCallsTable {
  id: string
  owner: Generated<string>
  run_id: string | null
  conversation_id: string | null
  purpose: string
  agent: string | null
  provider: string
  model_requested: string
  attempt: number
  started_at: string
  demo: Generated<number>
}
