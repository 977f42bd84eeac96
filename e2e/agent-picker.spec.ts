import { expect, test } from './fixtures.ts'
import { chats } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'responses' } })

test('the composer says who answers, what it may do, and lets a tool be switched off', async ({
  api,
  chat,
  fake,
  page,
}) => {
  fake.setScript(chats({ parts: [{ text: 'Hello.' }] }))
  await chat.open()
  await chat.send('Hello')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await expect(chat.answer.root).toContainText('assistant')

  await chat.agentPicker.click()
  const assistant = page.getByRole('menuitemradio', { name: /^assistant/ })
  await expect(assistant).toBeChecked()
  await expect(assistant).toContainText(/\d tools/)
  const calculate = page.getByRole('menuitemcheckbox', { name: /^calculate/ })
  await expect(calculate).toBeChecked()
  await calculate.click()
  await expect(calculate).not.toBeChecked()
  await page.keyboard.press('Escape')
  await expect(chat.agentPicker).toBeFocused()

  const id = await chat.conversationId()
  await expect
    .poll(async () => (await api.conversation(id)).settings.disabledTools)
    .toEqual(['calculate'])
  const settings = await chat.openSettings()
  await settings.openAdvanced()
  await settings.field('Temperature').fill('0.5')
  await settings.save()
  expect((await api.conversation(id)).settings).toEqual({
    temperature: 0.5,
    disabledTools: ['calculate'],
  })
})
