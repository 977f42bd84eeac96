// A user who looks elsewhere is told that an answer is ready or waits: only the notification itself, which
// the system shows, is replaced.
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { barrier, chats } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

/** Keeps the notifications of a page. The browser asks nobody, and grants them. */
async function keepNotifications(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shown: { title: string; body: string; click: () => void }[] = []
    class Kept extends EventTarget {
      static permission = localStorage.getItem('granted') ?? 'default'
      static async requestPermission() {
        localStorage.setItem('granted', 'granted')
        Kept.permission = 'granted'
        return 'granted'
      }
      close() {}
      constructor(title: string, { body }: { body: string }) {
        super()
        shown.push({ title, body, click: () => this.dispatchEvent(new Event('click')) })
      }
    }
    Object.assign(globalThis, { Notification: Kept, shownNotifications: shown })
  })
}

const shown = (page: Page) =>
  page.evaluate(() =>
    Reflect.get(globalThis, 'shownNotifications').map(
      ({ title, body }: { title: string; body: string }) => `${title}: ${body}`,
    ),
  )

async function setVisible(page: Page, visible: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
      Object.defineProperty(document, 'hidden', {
        configurable: true,
        get: () => state === 'hidden',
      })
      document.dispatchEvent(new Event('visibilitychange'))
    },
    visible ? 'visible' : 'hidden',
  )
}

/** How many tabs say that they are visible, which a new one does some time after it is drawn. */
const visibleTabs = (page: Page) =>
  page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query()
    return held.filter(({ name }) => name === 'tally-visible').length
  })

test('notifications are offered in context, and one hidden tab tells of a finished answer', async ({
  chat,
  fake,
  page,
}) => {
  await keepNotifications(page)
  const first = barrier()
  const second = barrier()
  const third = barrier()
  fake.setScript(
    chats(
      ...[first, second, third].map(({ part }) => ({
        parts: [{ text: 'Half' }, part, { text: ' and the secret rest.' }],
      })),
    ),
  )
  await chat.open()
  await chat.send('A private question')
  await expect(chat.answer.root).toContainText('Half')
  const offer = page.getByText('Get a notification when an answer is ready?')
  await expect(offer).toBeHidden()
  await setVisible(page, false)
  await setVisible(page, true)
  await expect(offer).toBeVisible()
  await page.getByRole('button', { name: 'Turn on' }).click()

  const other = await chat.openTab()
  await keepNotifications(other.page)
  await other.open('/')
  await expect.poll(() => visibleTabs(page)).toBe(2)
  await setVisible(page, false)
  first.open()
  await expect(chat.answer.root).toContainText('rest')
  // The other tab is visible.
  expect(await shown(page)).toEqual([])

  await setVisible(page, true)
  await chat.send('Another private question')
  await expect(chat.answer.root).toContainText('Half')
  await other.page.bringToFront()
  await expect(other.sidebar.conversations.first()).toBeVisible()
  await setVisible(other.page, false)
  await setVisible(page, false)
  second.open()
  const all = async () => [...(await shown(page)), ...(await shown(other.page))]
  await expect.poll(all, { timeout: 15_000 }).toEqual(['Tally: An answer is ready.'])

  await setVisible(page, true)
  await page.goto('/settings/general')
  await page.getByRole('checkbox', { name: 'Show titles and questions in them' }).check()
  await chat.open()
  await other.page.close()
  await chat.send('A third question')
  const id = await chat.conversationId()
  await expect(chat.answer.root).toContainText('Half')
  await page.getByRole('button', { name: 'New chat' }).click()
  await expect(page).toHaveURL(/\/$/)
  await setVisible(page, false)
  third.open()
  await expect.poll(() => shown(page), { timeout: 15_000 }).toHaveLength(1)
  expect((await shown(page))[0]).toMatch(/: An answer is ready\.$/)
  expect((await shown(page))[0]).not.toMatch(/^Tally/)
  await page.evaluate(() => Reflect.get(globalThis, 'shownNotifications')[0].click())
  await expect(page).toHaveURL(new RegExp(`/c/${id}$`))
  await expect(chat.answer.root).toContainText('the secret rest')
})
