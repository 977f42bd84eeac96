// The tables of the user's settings.
import type { Generated } from 'kysely'

/** `definition` is a SetPrice as JSON. */
export interface PriceOverridesTable {
  id: string
  owner: Generated<string>
  version: number
  created_at: string
  definition: string
}

export interface BudgetsTable {
  owner: Generated<string>
  scope: 'run' | 'conversation' | 'day' | 'month'
  limit_nano_usd: number | null
  limit_tokens: number | null
}

/** `models` and `model_patterns` are JSON arrays of names. */
export interface ProvidersTable {
  id: string
  owner: Generated<string>
  name: string
  base_url: string
  api: 'responses' | 'chat_completions'
  default_model: string | null
  models: string
  model_patterns: string
  max_retries: number
  created_at: string
}

export interface ContextWindowsTable {
  owner: Generated<string>
  provider: string
  model: string
  tokens: number
}

export interface AppSettingsTable {
  owner: Generated<string>
  summarize_above_percent: number | null
  instructions: string | null
  favorite_models: Generated<string>
  language: string | null
}

export interface PromptsTable {
  id: string
  owner: Generated<string>
  name: string
  text: string
  created_at: string
  updated_at: string
}

export interface DefaultModelsTable {
  owner: Generated<string>
  provider: string
  model: string
}

// The state of the storage itself.

/** What the storage knows of itself. */
export interface StorageTable {
  name: string
  value: string
}
