// Builds the page if its sources have changed since the last build.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ended, fail, root, start } from './command.mjs'

const SOURCES = ['package-lock.json', 'vite.config.ts', 'locales', 'shared', 'web']
const dist = join(root, 'dist', 'web')
const stamp = join(root, 'dist', 'web.sha256')

export async function buildIfStale(node) {
  const sources = hashSources()
  if (existsSync(join(dist, 'index.html')) && readStamp() === sources) return
  process.stdout.write('Building the page…\n')
  const child = start(node, 'vite', ['build', '--logLevel=warn'])
  if ((await ended(child)) !== 0) fail('The page could not be built; Vite says why above.')
  writeFileSync(stamp, sources)
}

function readStamp() {
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : null
}

function hashSources() {
  const hash = createHash('sha256')
  for (const source of SOURCES) addTo(hash, source)
  return hash.digest('hex')
}

function addTo(hash, path) {
  const full = join(root, path)
  const names = listFolder(full)
  if (names === null) {
    hash.update(`${path}\0`).update(readFileSync(full)).update('\0')
    return
  }
  for (const name of names.toSorted()) {
    if (!name.includes('.test.')) addTo(hash, `${path}/${name}`)
  }
}

function listFolder(path) {
  try {
    return readdirSync(path)
  } catch {
    return null
  }
}
