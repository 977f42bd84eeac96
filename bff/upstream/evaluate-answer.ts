// Whether what came back is a whole answer. The SDK takes a Chat stream that was cut off for a
// success, and asks again, silently and paid, when an answer is empty.
import type { protocol } from '@openai/agents'
import { type AnswerReader, type Response } from './answer-reader.ts'
import { outputText } from './items.ts'
import { ProviderError } from './provider-error.ts'
import type { UpstreamEndpoint } from './provider-error-kinds.ts'
import { sendableArguments, sendableName } from './sendable-call.ts'
import { classifyReport } from './classify-error.ts'

/** The provider's own reasons for an incomplete answer. */
export function reportedEnding(
  reader: AnswerReader,
  at: UpstreamEndpoint,
  isSecret: (text: string) => boolean,
): ProviderError | null {
  if (reader.head.failure !== null) {
    return classifyReport({ status: undefined, ...reader.head.failure }, at, isSecret)
  }
  if (reader.head.finishReason === 'content_filter') return new ProviderError('content_filter', at)
  return OUTPUT_LIMIT.has(reader.head.finishReason) ? new ProviderError('output_limit', at) : null
}

const OUTPUT_LIMIT = new Set<string | null>(['length', 'max_output_tokens', 'incomplete'])

/** Returns null if the answer is complete and not empty. */
export function evaluateAnswer(reader: AnswerReader, at: UpstreamEndpoint): ProviderError | null {
  const { response } = reader
  if (reader.refusal !== '' && reader.text === '') return new ProviderError('refused', at)
  if (reader.head.responseId === null && reader.outputText === '')
    return new ProviderError('empty_answer', at)
  const unfinished = reader.isChat && reader.head.finishReason === null && !reader.finalUsageSeen
  if (response === null || unfinished) return new ProviderError('cut_off', at)
  return isUsable(response) ? null : new ProviderError('empty_answer', at)
}

function isUsable(response: Response): boolean {
  return response.output.some(
    (item) =>
      item.type?.endsWith('_call') ||
      item.type === 'compaction' ||
      outputText([item]) !== '' ||
      (item.type === 'message' && item.content.some((part) => part.type === 'image')),
  )
}

/**
 * The answer in the form the SDK accepts. It throws away a whole answer when the usage is unsound
 * or the id is missing, and fails on its own calls when a name or the arguments are odd.
 */
export function soundResponse(response: Response, fallbackId: string): Response {
  return {
    id: typeof response.id === 'string' && response.id !== '' ? response.id : fallbackId,
    usage: {
      inputTokens: count(response.usage.inputTokens),
      outputTokens: count(response.usage.outputTokens),
      totalTokens: count(response.usage.totalTokens),
    },
    output: response.output.map((item) => (item.type === 'function_call' ? soundCall(item) : item)),
  }
}

function soundCall(call: protocol.FunctionCallItem): protocol.FunctionCallItem {
  const { namespace: _, ...rest } = call
  return { ...rest, name: sendableName(call.name), arguments: sendableArguments(call.arguments) }
}

/** The ledger reads the raw usage; these only have to be numbers. */
function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}
