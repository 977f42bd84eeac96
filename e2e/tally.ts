// Runs the real server in its own process with its own port and data folder, so that a test can restart it.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const BFF = path.resolve(import.meta.dirname, '../bff')

/** The program to start: the product, or one with an additional agent for slow tools. */
const ENTRIES = {
  product: path.join(BFF, 'server.ts'),
  slowTools: path.join(BFF, 'testing/serve-slow-tools.ts'),
}
export type Entry = keyof typeof ENTRIES

export type Env = Record<string, string>

/** Empty values mean not set and override a local `.env`. */
const UNSET: Env = {
  OPENAI_API_KEY: '',
  OPENAI_BASE_URL: '',
  OPENAI_MODEL: '',
  OPENAI_API: '',
  TALLY_PROVIDERS: '',
}

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

class StartRefused extends Error {
  readonly code: number | null
  readonly output: string

  constructor(code: number | null, output: string) {
    super(`The server ended at its start:\n${output}`)
    this.code = code
    this.output = output
  }
}

export class Tally implements AsyncDisposable {
  readonly url: string
  readonly dataDir: string
  /** Everything the process has printed, across restarts. */
  output = ''
  readonly #env: Env
  readonly #entry: Entry
  #process: ChildProcess | undefined

  private constructor(port: number, dataDir: string, env: Env, entry: Entry) {
    this.url = `http://127.0.0.1:${port}`
    this.dataDir = dataDir
    this.#entry = entry
    this.#env = { ...UNSET, PORT: String(port), DATA_DIR: dataDir, TALLY_DISCOVER: '0', ...env }
  }

  static async start(env: Env = {}, entry: Entry = 'product'): Promise<Tally> {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'tally-e2e-'))
    const tally = new Tally(await freePort(), dataDir, env, entry)
    try {
      await tally.start()
    } catch (error) {
      await tally[Symbol.asyncDispose]()
      throw error
    }
    return tally
  }

  /** Returns the output and exit code of a start that is refused. */
  static async refused(env: Env): Promise<{ code: number | null; output: string }> {
    const tally = await Tally.start(env).catch((error: unknown) => error)
    if (tally instanceof StartRefused) return { code: tally.code, output: tally.output }
    if (tally instanceof Tally) await tally[Symbol.asyncDispose]()
    throw new Error('The server was expected to refuse this.', { cause: tally })
  }

  /** Starts the process, with `env` added to its settings, and waits until it answers. */
  async start(env: Env = {}): Promise<void> {
    const { PATH = '', HOME = '' } = process.env
    Object.assign(this.#env, env)
    const child = spawn(process.execPath, [ENTRIES[this.#entry]], {
      cwd: this.dataDir,
      env: { PATH, HOME, ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#process = child
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text))
    }
    while (!(await this.#answers())) {
      if (!this.isRunning) throw new StartRefused(child.exitCode, this.output)
      await delay(20)
    }
  }

  get pid(): number {
    const pid = this.#process?.pid
    if (pid === undefined) throw new Error('The server was not started.')
    return pid
  }

  get isRunning(): boolean {
    return this.#process?.exitCode === null && this.#process.signalCode === null
  }

  /** Kills the process at once, like a power failure. */
  kill(): Promise<Exit> {
    return this.#end('SIGKILL')
  }

  terminate(): Promise<Exit> {
    return this.#end('SIGTERM')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.isRunning) await this.kill()
    await rm(this.dataDir, { recursive: true, force: true })
  }

  async #end(signal: NodeJS.Signals): Promise<Exit> {
    const child = this.#process
    if (!child) throw new Error('The server was not started.')
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
    return { code: child.exitCode, signal: child.signalCode }
  }

  async #answers(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/api/health`)).ok
    } catch {
      return false
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return address.port
}
