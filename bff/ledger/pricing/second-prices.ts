// A second opinion on the price book: prices from other public sources, each with the date it was
// read, in dollars per million tokens. Requests are never priced by them; a disagreement with the
// book on that date is shown to the user.

export interface SecondPrice {
  provider: string
  model: string
  input: string
  /** Omitted if the source does not say. */
  cachedInput?: string
  cacheWrite?: string
  output: string
  source: string
  date: string
}

/** Model, input, cached input, cache write, output. */
type Row = [model: string, input: string, cached: string | null, write: string | null, out: string]

function rows(provider: string, source: string, date: string, table: Row[]): SecondPrice[] {
  return table.map(([model, input, cachedInput, cacheWrite, output]) => ({
    provider,
    model,
    input,
    ...(cachedInput === null ? {} : { cachedInput }),
    ...(cacheWrite === null ? {} : { cacheWrite }),
    output,
    source,
    date,
  }))
}

const LITELLM = 'LiteLLM price table'

export const SECOND_PRICES: SecondPrice[] = [
  ...rows('openai', LITELLM, '2026-07-24', [
    ['gpt-4o', '2.5', '1.25', null, '10'],
    ['gpt-4o-mini', '0.15', '0.075', null, '0.6'],
    ['gpt-4.1', '2', '0.5', null, '8'],
    ['gpt-4.1-mini', '0.4', '0.1', null, '1.6'],
    ['gpt-4.1-nano', '0.1', '0.025', null, '0.4'],
    ['o3', '2', '0.5', null, '8'],
    ['o4-mini', '1.1', '0.275', null, '4.4'],
    ['gpt-5', '1.25', '0.125', null, '10'],
    ['gpt-5-mini', '0.25', '0.025', null, '2'],
    ['gpt-5-nano', '0.05', '0.005', null, '0.4'],
    ['gpt-5-pro', '15', null, null, '120'],
    ['gpt-5.1', '1.25', '0.125', null, '10'],
    ['gpt-5.2', '1.75', '0.175', null, '14'],
    ['gpt-5.4', '2.5', '0.25', null, '15'],
    ['gpt-5.4-mini', '0.75', '0.075', null, '4.5'],
    ['gpt-5.5', '5', '0.5', null, '30'],
    ['gpt-5.5-pro', '30', '3', null, '180'],
    ['gpt-5.6-luna', '1', '0.1', '1.25', '6'],
    ['gpt-5.6-sol', '5', '0.5', '6.25', '30'],
    ['gpt-5.6-terra', '2.5', '0.25', '3.125', '15'],
  ]),
  ...rows('anthropic', LITELLM, '2026-07-24', [
    ['claude-haiku-4-5', '1', '0.1', '1.25', '5'],
    ['claude-opus-4-1', '15', '1.5', '18.75', '75'],
    ['claude-opus-4-5', '5', '0.5', '6.25', '25'],
    ['claude-opus-4-6', '5', '0.5', '6.25', '25'],
    ['claude-opus-4-7', '5', '0.5', '6.25', '25'],
    ['claude-sonnet-4-5', '3', '0.3', '3.75', '15'],
    ['claude-sonnet-4-6', '3', '0.3', '3.75', '15'],
    ['claude-sonnet-5', '2', '0.2', '2.5', '10'],
  ]),
  ...rows('google', 'ai-wish-generator 3.2.0, list of Gemini prices', '2026-04-19', [
    ['gemini-2.5-flash', '0.3', null, null, '2.5'],
    ['gemini-2.5-flash-lite', '0.1', null, null, '0.4'],
    ['gemini-2.5-pro', '1.25', null, null, '10'],
    ['gemini-3-flash-preview', '0.5', null, null, '3'],
    ['gemini-3.1-flash-lite-preview', '0.25', null, null, '1.5'],
    ['gemini-3.1-pro-preview', '2', null, null, '12'],
  ]),
  ...rows('x-ai', 'APIYI, list prices compared with xAI’s', '2026-07-13', [
    ['grok-4.3', '1.25', '0.2', null, '2.5'],
    ['grok-4.5', '2', '0.5', null, '6'],
    ['grok-build-0.1', '1', null, null, '2'],
  ]),
  ...rows('deepseek', 'DeepSeek, Models & Pricing', '2026-08-14', [
    ['deepseek-v4-flash', '0.14', '0.0028', null, '0.28'],
    ['deepseek-v4-pro', '0.435', '0.003625', null, '0.87'],
  ]),
  ...rows('mistral', 'Puter, Mistral API pricing', '2026-06-30', [
    ['codestral-latest', '0.3', null, null, '0.9'],
    ['mistral-large-2512', '0.5', null, null, '1.5'],
    ['mistral-large-latest', '0.5', null, null, '1.5'],
    ['mistral-medium-latest', '1.5', null, null, '7.5'],
    ['mistral-small-latest', '0.1', null, null, '0.3'],
  ]),
  ...rows('groq', 'aicost 0.2.4, Groq table', '2026-11-20', [
    ['llama-3.1-8b-instant', '0.05', null, null, '0.08'],
    ['llama-3.3-70b-versatile', '0.59', null, null, '0.79'],
    ['openai/gpt-oss-20b', '0.075', null, null, '0.3'],
    ['openai/gpt-oss-120b', '0.15', '0.075', null, '0.6'],
    ['qwen/qwen3-32b', '0.29', null, null, '0.59'],
  ]),
]
