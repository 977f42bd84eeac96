import { expect, test } from './fixtures.ts'
import { chatCalls, chats } from './scripts.ts'

const HALF: Parameters<typeof chats>[0] = {
  parts: [{ text: 'The first half, ' }, { fault: 'stall' }],
}
const REST: Parameters<typeof chats>[0] = { parts: [{ text: 'and the second.' }] }

for (const api of ['responses', 'chat_completions'] as const) {
  test.describe(`over ${api}`, () => {
    test.use({ provider: { upstream: 'fake', api } })

    test('Continue goes on in the same message, by keyboard and after a reload', async ({
      chat,
      fake,
      page,
    }) => {
      fake.setScript(chats(HALF, REST))
      await chat.open()
      await chat.send('Tell me all')
      await expect(chat.answer.root).toContainText('The first half')
      await chat.stopButton.click()
      await expect(chat.answer.root).toContainText(/stopped/i)

      await chat.answer.root.getByRole('button', { name: 'Continue' }).focus()
      await page.keyboard.press('Enter')
      await expect(chat.answer.root).toContainText('The first half, and the second.')
      await expect(chat.composer).toBeFocused()
      await expect(chat.answer.root).not.toContainText(/stopped/i)
      await expect(chat.answers).toHaveCount(1)
      await expect(chat.stopButton).toBeHidden()
      expect(chatCalls(fake)).toHaveLength(2)

      await page.reload()
      await expect(chat.answer.root).toContainText('The first half, and the second.')
      await chat.answer.root.getByRole('button', { name: /Receipt/ }).click()
      await expect(page.getByRole('dialog', { name: 'Receipt' })).toContainText('2 model calls')
      await page.keyboard.press('Escape')

      fake.setScript(chats({ parts: [{ text: 'One, two, ' }, { fault: 'cut_off' }] }, REST))
      await chat.send('Count')
      await expect(chat.answers).toHaveCount(2)
      const button = chat.answer.root.getByRole('button', { name: 'Continue' })
      await expect(button).toBeVisible()
      await page.reload()
      await button.click()
      await expect(chat.answer.root).toContainText('and the second.')
      await expect(chat.answer.root).toContainText('One, two, ')
      await expect(button).toBeHidden()
    })
  })
}
