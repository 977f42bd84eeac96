// The schemas of what the first page reads. They load after it. Until then an answer is taken as
// it is, because the page was loaded from the same server a moment before; a later answer can come
// from a newer server.
import type * as Contract from '#shared/api.ts'
import type { AnswerSchema } from './request.ts'

let contract: typeof Contract | null = null

export async function loadSchemas(): Promise<void> {
  contract ??= await import('#shared/api.ts')
}

export const pageSchemas = {
  Conversation: pageSchema(({ Conversation }) => Conversation),
  ConversationPage: pageSchema(({ ConversationPage }) => ConversationPage),
  ModelList: pageSchema(({ ModelList }) => ModelList),
  Run: pageSchema(({ Run }) => Run),
}

function pageSchema<Answer>(
  schemaIn: (contract: typeof Contract) => AnswerSchema<Answer>,
): AnswerSchema<Answer> {
  const isTrusted = (answer: unknown): answer is Answer =>
    contract === null ? answer !== undefined : schemaIn(contract).safeParse(answer).success
  return {
    safeParse: (answer) =>
      isTrusted(answer) ? { success: true, data: answer } : { success: false },
  }
}
