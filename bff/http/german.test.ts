// What a German browser reads of the server, over HTTP.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MAX_SEARCH_CHARS } from '#shared/search.ts'
import { startForTest, type Started } from '../testing/start-tally.ts'
import { readZip } from '../testing/zip.ts'
import { backgroundWorker } from '../worker/background-worker.ts'
import { inLanguage } from './language.ts'

/** Sends a request as a German browser does. */
async function ask(tally: Started, method: string, path: string, body?: unknown) {
  const response = await fetch(tally.address + path, {
    method,
    headers: { 'content-type': 'application/json', 'accept-language': 'de-DE,de;q=0.9,en;q=0.8' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, json: (await response.json()) as Record<string, unknown> }
}

test('a search that is not understood is explained', async () => {
  const tally = await startForTest()
  for (const [query, detail] of [
    ['x'.repeat(MAX_SEARCH_CHARS + 1), `Nach höchstens ${MAX_SEARCH_CHARS} Zeichen suchen.`],
    ['has:money', 'has: kennt nur file, also has:file.'],
    ['tool:anvil', 'tool: Keine Nachricht hat ein Werkzeug namens „anvil“.'],
    ['cost:much', expect.stringContaining('braucht <, <=, > oder >= und einen Betrag in Dollar')],
    ['after:2026-02-30', expect.stringMatching(/^after: braucht ein Datum, etwa after:2026-01-31/)],
  ] as const) {
    const answer = await ask(tally, 'GET', `/api/search?q=${encodeURIComponent(query)}`)
    expect(answer.json, query).toMatchObject({ code: 'bad_request', detail })
  }
})

test('conversations and their branches are named', async () => {
  const tally = await startForTest()
  const plain = await ask(tally, 'POST', '/api/conversations', {})
  expect(plain.json).toMatchObject({ title: 'Neuer Chat' })
  const temporary = await ask(tally, 'POST', '/api/conversations', { temporary: true })
  expect(temporary.json).toMatchObject({ title: 'Temporärer Chat' })
  const folder = await ask(tally, 'POST', '/api/folders', { name: 'Reise' })
  const both = { temporary: true, folderId: folder.json['id'] }
  expect((await ask(tally, 'POST', '/api/conversations', both)).json).toMatchObject({
    detail: 'Ein temporärer Chat liegt in keinem Ordner.',
  })
})

test('the entries of a file of prompts that are refused have a reason', async () => {
  const tally = await startForTest()
  const prompts = [{ text: 'Ein Text' }, { name: 'leer' }, { name: 'lang', text: 'x'.repeat(1e5) }]
  const { json } = await ask(tally, 'POST', '/api/prompts/import', prompts)
  expect(json).toMatchObject({
    refused: [
      { name: '', reason: 'Der Name fehlt.' },
      { name: 'leer', reason: 'Der Text fehlt.' },
      { name: 'lang', reason: expect.stringMatching(/^Der Text hat mehr als \d+\.000 Zeichen\.$/) },
    ],
  })
})

test('a file that is not accepted comes with advice', async () => {
  const tally = await startForTest()
  const upload = async (name: string, bytes: Uint8Array<ArrayBuffer>) => {
    const headers = { 'x-file-name': name, 'accept-language': 'de' }
    const url = `${tally.address}/api/files`
    return (await fetch(url, { method: 'POST', headers, body: bytes })).json()
  }
  const bytes = Uint8Array.from([0, 1, 2, 3, 255])
  expect(await upload('brief.docx', bytes)).toMatchObject({
    title: 'Dateien dieser Art werden nicht angenommen',
    detail: 'Tally kann diese Datei nicht lesen. Das Dokument als PDF speichern und anhängen.',
  })
  expect(await upload('kaputt.pdf', new TextEncoder().encode('%PDF-1.7 gone'))).toMatchObject({
    detail: 'Das PDF ist beschädigt und lässt sich nicht lesen.',
  })
  expect(await upload('leer.txt', Uint8Array.from([]))).toMatchObject({
    detail: 'Die Datei ist leer. Eine mit Inhalt anhängen.',
  })
})

test('a database that cannot be written has a cause', async () => {
  const tally = await startForTest()
  rmSync(join(tally.folder, 'tally.db'))
  const { status, json } = await ask(tally, 'POST', '/api/conversations', {})
  expect([status, json['title']]).toEqual([503, 'In die Datenbank lässt sich nicht schreiben'])
  expect(json['detail']).toMatch(/tally\.db wurde entfernt oder ersetzt, während Tally läuft\./)
  const health = await ask(tally, 'GET', '/api/health')
  expect(health.json['problem']).toBe(json['detail'])
})

test('an address at which no provider can be is explained', async () => {
  const tally = await startForTest()
  const provider = { name: 'Werkbank', baseUrl: 'localhost:11434' }
  const { json } = await ask(tally, 'POST', '/api/providers', provider)
  expect(json).toMatchObject({ detail: 'Die Basis-URL muss mit http:// oder https:// beginnen.' })
})

test('an export has German headings, and what was said as it was said', async () => {
  const tally = await startForTest()
  const { json: conversation } = await ask(tally, 'POST', '/api/conversations', { title: 'Summe' })
  const one = `/api/conversations/${String(conversation['id'])}`
  const { json: run } = await ask(tally, 'POST', `${one}/runs`, { text: 'What is 2+2?' })
  const read = async (path: string) => {
    const url = tally.address + path
    return fetch(url, { headers: { 'accept-language': 'de' } })
  }
  await (await read(`/api/runs/${String(run['id'])}/events`)).text()

  const markdown = await (await read(`${one}/export?format=markdown`)).text()
  expect(markdown.match(/^#.*/gm)).toEqual([
    '# Summe',
    '## Du',
    expect.stringMatching(/^## Assistent · assistant · /),
  ])
  expect(markdown).toMatch(/<summary>Werkzeug: calculate.* \(fertig\)<\/summary>/)
  expect(markdown).toContain('What is 2+2?')

  const page = await (await read(`${one}/export?format=html&receipt=true`)).text()
  expect(page).toContain('<html lang="de">')
  expect(page).toContain('<article class="user" aria-label="Du">\n<h2>Du</h2>')
  expect(page).toMatch(/Werkzeug: <b>calculate<\/b>.* <span>fertig<\/span>/)
  expect(page).toMatch(/<h2 id="receipt">Beleg<\/h2>[^]*<th scope="row">Alle Antworten<\/th>/)
  expect(page).toContain('<footer>Aus Tally gespeichert.</footer>')

  const zip = Buffer.from(await (await read('/api/export?format=markdown')).arrayBuffer())
  const files = await readZip(zip)
  const name = [...files.keys()].find((file) => file.endsWith('.md')) ?? ''
  expect(String(files.get(name))).toBe(markdown)
})

test('the worker thread has the language of the request', async () => {
  const table = '| a |\n|---|\n| ![](https://example.org/x.png) |'
  const html = await inLanguage('de', () => backgroundWorker.renderBlock(table))
  expect(html).toContain('aria-label="Tabelle"')
  expect(html).toContain('>Bild: https://example.org/x.png</a>')
  expect(await backgroundWorker.renderBlock(table)).toContain('aria-label="Table"')
})

test('an import says in each language what became of a file', async () => {
  const tally = await startForTest()
  const upload = async (body: string) => {
    const headers = { 'accept-language': 'de' }
    const response = await fetch(`${tally.address}/api/imports`, { method: 'POST', headers, body })
    const { id } = (await response.json()) as { id: string }
    return `/api/imports/${id}`
  }
  const until = async (path: string, state: string) => {
    await expect
      .poll(async () => (await ask(tally, 'GET', path)).json['state'], { timeout: 20_000 })
      .toBe(state)
    return (await ask(tally, 'GET', path)).json
  }
  const unknown = await upload('{"nothing": true}')
  expect(await until(unknown, 'failed')).toMatchObject({
    problem: expect.stringMatching(/^Diesen Export kennt Tally nicht\./),
  })
  expect((await tally.send('GET', unknown)).json).toMatchObject({
    problem: expect.stringMatching(/^This is no export that Tally knows\./),
  })
  expect((await ask(tally, 'POST', `${unknown}/start`)).json).toMatchObject({
    title: 'Dieser Import lässt sich nicht starten',
    detail: 'Die Datei erneut wählen.',
  })

  const chat = { uuid: 'c1', name: '', created_at: '2026-01-02T03:04:05Z' }
  const question = {
    uuid: 'm1',
    sender: 'human',
    text: 'Hallo',
    files: [{ file_name: 'plan.png' }],
  }
  const claude = await upload(JSON.stringify([{ ...chat, chat_messages: [question] }]))
  await until(claude, 'ready')
  await ask(tally, 'POST', `${claude}/start`)
  const { report } = await until(claude, 'done')
  const [item] = (report as { items: { id: string; title: string }[] }).items
  expect(item?.title).toBe('Ohne Titel')
  const one = `/api/conversations/${item?.id}`
  expect((await ask(tally, 'GET', one)).json).toMatchObject({
    messages: [
      { parts: [{ text: 'Hallo' }, { text: 'Die Datei plan.png wurde nicht importiert.' }] },
    ],
  })
  expect((await tally.send('GET', one)).json).toMatchObject({
    messages: [{ parts: [{ text: 'Hallo' }, { text: 'The file plan.png was not imported.' }] }],
  })
  const german = { headers: { 'accept-language': 'de' } }
  const markdown = await fetch(`${tally.address}${one}/export?format=markdown`, german)
  expect(await markdown.text()).toContain('> Die Datei plan.png wurde nicht importiert.')
  const page = await fetch(`${tally.address}${one}/export?format=html`, german)
  expect(await page.text()).toContain('Die Datei plan.png wurde nicht importiert.')
})
