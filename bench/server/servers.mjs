// The measured servers: Tally as `npm start` runs it, and the raw pipe it is compared with.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { COMPILED, serverArgs } from '../../scripts/command.mjs'
import { startMeasured } from './processes.mjs'

/** Flags for Node, such as `--cpu-prof`. */
const flags = process.env.BENCH_FLAGS?.split(' ') ?? []
const root = join(import.meta.dirname, '..', '..')

export async function startPipe(upstream) {
  const file = join(import.meta.dirname, 'pipe.mjs')
  const pipe = startMeasured([file], { env: { UPSTREAM_PORT: String(upstream) }, output: 'pipe' })
  return { kind: 'pipe', process: pipe, port: await printedPort(pipe), stop: () => pipe.stop() }
}

/** Has no provider, so the demo answers. */
export async function startDemo() {
  const { port, ...demo } = await startServer({ OPENAI_API_KEY: '', OPENAI_BASE_URL: '' })
  return { ...demo, address: `http://127.0.0.1:${port}` }
}

/** Tally with the agents of `team.mjs`. */
export function startTeam(upstream, api) {
  const file = join(import.meta.dirname, 'team.mjs')
  const args = [...serverArgs.slice(0, -1), file]
  return startTally(upstream, api, { args, more: { TALLY_BUDGET_DAY: '$1000' } })
}

/** `fill` prepares the data folder before the start; `args` start another server than that of `npm start`. */
export async function startTally(upstream, api, { fill, more = {}, args } = {}) {
  const provider = {
    // A guardrail takes no more messages in a minute than a person sends.
    TALLY_GUARDRAILS: 'off',
    ...more,
    OPENAI_API_KEY: 'sk-bench',
    OPENAI_BASE_URL: `http://127.0.0.1:${upstream}/v1`,
    OPENAI_MODEL: 'gpt-4.1',
    OPENAI_API: api,
  }
  return { ...(await startServer(provider, fill, args)), kind: 'tally', api }
}

async function startServer(provider, fill, args = serverArgs) {
  const folder = mkdtempSync(join(tmpdir(), 'tally-bench-'))
  await fill?.(folder)
  const env = {
    NODE_COMPILE_CACHE: COMPILED,
    ...provider,
    PORT: '0',
    DATA_DIR: folder,
    TALLY_PROVIDERS: '',
    TALLY_DISCOVER: '0',
  }
  const tally = startMeasured([...flags, ...args], { env, cwd: root, output: 'pipe' })
  const stop = async () => {
    await tally.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { process: tally, port: await printedPort(tally), folder, stop }
}

/** Keeps reading the output, so that the process never blocks on it. */
function printedPort({ output, errors }) {
  let text = ''
  errors.on('data', (data) => {
    text += data
    if (process.env.BENCH_VERBOSE) process.stderr.write(data)
  })
  return new Promise((resolve, reject) => {
    output.on('data', (data) => {
      text += data
      const port = /at http:\/\/[^:]+:(\d+)/.exec(text)?.[1]
      if (port !== undefined) resolve(Number(port))
    })
    output.once('end', () => reject(new Error(`It did not start: ${text}`)))
  })
}
