import type { MessagePart } from '#shared/message.ts'

/**
 * Where each block of an answer begins. Adjacent tool calls are one block, with the reasoning behind each
 * of them, so that it need not move when the next call arrives. Every other part is its own.
 */
export function blockStarts(parts: readonly MessagePart[]): number[] {
  const starts: number[] = []
  // The number of blocks up to that of the tools, while it may go on; 0: there is none.
  let withTools = 0
  parts.forEach((part, index) => {
    const isOfTools = part.type === 'tool_call' || part.type === 'reasoning'
    if (withTools > 0 && isOfTools) {
      // Models write line breaks between two calls.
      starts.length = withTools
      return
    }
    starts.push(index)
    if (part.type === 'tool_call') withTools = starts.length
    else if (!isBlank(part)) withTools = 0
  })
  return starts
}

function isBlank(part: MessagePart): boolean {
  return part.type === 'text' && part.text.trim() === ''
}
