// What a run is made of besides its arguments. Tests bring their own models and agents.
import type { Model } from '@openai/agents'
import { demoFetch, type DemoPace } from './demo/demo-wire.ts'
import type { AgentDefinition } from './define-agent.ts'
import { findAgent } from './registry.ts'
import type { Remedy } from './remedies.ts'
import { FIRST_RETRY_MS } from './retry.ts'
import type { ModelTarget } from './types.ts'
import { upstreamModel } from './upstream-model.ts'

export interface AgentParts {
  findAgent(name: string): AgentDefinition | undefined
  createModel(target: ModelTarget, idleTimeoutMs: number): Model
  firstRetryMs: number
  /** By default as long as any request may take. */
  maxCallMs?: number
  /** What was learned about a model while Tally runs. */
  remediesOf(target: ModelTarget): Set<Remedy>
}

export function createAgentParts(demoPace?: DemoPace): AgentParts {
  const learned = new Map<string, Set<Remedy>>()
  return {
    findAgent,
    createModel: (target, idleTimeoutMs) =>
      target.kind === 'demo'
        ? upstreamModel(inside(target), idleTimeoutMs, demoFetch(demoPace))
        : upstreamModel(target, idleTimeoutMs),
    firstRetryMs: FIRST_RETRY_MS,
    remediesOf: ({ provider, model }) => {
      const key = JSON.stringify([provider, model])
      const remedies = learned.get(key) ?? new Set<Remedy>()
      learned.set(key, remedies)
      return remedies
    },
  }
}

/** The demo is asked inside the process, on the Chat API; the address is never looked up. */
function inside(target: ModelTarget): ModelTarget {
  return { ...target, baseUrl: 'http://demo.invalid/v1', api: 'chat_completions' }
}

export const realParts: AgentParts = createAgentParts()
