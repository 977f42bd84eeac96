// The ending of a run: `error` where there is one, then `done`, in the same commit as the folded
// message, the run's status and the text that no item holds yet. It is tried until it is written,
// or until the process ends; then the next start-up finds the run and ends it.
import type { Run } from '#shared/api.ts'
import type { FoldedRun } from '#shared/fold-run.ts'
import type { EndingStatus, RunEvent, StopReason } from '#shared/run-event.ts'
import { incompleteMessage } from '../upstream/items.ts'
import type { RunOutcome } from '../upstream/agent-run.ts'
import type { Item } from '../upstream/types.ts'
import type { Writing } from '../db/open.ts'
import { untilStored } from '../db/until-stored.ts'
import { insertItems, itemsOfMessage } from './item-store.ts'
import type { RunParts } from './run-parts.ts'
import { runStarted } from './run-started.ts'
import { storeEnding } from './run-store.ts'
import * as z from 'zod/mini'
import type { Message } from '#shared/message.ts'

export async function finishRun(
  parts: RunParts,
  run: Run,
  outcome: RunOutcome,
  status: EndingStatus,
): Promise<void> {
  const { ending } = parts.active
  const write = () => writeEnding(parts, run, outcome, status)
  const report = (error: unknown) => {
    parts.lines.fault(error, 'ending')
    return true
  }
  await untilStored(write, ending, report).catch(() => {})
}

export async function writeEnding(
  parts: Pick<RunParts, 'active' | 'log' | 'ledger' | 'lines' | 'onMessages'>,
  run: Run,
  outcome: RunOutcome | null,
  status: EndingStatus,
  because?: StopReason,
): Promise<void> {
  const { active, log, ledger, lines, onMessages } = parts
  const totals = await ledger.runTotals(run.id)
  const at = new Date().toISOString()
  let events = 0
  const store = async (trx: Writing, folded: FoldedRun) => {
    events = folded.seq
    await storeWhole(trx, run, folded, at)
  }
  log.mend(run.id)
  // Appended in the same turn, so that they are committed together.
  const written: Promise<void>[] = []
  if (log.folded(run.id)?.seq === 0) written.push(log.append(run.id, runStarted(run)))
  if (outcome?.status === 'failed') written.push(log.append(run.id, errorEvent(outcome, at)))
  const own = outcome?.status === 'stopped' ? outcome.reason : undefined
  const reason = status === 'stopped' ? (because ?? own ?? active.stopReason(run.id)) : undefined
  const done = { type: 'done', at, status, ...(reason && { reason }), totals } as const
  written.push(log.append(run.id, done, store))
  await Promise.all(written)
  onMessages()
  const ms = Date.parse(at) - Date.parse(run.createdAt)
  lines.run({ runId: run.id, conversationId: run.conversationId, status, events, ms })
}

function errorEvent(
  { code, message, retryable }: Extract<RunOutcome, { status: 'failed' }>,
  at: string,
): RunEvent {
  return { type: 'error', at, code, message, retryable }
}

async function storeWhole(trx: Writing, run: Run, folded: FoldedRun, at: string): Promise<void> {
  const { message, seq } = folded
  if (message === null) throw new Error(`run ${run.id} has no beginning`)
  if (message.status !== 'completed') {
    const text = unstoredText(message, await itemsOfMessage(trx, run.messageId))
    if (text !== '') {
      await insertItems(trx, run.conversationId, run.messageId, [incompleteMessage(text)])
    }
  }
  await storeEnding(trx, run, message, seq, at)
}

const Answer = z.object({
  role: z.literal('assistant'),
  content: z.array(z.object({ text: z.optional(z.string()) })),
})

/**
 * The text of an answer that a person saw and no item holds: the run ended before the model's answer
 * was complete. It is kept as an incomplete item, so that the model sees it next turn, too.
 */
function unstoredText(message: Message, items: Item[]): string {
  const shown = message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
  const stored = items.map(textOf).join('')
  return shown.startsWith(stored) ? shown.slice(stored.length) : ''
}

function textOf(item: Item): string {
  const { data } = Answer.safeParse(item)
  return data === undefined ? '' : data.content.map(({ text }) => text ?? '').join('')
}
