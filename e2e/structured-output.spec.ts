// An agent that answers with an object: one that fits its schema, and one that does not.
import { expect, test } from './fixtures.ts'
import type { Answer } from './fake-answer.ts'
import type { Script } from './fake-upstream.ts'

const REPORT = {
  city: 'Oslo',
  condition: 'Snow',
  celsius: { now: -3, low: -6, high: -1 },
  rainPercent: 80,
  windKmPerHour: 12,
  advice: 'Wear boots.',
}

const isTitle = (body: object) => JSON.stringify(body).includes('conversation_title')

function answers(object: object): Script {
  const said = (text: string): Answer => ({ parts: [{ text }] })
  return ({ body }) => said(isTitle(body) ? '{"title":"Oslo"}' : JSON.stringify(object))
}

for (const api of ['responses', 'chat_completions'] as const) {
  test.describe(api, () => {
    test.use({ provider: { upstream: 'fake', api } })

    test('an object that fits is a card, and one that does not is a failure with its text', async ({
      api: server,
      chat,
      fake,
      page,
    }) => {
      fake.setScript(answers(REPORT))
      const { id } = await server.createConversation({ agent: 'weather' })
      await chat.openConversation(id)
      await chat.send('What is the weather in Oslo?')
      await expect(chat.answer.root).toContainText('Wear boots.')
      await expect(chat.answer.root).not.toContainText('"advice"')

      const { celsius: _, ...unfit } = REPORT
      fake.setScript(answers(unfit))
      await chat.send('And tomorrow?')
      const answer = page.getByRole('article', { name: 'Assistant' }).last()
      await expect(answer).toContainText('did not answer in the form that was asked for')
      await expect(answer).toContainText('"advice":"Wear boots."')
      await page.reload()
      await expect(answer).toContainText('"advice":"Wear boots."')
    })
  })
}
