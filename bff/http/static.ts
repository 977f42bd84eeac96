// Serves the built page. The files are read once, at start: an address is looked up and never turned
// into a path, and a build that replaces this one under a running server takes nothing from it. Each
// is compressed once, when it is first asked for.
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { type Context, Hono } from 'hono'
import { language, t } from '#shared/translate.ts'
import { Problem } from './problem.ts'

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}
const COMPRESSED = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.webmanifest'])

/** Addresses that the page itself understands. */
const PAGES = ['/', '/c/:id', '/usage', '/usage/reconcile', '/settings', '/settings/*']

type Encoding = 'br' | 'gzip' | 'identity'
type Load = (encoding: Encoding) => Promise<Uint8Array<ArrayBuffer>>

export function pageRoutes(folder: string): Hono {
  const files = readFiles(folder)
  const app = new Hono()
  for (const page of PAGES) app.get(page, (c) => servePage(c, files))
  app.get('*', (c) => {
    if (files.has(c.req.path) || !isForPerson(c)) return serve(c, c.req.path, files)
    // The page says so itself, with the way back.
    c.status(404)
    return servePage(c, files)
  })
  return app
}

function isForPerson({ req }: Context): boolean {
  return !req.path.startsWith('/assets/') && (req.header('accept')?.includes('text/html') ?? false)
}

function readFiles(folder: string): ReadonlyMap<string, Load> {
  const names = readFolder(folder).map((name) => name.replaceAll(sep, '/'))
  return new Map(names.map((name) => [`/${name}`, compressOnce(read(join(folder, name)))]))
}

function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      Object.hasOwn(TYPES, extname(name)),
    )
  } catch {
    return []
  }
}

const read = (file: string) => new Uint8Array(readFileSync(file))

function compressOnce(bytes: Uint8Array<ArrayBuffer>): Load {
  const kept = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>()
  return (encoding) => {
    const before = kept.get(encoding)
    if (before !== undefined) return before
    const made = encoding === 'identity' ? Promise.resolve(bytes) : COMPRESS[encoding](bytes)
    kept.set(encoding, made)
    made.catch(() => kept.delete(encoding))
    return made
  }
}

// Higher takes hundreds of milliseconds for the few kilobytes that it saves.
const BROTLI_QUALITY = 5

const asBytes = (buffer: Buffer) => new Uint8Array(buffer)

const COMPRESS = {
  gzip: async (bytes: Uint8Array) => asBytes(await promisify(gzip)(bytes, { level: 9 })),
  br: async (bytes: Uint8Array) =>
    asBytes(
      await promisify(brotliCompress)(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY },
      }),
    ),
}

/** Serves the page in the language of the request. */
function servePage(c: Context, files: ReadonlyMap<string, Load>) {
  const translated = `/index.${language()}.html`
  c.header('Vary', 'Accept-Language', { append: true })
  return serve(c, files.has(translated) ? translated : '/index.html', files)
}

async function serve(c: Context, path: string, files: ReadonlyMap<string, Load>) {
  const load = files.get(path)
  if (load === undefined) {
    if (path === '/index.html') throw new Problem('not_found', t`The page is not built: npm start.`)
    throw new Problem('not_found')
  }
  const kind = extname(path)
  const encoding = COMPRESSED.has(kind) ? bestEncoding(c.req.header('accept-encoding')) : 'identity'
  c.header('Content-Type', TYPES[kind])
  c.header('Cache-Control', howLong(path))
  if (COMPRESSED.has(kind)) c.header('Vary', 'Accept-Encoding', { append: true })
  if (encoding !== 'identity') c.header('Content-Encoding', encoding)
  return c.body(await load(encoding))
}

function bestEncoding(accepted = ''): Encoding {
  const names = accepted
    .split(',')
    .filter((entry) => !/;\s*q=0(?:\.0*)?\s*$/.test(entry))
    .map((entry) => entry.split(';', 1)[0]?.trim())
  if (names.includes('br')) return 'br'
  return names.includes('gzip') ? 'gzip' : 'identity'
}

/** A file in assets/ has a hash in its name; the page names the ones it belongs to. */
function howLong(path: string): string {
  if (path.startsWith('/assets/')) return 'public, max-age=31536000, immutable'
  return extname(path) === '.html' ? 'no-store' : 'no-cache'
}
