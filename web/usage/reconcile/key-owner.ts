// Who made a bill, and which provider of the ledger it is about.
import type { Source } from './columns.ts'

export type Biller = Source | 'openai'

const NAMES: Record<Biller, string> = {
  openrouter: 'OpenRouter',
  litellm: 'LiteLLM',
  openai: 'OpenAI',
  other: 'The file',
}

export function billerName(biller: Biller): string {
  return NAMES[biller]
}

/** The one provider that is called like it; null: all of them, where none or several are. */
export function providerOf(biller: Biller, providers: string[]): string | null {
  const alike = providers.filter((name) => name.toLowerCase().includes(biller))
  const [only, ...more] = alike
  return only !== undefined && more.length === 0 ? only : null
}
