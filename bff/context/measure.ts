// Measures every part of the next request with Tally's own tokenizer. Each item is counted once, and
// counting many items yields to the event loop.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { DROPPED_RESULT, resultOfCall, type SentItem, sentItems } from '../runtime/history.ts'
import type { Database } from '../db/open.ts'
import { estimateAllTokens, estimateTokens } from '../ledger/calls/estimate.ts'
import type { BranchItem } from './branch-store.ts'
import { type CountedItem, rememberTokens } from './token-store.ts'

export interface MeasuredItem {
  sent: SentItem
  /** Null if it was generated for a call that has no result. */
  stored: BranchItem | null
  tokens: number
  /** The tokens of the whole result, and of the sentence that replaces it when it is dropped. */
  wholeTokens: number
  sentenceTokens: number
}

/** How many items are counted and stored before yielding. */
const ITEMS_AT_ONCE = 50

export async function measureItems(
  db: Database,
  conversationId: string,
  items: BranchItem[],
): Promise<MeasuredItem[]> {
  const measured: MeasuredItem[] = []
  const sentenceTokens = await estimateTokens(DROPPED_RESULT)
  let piece: SentItem[] = []
  const measurePiece = async () => {
    const found = piece.map((sent) => ({ sent, stored: storedOf(sent, items) }))
    measured.push(...(await measureSome(db, conversationId, found, sentenceTokens)))
    piece = []
    await yieldToEventLoop()
  }
  for (const sent of sentItems(items.map(({ item }) => item))) {
    piece.push(sent)
    if (piece.length === ITEMS_AT_ONCE) await measurePiece()
  }
  await measurePiece()
  return measured
}

function storedOf({ from }: SentItem, items: BranchItem[]): BranchItem | null {
  return from === null ? null : (items[from] ?? null)
}

type FoundItem = Pick<MeasuredItem, 'sent' | 'stored'>

async function measureSome(
  db: Database,
  conversationId: string,
  found: FoundItem[],
  sentenceTokens: number,
): Promise<MeasuredItem[]> {
  const uncounted = found.filter(({ stored }) => stored === null || stored.tokens === null)
  const texts = uncounted.map(({ sent, stored }) => wholeText(sent, stored))
  const counts = await estimateAllTokens(texts)
  const counted = new Map(uncounted.map((one, index) => [one, counts[index] ?? 0]))
  const fresh = [...counted].flatMap(([{ stored }, tokens]): CountedItem[] =>
    stored === null ? [] : [{ seq: stored.seq, tokens }],
  )
  if (fresh.length > 0) await rememberTokens(db, conversationId, fresh)
  return found.map((one) => {
    const wholeTokens = counted.get(one) ?? one.stored?.tokens ?? 0
    const tokens = one.stored?.dropped === true ? sentenceTokens : wholeTokens
    return { ...one, tokens, wholeTokens, sentenceTokens }
  })
}

function wholeText({ text, callId }: SentItem, stored: BranchItem | null): string {
  if (stored === null || callId === null || !stored.dropped) return text
  return resultOfCall(stored.whole, callId) ?? text
}
