import type { MessagePart } from '#shared/message.ts'

/** Where each block of an answer begins: adjacent tool calls are one block, every other part is its own. */
export function blockStarts(parts: readonly MessagePart[]): number[] {
  const starts: number[] = []
  let previous = -1
  parts.forEach((part, index) => {
    if (part.type !== 'tool_call') return void starts.push(index)
    const between = parts.slice(previous + 1, index)
    const isAdjacent = previous >= 0 && between.every(isBlank)
    previous = index
    if (!isAdjacent) return void starts.push(index)
    // Models write line breaks between two calls.
    starts.length -= between.length
  })
  return starts
}

function isBlank(part: MessagePart): boolean {
  return part.type === 'text' && part.text.trim() === ''
}
