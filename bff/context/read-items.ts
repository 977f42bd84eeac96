// Reads the items of a branch page by page, yielding to the event loop in between.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { Item } from '../upstream/types.ts'
import type { Database } from '../db/open.ts'
import { type BranchItem, branchMessages, itemPages } from './branch-store.ts'

export async function readItems(db: Database, messageIds: string[]): Promise<BranchItem[]> {
  const items: BranchItem[] = []
  for await (const page of itemPages(db, messageIds)) {
    if (items.length > 0) await yieldToEventLoop()
    items.push(...page)
  }
  return items
}

/** Returns what the model is sent when it answers in the place of `messageId`. */
export async function itemsUpTo(db: Database, messageId: string): Promise<Item[]> {
  const items = await readItems(db, await branchMessages(db, messageId))
  return items.map(({ item }) => item)
}
