import { v7 as uuid } from 'uuid'
import type { CreateConversation } from '#shared/api.ts'
import { t } from '#shared/translate.ts'
import type { Database } from '../db/open.ts'
import type { Idempotency } from '../http/idempotency.ts'
import { Problem } from '../http/problem.ts'
import { idOfKey, insertConversation } from './conversation-store.ts'
import type { Choice } from './folder-routes.ts'
import { checkFolder, type FolderDefaults } from './folder-store.ts'

interface MakeConversationDeps {
  db: Database
  defaultAgent: string
  /** Throws the problem that names what does not exist. */
  checkChoice: (choice: Choice) => Promise<void> | void
}

/** Returns the id of a new conversation, or of the one that an earlier submit with the same key has made. */
export async function makeConversation(
  deps: MakeConversationDeps,
  body: CreateConversation,
  idempotency: Idempotency | null,
): Promise<string> {
  const known = await idOfKey(deps.db.kysely, 'conversations', idempotency)
  if (known !== null) return known
  const { folderId = null, temporary } = body
  if (temporary && folderId !== null) {
    throw new Problem('bad_request', t`A temporary chat is in no folder.`)
  }
  const folder = folderId === null ? null : await checkFolder(deps.db.kysely, folderId)
  const chosen = withDefaults(body, folder)
  await deps.checkChoice(chosen)
  const made = {
    id: uuid(),
    title: body.title ?? null,
    agent: chosen.agent ?? deps.defaultAgent,
    provider: chosen.provider ?? null,
    model: chosen.model ?? null,
    settings: body.settings ?? {},
    folderId,
    temporary,
    at: new Date().toISOString(),
  }
  // Another request with the same key was a moment faster.
  if (!(await insertConversation(deps.db, made, idempotency)))
    return makeConversation(deps, body, idempotency)
  return made.id
}

/** A provider and a model are chosen together. */
function withDefaults(body: CreateConversation, folder: FolderDefaults | null): Choice {
  const { provider, model } = body
  const agent = body.agent ?? folder?.agent ?? undefined
  if (folder === null || provider !== undefined || model !== undefined) {
    return { agent, provider, model }
  }
  return { agent, provider: folder.provider, model: folder.model }
}
