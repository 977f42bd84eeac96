import type { Model } from '@openai/agents'

export function demoModel(): Model {
  throw new Error('not built yet')
}
