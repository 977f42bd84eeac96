// The process that runs the servers of one Playwright worker. A test that kills its server kills the
// process; the next start makes a new one.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Launch, type Running, StartRefused } from './server-process.ts'

const ENTRY = path.resolve(import.meta.dirname, '../bff/testing/serve-many.ts')

/** The product's own deadline is shorter. */
const MAX_STOP_MS = 6_000

export class TallyHost {
  #process: ChildProcess | undefined
  #onOutput: (text: string) => void = () => {}

  /** `agents` names one of the sets of agents in `serve-many.ts`. */
  launchWith(agents: string): Launch {
    return async ({ folder, env, onOutput }) => {
      this.#onOutput = onOutput
      const child = (this.#process ??= this.#fork())
      const answer = await ask(child, { start: { folder, env, agents } })
      if (answer !== 'started') throw new StartRefused(child.exitCode, JSON.stringify(answer))
      return this.#running(child)
    }
  }

  async close(): Promise<void> {
    const child = this.#process
    if (child !== undefined) await kill(child)
  }

  #fork(): ChildProcess {
    const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env
    const child = fork(ENTRY, {
      env: { PATH, HOME, NODE_COMPILE_CACHE },
      execArgv: [],
      silent: true,
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.#onOutput(text))
    }
    child.on('exit', () => {
      if (this.#process === child) this.#process = undefined
    })
    return child
  }

  #running(child: ChildProcess): Running {
    let stopped = false
    return {
      pid: child.pid,
      get isRunning() {
        return !stopped && child.exitCode === null && child.signalCode === null
      },
      end: async (signal) => {
        stopped = true
        if (signal === 'SIGKILL') return kill(child)
        const ended = await Promise.race([ask(child, 'stop'), delay(MAX_STOP_MS)])
        return ended === 'stopped' ? { code: 0, signal: null } : kill(child)
      },
    }
  }
}

async function ask(child: ChildProcess, request: object | string): Promise<unknown> {
  const answered = Promise.withResolvers<unknown>()
  const onExit = () => answered.resolve('exited')
  child.once('message', answered.resolve).once('exit', onExit)
  child.send(request)
  const answer = await answered.promise
  child.off('message', answered.resolve).off('exit', onExit)
  return answer
}

async function kill(child: ChildProcess) {
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
  return { code: child.exitCode, signal: child.signalCode }
}
