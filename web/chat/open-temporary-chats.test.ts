import { QueryClient } from '@tanstack/react-query'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Drafts } from './drafts.ts'
import { OpenTemporaryChats } from './open-temporary-chats.ts'

const json = (body: object) =>
  new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } })

test('a chat is closed behind the renewal that is under way, which would open it again', async () => {
  const sent: string[] = []
  const renewal = Promise.withResolvers<Response>()
  vi.stubGlobal('fetch', (_: string, { method = 'GET' }: RequestInit) => {
    sent.push(method)
    return method === 'PUT' ? renewal.promise : Promise.resolve(json({ deleted: true }))
  })
  onTestFinished(() => void vi.unstubAllGlobals())
  const toasts: string[] = []
  const open = new OpenTemporaryChats({
    client: new QueryClient(),
    drafts: new Drafts(),
    isAnswering: () => true,
    showToast: ({ text }) => toasts.push(text),
  })
  open.add('c1')
  open.closeAll()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(sent).toEqual(['PUT'])
  renewal.resolve(new Response(null, { status: 503 }))
  await vi.waitFor(() =>
    expect(toasts).toEqual(['The answer was stopped and the temporary chat deleted.']),
  )
  expect(sent).toEqual(['PUT', 'DELETE'])
})
