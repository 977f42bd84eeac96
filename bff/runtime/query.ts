// A small model call beside the answers of a conversation, such as a title, a summary or a program's
// own: instructions and a text in, a text or the arguments of one forced function out. It is in the
// ledger and held by the budgets like every other call.
import type { ModelRequest, ModelResponse, ModelSettings } from '@openai/agents'
import * as z from 'zod/mini'
import type { ModelCall, Purpose } from '#shared/ledger.ts'
import type { QueryFunction, QuerySettings } from '#shared/query.ts'
import { GuardedModel } from '../upstream/guarded-model.ts'
import { outputText } from '../upstream/items.ts'
import { UNWATCHED } from '../upstream/model-sink.ts'
import { ProviderError } from '../upstream/provider-error.ts'
import { isRecord } from '../upstream/record.ts'
import { areUnreadable } from '../upstream/sendable-call.ts'
import type { CallFacts, CallLedger, ModelTarget } from '../upstream/types.ts'
import type { AgentParts } from './agent-parts.ts'
import { modelSettings } from './model-settings.ts'
import { t } from '#shared/translate.ts'

export interface QueryCall {
  purpose: Purpose
  conversationId: string | null
  runId?: string | null
  agent?: string | null
  target: ModelTarget
  system?: string | undefined
  user: string
  /** The model must call it. Its arguments are the output. */
  function?: QueryFunction | undefined
  /** The form of the text, for an output that is no function call. */
  outputType?: ModelRequest['outputType']
  settings?: QuerySettings | undefined
  ledger: CallLedger
  idleTimeoutMs: number
  signal: AbortSignal
}

export interface QueryAnswer {
  /** The arguments of the function, or the text if there is none. */
  output: unknown
  durationMs: number
  info: { systemFingerprint: string | null; model: string | null; created: string | null }
  /** Its row in the ledger. */
  call: ModelCall
}

export type QueryParts = Pick<AgentParts, 'createModel' | 'fallbacksOf' | 'firstRetryMs'>

export type QueryErrorCode = 'function_not_called' | 'wrong_function' | 'arguments_unreadable'

/** The model answered, but not as asked. A second request would be paid, too, so there is none. */
export class QueryError extends Error {
  readonly code: QueryErrorCode

  constructor(code: QueryErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Rejects with a ProviderError, a QueryError, or an AbortError after a stop. */
export async function query(asked: QueryCall, parts: QueryParts): Promise<QueryAnswer> {
  const { target, signal, idleTimeoutMs } = asked
  const noted = new LastCall(asked.ledger)
  const model = new GuardedModel(parts.createModel(target, idleTimeoutMs), {
    target,
    ledger: noted.ledger,
    runId: asked.runId ?? null,
    conversationId: asked.conversationId,
    purpose: asked.purpose,
    agent: asked.agent ?? null,
    idleTimeoutMs,
    firstRetryMs: parts.firstRetryMs,
    streamed: false,
    fallbacks: parts.fallbacksOf(target),
    sink: UNWATCHED,
    stop: signal,
  })
  const startedAt = performance.now()
  const answer = await model.getResponse(requestOf(asked)).catch((error: unknown) => {
    throw isSilent(error) && asked.function !== undefined
      ? notCalled(asked.function, target)
      : error
  })
  const durationMs = Math.round(performance.now() - startedAt)
  const output =
    asked.function === undefined
      ? outputText(answer.output)
      : argumentsOf(answer.output, asked.function, target)
  return { output, durationMs, ...noted.answered() }
}

function requestOf(asked: QueryCall): ModelRequest {
  const { system = '', user, function: called, outputType = 'text', target } = asked
  return {
    ...(system === '' ? {} : { systemInstructions: system }),
    input: [{ type: 'message', role: 'user', content: user }],
    modelSettings: {
      ...settingsOf(asked.settings, target),
      ...(called && { toolChoice: called.name }),
    },
    tools: called === undefined ? [] : [toolOf(called)],
    handoffs: [],
    outputType,
    tracing: false,
  }
}

/** A setting that is null is not sent. */
function settingsOf(settings: QuerySettings = {}, target: ModelTarget): ModelSettings {
  const { temperature, topP, maxOutputTokens, reasoningEffort } = settings
  const set = {
    ...(temperature != null && { temperature }),
    ...(topP != null && { topP }),
    ...(maxOutputTokens != null && { maxOutputTokens }),
    ...(reasoningEffort != null && { reasoningEffort }),
  }
  return modelSettings(set, target)
}

type SentTool = ModelRequest['tools'][number]

/** The schema goes to the provider as it is: the SDK's type is narrower than JSON Schema. */
const Parameters = z.custom<Extract<SentTool, { type: 'function' }>['parameters']>(isRecord)

function toolOf({ name, description = '', parameters }: QueryFunction): SentTool {
  return {
    type: 'function',
    name,
    description,
    parameters: z.parse(Parameters, parameters),
    strict: false,
  }
}

function argumentsOf(
  output: ModelResponse['output'],
  called: QueryFunction,
  target: ModelTarget,
): unknown {
  const calls = output.filter((item) => item.type === 'function_call')
  const [first] = calls
  if (first === undefined) throw notCalled(called, target)
  const found = calls.find(({ name }) => name === called.name)
  if (found === undefined) {
    const message = t`${target.model} called ${first.name} instead of ${called.name}.`
    throw new QueryError('wrong_function', message)
  }
  const written: unknown = JSON.parse(found.arguments)
  if (!areUnreadable(written)) return written
  const message = t`${target.model} called ${called.name} with arguments that are not a JSON object.`
  throw new QueryError('arguments_unreadable', message)
}

function isSilent(error: unknown): boolean {
  return error instanceof ProviderError && error.code === 'empty_answer'
}

function notCalled({ name }: QueryFunction, { model }: ModelTarget): QueryError {
  const message = t`${model} did not call ${name}. Choose a model that can use tools.`
  return new QueryError('function_not_called', message)
}

/** Keeps the row and the facts of the last request, which is the one that answered. */
class LastCall {
  readonly ledger: CallLedger
  #last: { call: ModelCall; facts: CallFacts } | null = null

  constructor(ledger: CallLedger) {
    this.ledger = {
      ...(ledger.admit !== undefined && { admit: ledger.admit.bind(ledger) }),
      open: (call, target) => ledger.open(call, target),
      close: async (start, facts, target) => {
        const call = await ledger.close(start, facts, target)
        this.#last = { call, facts }
        return call
      },
    }
  }

  answered(): Pick<QueryAnswer, 'call' | 'info'> {
    if (this.#last === null) throw new Error('An answer without a row in the ledger.')
    const { call, facts } = this.#last
    const { systemFingerprint = null, createdAt = null, modelReturned } = facts
    return { call, info: { systemFingerprint, model: modelReturned, created: createdAt } }
  }
}
