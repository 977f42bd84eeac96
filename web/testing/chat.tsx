// Renders the chat over a fake BFF for component tests.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'
import { useRoute } from '../router.tsx'
import { all, find, press, write } from './screen.tsx'
import { useThreadKey } from '../chat/chat-context.ts'
import { ChatProvider } from '../chat/chat-provider.tsx'
import { ChatPage } from '../chat/chat-page.tsx'
import { preloadTranscript } from '../chat/lazy-transcript.tsx'
import { NEW_CHAT } from '../chat/drafts.ts'
import { type RecordedRequest, conversation, message, TestBff } from './bff.ts'

export let bff: TestBff
/** The idempotency keys of all submits, in order. */
export let keys: string[]

// Importing it takes longer than the timeout of an assertion.
beforeAll(preloadTranscript)
beforeEach(() => {
  localStorage.clear()
  bff = new TestBff()
  keys = []
  bff.conversations.set(
    'c1',
    conversation('c1', [message('m1', 'user', 'Hello'), message('m2', 'assistant', 'Hi there')]),
  )
})

let close = () => {}
afterEach(() => close())

/** Opens an address as a reload does: only stored state survives. */
export function open(path: string, answer: (asked: RecordedRequest) => unknown = bff.answer): void {
  close()
  history.replaceState(null, '', path)
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const key = new Headers(init.headers).get('idempotency-key')
    if (key !== null && url.endsWith('/runs')) keys.push(key)
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    const answered = await answer({ method: init.method ?? 'GET', path: url, body, key })
    return answered instanceof Response ? answered : Response.json(answered)
  })
  const container = document.body.appendChild(document.createElement('div'))
  const root = createRoot(container)
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  close = () => {
    root.unmount()
    client.clear()
    container.remove()
  }
  root.render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <ChatProvider>
          <Page />
        </ChatProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}

export function refusal(status: number, title: string): Response {
  return Response.json({ type: 'about:blank', title, status, code: 'refused' }, { status })
}

function Page() {
  const route = useRoute()
  const id = route.page === 'chat' ? route.conversationId : null
  return <ChatPage key={useThreadKey(id ?? NEW_CHAT)} conversationId={id} leading={null} />
}

export async function box(): Promise<HTMLTextAreaElement> {
  const field = await find('textarea', 'Message')
  if (!(field instanceof HTMLTextAreaElement)) throw new Error('the message is not a textarea')
  return field
}

/** Types a text. Repeats until React listens to the field and keeps the text. */
export function type(field: HTMLTextAreaElement, text: string): Promise<unknown> {
  return vi.waitUntil(() => {
    write(field, text)
    return field.value === text
  })
}

export async function send(text: string): Promise<void> {
  const sentBefore = keys.length
  const field = await box()
  await find('button', 'Send')
  await type(field, text)
  press('Enter', field)
  await vi.waitUntil(() => keys.length > sentBefore, { timeout: 10_000 })
}

export function shown(text: string): Promise<void> {
  return vi.waitFor(() =>
    expect(
      all('article')
        .map((it) => it.textContent)
        .join(),
    ).toContain(text),
  )
}

export function announced(): string[] {
  return all('[aria-live=polite]').map((element) => element.textContent)
}

/** Returns the text of each message, in order. */
export function spoken(): string[] {
  return all('article').map((article) => {
    const text = article.querySelector('.markdown') ?? article
    return text.textContent
  })
}
