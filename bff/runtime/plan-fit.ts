// Which part of a conversation fits into the window of a model. Results of tools are shortened first,
// then the oldest whole turns are left out, so that no call is ever without its result. The last
// turns are touched only where nothing else helps, and the current one keeps all its messages.
//
// Both happen in steps of a quarter of the headroom: the beginning of the request stays the same for many
// turns, and a provider can read it from its cache.

import type { LeftOut } from '../upstream/agent-run.ts'

export interface SizedEntry {
  kind: 'summary' | 'user' | 'assistant' | 'tool_call' | 'tool_result'
  tokens: number
  /** The tokens if it is shortened; the same if that saves nothing. */
  shortTokens: number
}

export interface FitPlan {
  /** The entries before it are left out. */
  from: number
  /** The results before it are shortened. */
  shortBefore: number
}

export const NOTHING_LEFT_OUT: LeftOut = { messages: 0, results: 0, tokens: 0 }

/** The longest answer to keep headroom for if no limit is set, and the largest shares of the window. */
const USUAL_ANSWER_TOKENS = 16_384
const USUAL_ANSWER_SHARE = 1 / 4
const MAX_ANSWER_SHARE = 1 / 2
/** Tokenizers differ from ours. */
const SAFE_SHARE = 0.9
/** Tokens of an entry that are in no text. */
const ENTRY_TOKENS = 4
const STEPS = 4
/** How many turns before the current one are spared. */
const RECENT_TURNS = 2

/** How many tokens a request may have, so that the answer has headroom too. */
export function roomIn(window: number, outputLimit: number | null): number {
  const answer =
    outputLimit === null
      ? Math.min(USUAL_ANSWER_TOKENS, window * USUAL_ANSWER_SHARE)
      : Math.min(outputLimit, window * MAX_ANSWER_SHARE)
  return Math.floor((window - answer) * SAFE_SHARE)
}

/** `headroom` is what instructions and tools leave. The last turn is the one that is answered. */
export function planFit(entries: readonly SizedEntry[], headroom: number): FitPlan {
  const starts = turnStarts(entries)
  const current = starts.at(-1) ?? 0
  const recent = starts.at(-1 - RECENT_TURNS) ?? 0
  const plan = { from: 0, shortBefore: 0 }
  let size = entries.length * ENTRY_TOKENS
  for (const { tokens } of entries) size += tokens
  const goal = () => {
    const step = Math.max(1, Math.floor(headroom / STEPS))
    return size - Math.ceil((size - headroom) / step) * step
  }
  const shorten = (until: number) => {
    const least = goal()
    for (let at = plan.shortBefore; at < until && size > least; at += 1) {
      size -= saved(entries[at])
      plan.shortBefore = at + 1
    }
  }
  const leaveOut = (until: number) => {
    const least = goal()
    for (const start of starts) {
      if (start > until || size <= least) break
      for (; plan.from < start; plan.from += 1) size -= sentTokens(entries, plan.from, plan)
    }
  }
  for (const until of [recent, current]) {
    if (size > headroom) shorten(until)
    if (size > headroom) leaveOut(until)
  }
  // The model has not read the last results yet.
  if (size > headroom) shorten(unreadFrom(entries))
  return plan
}

/** How many entries at the beginning always stay. */
export function pinnedIn([first]: readonly { kind: SizedEntry['kind'] }[]): number {
  return first?.kind === 'summary' ? 1 : 0
}

/** What a plan leaves out, and the tokens of what it sends. */
export function describePlan(
  entries: readonly SizedEntry[],
  { from, shortBefore }: FitPlan,
): LeftOut & { sentTokens: number } {
  const found = { ...NOTHING_LEFT_OUT, sentTokens: 0 }
  for (const [index, entry] of entries.entries()) {
    if (index < from) {
      const before = entries[index - 1]?.kind
      const isMessage = entry.kind === 'user' || before === undefined || before === 'user'
      if (isMessage) found.messages += 1
      found.tokens += entry.tokens
      continue
    }
    const short = index < shortBefore ? saved(entry) : 0
    if (short > 0) found.results += 1
    found.tokens += short
    found.sentTokens += entry.tokens - short
  }
  return found
}

function sentTokens(entries: readonly SizedEntry[], at: number, plan: FitPlan): number {
  const entry = entries[at]
  if (entry === undefined) return 0
  return ENTRY_TOKENS + entry.tokens - (at < plan.shortBefore ? saved(entry) : 0)
}

function saved(entry: SizedEntry | undefined): number {
  return entry?.kind === 'tool_result' ? entry.tokens - entry.shortTokens : 0
}

function turnStarts(entries: readonly SizedEntry[]): number[] {
  const starts: number[] = []
  let index = 0
  for (const { kind } of entries) {
    if (kind === 'user') starts.push(index)
    index += 1
  }
  return starts
}

function unreadFrom(entries: readonly SizedEntry[]): number {
  return entries.findLastIndex(({ kind }) => kind !== 'tool_result') + 1
}
