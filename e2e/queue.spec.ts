// Messages that are queued while an answer is written: they are seen, changed, removed and sent.
import type { Page } from '@playwright/test'
import { expectNoViolations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { barrier, chatCalls, chats } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

const queueOf = (page: Page) => page.getByRole('region', { name: 'Queued messages' })

test('queued messages are changed and removed, and sent in turn without a tab', async ({
  chat,
  fake,
  page,
  api,
}) => {
  await page.setViewportSize({ width: 390, height: 780 })
  const first = barrier()
  const second = barrier()
  fake.setScript(
    chats(
      { parts: [{ text: 'The first' }, first.part, { text: ' answer.' }] },
      { parts: [{ text: 'The second' }, second.part, { text: ' answer.' }] },
      { parts: [{ text: 'The third answer.' }] },
      { parts: [{ text: 'The fourth answer.' }] },
    ),
  )
  await chat.open()
  await chat.send('One')
  await expect(chat.answer.root).toContainText('The first')
  const queue = queueOf(page)
  for (const text of ['Two', 'Three', 'Four']) {
    await chat.composer.fill(text)
    await expect(page.getByText('Enter queues')).toBeVisible()
    await chat.composer.press('Enter')
    await expect(chat.composer).toHaveValue('')
    await expect(queue.getByRole('listitem').filter({ hasText: text })).toBeVisible()
  }
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach' }).click()
  await (
    await chosen
  ).setFiles({ name: 'rain.csv', mimeType: 'text/csv', buffer: Buffer.from('day,mm') })
  await expect(page.getByRole('list', { name: 'Attached files' })).toContainText('Whole file')
  // Words alone can be told the running agent.
  await expect(page.getByRole('button', { name: 'Steer' })).toBeDisabled()
  await chat.composer.press('Enter')
  await expect(queue.getByRole('list', { name: 'Files' })).toHaveText(/rain\.csv.*6 B/)
  await expect(page.getByRole('status', { name: 'Queue' })).toHaveText('4 messages queued')
  await expectNoViolations(page)

  const row = (text: string) => queue.getByRole('listitem').filter({ hasText: text })
  await row('Three').getByRole('button', { name: 'Remove' }).click()
  await expect(row('Three')).toBeHidden()
  await row('Four').getByRole('button', { name: 'Edit' }).click()
  const editor = page.getByRole('textbox', { name: 'Edit queued message' })
  await editor.fill('Four, changed')
  await editor.press('Enter')
  await expect(row('Four, changed')).toBeVisible()

  const other = await chat.openTab()
  await other.open(new URL(page.url()).pathname)
  await expect(queueOf(other.page).getByRole('button', { name: 'Send now' })).toHaveCount(3)
  first.open()
  await expect(chat.answers).toHaveCount(2)
  await expect(chat.answer.root).toContainText('The second')
  await expect(row('Four, changed')).toBeVisible()
  await expect(row('Two')).toBeHidden()
  await expect(queueOf(other.page).getByRole('button', { name: 'Send now' })).toHaveCount(2)
  const id = await chat.conversationId()
  await page.goto('about:blank')
  await other.page.goto('about:blank')
  second.open()
  await expect.poll(() => chatCalls(fake).length).toBe(4)
  await expect.poll(async () => (await api.conversation(id)).activeRunId).toBeNull()

  await chat.openConversation(id)
  await expect(chat.questions).toHaveText([/One/, /Two/, /Four, changed/, /rain\.csv/])
  await expect(chat.answer.root).toContainText('The fourth answer.')
  await expect(queue).toBeHidden()
})

test('a stopped answer holds the queue; a message sent now stops the answer under way', async ({
  chat,
  fake,
  page,
}) => {
  fake.setScript(
    chats(
      { parts: [{ text: 'Half of it' }, { fault: 'stall' }] },
      { parts: [{ text: 'Half of the next' }, { fault: 'stall' }] },
      { parts: [{ text: 'All of the last.' }] },
    ),
  )
  await chat.open()
  await chat.send('One')
  await expect(chat.answer.root).toContainText('Half of it')
  for (const text of ['Two', 'Three']) {
    await chat.composer.fill(text)
    await page.getByRole('button', { name: 'Queue', exact: true }).click()
  }
  const queue = queueOf(page)
  await expect(queue.getByRole('button', { name: 'Send now' })).toHaveCount(2)
  await chat.stopButton.click()
  await expect(queue).toContainText('You stopped the answer')
  expect(chatCalls(fake)).toHaveLength(1)

  await queue.getByRole('button', { name: 'Send now' }).first().click()
  await expect(chat.answer.root).toContainText('Half of the next')
  await queue.getByRole('button', { name: 'Send now' }).click()
  await expect(chat.answer.root).toContainText('All of the last.')
  await expect(chat.questions).toHaveText([/One/, /Two/, /Three/])
  await expect(chat.answerAt(1).root).toContainText('Half of the next')
  await expect(chat.answerAt(1).root).toContainText('stopped when you sent another message')
  await expect(queue).toBeHidden()
})

test('the running agent is steered, and the words stand where it heard them', async ({
  chat,
  fake,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 780 })
  const working = barrier()
  const call = { name: 'calculate', arguments: { expression: '17 * 23' } }
  fake.setScript(
    chats(
      { parts: [{ text: 'I look' }, working.part, { call }] },
      { parts: [{ text: 'It is 391.' }] },
      { parts: [{ text: 'You are welcome.' }] },
    ),
  )
  await chat.open()
  await chat.send('What is 17 * 23?')
  await expect(chat.answer.root).toContainText('I look')
  await chat.composer.fill('Only the number')
  await page.getByRole('button', { name: 'Steer', exact: true }).click()
  await expect(chat.composer).toHaveValue('')
  await expect(chat.composer).toBeFocused()
  await expect(queueOf(page)).toContainText('Told to the agent before its next step')
  await expectNoViolations(page)
  working.open()
  await expect(chat.answer.root).toContainText('You said: Only the number')
  await expect(chat.answer.root).toContainText('It is 391.')
  await expect(queueOf(page)).toBeHidden()
  expect(JSON.stringify(chatCalls(fake)[1]?.body)).toContain('Only the number')

  await chat.send('Thanks')
  await expect(chat.answer.root).toContainText('You are welcome.')
  await page.reload()
  await expect(chat.answerAt(0).root).toContainText('You said: Only the number')
})
