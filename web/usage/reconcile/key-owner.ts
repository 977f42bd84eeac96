// Matches a bill to the provider of the ledger that it is from.
import type { Source } from './columns.ts'
import { t } from '#shared/translate.ts'

export type Biller = Source | 'openai'

const NAMES: Record<Biller, string> = {
  openrouter: 'OpenRouter',
  litellm: 'LiteLLM',
  openai: 'OpenAI',
  other: t`File`,
}

export function billerName(biller: Biller): string {
  return NAMES[biller]
}

/** Returns the one provider whose name contains the biller's; null (all providers) if none or several do. */
export function providerOf(biller: Biller, providers: string[]): string | null {
  const alike = providers.filter((name) => name.toLowerCase().includes(biller))
  const [only, ...more] = alike
  return only !== undefined && more.length === 0 ? only : null
}
