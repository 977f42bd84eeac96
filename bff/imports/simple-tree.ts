// Products whose nodes are whole messages: a node becomes a message, and one that says nothing is left out
// of the branch.
import type { MessagePart } from '#shared/message.ts'
import type { ImportedMessage } from './imported-conversation.ts'
import { type TreeNode, walkTree } from './message-tree.ts'

export interface SimpleNode {
  /** Null: not a message that people see. */
  role: 'user' | 'assistant' | null
  model: string | null
  parts: (at: string) => MessagePart[]
}

export function simpleMessages(
  nodes: TreeNode<SimpleNode>[],
  createdAt: string,
): { messages: ImportedMessage[]; lost: number } {
  const { placed, lost } = walkTree(nodes)
  const messages: ImportedMessage[] = []
  const nearest = new Map<string | null, { id: string | null; at: string }>()
  for (const { id, parentId, at: ownAt, value } of placed) {
    const above = nearest.get(parentId) ?? { id: null, at: createdAt }
    const at = ownAt ?? above.at
    const parts = value.role === null ? [] : value.parts(at)
    nearest.set(id, { id: parts.length > 0 ? id : above.id, at })
    if (value.role === null || parts.length === 0) continue
    const { role, model } = value
    messages.push({
      externalIds: [id],
      parentId: above.id,
      role,
      createdAt: at,
      model: role === 'user' ? null : model,
      parts,
    })
  }
  return { messages, lost }
}

/** Returns the wanted end of the branch if it became a message. */
export function selectedAmong(messages: ImportedMessage[], id: string | null): string | null {
  return messages.some(({ externalIds }) => externalIds[0] === id) ? id : null
}
