// The schemas of what the first page reads. They load after it. Until then an answer is taken as
// it is, because the page was loaded from the same server a moment before; a later answer can come
// from a newer server.
import type * as z from 'zod/mini'
import type { AnswerSchema } from './request.ts'

type Contract = typeof import('#shared/api.ts')

let contract: Contract | null = null

export async function loadSchemas(): Promise<void> {
  contract ??= await import('#shared/api.ts')
}

function pageSchema<Name extends 'Conversation' | 'ConversationPage' | 'ModelList'>(
  name: Name,
): AnswerSchema<z.output<Contract[Name]>> {
  type Answer = z.output<Contract[Name]>
  const unchecked = (answer: unknown) => ({ success: true, data: answer as Answer }) as const
  const schema = () => contract?.[name] as AnswerSchema<Answer> | undefined
  return { safeParse: (answer) => schema()?.safeParse(answer) ?? unchecked(answer) }
}

export const pageSchemas = {
  Conversation: pageSchema('Conversation'),
  ConversationPage: pageSchema('ConversationPage'),
  ModelList: pageSchema('ModelList'),
}
