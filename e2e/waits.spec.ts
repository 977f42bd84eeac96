// Approvals, questions, handoffs and nested runs, on the page and through the real server.
import { expect, test } from './fixtures.ts'
import type { Api } from './api.ts'
import { expectNoViolations } from './axe.ts'
import type { Answer } from './fake-answer.ts'
import { SERVER_GONE } from './page-guard.ts'
import type { ChatPage } from './pages/chat-page.ts'
import { barrier, chatCalls, chats } from './scripts.ts'

test.use({ entry: 'slowTools', provider: { upstream: 'fake', api: 'responses' } })

const call = (name: string, args: object): Answer => ({
  parts: [{ call: { name, arguments: args } }],
})
const refund = (order: string, amount: number) => ({
  call: { name: 'refund', arguments: { order, amount } },
})
const END: Answer = { parts: [{ text: 'All done.' }] }

async function openDesk(api: Api, chat: ChatPage): Promise<string> {
  const { id } = await api.createConversation({ agent: 'test_desk', title: 'A broken lamp' })
  await chat.openConversation(id)
  return id
}

test('what waits is denied with a reason, approved with edited arguments, allowed here, answered, or ended by a message', async ({
  api,
  chat,
  fake,
  page,
}) => {
  fake.setScript(chats({ parts: [refund('A-1', 84), refund('B-2', 30)] }, END))
  await openDesk(api, chat)
  await chat.send('Pay them back')
  const first = chat.answer.tool('refund').filter({ hasText: 'A-1' })
  const second = chat.answer.tool('refund').filter({ hasText: /B-2|C-3/ })
  await expect(first).toContainText('Waiting')
  await expect(first).toContainText('Refunds above $20 need a person.')
  await expect(first).toContainText('Cost of this answer so far: $0.')
  await expect(first.getByRole('button', { name: 'Always allow here' })).toBeHidden()

  await first.getByRole('textbox', { name: 'Reason for the model' }).fill('Too much.')
  await first.getByRole('button', { name: 'Deny' }).click()
  await expect(first).toContainText('Denied')
  await second.getByRole('button', { name: 'Edit arguments' }).click()
  const editor = second.getByRole('textbox', { name: 'Arguments' })
  await editor.fill('{"order": "C-3"')
  await expect(second.getByRole('alert')).toContainText('not valid JSON')
  await editor.fill('{"order":"C-3","amount":25}')
  await second.getByRole('button', { name: 'Approve' }).click()
  await expect(chat.answer.root).toContainText('All done.')

  await expect(chat.answer.usedTools(2)).toBeVisible()
  const sent = JSON.stringify(chatCalls(fake).at(-1)?.body)
  expect(sent).toContain('Too much.')
  expect(sent).toContain('Paid $25.')
  await page.reload()
  await chat.answer.usedTools(2).click()
  await second.getByRole('button').first().click()
  await expect(second).toContainText('Refunded order C-3')
  await expect(second).toContainText('You changed the arguments and approved.')

  fake.setScript(
    chats(call('read_order', { order: 'A-1' }), call('read_order', { order: 'B-2' }), END),
  )
  await chat.send('Read them')
  await expect(chat.answers).toHaveCount(2)
  await chat.answer.tool('read_order').getByRole('button', { name: 'Always allow here' }).click()
  await expect(chat.answer.root).toContainText('All done.')
  await chat.answer.usedTools(2).click()
  const allowed = chat.answer.tool('read_order').nth(1)
  await allowed.getByRole('button').click()
  await expect(allowed).toContainText('Allowed by a rule, without asking.')

  const options = ['The red lamp', 'The desk']
  fake.setScript(
    chats(
      call('ask_user', { question: 'Which one broke?', options, freeText: true, fields: null }),
      END,
    ),
  )
  await chat.send('It is broken')
  await expect(chat.answers).toHaveCount(3)
  const question = page.getByRole('group', { name: 'Question from test_desk' })
  await expect(question).toContainText('Which one broke?')
  await question.getByRole('radio', { name: 'The desk' }).check()
  await question.getByRole('textbox', { name: 'Answer' }).fill('the left leg')
  await question.getByRole('button', { name: 'Send answer' }).click()
  await expect(chat.answer.root).toContainText('All done.')
  const row = chat.answer.tool('ask_user').getByRole('button')
  await expect(row).toContainText('Which one broke?')
  await expect(row).toContainText('The desk: the left leg')
  expect(JSON.stringify(chatCalls(fake).at(-1)?.body)).toContain('the left leg')

  fake.setScript(chats({ parts: [{ text: 'I need one thing.' }, refund('A-1', 84)] }, END))
  await chat.send('Pay it back')
  await expect(chat.answers).toHaveCount(4)
  await expect(chat.answer.tool('refund')).toContainText('Waiting')
  await chat.composer.fill('Leave it')
  await expect(page.getByText('Sending ends the wait')).toBeVisible()
  await chat.composer.press('Enter')
  await expect(chat.answer.root).toContainText('All done.')
  await expect(chat.answers).toHaveCount(5)
  await expect(chat.answerAt(3).tool('refund')).toContainText('Failed')
  await expect(chat.answerAt(3).root).toContainText('when you sent another message')
})

