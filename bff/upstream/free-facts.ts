import type { CallFacts } from './types.ts'

/** Of a request for which a model writes nothing, and for which nobody charges. */
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
