// Imports as jobs: an upload is read for its preview, and after the start written in the background, one
// import at a time. A restart goes on with what was going on.
import { dirname } from 'node:path'
import { v7 as uuid } from 'uuid'
import type { ImportJob } from '#shared/imports.ts'
import { freeBytes, MIN_FREE_BYTES } from '../db/free-space.ts'
import type { Database } from '../db/open.ts'
import type { Files } from '../files/files.ts'
import { Problem } from '../http/problem.ts'
import type { BackgroundJobs, Job } from '../jobs/background-jobs.ts'
import { ImportRefused } from './import-refused.ts'
import {
  changeImport,
  deleteImport,
  expireImports,
  findImport,
  idsWithUpload,
  insertImport,
  listImports,
  nextImport,
  readUntitled,
} from './import-store.ts'
import { ImportUploads } from './import-uploads.ts'
import { previewImport } from './preview-import.ts'
import { readImport } from './read-import.ts'
import type { Read } from './read-messages.ts'
import { FileRestore } from './restore-files.ts'
import { writeImport } from './write-import.ts'
import { t } from '#shared/translate.ts'

/** How long an upload waits for its start. */
const MAX_WAIT_MS = 7 * 24 * 60 * 60_000
const EXPIRE_EVERY_MS = 60 * 60_000
const diskFull = () =>
  t`The disk is almost full. What was imported so far is kept: free some space, and choose the file again to go on.`
const expired = () => t`It was not started within a week, so the file was removed: choose it again.`

export interface ImportParts {
  db: Database
  dataDir: string
  files: Files
  jobs: BackgroundJobs
  /** Who answers an imported conversation when it goes on. */
  agent: string
  /** Whether there is an agent of this name. */
  hasAgent: (name: string) => boolean
  /** Told when there are new messages to search. */
  onMessages: () => void
  onError: (error: unknown) => void
}

interface Current {
  id: string
  stop: AbortController
  /** The newest figures, which are not stored yet. */
  seen: Partial<Pick<ImportJob, 'progress' | 'report'>>
}

export class Imports {
  readonly #parts: ImportParts
  readonly #uploads: ImportUploads
  readonly #job: Job
  #current: Current | null = null

  private constructor(parts: ImportParts) {
    this.#parts = parts
    this.#uploads = new ImportUploads(parts.dataDir)
    this.#job = parts.jobs.add('import', (stop) => this.#work(stop))
    parts.jobs.add('import uploads', () => this.expire(new Date()), EXPIRE_EVERY_MS)
  }

  static async open(parts: ImportParts): Promise<Imports> {
    const imports = new Imports(parts)
    await imports.#uploads.removeOthers(await idsWithUpload(parts.db))
    imports.#job.wake()
    return imports
  }

  async upload(fileName: string, chunks: AsyncIterable<Uint8Array>): Promise<string> {
    const id = uuid()
    const bytes = await this.#uploads.store(id, chunks)
    await insertImport(this.#parts.db, { id, fileName, bytes }, new Date().toISOString())
    this.#job.wake()
    return id
  }

  list(): Promise<ImportJob[]> {
    return listImports(this.#parts.db)
  }

  async find(id: string): Promise<ImportJob> {
    const found = await findImport(this.#parts.db, id)
    if (found === null) throw new Problem('import_not_found')
    const isCurrent = this.#current?.id === id && ['reading', 'importing'].includes(found.state)
    return isCurrent ? { ...found, ...this.#current?.seen } : found
  }

  async start(id: string): Promise<void> {
    const { state } = await this.find(id)
    if (state === 'importing' || state === 'done') return
    const started = await this.#parts.db.transaction((trx) =>
      changeImport(trx, id, 'ready', { state: 'importing', untitled: t`Untitled` }),
    )
    if (!started) {
      throw new Problem(
        'import_not_ready',
        state === 'reading' ? t`The file is still being read.` : t`Choose the file again.`,
      )
    }
    this.#job.wake()
  }

  /** What was imported so far stays. */
  async cancel(id: string): Promise<void> {
    if (!(await deleteImport(this.#parts.db, id))) throw new Problem('import_not_found')
    if (this.#current?.id === id) this.#current.stop.abort()
    else await this.#uploads.remove(id)
  }

  async expire(now: Date): Promise<void> {
    const before = new Date(now.getTime() - MAX_WAIT_MS)
    for (const id of await expireImports(this.#parts.db, before, expired())) {
      await this.#uploads.remove(id)
    }
  }

  async #work(ending: AbortSignal): Promise<void> {
    for (;;) {
      const job = ending.aborted ? null : await nextImport(this.#parts.db)
      if (job === null) return
      const stop = new AbortController()
      this.#current = { id: job.id, stop, seen: {} }
      try {
        await this.#perform(job, AbortSignal.any([ending, stop.signal]))
      } catch (error) {
        if (!ending.aborted && !stop.signal.aborted) await this.#fail(job, error)
      } finally {
        this.#current = null
      }
      // At the end of the process the upload is kept for the next.
      if (ending.aborted) return
      const after = await findImport(this.#parts.db, job.id)
      if (after?.state !== 'ready') await this.#uploads.remove(job.id)
    }
  }

  async #perform(job: ImportJob, signal: AbortSignal): Promise<void> {
    const files = await FileRestore.open(this.#uploads.pathOf(job.id), this.#parts.files)
    try {
      await this.#read(job, files, signal)
    } finally {
      files.close()
    }
  }

  async #read(job: ImportJob, files: FileRestore, signal: AbortSignal): Promise<void> {
    const { db, agent, onMessages } = this.#parts
    const isPreview = job.state === 'reading'
    const skip = isPreview ? 0 : job.progress
    const path = this.#uploads.pathOf(job.id)
    const portions = readImport({ path, isPreview, skip }, signal)
    const see = (seen: Current['seen']) => {
      if (this.#current?.id === job.id) this.#current.seen = seen
    }
    if (isPreview) {
      const found = await previewImport(db, portions, files, (progress) => see({ progress }))
      await db.transaction((trx) =>
        changeImport(trx, job.id, 'reading', { ...found, state: 'ready' }),
      )
      return
    }
    const onReport = (progress: number, report: ImportJob['report']) => {
      see({ progress, report })
      onMessages()
    }
    const agentOf = (name: string) => (this.#parts.hasAgent(name) ? name : agent)
    const checked = whileFree(portions, dirname(path))
    const untitled = (await readUntitled(db, job.id)) ?? t`Untitled`
    await writeImport({ db, files, agent, agentOf, untitled, onReport }, job, checked)
  }

  async #fail(job: ImportJob, error: unknown): Promise<void> {
    const isRefused = error instanceof ImportRefused
    if (!isRefused) this.#parts.onError(error)
    const problem = isRefused
      ? error.message
      : t`Something went wrong while the file was read. What was imported so far is kept: choose the file again to go on.`
    await this.#parts.db.transaction((trx) =>
      changeImport(trx, job.id, job.state, { state: 'failed', problem }),
    )
  }
}

/** Checked with each portion, which is small beside what must stay free. */
async function* whileFree(portions: AsyncIterable<Read[]>, folder: string): AsyncGenerator<Read[]> {
  for await (const reads of portions) {
    if ((await freeBytes(folder)) < MIN_FREE_BYTES) throw new ImportRefused(diskFull())
    yield reads
  }
}
