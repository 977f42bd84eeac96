// Runs commands from node_modules for the scripts, with the Node version that Tally needs.
import { spawn, spawnSync } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NEEDED_MAJOR = 24

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bin = join(root, 'node_modules', '.bin')
const onWindows = process.platform === 'win32'

/**
 * Starts the server. Node's defaults let the heap grow to four times of what is in use before they clean it up,
 * and give new objects more than they need: a hundred megabytes and more at two hundred streams. Smaller values
 * cost processor time.
 */
export const serverArgs = ['--max-semi-space-size=16', '--heap-growing-percent=60', 'bff/server.ts']

/** Where Node keeps compiled code, which halves the time of the next start. */
export const COMPILED = join(root, 'node_modules', '.cache', 'compiled')

/** Ends the script with one sentence. */
export function fail(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

/** Returns the Node from the dependencies if it runs, else the installed one, or ends the script. */
export function findNode() {
  const own = Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR
  const packaged = join(
    root,
    'node_modules',
    `node-${osName()}-${process.arch}`,
    'bin',
    exe('node'),
  )
  if (spawnSync(packaged, ['--version']).status === 0) return packaged
  if (own) return process.execPath
  return fail(
    `Tally needs Node ${NEEDED_MAJOR} or newer and this is ${process.version}: install it from https://nodejs.org and try again.`,
  )
}

const osName = () => (onWindows ? 'win' : process.platform)
const exe = (name) => (onWindows ? `${name}.exe` : name)

/** Starts a command from node_modules/.bin or PATH in the project folder. */
export function start(node, command, args, options = {}) {
  const { env = {}, ...rest } = options
  const path = [dirname(node), bin, process.env.PATH].join(delimiter)
  return spawn(command === 'node' ? node : command, args, {
    cwd: root,
    stdio: 'inherit',
    // On Windows, commands are `.cmd` files that only a shell starts. All arguments are our own.
    shell: onWindows && command !== 'node',
    env: { NODE_COMPILE_CACHE: COMPILED, ...process.env, ...env, PATH: path },
    ...rest,
  })
}

/** Resolves with the exit code. A command ended by a signal counts as failed. */
export function ended(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`)
      resolve(1)
    })
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/** Forwards the signals that end this script to a running child, so that it ends cleanly. */
export function passSignals(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    const pass = () => child.kill(signal)
    process.on(signal, pass)
    child.once('exit', () => process.off(signal, pass))
  }
}
