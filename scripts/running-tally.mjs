// Finds the running Tally, or starts one temporarily. Only one process may write the ledger, so other
// programs must ask that process.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { ended, fail, findNode, root, serverArgs, start } from './command.mjs'

/** Resolves with the address, and a function that stops Tally if it was started here. */
export async function runningTally() {
  const { HOST = '127.0.0.1', PORT = '8787' } = { ...dotEnv(), ...process.env }
  const address = `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`
  if (await answers(address)) return { address, end: async () => {} }
  return startTally()
}

function dotEnv() {
  try {
    return parseEnv(readFileSync(join(root, '.env'), 'utf8'))
  } catch {
    return {}
  }
}

async function answers(address) {
  try {
    const health = await (await fetch(`${address}/api/health`)).json()
    return health.status === 'ok' && typeof health.version === 'string'
  } catch {
    return false
  }
}

async function startTally() {
  const env = { PORT: '0' }
  const server = start(findNode(), 'node', serverArgs, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // The log is only shown if it does not start.
  let log = ''
  server.stderr.setEncoding('utf8').on('data', (chunk) => {
    log += chunk
  })
  const over = ended(server)
  let output = ''
  server.stdout.setEncoding('utf8')
  for await (const chunk of server.stdout.iterator({ destroyOnReturn: false })) {
    output += chunk
    const address = /^Tally is at (\S+)/m.exec(output)?.[1]
    if (address === undefined) continue
    server.stdout.resume()
    const end = () => {
      server.kill('SIGTERM')
      return over
    }
    return { address, end }
  }
  return fail(log.trim() || 'Tally could not be started.')
}
