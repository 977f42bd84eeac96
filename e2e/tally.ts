// Runs the real server with its own port and data folder, so that a test can restart it.
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Exit, type Launch, launchProcess, type Running } from './server-process.ts'

const BFF = path.resolve(import.meta.dirname, '../bff')

/** The product in a process of its own. */
export const launchProduct = launchProcess(path.join(BFF, 'server.ts'))

export type Env = Record<string, string>

/** Empty values mean not set and override a local `.env`. */
const UNSET: Env = {
  OPENAI_API_KEY: '',
  OPENAI_BASE_URL: '',
  OPENAI_MODEL: '',
  OPENAI_API: '',
  TALLY_PROVIDERS: '',
}

export class Tally implements AsyncDisposable {
  readonly url: string
  readonly dataDir: string
  /** Everything the server has printed, across restarts. */
  output = ''
  readonly #env: Env
  readonly #launch: Launch
  #server: Running | undefined

  private constructor(port: number, dataDir: string, env: Env, launch: Launch) {
    this.url = `http://127.0.0.1:${port}`
    this.dataDir = dataDir
    this.#launch = launch
    this.#env = { ...UNSET, PORT: String(port), DATA_DIR: dataDir, TALLY_DISCOVER: '0', ...env }
  }

  static async start(env: Env = {}, launch = launchProduct): Promise<Tally> {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'tally-e2e-'))
    const tally = new Tally(await freePort(), dataDir, env, launch)
    try {
      await tally.start()
    } catch (error) {
      await tally[Symbol.asyncDispose]()
      throw error
    }
    return tally
  }

  /** Starts the server, with `env` added to its settings, and waits until it answers. */
  async start(env: Env = {}): Promise<void> {
    Object.assign(this.#env, env)
    this.#server = await this.#launch({
      url: this.url,
      folder: this.dataDir,
      env: this.#env,
      onOutput: (text) => (this.output += text),
    })
  }

  get pid(): number {
    const pid = this.#server?.pid
    if (pid === undefined) throw new Error('The server was not started.')
    return pid
  }

  get isRunning(): boolean {
    return this.#server?.isRunning ?? false
  }

  /** Kills the process at once, like a power failure. */
  kill(): Promise<Exit> {
    return this.#end('SIGKILL')
  }

  terminate(): Promise<Exit> {
    return this.#end('SIGTERM')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.isRunning) await this.terminate()
    await rm(this.dataDir, { recursive: true, force: true })
  }

  #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<Exit> {
    if (!this.#server) throw new Error('The server was not started.')
    return this.#server.end(signal)
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
