// The processes of a measurement. Each is controlled over IPC. The measured process gets its own core and
// all others share the rest, if the system supports that.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const cores = availableParallelism()
const canPin = cores > 1 && spawnSync('taskset', ['-c', '0', 'true']).status === 0
const usage = pathToFileURL(join(import.meta.dirname, 'usage.mjs')).href

/** Runs alone on the first core, and also answers `usage`. */
export function startMeasured(args, options) {
  return startOn('0', ['--import', usage, ...args], options)
}

/** Runs on the other cores. */
export function startHelper(file) {
  return startOn(`1-${cores - 1}`, [file], {})
}

function startOn(core, args, { env = {}, cwd, output = 'ignore' }) {
  const pinning = canPin ? ['taskset', '-c', core] : []
  const [command, ...rest] = [...pinning, process.execPath, ...args]
  const child = spawn(command, rest, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output, 'ipc'],
  })
  return new Process(child)
}

class Process {
  #child
  #asked = new Map()
  #next = 0

  constructor(child) {
    this.#child = child
    child.on('message', ({ id, answer }) => {
      this.#asked.get(id)?.resolve(answer)
      this.#asked.delete(id)
    })
    child.on('exit', () => {
      for (const { reject } of this.#asked.values()) reject(new Error('The process has ended.'))
    })
  }

  get errors() {
    return this.#child.stderr
  }

  get output() {
    return this.#child.stdout
  }

  ask(what, given = {}) {
    const id = (this.#next += 1)
    const answered = Promise.withResolvers()
    this.#asked.set(id, answered)
    this.#child.send({ id, what, given })
    return answered.promise
  }

  async stop() {
    if (this.#child.exitCode !== null || !this.#child.kill('SIGTERM')) return
    await once(this.#child, 'exit')
  }
}

/** In a helper: answers requests from the bench. */
export function answerWith(table) {
  process.on('message', ({ id, what, given }) => {
    if (what in table) void answer(id, table[what], given)
  })
  process.on('disconnect', () => process.exit())
}

async function answer(id, how, given) {
  process.send({ id, answer: await how(given) })
}
