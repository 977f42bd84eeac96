// Finds the columns of a file. Their names differ between providers and exports, so they are compared
// without case, spaces and punctuation.
import { t } from '#shared/translate.ts'

export interface Columns {
  time: string
  model: string
  cost: string
  /** What the upstream billed directly, when the router's own amount is only its fee. */
  ownKeyCost: string | null
  calls: string | null
  inputTokens: string | null
  outputTokens: string | null
}

export type Source = 'openrouter' | 'litellm' | 'other'

const SPELLINGS = {
  time: ['created_at', 'startTime', 'date', 'timestamp', 'day'],
  model: ['model_permaslug', 'model', 'model_slug', 'model_name', 'model_group'],
  cost: ['cost_total', 'total_cost', 'spend', 'usage', 'cost', 'cost_usd', 'spend_usd'],
  ownKeyCost: ['byok_usage_inference'],
  calls: ['requests', 'api_requests', 'num_requests', 'calls'],
  inputTokens: ['tokens_prompt', 'prompt_tokens', 'input_tokens'],
  outputTokens: ['tokens_completion', 'completion_tokens', 'output_tokens'],
}
const MAX_SHOWN = 12

/** Throws an error that lists the columns found and the ones needed. */
export function columnsOf(names: string[]): Columns {
  const byPlain = new Map(names.map((name) => [plain(name), name]))
  const find = (what: keyof typeof SPELLINGS): string | null => {
    for (const spelling of SPELLINGS[what]) {
      const name = byPlain.get(plain(spelling))
      if (name !== undefined) return name
    }
    return null
  }
  const [time, model, cost] = [find('time'), find('model'), find('cost')]
  if (time === null || model === null || cost === null) throw new Error(unknown(names))
  return {
    time,
    model,
    cost,
    ownKeyCost: find('ownKeyCost'),
    calls: find('calls'),
    inputTokens: find('inputTokens'),
    outputTokens: find('outputTokens'),
  }
}

export function sourceOf({ cost, model }: Columns): Source {
  if (plain(cost) === 'costtotal' || plain(model) === 'modelpermaslug') return 'openrouter'
  return plain(cost) === 'spend' ? 'litellm' : 'other'
}

function unknown(names: string[]): string {
  const found = names.map((name) => name.trim()).filter((name) => name !== '')
  const shown = found.slice(0, MAX_SHOWN).join(', ')
  const needed = t`Needed are a time (created_at, startTime or date), a model (model_permaslug or model) and an amount (cost_total, spend or usage).`
  if (found.length === 0) return `${t`This file has no columns.`} ${needed}`
  if (found.length <= MAX_SHOWN) return `${t`This file has the columns ${shown}.`} ${needed}`
  const more = found.length - MAX_SHOWN
  return `${t`This file has the columns ${shown} and ${more} more.`} ${needed}`
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z\d]/g, '')
}
