// The SDK's agent of one run: a definition, the run's settings, and a guarded model that delivers
// under this agent's name. Agents are made per run because their models are; tools are shared.
import { Agent, type AgentInputItem } from '@openai/agents'
import type { ConversationSettings } from '#shared/api.ts'
import { afterHistory } from './prepend-history.ts'
import type { AgentParts } from './agent-parts.ts'
import type { AgentDefinition } from './define-agent.ts'
import type { RunScope } from './define-tool.ts'
import { GuardedModel } from '../upstream/guarded-model.ts'
import { modelSettings } from './model-settings.ts'
import type { ToolRuns } from './tool-runs.ts'
import type { AgentRun } from '../upstream/types.ts'

export interface Outlets {
  tools: ToolRuns
  stop: AbortSignal
}

export function buildAgent(
  definition: AgentDefinition,
  run: AgentRun,
  parts: AgentParts,
  history: AgentInputItem[],
  outlets: Outlets,
): Agent<RunScope> {
  const { name } = definition
  const { tools, stop } = outlets
  const model = new GuardedModel(parts.createModel(run.target, run.idleTimeoutMs), {
    target: run.target,
    ledger: run.ledger,
    runId: run.runId,
    conversationId: run.conversationId,
    purpose: 'chat',
    agent: name,
    idleTimeoutMs: run.idleTimeoutMs,
    answerTimeoutMs: run.answerTimeoutMs,
    maxCallMs: parts.maxCallMs,
    firstRetryMs: parts.firstRetryMs,
    streamed: true,
    fallbacks: parts.fallbacksOf(run.target),
    sink: {
      emit: run.emit,
      storeItems: run.storeItems,
      onToolReady: (callId, toolName) => tools.announce(callId, { agent: name, name: toolName }),
    },
    stop,
    counting: run.counting,
  })
  return new Agent<RunScope>({
    name,
    instructions: instructionsOf(definition, run.settings),
    model: afterHistory(model, history),
    modelSettings: modelSettings(run.settings, run.target),
    tools: definition.tools,
    handoffs: definition.handoffs.map((to) => buildAgent(to, run, parts, history, outlets)),
    handoffDescription: definition.description,
  })
}

export function instructionsOf(
  { prompt }: AgentDefinition,
  { instructions = '' }: ConversationSettings,
): string {
  return [prompt, instructions].join('\n\n').trim()
}
