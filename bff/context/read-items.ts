// Reads the items of a branch page by page, yielding to the event loop in between.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { rememberTokens } from '../runtime/counted-tokens.ts'
import { NOTHING_LEFT_OUT } from '../runtime/plan-fit.ts'
import type { Item, LeftOut } from '../upstream/types.ts'
import type { Database } from '../db/open.ts'
import { type BranchItem, branchMessages, itemPages } from './branch-store.ts'
import { newestSnapshot } from './snapshot-store.ts'

export async function readItems(db: Database, messageIds: string[]): Promise<BranchItem[]> {
  const items: BranchItem[] = []
  for await (const page of itemPages(db, messageIds)) {
    if (items.length > 0) await yieldToEventLoop()
    items.push(...page)
  }
  return items
}

export interface History {
  items: Item[]
  /** What the last answer with a snapshot left out. */
  leftOut: LeftOut
}

/** Returns what the model is sent when it answers in the place of `messageId`. */
export async function historyUpTo(db: Database, messageId: string): Promise<History> {
  const ids = await branchMessages(db, messageId)
  const items = await readItems(db, ids)
  const { leftOut = NOTHING_LEFT_OUT } = (await newestSnapshot(db, ids)) ?? {}
  return { items: items.map(itemWithTokens), leftOut: { ...NOTHING_LEFT_OUT, ...leftOut } }
}

export async function itemsUpTo(db: Database, messageId: string): Promise<Item[]> {
  return (await readItems(db, await branchMessages(db, messageId))).map(itemWithTokens)
}

/** The stored count is that of the whole result. */
function itemWithTokens({ item, tokens, dropped }: BranchItem): Item {
  if (tokens !== null && !dropped) rememberTokens(item, tokens)
  return item
}
