// The tool uses of one answer, with the size of their results.
import type { ToolUse } from '#shared/tool-uses.ts'
import type { Database } from '../db/open.ts'
import { countResults } from './count-results.ts'
import { toolUsesOf, toToolUse } from './tool-use-store.ts'

export async function readToolUses(
  db: Database,
  conversationId: string,
  messageId: string,
): Promise<ToolUse[]> {
  const uses = await toolUsesOf(db, [messageId])
  const own = uses.filter((use) => use.conversation_id === conversationId)
  return (await countResults(db, own)).map(toToolUse)
}
