import { expect, test } from './fixtures.ts'
import { recordText } from './record-text.ts'
import { chatCalls, chats, barrier } from './scripts.ts'

const SUM = { name: 'calculate', arguments: { expression: '12345 + 54321' } }

for (const api of ['responses', 'chat_completions'] as const) {
  test.describe(`over ${api}`, () => {
    test.use({ provider: { upstream: 'fake', api } })

    test('tool calls are shown while they are written, when they are done, in order, and when they fail', async ({
      chat,
      fake,
      page,
    }) => {
      const gate = barrier()
      fake.setScript(
        chats({ parts: [{ call: SUM }, gate.part] }, { parts: [{ text: 'The sum is 66666.' }] }),
      )
      await chat.open()
      await chat.send('Add them')

      const card = chat.answer.tool('calculate')
      await expect(card).toContainText('Preparing')
      await expect(card).toContainText('12345 + 54321')
      gate.open()
      await expect(card).toContainText('Done')
      await expect(card).toContainText(/\d+(\.\d+)?\s?m?s/)
      await expect(chat.answer.root).toContainText('The sum is 66666.')

      await page.reload()
      await expect(card).toContainText('Done')
      await expect(card).toContainText('12345 + 54321')
      await expect(card).toContainText('66666')

      const written = barrier()
      const expression = Array.from({ length: 60 }, (_, n) => 100 + n).join(' + ')
      fake.setScript(
        chats(
          {
            parts: [
              { text: 'Wait. ' },
              written.part,
              { call: { name: 'calculate', arguments: { expression } } },
            ],
            chars: 5,
            everyMs: 25,
          },
          { parts: [{ text: 'Added up.' }] },
        ),
      )
      await chat.send('Add many')
      await expect(chat.answers).toHaveCount(2)
      await expect(chat.answer.root).toContainText('Wait.')
      const texts = await recordText(chat.answer.root)
      written.open()
      await expect(chat.answer.tool('calculate')).toContainText('Done')

      const lengths = (await texts.stop()).map((text) => /100 [\d+ ]+/.exec(text)?.[0].length ?? 0)
      expect(new Set(lengths).size).toBeGreaterThan(3)
      expect(lengths).toEqual(lengths.toSorted((a, b) => a - b))
      await expect(chat.answer.root).toContainText('Added up.')
      await expect(chat.answer.tryAgainButton).toBeVisible()

      fake.setScript(
        chats(
          {
            parts: [{ call: SUM }, { call: { name: 'current_time', arguments: '{}' } }],
          },
          { parts: [{ text: 'Both are done.' }] },
        ),
      )
      const before = chatCalls(fake).length
      await chat.send('Do both')
      await expect(chat.answers).toHaveCount(3)

      await expect(chat.answer.root).toContainText('Both are done.')
      await expect(chat.answer.tools).toHaveCount(2)
      await expect(chat.answer.tool('calculate')).toContainText('Done')
      await expect(chat.answer.tool('current_time')).toContainText('Done')
      expect(chatCalls(fake)).toHaveLength(before + 2)
      await expect(chat.answer.tryAgainButton).toBeVisible()

      // What is unknown or invalid fails on its card, and the model is told.
      fake.setScript(
        chats(
          { parts: [{ call: { name: 'launch_rocket', arguments: '{}' } }] },
          { parts: [{ call: { name: 'calculate', arguments: '{"expression": ' } }] },
          { parts: [{ call: { name: 'calculate', arguments: { expression: '1 +* 2' } } }] },
          { parts: [{ text: 'I could not.' }] },
        ),
      )
      await chat.send('Try')
      await expect(chat.answers).toHaveCount(4)

      await expect(chat.answer.root).toContainText('I could not.')
      await expect(chat.answer.tool('launch_rocket')).toContainText('Failed')
      await expect(chat.answer.tool('calculate')).toHaveCount(2)
      for (const card of await chat.answer.tool('calculate').all()) {
        await expect(card).toContainText('Failed')
      }
      await expect(chat.answer.retryButton).toBeHidden()
    })
  })
}
