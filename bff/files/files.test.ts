// Uploads and downloads over real HTTP, and what is on the disk.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { FileInfo, MAX_FILE_BYTES } from '#shared/files.ts'
import { Problem } from '../http/problem.ts'
import { startJobs } from '../testing/jobs.ts'
import { gif, jpeg, png, webp } from '../testing/images.ts'
import { serveForTest } from '../testing/serve-app.ts'
import { temporaryDatabase, temporaryFolder } from '../testing/temporary-database.ts'
import { Files } from './files.ts'
import { fileRoutes } from './routes.ts'

type Body = string | Uint8Array<ArrayBuffer>

async function startFiles({ stallMs = 30_000, now = () => new Date() } = {}) {
  const db = await temporaryDatabase()
  const folder = join(temporaryFolder(), 'files')
  const jobs = startJobs()
  const files = new Files({ db, folder, jobs, now })
  const app = new Hono().route('/', fileRoutes(files, stallMs))
  app.post('/api/other', (c) => c.body(null, 204))
  app.onError((error) => {
    if (error instanceof Problem) return error.toResponse()
    throw error
  })
  const { port } = await serveForTest(() => app)
  const address = `http://127.0.0.1:${port}`
  const upload = async (body: Body, name = 'notes.txt', headers = {}) => {
    const encoded = encodeURIComponent(name)
    const response = await fetch(`${address}/api/files`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'x-file-name': encoded, ...headers },
      body,
    })
    const answer: unknown = await response.json()
    return { status: response.status, answer }
  }
  const stored = async (body: Body, name?: string) => {
    const { status, answer } = await upload(body, name)
    expect(answer).not.toHaveProperty('code')
    expect(status).toBe(201)
    return FileInfo.parse(answer)
  }
  const read = (id: string, init?: RequestInit) => fetch(`${address}/api/files/${id}`, init)
  const onDisk = () => (existsSync(folder) ? readdirSync(folder) : [])
  return { db, files, jobs, port, address, folder, upload, stored, read, onDisk }
}

test('a text is stored under its hash and comes back as a download', async () => {
  const { stored, read, onDisk, folder } = await startFiles()
  const text = 'name,amount\nÆgir,12\n'
  const info = await stored(text, 'Ægir’s sums.csv')
  expect(info).toMatchObject({ name: 'Ægir’s sums.csv', type: 'text/plain', size: 21 })
  expect(info.tokens).toBeGreaterThan(5)
  const hash = createHash('sha256').update(text).digest('hex')
  expect(onDisk()).toEqual([hash])
  expect(readFileSync(join(folder, hash), 'utf8')).toBe(text)

  const response = await read(info.id)
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(response.headers.get('content-disposition')).toMatch(
    /^attachment; .*filename\*=UTF-8''%C3%86gir/,
  )
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('content-security-policy')).toBe(
    "default-src 'none'; sandbox; frame-ancestors 'none'",
  )
  expect(await response.text()).toBe(text)
  const again = await read(info.id, {
    headers: { 'if-none-match': response.headers.get('etag') ?? '' },
  })
  expect(again.status).toBe(304)
})

test('the same bytes are stored once, under any name', async () => {
  const { stored, onDisk } = await startFiles()
  const one = await stored('The same')
  const other = await stored('The same', 'copy.md')
  expect(other.id).not.toBe(one.id)
  expect(onDisk()).toHaveLength(1)
})

test.each([
  ['image/png', png(300, 200)],
  ['image/jpeg', jpeg(300, 200)],
  ['image/gif', gif(300, 200)],
  ['image/webp', webp(300, 200)],
])('an image of type %s is shown as a picture, with its size', async (type, bytes) => {
  const { stored, read } = await startFiles()
  // The name and the content type of the request lie.
  const info = await stored(bytes, 'page.html')
  expect(info).toMatchObject({ type, width: 300, height: 200 })
  const response = await read(info.id)
  expect(response.headers.get('content-type')).toBe(type)
  expect(response.headers.get('content-disposition')).toMatch(/^inline; /)
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes)
})

test.each([
  ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['an HTML page', '<!doctype html><script>alert(1)</script>'],
])('%s named like an image is a text, and only downloaded', async (_, body) => {
  const { stored, read } = await startFiles()
  const info = await stored(body, 'photo.png')
  expect(info.type).toBe('text/plain')
  const { headers } = await read(info.id)
  expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(headers.get('content-disposition')).toMatch(/^attachment; /)
})

test('a picture that is a page too is a picture', async () => {
  const { stored, read } = await startFiles()
  const info = await stored(Buffer.concat([gif(20, 10), Buffer.from('<script>alert(1)</script>')]))
  const { headers } = await read(info.id)
  expect(headers.get('content-type')).toBe('image/gif')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-security-policy')).toContain('sandbox')
})

test.each([
  ['a zip', Buffer.from('PK\u0003\u0004\u0014\u0000\u0000\u0000'), 'notes.txt'],
  ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), 'notes.txt'],
  ['Latin-1', Buffer.from('Stra\u00dfe', 'latin1'), 'notes.txt'],
  ['UTF-8 that ends in the middle of a character', Buffer.from([0x61, 0xc3]), 'notes.txt'],
  ['text with NUL', Buffer.from('a\u0000b'), 'notes.txt'],
  ['nothing', Buffer.alloc(0), 'notes.txt'],
  ['an image without a size', Buffer.from('GIF89a'), 'a.gif'],
  ['an image of 4 gigapixels', png(65_000, 65_000), 'a.png'],
])('%s is refused, and nothing is left of it', async (_, body, name) => {
  const { upload, onDisk } = await startFiles()
  const { status, answer } = await upload(Uint8Array.from(body), name)
  expect(status).toBe(415)
  expect(answer).toMatchObject({ code: 'file_not_accepted', detail: expect.stringMatching(/\.$/) })
  expect(onDisk()).toEqual([])
})

