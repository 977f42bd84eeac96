import { expect, test } from './fixtures.ts'
import { chatCalls, chats } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

test('default instructions are sent, and all conversations are deleted and restored', async ({
  chat,
  fake,
  page,
}) => {
  fake.setScript(chats({ parts: [{ text: 'Of course.' }] }))
  await page.goto('/settings/general')
  await page.getByLabel('Default instructions').fill('Answer in rhymes.')
  const instructions = page.getByRole('region', { name: 'Instructions' })
  await instructions.getByRole('button', { name: 'Save' }).click()
  await expect(instructions.getByText('Saved')).toBeVisible()
  await chat.open()
  await chat.send('Say something')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  expect(JSON.stringify(chatCalls(fake)[0])).toContain('Answer in rhymes.')

  await page.goto('/settings/general')
  const stored = page.getByRole('region', { name: 'Stored data' })
  await expect(stored).toContainText(
    /1 conversation and what belongs to them take [\d.]+ .B on disk/,
  )
  await stored.getByRole('button', { name: 'Delete all conversations' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete all' }).click()
  await expect(chat.sidebar.conversations).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(chat.sidebar.conversations).toHaveCount(1)
})
