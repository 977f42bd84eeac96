import type { LeftOut, LeftOutReason } from '#shared/imports.ts'

/** Adds to the count of a reason. */
export function countLeftOut(leftOut: LeftOut[], reason: LeftOutReason, count: number): LeftOut[] {
  const before = leftOut.find((each) => each.reason === reason)
  const others = leftOut.filter((each) => each.reason !== reason)
  return [...others, { reason, count: (before?.count ?? 0) + count }]
}

/** What belongs to no conversation is counted again when an import goes on after a restart. */
const OF_THE_FILE: LeftOutReason[] = [
  'unreadable',
  'no_messages',
  'too_large',
  'too_deep',
  'cut_off',
  'refused_prompts',
]

export function ofConversations(leftOut: LeftOut[]): LeftOut[] {
  return leftOut.filter(({ reason }) => !OF_THE_FILE.includes(reason))
}