test.each([
  ['report.docx', 'Save the document as a PDF and attach that.'],
  ['Budget.XLSX', 'Save the sheet as CSV and attach that.'],
  ['all.zip', 'Unpack it and attach the files that matter.'],
  ['photo.heic', 'Save the image as JPEG or PNG and attach that.'],
  ['notes.txt', 'Save it as text in UTF-8 and attach that.'],
  [
    'unknown',
    'It takes PNG, JPEG, GIF and WebP images, PDF, and text in UTF-8, such as code or CSV.',
  ],
])('the refusal of %s says what to do', async (name, advice) => {
  const { upload } = await startFiles()
  const { answer } = await upload(Uint8Array.from(Buffer.from('PK\u0003\u0004\u0000')), name)
  expect(answer).toMatchObject({ detail: `Tally cannot read this file. ${advice}` })
})

test.each([
  ['../../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\report.txt', 'report.txt'],
  ['..', 'file'],
  ['', 'file'],
  ['__proto__', '__proto__'],
  ['evil\u202etxt.exe', 'evil txt.exe'],
  [`${'x'.repeat(400)}.csv`, `${'x'.repeat(195)}….csv`],
])('the name %j is data and no path', async (given, name) => {
  const { stored, onDisk } = await startFiles()
  expect((await stored('Hello', given)).name).toBe(name)
  expect(onDisk()).toHaveLength(1)
})

test('a name that is not percent-encoded UTF-8 is refused', async () => {
  const { upload } = await startFiles()
  const { status } = await upload('Hello', 'x', { 'x-file-name': '%E0%A4%A' })
  expect(status).toBe(400)
})

test('25 MB are taken, and one byte more is refused, told or counted', async () => {
  const { address, upload, onDisk } = await startFiles()
  const most = new Uint8Array(MAX_FILE_BYTES).fill(97)
  expect((await upload(most)).status).toBe(201)
  const more = new Uint8Array(MAX_FILE_BYTES + 1).fill(98)
  const chunks = [more.subarray(0, MAX_FILE_BYTES), more.subarray(0, 1)]
  const counted = { method: 'POST', body: ReadableStream.from(chunks), duplex: 'half' } as const
  // The connection may be closed before all is sent.
  for (const init of [{ method: 'POST', body: more }, counted]) {
    const answer = await fetch(`${address}/api/files`, init).catch(() => null)
    expect([413, undefined]).toContain(answer?.status)
  }
  expect(onDisk()).toHaveLength(1)
})

test('other routes still take JSON only', async () => {
  const { address } = await startFiles()
  const response = await fetch(`${address}/api/other`, { method: 'POST', body: 'text' })
  expect(response.status).toBe(415)
})

test('files that do not exist answer 404', async () => {
  const { read } = await startFiles()
  expect((await read('toString')).status).toBe(404)
  expect((await read('toString/info')).status).toBe(404)
})

test('an upload that stands still is dropped, a slow one is not', async () => {
  const { port, onDisk } = await startFiles({ stallMs: 300 })
  const head = `POST /api/files HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 6\r\n\r\n`
  const answerTo = async (chars: string) => {
    const socket = connect(port, '127.0.0.1')
    socket.write(head)
    let answer = ''
    socket.on('data', (data) => (answer += String(data)))
    for (const char of chars) {
      socket.write(char)
      await delay(100)
    }
    await expect.poll(() => answer, { timeout: 5000 }).not.toBe('')
    socket.destroy()
    return answer
  }
  expect(await answerTo('abcdef')).toMatch(/^HTTP\/1.1 201/)
  expect(await answerTo('abc')).toMatch(/^HTTP\/1.1 408[^]*upload_stalled/)
  expect(onDisk()).toHaveLength(1)
})

test('an upload that no message uses is deleted after a day', async () => {
  let time = Date.now()
  const { stored, read, onDisk, files } = await startFiles({ now: () => new Date(time) })
  const one = await stored('Never sent')
  const other = await stored('Never sent', 'copy.txt')
  time += 23 * 3_600_000
  await files.clean()
  expect((await read(one.id)).status).toBe(200)
  time += 2 * 3_600_000
  await files.clean()
  expect((await read(one.id)).status).toBe(404)
  expect((await read(other.id)).status).toBe(404)
  expect(onDisk()).toEqual([])
})

test('bytes without a row are removed after a day, and those with one are not', async () => {
  const { stored, folder, onDisk, files } = await startFiles({
    now: () => new Date(Date.now() + 25 * 3_600_000),
  })
  const kept = await stored('Kept')
  writeFileSync(join(folder, 'a'.repeat(64)), 'Left by a crash')
  writeFileSync(join(folder, `${'c'.repeat(64)}.json`), 'The text of a PDF that is gone')
  writeFileSync(join(folder, 'b.part'), 'Cut off')
  writeFileSync(join(folder, 'notes.txt'), 'Not ours')
  await files.removeUnknown()
  const hash = createHash('sha256').update('Kept').digest('hex')
  expect(onDisk().toSorted()).toEqual([hash, 'notes.txt'].toSorted())
  expect(kept.size).toBe(4)
})
