import { expect, test } from './fixtures.ts'
import { chats, barrier } from './scripts.ts'

for (const api of ['responses', 'chat_completions'] as const) {
  test.describe(`over ${api}`, () => {
    test.use({ provider: { upstream: 'fake', api } })

    test('reasoning is open while streaming, then collapses with its duration', async ({
      chat,
      fake,
      page,
    }) => {
      const gate = barrier()
      fake.setScript(
        chats({
          parts: [
            { reasoning: 'First I look at the question.' },
            gate.part,
            { text: 'Here is the answer.' },
          ],
        }),
      )
      await chat.open()
      await chat.send('Think')

      await expect(chat.answer.root).toContainText('First I look at the question.')
      await expect(chat.answer.reasoning).toHaveAttribute('aria-expanded', 'true')
      gate.open()
      await expect(chat.answer.root).toContainText('Here is the answer.')
      await expect(chat.answer.reasoning).toHaveAttribute('aria-expanded', 'false')
      await expect(chat.answer.root).toContainText(/Reasoning · \d+ s/)
      const thought = chat.answer.root.getByText('First I look at the question.')
      await expect(thought).toBeHidden()

      await page.reload()
      await expect(thought).toBeHidden()
      await chat.answer.reasoning.click()
      await expect(thought).toBeVisible()
      await chat.answer.reasoning.press('Enter')
      await expect(thought).toBeHidden()
    })
  })
}
