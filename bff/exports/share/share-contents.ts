// What the selected branch holds, to be shown before it is shared.
import type { MessagePart } from '#shared/message.ts'
import type { ShareContents } from '#shared/share.ts'
import { yieldWhenDue } from '../../jobs/event-loop.ts'
import { branchNumbers, readMessage } from '../export-store.ts'
import type { Exported } from '../exported-conversation.ts'

export async function shareContents({ db, live, conversation }: Exported): Promise<ShareContents> {
  const contents: ShareContents = {
    messages: 0,
    toolCalls: 0,
    reasoning: 0,
    images: 0,
    imageBytes: 0,
    otherFiles: 0,
    withheld: 0,
    models: [],
  }
  for (const number of await branchNumbers(db, conversation.id, conversation.selectedMessageId)) {
    await yieldWhenDue()
    const read = await readMessage(db, live, number)
    if (read === null) continue
    const { parts, model, withheld } = read.message
    contents.messages += 1
    if (withheld) contents.withheld += 1
    if (model !== null && !contents.models.includes(model)) contents.models.push(model)
    addParts(contents, parts)
  }
  return contents
}

function addParts(contents: ShareContents, parts: readonly MessagePart[]): void {
  for (const part of parts) {
    if (part.type === 'reasoning') contents.reasoning += 1
    if (part.type === 'tool_call') {
      contents.toolCalls += 1
      addParts(contents, [...(part.parts ?? []), ...(part.files ?? [])])
    }
    if (part.type !== 'file') continue
    if (part.mediaType.startsWith('image/')) {
      contents.images += 1
      contents.imageBytes += part.size
    } else contents.otherFiles += 1
  }
}
