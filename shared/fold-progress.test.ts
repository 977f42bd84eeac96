import { expect, test } from 'vitest'
import { foldAll } from './fold-run.ts'
import { type ModelCall, NO_CALLS } from './ledger.ts'
import type { RunEvent } from './run-event.ts'
import { totalsSoFar } from './totals-so-far.ts'

const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`
const ids = { runId: 'r1', conversationId: 'c1', messageId: 'm1' }
const names = { agent: 'assistant', provider: 'llama.cpp', model: 'model' }
const started: RunEvent = { type: 'run', at: at(0), ...ids, ...names }
const token: RunEvent = { type: 'token', at: at(3), delta: 'Hello' }

function fold(events: RunEvent[]) {
  const { message } = foldAll(events.map((event, index) => ({ seq: index + 1, event })))
  if (message === null) throw new Error('the run event did not make a message')
  return message
}

test('the sentence stays while a server that is loading its model is retried', () => {
  const loading: RunEvent = { type: 'progress', at: at(1), progress: { stage: 'loading' } }
  const estimate: RunEvent = {
    type: 'estimate',
    at: at(2),
    modelCallId: 'm2',
    inputTokens: 10,
    inputNanoUsd: null,
    outputNanoUsdPerMTok: null,
  }
  expect(fold([started, loading, estimate]).parts).toMatchObject([{ kind: 'progress' }])
  expect(fold([started, loading, estimate, token]).parts).toEqual([{ type: 'text', text: 'Hello' }])
})

test('progress is shown until anything else arrives', () => {
  const reading = (processed: number): RunEvent => ({
    type: 'progress',
    at: at(1),
    progress: { stage: 'prompt', processed, total: 2000 },
  })
  const text = 'Reading the prompt: 1,500 of 2,000 tokens (75\u00A0%).'
  const read = [started, reading(500), reading(1500)]
  expect(fold(read).parts).toEqual([{ type: 'notice', kind: 'progress', text, at: at(1) }])
  const loading: RunEvent = { type: 'progress', at: at(2), progress: { stage: 'loading' } }
  expect(fold([started, loading]).parts).toMatchObject([{ kind: 'progress' }])
  expect(fold([...read, token]).parts).toEqual([{ type: 'text', text: 'Hello' }])
})

const REFUSED: ModelCall = {
  id: 'm1',
  runId: 'r1',
  conversationId: 'c1',
  purpose: 'chat',
  agent: 'assistant',
  provider: 'llama.cpp',
  modelRequested: 'model',
  modelReturned: null,
  responseId: null,
  attempt: 1,
  serviceTier: null,
  status: 'failed',
  startedAt: at(1),
  ttftMs: null,
  durationMs: 1,
  finishReason: null,
  inputTokens: null,
  cachedInputTokens: null,
  cacheWriteTokens: null,
  outputTokens: null,
  reasoningTokens: null,
  costNanoUsd: 0,
  certainty: 'computed',
  priceId: 'refused',
  price: null,
  rawUsage: null,
}

test('the cost stays the estimate while a model loads and its request is refused and asked again', () => {
  const estimate = (modelCallId: string): RunEvent => ({
    type: 'estimate',
    at: at(1),
    modelCallId,
    inputTokens: 100,
    inputNanoUsd: 40_000,
    outputNanoUsdPerMTok: null,
  })
  const run = { ...NO_CALLS, calls: 1 }
  const refused: RunEvent = { type: 'usage', at: at(2), call: REFUSED, run, conversation: run }
  const loading: RunEvent = { type: 'progress', at: at(2), progress: { stage: 'loading' } }
  const events = [started, estimate('m1'), refused, loading, estimate('m2')]
  for (let end = 2; end <= events.length; end += 1) {
    expect(totalsSoFar(fold(events.slice(0, end)))).toMatchObject({ inputTokens: 100 })
  }
  const failed: RunEvent = { type: 'done', at: at(3), status: 'failed', totals: run }
  expect(totalsSoFar(fold([...events.slice(0, 4), failed]))).toEqual(run)
})
