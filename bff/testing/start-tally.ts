// For tests: the whole Tally on its own port and folder, with its JSON API and its log.
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Agents } from '../agents/registry.ts'
import { readConfig } from '../config/config.ts'
import { copyTemplate } from './database-template.ts'
import { temporaryFolder } from './temporary-database.ts'
import { createLog } from '../log/log.ts'
import { startTally, type Tally } from '../serve/serve.ts'
import { keepWorkerThread } from './keep-worker-thread.ts'

keepWorkerThread()

export interface Started {
  address: string
  folder: string
  /** All log lines. */
  log: string[]
  /** All response bodies. */
  answers: string[]
  send: (method: string, path: string, body?: unknown) => Promise<{ status: number; json: unknown }>
  stop: () => Promise<void>
}

export async function startForTest(
  env: Record<string, string> = {},
  folder = temporaryFolder(),
  agents?: Agents,
): Promise<Started> {
  const log: string[] = []
  const answers: string[] = []
  const config = readConfig({ PORT: '0', DATA_DIR: folder, TALLY_DISCOVER: '0', ...env }, folder)
  await copyTemplate(join(folder, 'tally.db'))
  const tally = await startTally(
    config,
    '0.0.0',
    createLog({ write: (line) => log.push(line) }),
    agents,
  )
  const stop = once(tally)
  onTestFinished(stop)
  return {
    address: tally.address,
    folder,
    log,
    answers,
    stop,
    send: async (method, path, body) => {
      const response = await fetch(tally.address + path, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      answers.push(text)
      return { status: response.status, json: text === '' ? null : JSON.parse(text) }
    },
  }
}

function once(tally: Tally): () => Promise<void> {
  let stopped: Promise<void> | null = null
  return () => (stopped ??= tally.stop())
}
