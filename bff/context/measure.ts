// How long each thing is that the next request carries, by Tally's own tokenizer. Items are counted
// once; counting many takes turns with everything else.
import { setImmediate as otherWork } from 'node:timers/promises'
import { DROPPED_RESULT, resultOfCall, type SentItem, sentItems } from '../agent/history.ts'
import type { Database } from '../db/open.ts'
import { estimateTokens } from '../ledger/estimate.ts'
import type { BranchItem } from './branch-store.ts'
import { type CountedItem, rememberTokens } from './token-store.ts'

export interface MeasuredItem {
  sent: SentItem
  /** Null: it was made for a call that has no result. */
  stored: BranchItem | null
  tokens: number
  /** Of the whole result, where a person dropped it, and of what the model is told instead. */
  wholeTokens: number
  sentenceTokens: number
}

const ITEMS_PER_TURN = 50
/** The tokenizer is slow, and lets others work only within a long text. */
const COUNTED_CHARS_PER_TURN = 1000
const REMEMBERED_AT_ONCE = 100

export async function measureItems(
  db: Database,
  conversationId: string,
  items: BranchItem[],
): Promise<MeasuredItem[]> {
  const measured: MeasuredItem[] = []
  let fresh: CountedItem[] = []
  let chars = 0
  const sentenceTokens = await estimateTokens(DROPPED_RESULT)
  for (const sent of sentItems(items.map(({ item }) => item))) {
    const stored = sent.from === null ? null : (items[sent.from] ?? null)
    const wholeTokens = stored?.tokens ?? (await estimateTokens(wholeText(sent, stored)))
    const tokens = stored?.dropped ? sentenceTokens : wholeTokens
    measured.push({ sent, stored, tokens, wholeTokens, sentenceTokens })
    if (stored !== null && stored.tokens === null) {
      fresh.push({ seq: stored.seq, tokens: wholeTokens })
      chars += sent.text.length
    }
    if (fresh.length === REMEMBERED_AT_ONCE) {
      await rememberTokens(db, conversationId, fresh)
      fresh = []
    }
    if (chars >= COUNTED_CHARS_PER_TURN || measured.length % ITEMS_PER_TURN === 0) {
      await otherWork()
      chars = 0
    }
  }
  if (fresh.length > 0) await rememberTokens(db, conversationId, fresh)
  return measured
}

function wholeText({ text, callId }: SentItem, stored: BranchItem | null): string {
  if (stored === null || callId === null || !stored.dropped) return text
  return resultOfCall(stored.whole, callId) ?? text
}
