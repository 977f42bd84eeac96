import { beforeEach, expect, test } from 'vitest'
import type { ConversationSummary } from '#shared/api.ts'
import { NO_CALLS } from '#shared/ledger.ts'
import {
  all,
  type RecordedRequest,
  find,
  names,
  press,
  Refusal,
  show,
  until,
  write,
} from '../testing/screen.tsx'
import { amountThreshold } from '../ui/amount-threshold.ts'
import { Sidebar } from './sidebar.tsx'

let stored: ConversationSummary[]
let refuse: (asked: RecordedRequest) => boolean
const removed = new Map<string, ConversationSummary>()

beforeEach(() => {
  stored = [conversation('1', 'Trip to Bergen'), conversation('2', 'Tax table')]
  refuse = () => false
})

test('Enter renames optimistically', async () => {
  const asked = open()
  write(await rename('Trip to Bergen'), 'Trip to Oslo')
  press('Enter')

  await find('a', 'Trip to Oslo')
  await until(() => expect(stored[0]?.title).toBe('Trip to Oslo'))
  expect(asked).toContainEqual({
    method: 'PATCH',
    path: '/api/conversations/1',
    body: { title: 'Trip to Oslo' },
  })
})

test('Escape keeps the title and returns focus to the row', async () => {
  const asked = open()
  write(await rename('Trip to Bergen'), 'Something else')
  press('Escape')

  const link = await find('a', 'Trip to Bergen')
  await until(() => expect(document.activeElement).toBe(link))
  expect(asked.filter(({ method }) => method === 'PATCH')).toEqual([])
})

test('Enter that ends an input method composition does not save', async () => {
  open()
  const field = await rename('Trip to Bergen')
  field.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, isComposing: true }),
  )

  expect(field.isConnected).toBe(true)
})

test('a refused title is reverted and the cause shown', async () => {
  refuse = ({ method }) => method === 'PATCH'
  open()
  write(await rename('Trip to Bergen'), 'Trip to Oslo')
  press('Enter')

  await find('output p', '“Trip to Bergen” keeps its name. The disk is full.')
  expect(titles()).toEqual(['Trip to Bergen', 'Tax table'])
})

test('a conversation is deleted optimistically, and Undo restores it', async () => {
  open()
  await choose('Trip to Bergen', 'Delete')
  await until(() => expect(titles()).toEqual(['Tax table']))
  expect(document.activeElement?.textContent).toBe('Tax table')

  await find('output p', 'Deleted “Trip to Bergen”.')
  const undo = await find('output button', 'Undo')
  undo.click()
  await until(() => expect(titles()).toEqual(['Trip to Bergen', 'Tax table']))
  expect(all('output button')).toEqual([])
})

test('deleting the open conversation closes it, and Undo reopens it', async () => {
  history.replaceState(null, '', '/c/1')
  open()
  expect((await find('a', 'Trip to Bergen')).getAttribute('aria-current')).toBe('page')
  await choose('Trip to Bergen', 'Delete')
  const undo = await find('output button', 'Undo')
  expect(location.pathname).toBe('/')

  undo.click()
  await until(() => expect(location.pathname).toBe('/c/1'))
})

test('a conversation that could not be deleted comes back with the cause', async () => {
  refuse = ({ method }) => method === 'DELETE'
  open()
  await choose('Tax table', 'Delete')

  await find('output p', '“Tax table” was not deleted. The disk is full.')
  await until(() => expect(titles()).toEqual(['Trip to Bergen', 'Tax table']))
})

test('a running conversation is marked, and an unpriced one is not free', async () => {
  const unpriced = { ...NO_CALLS, calls: 1, costNanoUsd: null, certainty: 'unknown' as const }
  stored = [{ ...conversation('1', 'Trip to Bergen'), activeRunId: 'run', totals: unpriced }]
  open()
  await find('a', 'Trip to Bergen')

  const [row] = all('li')
  expect(row?.textContent).toContain('Running')
  expect(row?.textContent).toContain('unpriced')
})

