// The HTTP side of folders.
import { Hono } from 'hono'
import { v7 as uuid } from 'uuid'
import { CreateFolder, Folder, FolderList, UpdateFolder } from '#shared/folders.ts'
import type { Database } from '../db/open.ts'
import { CHANGE, CHOICE, json, operation } from '../http/operation.ts'
import { Problem, type ProblemCode } from '../http/problem.ts'
import { body } from '../http/request.ts'
import {
  changeFolder,
  insertFolder,
  listFolders,
  readFolder,
  setFolderDeleted,
} from './folder-store.ts'

/** Who is chosen to answer. */
export interface Choice {
  agent?: string | undefined
  provider?: string | null | undefined
  model?: string | null | undefined
}

export interface FolderDeps {
  db: Database
  /** Throws the problem that names what does not exist. */
  checkChoice: (choice: Choice) => Promise<void> | void
}

const ONE: ProblemCode[] = [...CHANGE, 'folder_not_found']

export function folderRoutes({ db, checkChoice }: FolderDeps): Hono {
  const app = new Hono()
  const one = '/api/folders/:id'

  app.get(
    '/api/folders',
    operation({
      operationId: 'listFolders',
      summary: 'The folders of conversations, in their order',
      responses: { 200: json(FolderList) },
    }),
    async (c) => c.json({ items: await listFolders(db), nextCursor: null }),
  )

  app.post(
    '/api/folders',
    operation({
      operationId: 'createFolder',
      summary: 'Make a folder, after the others',
      responses: { 201: json(Folder, 'Made') },
      problems: [...CHANGE, ...CHOICE, 'folder_exists', 'too_many_folders'],
    }),
    body(CreateFolder),
    async (c) => {
      const made = c.req.valid('json')
      await checkChoice({ ...made, agent: made.agent ?? undefined })
      const id = uuid()
      await insertFolder(db, id, made, new Date().toISOString())
      return c.json(await readFolder(db, id), 201)
    },
  )

  app.patch(
    one,
    operation({
      operationId: 'updateFolder',
      summary: 'Rename or move a folder, or change what applies to its conversations',
      description:
        'Instructions apply from the next message on. Agent and model are for new conversations; those in the folder keep theirs.',
      responses: { 200: json(Folder) },
      problems: [...ONE, ...CHOICE, 'folder_exists'],
    }),
    body(UpdateFolder),
    async (c) => {
      const changes = c.req.valid('json')
      await checkChoice({ ...changes, agent: changes.agent ?? undefined })
      await changeFolder(db, c.req.param('id'), changes)
      return c.json(await readFolder(db, c.req.param('id')))
    },
  )

  app.delete(
    one,
    operation({
      operationId: 'deleteFolder',
      summary: 'Delete a folder; its conversations stay, in no folder',
      responses: { 204: { description: 'Gone' } },
      problems: ONE,
    }),
    async (c) => {
      const found = await setFolderDeleted(db, c.req.param('id'), new Date().toISOString())
      if (!found) throw new Problem('folder_not_found')
      return c.body(null, 204)
    },
  )

  app.post(
    '/api/folders/:id/restore',
    operation({
      operationId: 'restoreFolder',
      summary: 'Undo the deletion of a folder: its conversations are in it again',
      responses: { 200: json(Folder) },
      problems: ONE,
    }),
    async (c) => {
      const id = c.req.param('id')
      if (!(await setFolderDeleted(db, id, null))) throw new Problem('folder_not_found')
      return c.json(await readFolder(db, id))
    },
  )
  return app
}
