import { expect, MODEL, test } from './fixtures.ts'
import { chatCalls, chats } from './scripts.ts'

for (const api of ['responses', 'chat_completions'] as const) {
  test.describe(`over ${api}`, () => {
    test.use({ provider: { upstream: 'fake', api } })

    test('only settings with a value are sent, and they can be removed', async ({
      api: http,
      chat,
      fake,
    }) => {
      fake.setScript(chats({ parts: [{ text: 'Fine.' }] }))
      await chat.open()
      await chat.send('Without settings')
      await expect(chat.answer.tryAgainButton).toBeVisible()

      const settings = await chat.openSettings()
      await settings.openAdvanced()
      await settings.field('Temperature').fill('0.3')
      await settings.field('Extra instructions').fill('Answer in Norwegian.')
      await settings.field('Max output tokens').fill('77')
      await settings.save()
      await chat.send('With settings')
      await expect(chat.answers).toHaveCount(2)
      await expect(chat.answer.tryAgainButton).toBeVisible()

      const [plain, set] = chatCalls(fake).map(({ body }) => body)
      for (const key of ['temperature', 'top_p', 'max_tokens', 'max_output_tokens', 'reasoning']) {
        expect(plain).not.toHaveProperty(key)
      }
      expect(plain).not.toHaveProperty('reasoning_effort')
      expect(set).toMatchObject({ temperature: 0.3 })
      expect(set?.['max_output_tokens'] ?? set?.['max_tokens']).toBe(77)
      expect(set).not.toHaveProperty('top_p')
      expect(JSON.stringify(set)).toContain('Answer in Norwegian.')
      expect(JSON.stringify(plain)).not.toContain('Norwegian')

      const again = await chat.openSettings()
      await expect(again.field('Temperature')).toHaveValue('0.3')
      await again.field('Temperature').fill('')
      await again.field('Extra instructions').fill('')
      await again.field('Max output tokens').fill('')
      await again.save()
      expect((await http.conversation(await chat.conversationId())).settings).toEqual({})
      await chat.send('Without them again')
      await expect(chat.answers).toHaveCount(3)
      await expect(chat.answer.tryAgainButton).toBeVisible()
      expect(chatCalls(fake).at(-1)?.body).not.toHaveProperty('temperature')
    })
  })
}

test.describe('before the first message', () => {
  test.use({ provider: { upstream: 'fake', api: 'responses' } })

  test('an invalid setting is not saved, and valid ones apply to the first request', async ({
    api,
    chat,
    fake,
  }) => {
    fake.setScript(chats({ parts: [{ text: 'Fine.' }] }))
    await chat.open()
    const settings = await chat.openSettings()
    await settings.openAdvanced()
    await settings.field('Temperature').fill('9')
    await settings.saveButton.click()
    await expect(settings.field('Temperature')).toHaveAttribute('aria-invalid', 'true')
    await expect(settings.field('Temperature')).toBeFocused()
    await settings.field('Temperature').fill('')
    await settings.field('Top P').fill('0.4')
    await settings.field('Reasoning effort').selectOption('high')
    await settings.save()
    await chat.send('Hello')
    await expect(chat.answer.tryAgainButton).toBeVisible()

    expect(chatCalls(fake)[0]?.body).toMatchObject({ top_p: 0.4, reasoning: { effort: 'high' } })
    const { settings: kept } = await api.conversation(await chat.conversationId())
    expect(kept).toEqual({ topP: 0.4, reasoningEffort: 'high' })
  })
})

test.describe('with more than one model', () => {
  test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

  test('the picker shows prices and changes the model of the next request', async ({
    chat,
    fake,
    page,
  }) => {
    fake.setScript(chats({ parts: [{ text: 'Fine.' }] }))
    await chat.open()
    await chat.send('With the default')
    await expect(chat.answer.tryAgainButton).toBeVisible()
    await chat.modelPicker.click()
    await expect(chat.modelChoice('gpt-4.1')).toContainText('$2')
    await page.keyboard.press('Escape')

    await chat.chooseModel('gpt-4.1')
    await chat.send('With another')
    await expect(chat.answers).toHaveCount(2)
    await expect(chat.answer.tryAgainButton).toBeVisible()
    expect(chatCalls(fake).map(({ body }) => body['model'])).toEqual([MODEL, 'gpt-4.1'])

    await page.reload()
    await expect(chat.modelPicker).toHaveAccessibleName(/^Model: gpt-4\.1,/)
  })
})
