// The browser's own search finds what is far from the view and not mounted.
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { importTurns } from './import-turns.ts'
import { chats } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'responses' } })

test('text that is not mounted is found by the browser and shown', async ({
  api,
  chat,
  fake,
  page,
}) => {
  const line = (n: number) => (n === 4_321 ? '- A persimmon here\n' : `- ${n}\n`)
  const items = Array.from({ length: 10_000 }, (_, n) => line(n)).join('')
  fake.setScript(chats({ parts: [{ text: items }], chars: 50_000 }))
  const run = await api.say('Write very much')
  await api.ended(run)
  await chat.openConversation(run.conversationId)
  await expect(chat.answer.root.getByText('9999')).toBeInViewport()
  const box = page.locator('[hidden=until-found]').filter({ hasText: 'persimmon' })
  await expect(box).toHaveCount(1)
  await findInPage(page, 'persimmon')
  await expect(
    chat.answer.root.getByRole('listitem').filter({ hasText: 'A persimmon here' }),
  ).toBeInViewport()
  await expect(box).toHaveCount(0)
})

test('older messages are loaded when the search of the browser is opened', async ({
  api,
  chat,
  page,
}) => {
  const asked = ['A persimmon', ...Array.from({ length: 25 }, (_, n) => `Question ${n + 1}`)]
  await chat.openConversation(await importTurns(api, asked, 'Yes.'))
  await expect(chat.questions.last()).toContainText('Question 25')
  await expect(chat.questions.filter({ hasText: 'A persimmon' })).toHaveCount(0)
  await expect(async () => {
    await page.keyboard.press('ControlOrMeta+f')
    await expect(chat.questions.filter({ hasText: 'A persimmon' })).toHaveCount(1, {
      timeout: 1000,
    })
  }).toPass()
  await expect(chat.questions.last()).toBeInViewport()
})

/** A text directive uses the search of the browser, which a script cannot open. */
async function findInPage(page: Page, text: string): Promise<void> {
  await page.evaluate((word) => {
    const link = document.createElement('a')
    link.href = `#:~:text=${word}`
    link.textContent = 'find'
    link.id = 'find'
    link.style.cssText = 'position: fixed; inset: 0 auto auto 0; z-index: 99'
    document.body.append(link)
  }, text)
  await page.locator('#find').click()
}
