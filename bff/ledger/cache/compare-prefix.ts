// Compares the beginnings of two requests: how long they are equal, and what differs first.
import type { PrefixChange } from '#shared/call-cache.ts'
import type { PrefixItem, RequestPrefix } from '../../upstream/types.ts'

/** The parts of a request that are compared. */
export interface Begun {
  provider: string
  model: string
  agent: string | null
  prefix: RequestPrefix
}

export interface Difference {
  /** Null if the shorter request is a prefix of the longer one. */
  change: PrefixChange | null
  /** The question or answer that changed, counted from 1. Null if the change is in neither. */
  number: number | null
  /** How much of the earlier request the two have in common, in characters and as a share (0 to 1). */
  commonChars: number
  common: number
}

export function difference(earlier: Begun, later: Begun): Difference {
  const change = headChange(earlier, later)
  if (change !== null) return { change, number: null, commonChars: 0, common: 0 }
  const before = earlier.prefix.items
  const now = later.prefix.items
  const length = Math.min(before.length, now.length)
  let same = 0
  while (same < length && before[same]?.hash === now[same]?.hash) same += 1
  const commonChars = earlier.prefix.headChars + charsOf(before, 0, same)
  const whole = commonChars + charsOf(before, same, before.length)
  const alike = { commonChars, common: whole === 0 ? 0 : commonChars / whole }
  if (same === length) return { change: null, number: null, ...alike }
  return { change: changeOf(before[same], now[same]), number: numberOf(before, same), ...alike }
}

function headChange(earlier: Begun, later: Begun): PrefixChange | null {
  if (earlier.provider !== later.provider || earlier.model !== later.model) return 'model'
  const isSame = (part: 'instructions' | 'tools' | 'format') =>
    earlier.prefix[part] === later.prefix[part]
  if (isSame('instructions') && isSame('tools')) return isSame('format') ? null : 'format'
  if (earlier.agent !== later.agent) return 'agent'
  return isSame('instructions') ? 'tools' : 'instructions'
}

/** When an item was inserted or removed, reports the kind of the one that is not a message. */
function changeOf(before: PrefixItem | undefined, now: PrefixItem | undefined): PrefixChange {
  const kinds = [before?.kind, now?.kind]
  if (kinds.includes('reasoning')) return 'reasoning'
  if (kinds.includes('tool_result')) return 'tool_result'
  if (kinds.includes('tool_call')) return 'tool_call'
  return before?.kind === 'answer' && now?.kind === 'answer' ? 'answer' : 'question'
}

/** Everything between two questions counts as the answer to the first. */
function numberOf(items: PrefixItem[], at: number): number {
  const questions = items.slice(0, at + 1).filter(({ kind }) => kind === 'question')
  return Math.max(1, questions.length)
}

function charsOf(items: PrefixItem[], from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at += 1) sum += items[at]?.chars ?? 0
  return sum
}
