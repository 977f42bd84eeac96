// Which messages a summary would stand for, as the text that a model summarizes. The last turns always
// stay, and so does what an earlier summary of the branch says.
import { shortened, shortenedTokens } from '../runtime/shorten-result.ts'
import { withoutCounted } from '../upstream/file-reference.ts'
import type { SentText } from '../runtime/history.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { SUMMARY_LINES } from './summary-prompt.ts'
import { branchMessages } from './branch-store.ts'
import { type MeasuredItem, measureItems } from './measure.ts'
import { readSent } from './read-items.ts'
import { t } from '#shared/translate.ts'

export interface SummaryPlan {
  /** The last message that it stands for, and how many these are. */
  messageId: string
  messages: number
  /** Tokens of what is sent now in its place, of the original messages, and of what stays. */
  replacedTokens: number
  originalTokens: number
  keptTokens: number
  /** What is summarized, in parts that a model can read at once. */
  parts: TranscriptPart[]
}

export interface TranscriptPart {
  text: string
  tokens: number
}

/** How many questions and their answers stay. */
const KEPT_TURNS = 2

/** Throws if there are no older messages. `partTokens`: how much a model can read at once. */
export async function planSummary(
  db: Database,
  conversationId: string,
  end: string | null,
  partTokens: number,
): Promise<SummaryPlan> {
  const ids = end === null ? [] : await branchMessages(db, end)
  const { items, summary } = await readSent(db, ids)
  const measured = await measureItems(db, conversationId, items)
  const cut = firstKept(measured)
  const replaced = measured.slice(0, cut)
  const messageId = ids[ids.indexOf(measured[cut]?.stored?.messageId ?? '') - 1]
  if (messageId === undefined || messageId === summary?.message_id) {
    throw new Problem('nothing_to_summarize', NOTHING_OLD())
  }
  const replacedTokens = sumOf(replaced)
  const known = summary === null ? 0 : summary.original_tokens - summary.tokens
  return {
    messageId,
    messages: ids.indexOf(messageId) + 1,
    replacedTokens,
    originalTokens: replacedTokens + known,
    keptTokens: sumOf(measured.slice(cut)),
    parts: partsOf(replaced, partTokens),
  }
}

const NOTHING_OLD = () =>
  t`There are no older messages to summarize: the last two questions and their answers always stay.`

function firstKept(items: MeasuredItem[]): number {
  const starts = [...items.keys()].filter((index) => items[index]?.sent.kind === 'user')
  return starts.at(-KEPT_TURNS) ?? 0
}

function sumOf(items: MeasuredItem[]): number {
  return items.reduce((sum, { tokens }) => sum + tokens, 0)
}

function partsOf(items: MeasuredItem[], partTokens: number): TranscriptPart[] {
  const parts: TranscriptPart[] = []
  let lines: string[] = []
  let tokens = 0
  const endPart = () => {
    if (lines.length > 0) parts.push({ text: lines.join('\n\n'), tokens })
    lines = []
    tokens = 0
  }
  for (const { sent, tokens: own } of items) {
    const size = sent.kind === 'tool_result' ? shortenedTokens(sent.text, own) : own
    if (tokens + size > partTokens) endPart()
    lines.push(lineOf({ ...sent, text: withoutCounted(sent.text) }))
    tokens += size
  }
  endPart()
  return parts
}

function lineOf({ kind, label, text }: SentText): string {
  switch (kind) {
    case 'summary':
      return text
    case 'user':
      return SUMMARY_LINES.user(text)
    case 'assistant':
      return SUMMARY_LINES.assistant(text)
    case 'tool_call':
      return SUMMARY_LINES.toolCall(label, text.slice(label.length))
    case 'tool_result':
      return SUMMARY_LINES.toolResult(label, shortened(text))
  }
}
