// How one upstream request ended, and what the ledger is told about it.
import type { ModelRequest } from '@openai/agents'
import type { AnswerReader, Response } from './answer-reader.ts'
import type { ProviderError } from './provider-error.ts'
import type { ProviderErrorCode } from './provider-error-kinds.ts'
import { prefixOf } from './prefix.ts'
import { inputText } from './input-text.ts'
import type { CallFacts } from './types.ts'

export type Ending =
  | { kind: 'completed'; response: Response }
  | { kind: 'failed'; fault: ProviderError; started: boolean }
  | { kind: 'stopped'; sent: boolean }

/** Without a first event, but with a request that the provider may have begun to work on. */
const MAY_BE_BILLED = new Set<ProviderErrorCode>(['timeout', 'connection_lost', 'empty_answer'])

function didNoWork(ending: Ending): boolean {
  switch (ending.kind) {
    case 'completed':
      return false
    case 'stopped':
      return !ending.sent
    case 'failed':
      return !ending.started && !MAY_BE_BILLED.has(ending.fault.code)
  }
}

export function factsOf(
  ending: Ending,
  reader: AnswerReader,
  request: ModelRequest,
  startedAt: number,
): CallFacts {
  return {
    status: ending.kind,
    refused: didNoWork(ending),
    modelReturned: reader.head.modelReturned,
    responseId: reader.head.responseId,
    requestId: reader.head.requestId,
    serviceTier: reader.head.serviceTier,
    systemFingerprint: reader.head.systemFingerprint,
    createdAt: reader.head.createdAt,
    finishReason: reader.head.finishReason,
    ttftMs: reader.firstDeltaAt === null ? null : Math.round(reader.firstDeltaAt - startedAt),
    durationMs: Math.round(performance.now() - startedAt),
    rawUsage: reader.head.rawUsage,
    inputText: () => inputText(request),
    outputText: reader.outputText,
    resent: reader.resent,
    prefix: () => prefixOf(request),
  }
}

/** Returns the facts of a request for which a model writes nothing and nothing is charged. */
export function freeFacts(
  status: CallFacts['status'],
  durationMs: number,
  inputText: () => Promise<string> = () => Promise.resolve(''),
): CallFacts {
  return {
    status,
    refused: true,
    modelReturned: null,
    responseId: null,
    serviceTier: null,
    finishReason: null,
    ttftMs: null,
    durationMs,
    rawUsage: null,
    inputText,
    outputText: '',
  }
}
