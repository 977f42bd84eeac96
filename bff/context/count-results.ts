// Counts tool results that have no count yet, when a request first carries them or when a reader
// first asks.
import { resultOfCall } from '../runtime/history.ts'
import type { Database } from '../db/open.ts'
import { estimateTokens } from '../ledger/calls/estimate.ts'
import { readItems } from './read-items.ts'
import { type ToolUseRow, storeTokens, toolUsesOf, toToolUse } from './tool-use-store.ts'
import type { ToolUse } from '#shared/tool-uses.ts'

/** Returns the uses with the token counts of their results. */
export async function countResults<Use extends ToolUseRow>(
  db: Database,
  uses: Use[],
): Promise<Use[]> {
  const fresh = uses.filter(({ tokens }) => tokens === null)
  if (fresh.length === 0) return uses
  const items = await readItems(db, [...new Set(fresh.map((use) => use.message_id))])
  const counted = new Map<number, number>()
  for (const { id, message_id: messageId, call_id: callId } of fresh) {
    const text = items
      .filter((stored) => stored.messageId === messageId)
      .map(({ whole }) => resultOfCall(whole, callId))
      .find((result) => result !== null)
    counted.set(id, await estimateTokens(text ?? ''))
  }
  await storeTokens(
    db,
    fresh.map((use) => ({ use, tokens: counted.get(use.id) ?? 0 })),
  )
  return uses.map((use) => ({ ...use, tokens: use.tokens ?? counted.get(use.id) ?? 0 }))
}

/** The tool uses of one answer, with the size of their results. */
export async function readToolUses(
  db: Database,
  conversationId: string,
  messageId: string,
): Promise<ToolUse[]> {
  const uses = await toolUsesOf(db, [messageId])
  const own = uses.filter((use) => use.conversation_id === conversationId)
  return (await countResults(db, own)).map(toToolUse)
}
