// A conversation is named by a model after its first completed answer, in the background: the
// answer never waits for it, and whatever goes wrong, the first words stay.
import { MAX_TITLE_CHARS } from '#shared/api.ts'
import { messageText } from '#shared/message-text.ts'
import { budgetedLedger, notMade } from '../budgets/budgeted-ledger.ts'
import { nameByModel } from '../conversations/change-store.ts'
import { branchUpFrom } from '../conversations/message-store.ts'
import { wantsTitle } from './placement-store.ts'
import type { RunParts } from './run-parts.ts'
import type { StartedRun } from './run-parts.ts'

export function nameConversation(parts: RunParts, started: StartedRun): void {
  const { active, lines } = parts
  active.startBackground(async (stop) => {
    try {
      await makeAndStore(parts, started, stop)
    } catch (error) {
      if (!stop.aborted) lines.fault(error, 'title')
    }
  })
}

async function makeAndStore(
  { db, ledger, budgetGuard, makeTitle }: RunParts,
  { run, target }: StartedRun,
  signal: AbortSignal,
): Promise<void> {
  const { conversationId, messageId } = run
  if (!(await wantsTitle(db, run))) return
  const [question = '', answer = ''] = (await branchUpFrom(db, conversationId, messageId)).map(
    messageText,
  )
  const held = budgetedLedger(ledger, budgetGuard, notMade)
  const asked = { conversationId, target, question, answer, ledger: held, signal }
  const title = await makeTitle(asked)
  const words = title?.trim().slice(0, MAX_TITLE_CHARS) ?? ''
  if (words !== '') await nameByModel(db, conversationId, words)
}
