// Common providers with their addresses.
import type { ApiKind } from '#shared/api.ts'
import { t } from '#shared/translate.ts'

export interface Preset {
  label: string
  /** The suggested name. */
  name: string
  baseUrl: string
  api: ApiKind
  keyHint: string
  /** Tally finds it when it runs on this computer. */
  isLocal?: true
}

const NO_KEY = t`Leave blank unless the server was started with one.`

export const PRESETS: Preset[] = [
  {
    label: 'OpenAI',
    name: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    api: 'responses',
    keyHint: t`Make one at platform.openai.com.`,
  },
  {
    label: 'OpenRouter',
    name: 'openrouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    api: 'chat_completions',
    keyHint: t`Make one at openrouter.ai.`,
  },
  {
    label: 'Ollama',
    name: 'ollama',
    baseUrl: 'http://127.0.0.1:11434/v1',
    api: 'chat_completions',
    keyHint: NO_KEY,
    isLocal: true,
  },
  {
    label: t`LM Studio`,
    name: 'lm-studio',
    baseUrl: 'http://127.0.0.1:1234/v1',
    api: 'chat_completions',
    keyHint: NO_KEY,
    isLocal: true,
  },
  {
    label: 'vLLM',
    name: 'vllm',
    baseUrl: 'http://127.0.0.1:8000/v1',
    api: 'chat_completions',
    keyHint: NO_KEY,
    isLocal: true,
  },
  {
    label: 'LiteLLM',
    name: 'litellm',
    baseUrl: 'http://127.0.0.1:4000/v1',
    api: 'chat_completions',
    keyHint: t`The master key of your proxy, or a virtual key.`,
  },
  {
    label: t`Other`,
    name: '',
    baseUrl: '',
    api: 'chat_completions',
    keyHint: t`Leave blank if the server needs none.`,
  },
]

/** Returns the name, or the first free one like `ollama-2`. */
export function freeName(name: string, taken: string[]): string {
  if (name === '') return ''
  const used = new Set(taken.map((one) => one.toLowerCase()))
  let free = name
  for (let count = 2; used.has(free); count += 1) free = `${name}-${count}`
  return free
}
