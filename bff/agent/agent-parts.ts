// What a run is made of besides its arguments. Tests bring their own models and agents.
import type { Model } from '@openai/agents'
import { demoModel } from './demo/demo-model.ts'
import type { AgentDefinition } from './define-agent.ts'
import { findAgent } from './registry.ts'
import { FIRST_RETRY_MS } from './retry.ts'
import type { ModelTarget } from './types.ts'
import { upstreamModel } from './upstream-model.ts'

export interface AgentParts {
  findAgent(name: string): AgentDefinition | undefined
  createModel(target: ModelTarget, idleTimeoutMs: number): Model
  firstRetryMs: number
}

export const realParts: AgentParts = {
  findAgent,
  createModel: (target, idleTimeoutMs) =>
    target.kind === 'demo' ? demoModel() : upstreamModel(target, idleTimeoutMs),
  firstRetryMs: FIRST_RETRY_MS,
}
