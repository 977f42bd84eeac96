// A browser opens six connections to a server. All tabs share one, however many answers they follow.
import type { BrowserContext, Page, Request } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { chatCalls, chats, barrier } from './scripts.ts'

test.use({
  provider: { upstream: 'fake', api: 'responses' },
  // All test tabs are visible, so tracing or animating them would overload the machine.
  trace: 'off',
  contextOptions: { reducedMotion: 'reduce' },
})

/** Without locks the tabs elect a leader by messages. Eight tabs exceed the connections of a browser. */
const TABS = { 'with Web Locks': 30, 'without Web Locks, as on a plain HTTP address': 8 }
const HALF: Parameters<typeof chats>[0] = { parts: [{ text: 'Begun.' }, { fault: 'stall' }] }

for (const [locks, count] of Object.entries(TABS)) {
  test(`${count} tabs follow ${count} answers, and Stop gets through, ${locks}`, async ({
    api,
    chat,
    context,
    fake,
  }) => {
    test.setTimeout(240_000)
    if (locks !== 'with Web Locks') await hideLocks(context)
    const streams = countStreams(context)
    fake.setScript(chats(HALF))
    const tabs = [chat]
    for (let n = 0; n < count; n += 1) {
      const { conversationId } = await api.say(`Question ${n}`)
      const tab = tabs[n] ?? (await chat.openTab())
      tabs[n] = tab
      await tab.openConversation(conversationId)
      await expect(tab.answer.root).toContainText('Begun.')
      await expect(tab.stopButton).toBeVisible()
    }
    expect(chatCalls(fake)).toHaveLength(count)
    await expect.poll(streams).toBeLessThanOrEqual(1)

    for (const [index, tab] of [...tabs.entries()].filter(([each]) => each % 5 === 4)) {
      await tab.stopButton.click()
      await expect(tab.answer.root).toContainText(/stopped/i)
      await expect
        .poll(() => chatCalls(fake).find(({ body }) => asks(body, index))?.closedEarly)
        .toBe(true)
    }
  })
}

test('when the leading tab is closed or crashes, the others continue without loss', async ({
  api,
  chat,
  context,
  fake,
}) => {
  test.setTimeout(240_000)
  const gates = [barrier(), barrier(), barrier()]
  const parts = gates.flatMap((gate, index) => [gate.part, { text: `Part ${index}. ` }])
  fake.setScript(chats({ parts: [{ text: 'Begun. ' }, ...parts] }))
  const { conversationId } = await api.say('Count')
  const [second, third] = [await chat.openTab(), await chat.openTab()]
  for (const tab of [chat, second, third]) {
    await tab.openConversation(conversationId)
    await expect(tab.answer.root).toContainText('Begun.')
  }
  gates[0]?.open()
  for (const tab of [chat, second, third]) await expect(tab.answer.root).toContainText('Part 0.')

  await chat.page.close()
  gates[1]?.open()
  for (const tab of [second, third]) await expect(tab.answer.root).toContainText('Part 1.')

  const session = await context.newCDPSession(second.page)
  void session.send('Page.crash').catch(() => undefined)
  await second.page.waitForEvent('crash')
  gates[2]?.open()
  await expect(third.answer.root).toContainText('Begun. Part 0. Part 1. Part 2.')
  await expect(third.answer.tryAgainButton).toBeVisible()
})

test('another tab takes over from a frozen leader', async ({ api, chat, context, fake }) => {
  test.setTimeout(120_000)
  const gate = barrier()
  fake.setScript(chats({ parts: [{ text: 'Begun. ' }, gate.part, { text: 'Done.' }] }))
  const { conversationId } = await api.say('Count')
  const second = await chat.openTab()
  for (const tab of [chat, second]) {
    await tab.openConversation(conversationId)
    await expect(tab.answer.root).toContainText('Begun.')
  }
  const session = await context.newCDPSession(chat.page)
  await session.send('Page.setWebLifecycleState', { state: 'frozen' })
  gate.open()
  await expect(second.answer.root).toContainText('Begun. Done.', { timeout: 60_000 })

  await session.send('Page.setWebLifecycleState', { state: 'active' })
  await expect(chat.answer.root).toContainText('Begun. Done.')
})

test('a hidden tab stops following its answer and catches up when shown', async ({
  api,
  chat,
  context,
  fake,
}) => {
  await chat.page.clock.install()
  const streams = countStreams(context)
  const gate = barrier()
  fake.setScript(chats({ parts: [{ text: 'Begun. ' }, gate.part, { text: 'Done.' }] }))
  const { conversationId } = await api.say('Count')
  await chat.openConversation(conversationId)
  await expect(chat.answer.root).toContainText('Begun.')
  await expect.poll(streams).toBe(1)

  await setVisibility(chat.page, 'hidden')
  await chat.page.clock.fastForward(31_000)
  await expect.poll(streams).toBe(0)
  gate.open()
  await setVisibility(chat.page, 'visible')
  await expect(chat.answer.root).toContainText('Begun. Done.')
})

function setVisibility(page: Page, state: DocumentVisibilityState): Promise<void> {
  return page.evaluate((visibilityState) => {
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => visibilityState,
    })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}

function asks(body: Record<string, unknown>, index: number): boolean {
  return JSON.stringify(body).includes(`"Question ${index}"`)
}

async function hideLocks(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    Object.defineProperty(navigator, 'locks', { value: undefined })
  })
}

/** Counts the open event streams. */
function countStreams(context: BrowserContext): () => number {
  const open = new Set<Request>()
  context.on('request', (request) => {
    if (/\/events(?:\?|$)/.test(request.url())) open.add(request)
  })
  context.on('requestfinished', (request) => open.delete(request))
  context.on('requestfailed', (request) => open.delete(request))
  return () => open.size
}
