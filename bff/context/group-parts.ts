// Groups the parts of a request by turn: a message of the user and everything that followed it.
import type { ContextGroup, ContextPart } from '#shared/context.ts'
import { inProportion, LABEL_CHARS, largestOf, sumOf, toParts } from './context-parts.ts'
import type { MeasuredItem } from './measure.ts'
import { plural, t } from '#shared/translate.ts'

/** A group has no more parts than a reader looks through. */
const MAX_GROUP_PARTS = 12

interface GroupParts {
  /** Instructions and tools. */
  fixed: ContextPart[]
  items: MeasuredItem[]
  /** At most so many turns. */
  groups: number
  inputTokens: number
}

/** Returns what every request carries, then the turns in their order. They add up to `inputTokens`. */
export function groupParts({
  fixed,
  items,
  groups: most,
  inputTokens,
}: GroupParts): ContextGroup[] {
  const summaries = items.filter(({ sent }) => sent.kind === 'summary')
  const turns = turnsOf(items.filter(({ sent }) => sent.kind !== 'summary'))
  const listed = largestOf(turns, most)
  const groups: ContextGroup[] = [
    {
      ...NO_MESSAGE,
      kind: 'setup',
      label: t`Instructions and tools`,
      parts: toParts([...fixed, ...summaries], MAX_GROUP_PARTS),
    },
    ...listed.map((turn): ContextGroup => {
      const [first] = turn.items
      return {
        kind: 'turn',
        label: first?.sent.kind === 'user' ? first.sent.label.trim().slice(0, LABEL_CHARS) : '',
        messageId: first?.stored?.messageId ?? null,
        tokens: 0,
        parts: toParts(turn.items, MAX_GROUP_PARTS),
      }
    }),
    ...otherTurns(turns.length - listed.length, sumOf(turns) - sumOf(listed)),
  ]
  return inGroups(
    groups.filter(({ parts }) => parts.length > 0),
    inputTokens,
  )
}

const NO_MESSAGE = { messageId: null, tokens: 0 }

interface Turn {
  items: MeasuredItem[]
  tokens: number
}

function turnsOf(items: MeasuredItem[]): Turn[] {
  const turns: Turn[] = []
  let before: string | null = null
  for (const item of items) {
    const messageId: string | null = item.stored?.messageId ?? before
    let turn = turns.at(-1)
    // Words given to the running agent belong to the message of its answer.
    if (turn === undefined || (item.sent.kind === 'user' && messageId !== before)) {
      turn = { items: [], tokens: 0 }
      turns.push(turn)
    }
    turn.items.push(item)
    turn.tokens += item.tokens
    before = messageId
  }
  return turns
}

function otherTurns(count: number, tokens: number): ContextGroup[] {
  if (count === 0) return []
  const label = plural(count, { one: t`1 smaller turn`, other: t`${count} smaller turns` })
  const part: ContextPart = {
    kind: 'other',
    label,
    messageId: null,
    callId: null,
    tokens,
    dropped: false,
  }
  return [{ ...NO_MESSAGE, kind: 'other', label, parts: [part] }]
}

/** Scales all parts together, so that a group is the sum of its parts. */
function inGroups(groups: ContextGroup[], inputTokens: number): ContextGroup[] {
  const scaled = inProportion(
    groups.flatMap(({ parts }) => parts),
    inputTokens,
  )
  let from = 0
  return groups.map((group) => {
    const parts = scaled.slice(from, (from += group.parts.length))
    return { ...group, parts, tokens: sumOf(parts) }
  })
}
