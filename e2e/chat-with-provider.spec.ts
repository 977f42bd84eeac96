import { expect, KEY, MODEL, test } from './fixtures.ts'

for (const api of ['responses', 'chat_completions'] as const) {
  test.describe(`over ${api}`, () => {
    test.use({ provider: { upstream: 'aimock', api } })

    test('answers arrive, are priced from reported tokens, stored, and call tools; the key stays secret', async ({
      aimock,
      chat,
      api: http,
      page,
      tally,
    }) => {
      const usage =
        api === 'responses'
          ? { input_tokens: 1000, output_tokens: 500, total_tokens: 1500 }
          : { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 }
      aimock.onMessage(/capital of Norway/, { content: 'Oslo is the capital.', usage })
      aimock.onMessage(/And of Sweden/, { content: 'That is Stockholm.', usage })

      await chat.open()
      await chat.send('What is the capital of Norway?')
      await expect(chat.answer.root).toContainText('Oslo is the capital.')
      // 1000 × $0.40 + 500 × $1.60 per million
      await expect(chat.answer.receiptButton).toHaveAccessibleName('Receipt: $0.0012')

      await chat.send('And of Sweden?')
      await expect(chat.answer.root).toContainText('That is Stockholm.')
      const sent = JSON.stringify(questionsOf(aimock, /And of Sweden/).at(-1))
      expect(sent).toContain('What is the capital of Norway?')
      expect(sent).toContain('Oslo is the capital.')

      const { messages } = await http.conversation(await chat.conversationId())
      expect(messages.map(({ model }) => model)).toEqual([null, MODEL, null, MODEL])

      aimock.on(
        { userMessage: /six times seven/, hasToolResult: false },
        { toolCalls: [{ name: 'calculate', arguments: '{"expression":"6 * 7"}' }] },
      )
      aimock.on({ userMessage: /six times seven/, hasToolResult: true }, { content: 'It is 42.' })
      await chat.sidebar.newChatButton.click()
      await expect(chat.answers).toHaveCount(0)
      await chat.send('What is six times seven?')
      await expect(chat.answer.tool('calculate')).toContainText('Done')
      await expect(chat.answer.root).toContainText('It is 42.')
      expect(JSON.stringify(questionsOf(aimock, /six times seven/).at(-1))).toContain('42')

      expect(aimock.getRequests()[0]?.headers['authorization']).not.toBe(undefined)
      expect(await page.content()).not.toContain(KEY)
      expect(tally.output).not.toContain(KEY)
    })
  })
}

function questionsOf(mock: { getRequests(): { body: unknown }[] }, text: RegExp): unknown[] {
  return mock
    .getRequests()
    .map(({ body }) => body)
    .filter((body) => text.test(JSON.stringify(body)))
}
