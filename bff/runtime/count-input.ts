// How many input tokens a request would have, counted by its provider: the very request that a run
// would send is made as a run makes it, and goes to the endpoint that counts instead. Whatever goes
// wrong, there is no count, and nobody is told.
import { createHash } from 'node:crypto'
import { type Model, type ModelRequest, Runner } from '@openai/agents'
import { v7 as uuid } from 'uuid'
import type { ConversationSettings } from '#shared/api.ts'
import type { AgentParts } from './agent-parts.ts'
import { buildGraph } from './agent-graph.ts'
import { countChat } from '../upstream/count-openai.ts'
import { countMessages, isAnthropic } from '../upstream/count-messages.ts'
import { countResponses } from '../upstream/count-openai.ts'
import type { AgentDefinition } from './define-agent.ts'
import { freeFacts } from '../upstream/call-facts.ts'
import { modelInput } from './history.ts'
import { inPieces } from '../upstream/in-pieces.ts'
import { NO_RUN } from './run-context.ts'
import { withResultFiles } from '../upstream/tool-files.ts'
import { fileWay, withFallbacks } from '../upstream/request-fallbacks.ts'
import { inputText } from '../upstream/input-text.ts'
import type { CallLedger, CallStart, Item, ModelTarget } from '../upstream/types.ts'

export interface CountRequest {
  conversationId: string | null
  agent: string
  settings: ConversationSettings
  target: ModelTarget
  history: Item[]
  /** The next user message. */
  item: Item
}

export type CountParts = Pick<AgentParts, 'findAgent' | 'fallbacksOf'>

/** The answer is half written, and the user waits. */
const PATIENCE_MS = 8_000

/** Returns null if it does not say. */
export async function countInput(
  asked: CountRequest,
  ledger: CallLedger,
  { findAgent, fallbacksOf }: CountParts,
): Promise<number | null> {
  const { agent, target, conversationId } = asked
  const definition = findAgent(agent)
  if (definition === undefined) return null
  const made = await requestOf(definition, asked, findAgent)
  if (made === null) return null
  const request = withFallbacks(made, fallbacksOf(target))
  const call: CallStart = {
    id: uuid(),
    runId: null,
    conversationId,
    purpose: 'count',
    agent,
    provider: target.provider,
    modelRequested: target.model,
    attempt: 1,
    startedAt: new Date().toISOString(),
  }
  const stop = AbortSignal.timeout(PATIENCE_MS)
  const need = { inputText: () => inputText(request), outputLimit: 0 }
  const admission = await ledger.admit?.(call, need, target, stop)
  if (admission?.admitted === false) return null
  await ledger.open(call, target)
  const startedAt = performance.now()
  const tokens = await askedFor(request, target, stop)
  const status = tokens === null ? 'failed' : 'completed'
  await ledger.close(call, freeFacts(status, performance.now() - startedAt), target)
  return tokens
}

/** Returns the text that the budgets count for the next run, or null if the agent does not exist. */
export async function nextInputText(
  asked: CountRequest,
  { findAgent, fallbacksOf }: CountParts,
): Promise<string | null> {
  const definition = findAgent(asked.agent)
  const made = definition === undefined ? null : await requestOf(definition, asked, findAgent)
  if (made === null) return null
  const fallbacks = fallbacksOf(asked.target)
  const request = withResultFiles(made, fileWay(asked.target, fallbacks))
  return inputText(withFallbacks(request, fallbacks))
}

/** The same text after the same history is counted once. */
export async function keyOfCount({
  history,
  item,
  target,
  ...asked
}: CountRequest): Promise<string> {
  const { provider, model } = target
  const key = createHash('sha256').update(JSON.stringify([asked, provider, model, item]))
  for await (const piece of inPieces(history)) key.update(JSON.stringify(piece))
  return key.digest('base64')
}

/** As the SDK hands it to the model of a run. */
async function requestOf(
  definition: AgentDefinition,
  { settings, target, history, item }: CountRequest,
  findAgent: CountParts['findAgent'],
): Promise<ModelRequest | null> {
  const made: ModelRequest[] = []
  const take = (request: ModelRequest): never => {
    made.push(request)
    throw new Error('taken')
  }
  const model: Model = {
    getResponse: async (request) => take(request),
    getStreamedResponse: take,
  }
  const items = [...history, item]
  const sent = await modelInput(definition.history?.(items) ?? items)
  const agent = buildGraph(definition, {
    find: findAgent,
    modelOf: () => model,
    historyOf: () => sent,
    settings,
    target,
    context: NO_RUN,
  })
  const runner = new Runner({ tracingDisabled: true, traceIncludeSensitiveData: false })
  await runner.run(agent, [], { maxTurns: 1 }).catch(() => {})
  return made[0] ?? null
}

async function askedFor(
  request: ModelRequest,
  target: ModelTarget,
  stop: AbortSignal,
): Promise<number | null> {
  try {
    if (isAnthropic(target)) return await countMessages(request, target, stop)
    return target.api === 'responses'
      ? await countResponses(request, target, stop)
      : await countChat(request, target, stop)
  } catch {
    return null
  }
}
