// Reads the items of a branch page by page, yielding to the event loop in between.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { rememberTokens } from '../runtime/counted-tokens.ts'
import { summaryText } from '../runtime/history.ts'
import { userItem } from '../upstream/items.ts'
import type { Item } from '../upstream/types.ts'
import type { Database } from '../db/open.ts'
import { type BranchItem, branchMessages, itemPages } from './branch-store.ts'
import { type ContextSnapshot, newestSnapshot } from './snapshot-store.ts'
import { summariesOf, type SummaryRow } from './summary-store.ts'

export async function readItems(db: Database, messageIds: string[]): Promise<BranchItem[]> {
  const items: BranchItem[] = []
  for await (const page of itemPages(db, messageIds)) {
    if (items.length > 0) await yieldToEventLoop()
    for (const one of page) items.push(withKnownTokens(one))
  }
  return items
}

export interface SentItems {
  items: BranchItem[]
  /** It stands at the beginning, for the oldest messages. Null: there is none. */
  summary: SummaryRow | null
}

/** Returns what is sent of these messages of a branch. */
export async function readSent(db: Database, messageIds: string[]): Promise<SentItems> {
  const summary = (await summariesOf(db.kysely, messageIds)).at(-1) ?? null
  if (summary === null) return { items: await readItems(db, messageIds), summary }
  const after = messageIds.slice(messageIds.indexOf(summary.message_id) + 1)
  return { items: [asItem(summary), ...(await readItems(db, after))], summary }
}

/** It is none of the stored items, whose numbers begin with 1. */
function asItem({ text, message_id: messageId, tokens }: SummaryRow): BranchItem {
  const item = userItem(summaryText(text))
  return withKnownTokens({ seq: 0, messageId, item, whole: item, dropped: false, tokens })
}

/** How much less a request carries because of a summary. */
export function savedBy(summary: SummaryRow | null): number {
  return summary === null ? 0 : summary.original_tokens - summary.tokens
}

/** Returns the messages up to this one that no summary stands for. */
export async function sentMessages(db: Database, messageId: string): Promise<string[]> {
  const ids = await branchMessages(db, messageId)
  const summary = (await summariesOf(db.kysely, ids)).at(-1)
  return summary === undefined ? ids : ids.slice(ids.indexOf(summary.message_id) + 1)
}

export interface History extends Pick<SentItems, 'summary'> {
  items: Item[]
  /** The newest snapshot of the branch. */
  snapshot: ContextSnapshot | null
}

/** Returns what the model is sent when it answers in the place of `messageId`. */
export async function historyUpTo(db: Database, messageId: string): Promise<History> {
  const ids = await branchMessages(db, messageId)
  const { items, summary } = await readSent(db, ids)
  const snapshot = await newestSnapshot(db, ids)
  return { items: items.map(({ item }) => item), summary, snapshot }
}

export async function itemsUpTo(db: Database, messageId: string): Promise<Item[]> {
  const { items } = await readSent(db, await branchMessages(db, messageId))
  return items.map(({ item }) => item)
}

/** The stored count is that of the whole result. */
function withKnownTokens(one: BranchItem): BranchItem {
  const { item, tokens, dropped } = one
  if (tokens !== null && !dropped) rememberTokens(item, tokens)
  return one
}
