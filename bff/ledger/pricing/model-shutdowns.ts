// The days from which makers no longer answer requests to a model. The price book keeps such models and
// marks few of them. Read from the deprecation pages of the makers on 2026-12-01.
type Shutdowns = Record<string, Record<string, string>>

/** By maker, then by day. */
const SHUTDOWNS: Shutdowns = {
  openai: {
    '2024-09-13': 'gpt-3.5-0301 gpt-3.5-turbo-0613 gpt-3.5-turbo-16k',
    '2025-06-06': 'gpt-4-32k',
    '2025-07-14': 'gpt-4.5-preview',
    '2025-07-28': 'o1-preview',
    '2025-10-27': 'o1-mini',
    '2026-02-12': 'codex-mini',
    '2026-02-17': 'chatgpt-4o-latest',
    '2026-07-23': 'gpt-5.1-codex-mini',
    '2026-09-28': 'gpt-3.5-turbo-1106',
    '2026-10-23':
      'gpt-3.5-turbo gpt-4 gpt-4-turbo gpt-4.1-nano gpt-4o-2024-05-13 o1 o1-pro o3-mini o4-mini',
    '2026-12-11': 'gpt-5 gpt-5-mini gpt-5-nano gpt-5-pro o3 o3-pro',
    '2027-01-14': 'gpt-4o gpt-4o-mini gpt-4.1 gpt-4.1-mini',
    '2027-04-01': 'gpt-5.1 gpt-5.4-nano',
  },
  anthropic: {
    '2025-07-21': 'claude-3-sonnet',
    '2025-10-28': 'claude-3-5-sonnet',
    '2026-01-05': 'claude-3-opus-latest',
    '2026-02-19': 'claude-3-7-sonnet-latest claude-3-5-haiku-latest',
    '2026-04-20': 'claude-3-haiku',
    '2026-06-15': 'claude-opus-4-0 claude-sonnet-4-0',
    '2026-08-05': 'claude-opus-4-1',
    '2026-11-30': 'claude-sonnet-4-5',
    '2027-01-22': 'claude-opus-4-5',
  },
  google: {
    '2025-02-15': 'gemini-pro',
    '2025-09-29':
      'gemini-1.5-flash gemini-1.5-pro gemini-flash-1.5 gemini-flash-1.5-8b gemini-pro-1.5',
    '2026-03-09': 'gemini-3-pro-preview',
    '2026-06-01': 'gemini-2.0-flash gemini-2.0-flash-lite',
    '2026-12-01': 'gemini-2.5-flash gemini-2.5-pro',
  },
  'x-ai': {
    '2026-05-15':
      'grok-3 grok-4-0709 grok-4-fast-reasoning grok-4-fast-non-reasoning grok-4-1-fast-reasoning grok-4-1-fast-non-reasoning grok-code-fast-1',
    '2026-11-19': 'grok-build-0.1',
  },
  moonshotai: {
    '2026-08-31': 'kimi-k2.5 moonshot-v1-8k moonshot-v1-32k moonshot-v1-128k',
  },
}

const DAYS = new Map(
  Object.entries(SHUTDOWNS).flatMap(([maker, byDay]) =>
    Object.entries(byDay).flatMap(([day, models]) =>
      models.split(' ').map((model): [string, string] => [`${maker}/${model}`, day]),
    ),
  ),
)

/** The models with a known shutdown, as maker/model. */
export const SHUT_DOWN_MODELS: string[] = [...DAYS.keys()]

/** Returns true if the maker no longer answers requests to this model. `model` is its name in the book. */
export function isShutDown(maker: string, model: string, now: Date): boolean {
  const day = DAYS.get(`${maker}/${model}`)
  return day !== undefined && day <= now.toISOString().slice(0, 10)
}
