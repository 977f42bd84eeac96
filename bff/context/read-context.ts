// Reads what the next request of a conversation carries. The total builds on the provider's count of the last
// request; what was added since, and the share of each part, are estimated.
import type { ContextPart, ConversationContext } from '#shared/context.ts'
import type { AgentTexts, TextsOf } from '../runtime/agent-texts.ts'
import {
  type ConversationRow,
  findConversation,
  sentSettings,
} from '../conversations/conversation-store.ts'
import type { Database } from '../db/open.ts'
import { estimateTokens } from '../ledger/calls/estimate.ts'
import { Problem } from '../http/problem.ts'
import { yieldWhenDue } from '../jobs/event-loop.ts'
import { branchMessages } from './branch-store.ts'
import { fixedChars } from './fixed-chars.ts'
import { fitMeasured } from './fit-measured.ts'
import { type ContextSnapshot, newestSnapshot } from './snapshot-store.ts'
import { type MeasuredItem, measureItems } from './measure.ts'
import { groupParts } from './group-parts.ts'
import { inProportion, sumOf, toParts } from './context-parts.ts'
import { readSent, savedBy } from './read-items.ts'
import { t } from '#shared/translate.ts'

export interface NextModel {
  provider: string
  model: string
  window: number | null
}

export interface ContextDeps {
  db: Database
  textsOf: TextsOf
  /** Returns null if no model could answer. */
  nextModel: (wanted: Pick<ConversationRow, 'provider' | 'model'>) => Promise<NextModel | null>
}

interface Wanted {
  /** At most so many parts; the smallest are merged into one. */
  parts: number
  /** At most so many turns; the smallest are merged into one. 0: the parts are not grouped. */
  groups?: number
  /** The tokens of the next question, which takes room but is no part. */
  nextTokens?: number
}

export async function readContext(
  { db, textsOf, nextModel }: ContextDeps,
  conversationId: string,
  { parts, groups = 0, nextTokens = 0 }: Wanted,
): Promise<ConversationContext> {
  const conversation = await findConversation(db, conversationId)
  if (conversation === null) throw new Problem('conversation_not_found')
  const { agent, selectedMessageId } = conversation
  const settings = sentSettings(conversation)
  const next = await nextModel(conversation)
  const texts = textsOf(agent, settings)
  const own = settings.instructions ?? ''
  const ids = selectedMessageId === null ? [] : await branchMessages(db, selectedMessageId)
  const sent = await readSent(db, ids)
  const all = await measureItems(db, conversationId, sent.items)
  const fixed = await fixedParts(agent, texts, own, ownLabel(conversation))
  const snapshot = await newestSnapshot(db, ids)
  await yieldWhenDue()
  const { items, leftOut } = fitMeasured(all, {
    window: next?.window ?? null,
    outputLimit: settings.maxOutputTokens ?? null,
    fixedTokens: sumOf(fixed),
    nextTokens,
  })
  const isKnown =
    snapshot !== null && snapshot.provider === next?.provider && snapshot.model === next.model
  const estimated = sumOf(fixed) + sumOf(items)
  const counted = (known: ContextSnapshot) =>
    known.fittedTokens === null
      ? afterSnapshot(known, all, fixedChars(texts, own)) -
        leftOut.tokens +
        known.summaryTokens -
        savedBy(sent.summary)
      : known.inputTokens + estimated - known.fittedTokens
  const inputTokens = isKnown ? Math.max(0, counted(snapshot)) : estimated
  return {
    provider: next?.provider ?? null,
    model: next?.model ?? null,
    window: next?.window ?? null,
    leftOut: leftOut.tokens === 0 ? null : leftOut,
    inputTokens,
    certainty: isKnown ? 'reported' : 'estimated',
    parts: inProportion(toParts([...fixed, ...items], parts), inputTokens),
    groups: groups === 0 ? [] : groupParts({ fixed, items, groups, inputTokens }),
    partsCertainty: 'estimated',
  }
}

function ownLabel({ settings, folder, defaultInstructions }: ConversationRow): string {
  if (settings.instructions !== undefined) return t`Instructions of this conversation`
  if (folder?.instructions) return t`Instructions of the folder ${folder.name}`
  return defaultInstructions === null
    ? t`Instructions of this conversation`
    : t`Instructions of all conversations`
}

async function fixedParts(
  agent: string,
  texts: AgentTexts,
  own: string,
  label: string,
): Promise<ContextPart[]> {
  const named: [ContextPart['kind'], string, string][] = [
    ['instructions', t`Instructions of ${agent}`, texts.instructions],
    ['instructions', label, own],
    ...texts.tools.map(({ name, text }): [ContextPart['kind'], string, string] => {
      return ['tools', name, text]
    }),
  ]
  const parts: ContextPart[] = []
  for (const [kind, label, text] of named) {
    if (text === '') continue
    const tokens = await estimateTokens(text)
    parts.push({ kind, label, messageId: null, callId: null, tokens, dropped: false })
  }
  return parts
}

/** Returns the tokens of an agent's instructions and tools, the minimum of every request. */
export async function fixedTokens(texts: AgentTexts, own: string): Promise<number> {
  return sumOf(await fixedParts('', texts, own, ''))
}

/** An approximation for instructions and tools. */
const CHARS_PER_TOKEN = 4

function afterSnapshot(snapshot: ContextSnapshot, items: MeasuredItem[], fixedNow: number): number {
  const absent = new Set(snapshot.dropped.map(([messageId, callId]) => keyOf(messageId, callId)))
  const added = items.reduce(
    (sum, item) => sum + item.tokens - tokensThen(item, snapshot, absent),
    0,
  )
  const changed = Math.round((fixedNow - snapshot.fixedChars) / CHARS_PER_TOKEN)
  return Math.max(0, snapshot.inputTokens + added + changed)
}

/** Returns the tokens of this item in the counted request. */
function tokensThen(
  { sent, stored, tokens, wholeTokens, sentenceTokens }: MeasuredItem,
  snapshot: ContextSnapshot,
  absent: Set<string>,
): number {
  // Generated for a call without a result, so the counted request had it too.
  if (stored === null) return tokens
  if (stored.seq > snapshot.lastSeq) return 0
  if (sent.kind !== 'tool_result') return tokens
  return absent.has(keyOf(stored.messageId, sent.callId)) ? sentenceTokens : wholeTokens
}

function keyOf(messageId: string, callId: string | null): string {
  return JSON.stringify([messageId, callId])
}
