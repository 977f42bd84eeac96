// How a request ended, from everything that was seen of it: what the provider said comes before what
// the connection did, and a stop before a fault.
import { language, plural, t } from '#shared/translate.ts'
import type { AnswerReader } from './answer-reader.ts'
import type { Ending } from './call-facts.ts'
import { ProviderError } from './provider-error.ts'
import type { UpstreamEndpoint } from './provider-error-kinds.ts'
import type { Silence } from './idle-watchdog.ts'
import { evaluateAnswer, reportedEnding, soundResponse } from './evaluate-answer.ts'
import { classifyError } from './classify-error.ts'
import { recordAt, textAt } from './record.ts'
import type { ModelTarget } from './types.ts'
import { endpointOf } from './upstream-model.ts'
import { incompleteMessage } from './items.ts'
import type { ModelSink } from './model-sink.ts'

interface Seen {
  /** The error that ended the reading; undefined if there was none. */
  thrown: unknown
  reader: AnswerReader
  at: UpstreamEndpoint
  isSecret: (text: string) => boolean
  isStopped: boolean
  /** The one that fired, where nothing was heard for too long. */
  silence: Silence | null
  /** For an answer that has no id of its own. */
  id: string
}

export function endingOf(seen: Seen): Ending {
  const { thrown, reader, at, isSecret, isStopped, silence, id } = seen
  const { started, response } = reader
  const fault =
    reportedEnding(reader, at, isSecret) ??
    (thrown === undefined
      ? evaluateAnswer(reader, at)
      : classifyError(thrown, at, isSecret, started))
  if (fault === null && response !== null) {
    return { kind: 'completed', response: soundResponse(response, id) }
  }
  if (isStopped || fault === null) return { kind: 'stopped', sent: true }
  return { kind: 'failed', fault: silence === null ? fault : silentFault(silence, seen), started }
}

/** A server that queues a request or reads a long prompt would start over if asked again. */
function silentFault({ kind, waitedMs }: Silence, { reader, at }: Seen): ProviderError {
  if (kind === 'endless')
    return new ProviderError('endless_answer', at, { detail: durationLabel(waitedMs) })
  if (reader.started) return new ProviderError('stalled', at)
  const waited = durationLabel(waitedMs)
  const { promptProgress: progress } = reader
  const wasAlive = kind === 'wordless'
  const heard = wasAlive
    ? t`It kept the connection alive for ${waited}, and nothing of the answer had begun.`
    : t`Nothing was heard for ${waited}, and nothing of the answer had begun.`
  const read =
    progress === null
      ? []
      : [
          t`It had read ${progress.processed.toLocaleString(language())} of ${progress.total.toLocaleString(language())} tokens of the prompt.`,
        ]
  const setting = wasAlive ? 'TALLY_ANSWER_TIMEOUT_MS' : 'TALLY_IDLE_TIMEOUT_MS'
  const detail = [heard, ...read, t`${setting} sets how long Tally waits.`].join(' ')
  return new ProviderError('timeout', at, { detail, isFinal: true })
}

function durationLabel(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 1) return `${ms} ms`
  if (seconds < 120) return plural(seconds, { one: t`1 second`, other: t`${seconds} seconds` })
  return t`${Math.round(seconds / 60)} minutes`
}

interface Limits {
  /** That the settings of the conversation name. */
  own: number | null
  /** That was sent. */
  allowed: number | null
}

/** Servers keep a few tokens of the context to themselves. */
const SLACK_TOKENS = 8

/**
 * An answer that ends at a limit: whether that was the model's own, the budgets', or the context
 * itself.
 */
export function limitEnding(
  ending: Ending,
  { own, allowed }: Limits,
  target: ModelTarget,
  rawUsage: unknown,
): Ending {
  if (ending.kind !== 'failed' || ending.fault.code !== 'output_limit') return ending
  const at = endpointOf(target)
  const window = target.contextWindow ?? null
  const used = usedTokens(rawUsage)
  if (window !== null && used !== null && used.input + used.output >= window - SLACK_TOKENS) {
    const [all = '', read = '', written = ''] = [window, used.input, used.output].map((count) =>
      count.toLocaleString(language()),
    )
    const detail = t`It takes ${all} tokens: ${read} were read and ${written} written.`
    return { ...ending, fault: new ProviderError('context_full', at, { detail }) }
  }
  if (own !== null || allowed === null) return ending
  const detail = t`The budgets allowed it ${allowed.toLocaleString(language())} tokens.`
  return { ...ending, fault: new ProviderError('output_limit', at, { detail }) }
}

function usedTokens(rawUsage: unknown): { input: number; output: number } | null {
  const of = (report: Record<string, unknown> | null, ...names: string[]) =>
    names.map((name) => report?.[name]).find((count) => typeof count === 'number')
  const usage = recordAt({ rawUsage }, 'rawUsage')
  const timings = recordAt(usage, 'timings')
  const fresh = of(timings, 'prompt_n')
  const timed = fresh === undefined ? undefined : fresh + (of(timings, 'cache_n') ?? 0)
  const input = of(usage, 'prompt_tokens', 'input_tokens') ?? timed
  const output = of(usage, 'completion_tokens', 'output_tokens') ?? of(timings, 'predicted_n')
  return input === undefined || output === undefined ? null : { input, output }
}

/** Stores what the model sees next turn: the answer, or the part of its text that arrived. */
export function keepOutput(
  ending: Ending,
  reader: AnswerReader,
  sink: ModelSink,
  agent: string,
): void {
  if (ending.kind !== 'completed') {
    if (reader.text !== '') void sink.storeItems([incompleteMessage(reader.text)])
    return
  }
  void sink.storeItems(ending.response.output)
  for (const [index, item] of ending.response.output.entries()) {
    if (item.type === 'function_call' && !reader.hidesTool(item.name)) {
      const { callId } = item
      const written = reader.response?.output[index]
      const name = textAt(written, 'name') || item.name
      const args = textAt(written, 'arguments').trim() || item.arguments
      sink.onToolReady?.(callId, name)
      const call = { callId, name, agent, arguments: args }
      void sink.emit({ type: 'tool_call', phase: 'ready', ...call })
    }
  }
}
