// Waits for the disk in a thread of its own: SQLite would wait in the commit, and hold the event loop for as
// long. Commits that wait at the same time share one wait.
import { closeSync, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'

/** Resolves when the content of the file is on the disk. */
export type SyncFile = (fd: number) => Promise<void>

export class LogSync {
  readonly #fd: number
  readonly #syncFile: SyncFile
  #running: Promise<void> | null = null
  #next: Promise<void> | null = null

  /** The write-ahead log must exist: SQLite creates it with the rights of the database. */
  constructor(file: string, syncFile: SyncFile = promisify(fdatasync)) {
    this.#fd = openSync(`${file}-wal`, 'r+')
    this.#syncFile = syncFile
  }

  /** Resolves when all that was written before this call is on the disk. */
  sync(): Promise<void> {
    if (this.#running === null) return this.#start()
    // The running one may have begun before the write.
    return (this.#next ??= this.#running.then(
      () => this.#start(),
      () => this.#start(),
    ))
  }

  #start(): Promise<void> {
    this.#next = null
    this.#running = this.#syncFile(this.#fd).finally(() => {
      this.#running = null
    })
    return this.#running
  }

  /** When nothing waits any more. */
  close(): void {
    closeSync(this.#fd)
  }
}
