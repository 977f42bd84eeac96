// The text of a PDF, page by page, read in a thread of its own with limits of time and memory.
import { memoryUsage } from 'node:process'
import { Worker } from 'node:worker_threads'
import { t } from '#shared/translate.ts'
import { Problem } from '../http/problem.ts'
import { createMutex } from '../jobs/mutex.ts'
import type { PdfAnswer, PdfTask } from './pdf-worker.ts'

const ENTRY = new URL('./pdf-worker.ts', import.meta.url)
const MAX_PAGES = 5000
const MAX_CHARS = 5_000_000
const HEAP_MB = 512

export interface PdfLimits {
  timeMs: number
  /** By how much the process may grow: what is unpacked lies outside of the heap of the thread. */
  growthBytes: number
}

const LIMITS: PdfLimits = { timeMs: 30_000, growthBytes: 700 * 1024 * 1024 }
const LOOK_EVERY_MS = 25

/** One at a time, so that two do not share the memory. */
const mutex = createMutex()

/** Throws the problem that says why it cannot be read. */
export function readPdf(path: string, limits = LIMITS): Promise<string[]> {
  return mutex(async () => {
    const answer = await ask({ path, maxPages: MAX_PAGES, maxChars: MAX_CHARS }, limits)
    if ('pages' in answer) return answer.pages
    throw new Problem('file_not_accepted', REFUSALS[answer.refused]())
  })
}

type Refusal = Extract<PdfAnswer, { refused: string }>['refused'] | 'endless'

const REFUSALS: Record<Refusal, () => string> = {
  encrypted: () => t`The PDF has a password. Remove it, and attach the PDF again.`,
  damaged: () => t`The PDF is damaged and cannot be read.`,
  too_long: () => t`The PDF is too long. Split it, and attach a part of it.`,
  endless: () => t`The PDF takes too much time or memory to be read. Attach its text instead.`,
}

type Answer = { pages: string[] } | { refused: Refusal }

async function ask(task: PdfTask, { timeMs, growthBytes }: PdfLimits): Promise<Answer> {
  const before = memoryUsage.rss()
  const thread = new Worker(ENTRY, {
    workerData: task,
    execArgv: [],
    // Its warnings are about the file.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  })
  const answered = Promise.withResolvers<Answer>()
  const give = (refused: Refusal) => answered.resolve({ refused })
  const timer = setTimeout(() => give('endless'), timeMs)
  const watch = setInterval(() => {
    if (memoryUsage.rss() - before > growthBytes) give('endless')
  }, LOOK_EVERY_MS)
  thread.on('message', (answer: PdfAnswer) => answered.resolve(answer))
  thread.on('error', (error: NodeJS.ErrnoException) =>
    give(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'endless' : 'damaged'),
  )
  thread.on('exit', () => give('damaged'))
  try {
    return await answered.promise
  } finally {
    clearTimeout(timer)
    clearInterval(watch)
    await thread.terminate()
  }
}