test('a wait is marked everywhere, survives a restart and is decided in another tab', async ({
  api,
  chat,
  fake,
  guard,
  page,
  tally,
}) => {
  guard.allow(SERVER_GONE)
  fake.setScript(chats({ parts: [refund('A-1', 84)] }, END))
  await openDesk(api, chat)
  await chat.send('Pay it back')
  const card = chat.answer.tool('refund')
  await expect(card).toContainText('Waiting')
  await expect(page).toHaveTitle(/^\(1\) /)
  await expect(chat.sidebar.root.getByText('Waiting for you')).toBeAttached()
  const waits = page.getByRole('navigation', { name: 'Waiting for you' })
  await expect(waits.getByRole('link')).toContainText('Refund $84 to order A-1?')

  await tally.kill()
  await tally.start()
  const other = await chat.openTab()
  await other.open()
  await other.page.getByRole('navigation', { name: 'Waiting for you' }).getByRole('link').click()
  await other.answer.tool('refund').getByRole('button', { name: 'Approve' }).click()
  await expect(other.answer.root).toContainText('All done.')
  await expect(chat.answer.root).toContainText('All done.')
  await expect(card).toContainText('Refunded order A-1')
  await expect(waits).toBeHidden()
  await expect(page).not.toHaveTitle(/^\(1\) /)
})

test('a handoff is a line, an object a card, a cut output whole on demand, and a nested run live with its cost', async ({
  api,
  chat,
  fake,
  page,
}) => {
  const report = '{"city":"Oslo","highs":[3,-1],"rain":false}'
  const handover = call('transfer_to_test_reporter', {})
  let words = report
  fake.setScript((asked) =>
    JSON.stringify(asked.body).includes('"highs"') ? { parts: [{ text: words }] } : handover,
  )
  await openDesk(api, chat)
  await chat.send('How is the weather?')
  await expect(chat.answer.root).toContainText('test_reporter took over')
  const card = chat.answer.root.getByRole('region', { name: 'Weather report' })
  await expect(card).toContainText(/City\s*Oslo/)
  await expect(chat.answer.root).not.toContainText(report)
  await card.getByRole('button', { name: 'JSON', exact: true }).click()
  await expect(card).toContainText('"city": "Oslo"')
  await expect(chat.agentPicker).toContainText('test_reporter')

  words = 'It is sunny.'
  await chat.send('And tomorrow?')
  await expect(chat.answers).toHaveCount(2)
  await expect(chat.answer.retryButton).toBeVisible()
  await expect(chat.answer.root).toContainText('It is sunny.')

  await chat.agentPicker.click()
  await page.getByRole('menuitemradio', { name: /^test_desk/ }).click()
  fake.setScript(chats(END))
  await chat.send('Back to you')
  await expect(chat.answer.root).toContainText('test_desk took over')
  await expect(chat.answer.root).toContainText('All done.')

  fake.setScript(chats(call('read_manual', {}), END))
  await chat.send('Read it')
  await expect(chat.answers).toHaveCount(4)
  await expect(chat.answer.root).toContainText('All done.')
  const manual = await chat.answer.openTool('read_manual')
  await expect(manual).toContainText(/The model got [\d,]+ of 136,015 characters\./)
  await manual.getByRole('button', { name: 'Show all', exact: true }).click()
  await expect(manual).toContainText('All about lamps.')

  const gate = barrier()
  fake.setScript(
    chats(
      call('research', { input: 'lamps' }),
      call('look_up', { word: 'lamp' }),
      { parts: [{ text: 'Lamps give' }, gate.part, { text: ' light.' }] },
      END,
    ),
  )
  await chat.send('Find out')
  await expect(chat.answers).toHaveCount(5)
  const inside = chat.answer.root.getByRole('region', { name: 'Inside research' })
  await expect(inside).toContainText('Lamps give')
  await expect(inside.getByRole('group', { name: 'Tool: look_up' })).toContainText(
    'Looked up “lamp”',
  )
  gate.open()
  await expect(chat.answer.root).toContainText('All done.')
  await expect(inside).toBeHidden()
  await chat.answer.tool('research').first().getByRole('button').first().click()
  await expect(inside).toContainText('Lamps give light.')
  await expect(inside).toContainText(/\$0\.\d+ · [\d,]+ tokens · 2 model calls/)
})

test.describe('for everyone', () => {
  test.use({ colorScheme: 'light', contextOptions: { reducedMotion: 'reduce' } })

  test('axe finds no violations on what waits, and in the list of agents', async ({
    api,
    chat,
    fake,
    page,
  }) => {
    const fields = [
      { name: 'floor', label: 'Floor', type: 'number', options: null, required: true },
      { name: 'size', label: 'Size', type: 'choice', options: ['S', 'L'], required: true },
      { name: 'gift', label: 'It is a gift', type: 'boolean', options: null, required: false },
    ]
    const asks = { question: 'Where to?', options: null, freeText: false, fields }
    fake.setScript(
      chats({ parts: [refund('A-1', 84), { call: { name: 'ask_user', arguments: asks } }] }),
    )
    await openDesk(api, chat)
    await chat.send('Pay it back')
    const card = chat.answer.tool('refund')
    await expect(page.getByRole('group', { name: 'Question from test_desk' })).toBeVisible()
    await expect(page.getByRole('navigation', { name: 'Waiting for you' })).toBeVisible()
    await card.getByRole('button', { name: 'Edit arguments' }).click()
    await card.getByRole('textbox', { name: 'Arguments' }).fill('{')
    await expectNoViolations(page)
    await card.getByRole('button', { name: 'Answer instead' }).click()
    await chat.agentPicker.click()
    await expect(page.getByRole('menuitemradio', { name: /^test_desk/ })).toBeVisible()
    await expectNoViolations(page)
  })
})
