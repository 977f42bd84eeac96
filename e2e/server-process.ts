// Runs a server in its own process.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface Running {
  pid: number | undefined
  readonly isRunning: boolean
  /** SIGKILL ends the process at once, as in a power cut. */
  end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<Exit>
}

/** Starts a server over the folder, and returns when it answers. */
export type Launch = (options: {
  url: string
  folder: string
  env: Record<string, string>
  onOutput: (text: string) => void
}) => Promise<Running>

export class StartRefused extends Error {
  readonly code: number | null
  readonly output: string

  constructor(code: number | null, output: string) {
    super(`The server ended at its start:\n${output}`)
    this.code = code
    this.output = output
  }
}

export const launchProcess =
  (entry: string): Launch =>
  async ({ url, folder, env, onOutput }) => {
    const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env
    const child = spawn(process.execPath, [entry], {
      cwd: folder,
      env: { PATH, HOME, NODE_COMPILE_CACHE, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        onOutput(text)
      })
    }
    const isRunning = () => child.exitCode === null && child.signalCode === null
    while (!(await answers(url))) {
      if (!isRunning()) throw new StartRefused(child.exitCode, output)
      await delay(20)
    }
    return {
      pid: child.pid,
      get isRunning() {
        return isRunning()
      },
      end: async (signal) => {
        const exited = once(child, 'exit')
        child.kill(signal)
        await exited
        return { code: child.exitCode, signal: child.signalCode }
      },
    }
  }

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/health`)).ok
  } catch {
    return false
  }
}
