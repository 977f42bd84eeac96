// Installs the dependencies if node_modules does not match package-lock.json.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ended, fail, root } from './command.mjs'

export async function installIfStale() {
  if (isInstalled()) return
  process.stdout.write('Installing dependencies…\n')
  // Shows errors only: some packages warn about npm's own Node, although the scripts use the newer
  // Node from the dependencies.
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const child = npm?.endsWith('.js')
    ? spawn(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    : spawn('npm', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: true })
  if ((await ended(child)) !== 0)
    fail('The dependencies could not be installed; npm says why above.')
}

function isInstalled() {
  const wanted = readLock('package-lock.json')
  // npm writes this file last, so it is missing after an interrupted installation.
  const present = readLock(join('node_modules', '.package-lock.json'))
  if (wanted === null || present === null) return false
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) =>
      path === '' || optional || peer || present[path]?.version === version,
  )
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch {
    return null
  }
}
