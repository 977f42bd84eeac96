// The SDK's agent of one run: a definition, the run's settings, and a guarded model that delivers
// under this agent's name. Agents are made per run because their models are; tools are shared.
import { Agent, type AgentInputItem } from '@openai/agents'
import type { ConversationSettings } from '#shared/api.ts'
import { agentTexts } from './agent-texts.ts'
import { fitAfter, type FitRules, type Fitted } from './fit-history.ts'
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
  /** Learns what each request leaves out. */
  onFit?: (fitted: Fitted) => void
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
    model: afterHistory(model, fitAfter(history, fitRules(definition, run)), outlets.onFit),
    modelSettings: modelSettings(run.settings, run.target),
    tools: definition.tools,
    handoffs: definition.handoffs.map((to) => buildAgent(to, run, parts, history, outlets)),
    handoffDescription: definition.description,
  })
}

/** The rules by which a history is fitted to the model of an agent. */
export function fitRules(
  definition: AgentDefinition,
  { settings, target }: Pick<AgentRun, 'settings' | 'target'>,
): FitRules {
  const { instructions, tools } = agentTexts(definition)
  return {
    window: target.contextWindow ?? null,
    outputLimit: settings.maxOutputTokens ?? null,
    fixed: [instructions, settings.instructions ?? '', ...tools.map(({ text }) => text)],
  }
}

export function instructionsOf(
  { prompt }: AgentDefinition,
  { instructions = '' }: ConversationSettings,
): string {
  return [prompt, instructions].join('\n\n').trim()
}