test('a small amount waits for hover and focus, one that matters is always visible', async () => {
  const costs = (costNanoUsd: number) => ({
    ...NO_CALLS,
    calls: 1,
    costNanoUsd,
    certainty: 'computed' as const,
  })
  stored = [
    { ...conversation('1', 'Small'), totals: costs(2_000_000) },
    { ...conversation('2', 'Large'), totals: costs(1_500_000_000) },
  ]
  open()
  await find('a', 'Small')
  const isWhispered = () =>
    all('li').map((row) => row.querySelector('.sr-only > .tabular-nums') !== null)
  expect(all('li').map((row) => row.textContent)).toEqual(['Small$0.002', 'Large$1.50'])
  expect(isWhispered()).toEqual([true, false])
  amountThreshold.set(1_000_000)
  await until(() => expect(isWhispered()).toEqual([false, false]))
  amountThreshold.set(1_000_000_000)
})

test('an unread conversation is marked, and pinned ones stand apart', async () => {
  stored = [
    { ...conversation('1', 'Trip to Bergen'), pinned: true },
    { ...conversation('2', 'Tax table'), unread: true },
  ]
  open()
  await find('a', 'Tax table')
  expect(names('h2')).toEqual(['Pinned', 'Today'])
  expect(all('li').map((row) => row.textContent)).toEqual(['Trip to Bergen', 'Tax tableUnread'])
})

test('the list has one tab stop, which the arrow keys move', async () => {
  open()
  const first = await find('a', 'Trip to Bergen')
  const stops = () => names('nav section [tabindex="0"]')
  await until(() => expect(stops()).toEqual(['Trip to Bergen']))
  first.focus()
  press('ArrowDown')
  expect(document.activeElement?.textContent).toBe('Tax table')
  expect(stops()).toEqual(['Tax table'])
  press('ArrowRight')
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Options for “Tax table”')
  press('ArrowLeft')
  press('Home')
  expect(document.activeElement?.textContent).toBe('Trip to Bergen')
})

test('older conversations are loaded on demand', async () => {
  stored = Array.from({ length: 70 }, (_, n) => conversation(String(n), `Number ${n}`))
  open()
  const more = await find('button', 'Show older conversations')
  expect(titles()).toHaveLength(50)
  more.click()

  await until(() => expect(titles()).toHaveLength(70))
  expect(names('nav button')).not.toContain('Show older conversations')
})

test('a list that cannot be loaded shows the cause and can be retried', async () => {
  refuse = () => true
  open()
  await find('[role=alert]', /The disk is full/)
  refuse = () => false
  const retry = await find('button', 'Try again')
  retry.click()

  await until(() => expect(titles()).toEqual(['Trip to Bergen', 'Tax table']))
})

function open(): RecordedRequest[] {
  return show(<Sidebar onNewChat={() => {}} />, answer)
}

function answer(asked: RecordedRequest): unknown {
  if (refuse(asked)) return new Refusal('The disk is full.')
  const [, id = ''] = /conversations\/(\d+)/.exec(asked.path) ?? []
  const known = stored.find((item) => item.id === id)
  switch (asked.method) {
    case 'PATCH':
      stored = stored.map((item) => (item === known ? Object.assign(item, asked.body) : item))
      return known
    case 'DELETE':
      if (known !== undefined) removed.set(id, known)
      stored = stored.filter((item) => item !== known)
      return {}
    case 'POST':
      stored = [...stored, ...(removed.get(id) ? [removed.get(id)!] : [])]
      stored.sort((a, b) => a.id.localeCompare(b.id))
      return {}
    default:
      return page(new URL(asked.path, location.href).searchParams)
  }
}

function page(query: URLSearchParams) {
  const from = Number(query.get('cursor') ?? 0)
  const to = from + Number(query.get('limit'))
  return { items: stored.slice(from, to), nextCursor: to < stored.length ? String(to) : null }
}

async function rename(title: string): Promise<HTMLElement> {
  await choose(title, 'Rename')
  return find('input', 'Conversation title')
}

async function choose(title: string, item: string): Promise<void> {
  const options = await find('button', `Options for “${title}”`)
  options.click()
  const choice = await find('[role=menuitem]', item)
  choice.click()
}

function titles(): string[] {
  return names('nav a')
}

function conversation(id: string, title: string): ConversationSummary {
  return {
    id,
    title,
    updatedAt: new Date().toISOString(),
    totals: NO_CALLS,
    activeRunId: null,
    pinned: false,
    archived: false,
    folderId: null,
    unread: false,
  }
}
