// One request of a check: let through by the budget guard, asked on the wire, and booked with the purpose
// `check`, whatever became of it.
import { v7 as uuid } from 'uuid'
import type { ModelCall } from '#shared/ledger.ts'
import { freeFacts } from '../upstream/call-facts.ts'
import type { CallFacts, CallLedger, CallStart, ModelTarget } from '../upstream/types.ts'
import { recordExchange, type ExchangeOptions, type Exchange } from '../upstream/record-exchange.ts'
import { allTextOf, firstPieceMs, readAnswer, type ParsedAnswer } from './parse-answer.ts'
import type { WireRequest } from '../upstream/wire-request.ts'
import { t } from '#shared/translate.ts'

export interface ProbeResult {
  recorded: Exchange
  reading: ParsedAnswer
  row: ModelCall
}

/** A budget has nothing left for it. */
export class NotMade extends Error {}

export interface Booking {
  ledger: Required<CallLedger>
  target: ModelTarget
  attempt: number
  /** Nothing is written, and nothing is charged. */
  isFree?: boolean
}

export async function bookedCall(
  { ledger, target, attempt, isFree = false }: Booking,
  request: WireRequest,
  options: ExchangeOptions,
): Promise<ProbeResult> {
  const call: CallStart = {
    id: uuid(),
    runId: null,
    conversationId: null,
    purpose: 'check',
    agent: null,
    provider: target.provider,
    modelRequested: target.model,
    attempt,
    startedAt: new Date().toISOString(),
  }
  if (!isFree) await admit(ledger, call, request, target, options.stop)
  await ledger.open(call, target)
  const recorded = await recordExchange(target, request, options)
  const reading = readAnswer(recorded)
  const facts = isFree
    ? freeFacts(recorded.problem === null ? 'completed' : 'failed', recorded.durationMs, () =>
        Promise.resolve(request.text),
      )
    : factsOf(recorded, reading, request, options.stop)
  const { resent = false } = recorded
  return { recorded, reading, row: await ledger.close(call, { ...facts, resent }, target) }
}

async function admit(
  ledger: Required<CallLedger>,
  call: CallStart,
  { text, limit }: WireRequest,
  target: ModelTarget,
  stop: AbortSignal,
): Promise<void> {
  const need = { inputText: () => Promise.resolve(text), outputLimit: limit }
  const { admitted } = await ledger.admit(call, need, target, stop)
  if (!admitted) throw new NotMade(t`Not made: over budget.`)
}

/** Without a first event, but with a request that the provider may have begun to work on. */
const MAY_BE_BILLED = new Set(['timeout', 'connection_lost'])

function factsOf(
  recorded: Exchange,
  reading: ParsedAnswer,
  { text }: WireRequest,
  stop: AbortSignal,
): CallFacts {
  const { problem, frames, cut, durationMs } = recorded
  const { modelReturned, responseId, serviceTier, finishReason, rawUsage } = reading
  const isWhole = problem === null && finishReason !== null
  return {
    status:
      cut || (stop.aborted && problem !== null) ? 'stopped' : isWhole ? 'completed' : 'failed',
    refused: problem !== null && frames.length === 0 && !MAY_BE_BILLED.has(problem.code),
    modelReturned,
    responseId,
    serviceTier,
    finishReason,
    ttftMs: firstPieceMs(reading),
    durationMs,
    rawUsage,
    inputText: () => Promise.resolve(text),
    outputText: allTextOf(reading),
  }
}
