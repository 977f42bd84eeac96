import { expect, test } from './fixtures.ts'
import { barrier, chats } from './scripts.ts'
import { SlowTools } from './slow-tools.ts'

/** The height of twelve finished calls above a sentence. */
const MAX_HEIGHT = 120

const sum = (n: number) => ({ call: { name: 'calculate', arguments: { expression: `${n} + 1` } } })

test.describe('of an assistant', () => {
  test.use({ provider: { upstream: 'fake', api: 'responses' } })

  test('calls are open while they are prepared, and rows and groups of rows when they are finished', async ({
    chat,
    fake,
    page,
  }) => {
    fake.setScript(chats({ parts: [sum(41)] }, { parts: [{ text: 'It is 42.' }] }))
    await chat.open()
    await chat.send('Add them')
    await expect(chat.answer.tryAgainButton).toBeVisible()

    const card = chat.answer.tool('calculate')
    const output = card.getByText('"result"').or(card.getByText('42', { exact: true }))
    await expect(card.getByRole('button')).toHaveCount(1)
    await expect(card).toContainText('Done')
    await expect(output).toBeHidden()
    expect((await card.boundingBox())?.height).toBeLessThan(40)

    await chat.answer.openTool('calculate')
    await expect(card.getByText('"41 + 1"')).toBeVisible()
    await expect(output).toBeVisible()
    await expect(card.getByRole('button', { name: 'Drop from context' })).toBeVisible()
    await card.getByRole('button', { expanded: true }).click()
    await expect(output).toBeHidden()

    const calls = Array.from({ length: 11 }, (_, n) => sum(n))
    const failing = { call: { name: 'launch_rocket', arguments: '{}' } }
    fake.setScript(
      chats(
        { parts: calls.slice(0, 6) },
        { parts: [{ text: '\n' }, ...calls.slice(6), failing] },
        {
          parts: [{ text: 'Twelve.' }],
        },
      ),
    )
    await chat.send('Add many')
    await expect(chat.answers).toHaveCount(2)
    await expect(chat.answer.tryAgainButton).toBeVisible()

    const used = chat.answer.usedTools(12)
    await expect(used).toBeVisible()
    await expect(chat.answer.root).toContainText('1 failed')
    const top = (await chat.answer.root.boundingBox())?.y ?? 0
    const sentence = await chat.answer.root.getByText('Twelve.').boundingBox()
    expect((sentence?.y ?? Infinity) - top).toBeLessThanOrEqual(MAX_HEIGHT)
    // A screen reader finds each call and its status without opening the row.
    await expect(chat.answer.tool('calculate')).toHaveCount(11)
    await expect(chat.answer.tool('launch_rocket')).toContainText('Failed')
    await expect(chat.answer.tools.getByRole('button')).toHaveCount(0)

    await used.click()
    await expect(chat.answer.tools.getByRole('button')).toHaveCount(12)
    await chat.answer.tool('launch_rocket').getByRole('button').click()
    await expect(chat.answer.tool('launch_rocket').getByText('Output')).toBeVisible()
    await used.click()
    await expect(chat.answer.tools.getByRole('button')).toHaveCount(0)

    // The focus stays near a call that joins its group.
    const gate = barrier()
    fake.setScript(
      chats({ parts: [sum(1)] }, { parts: [sum(2), gate.part] }, { parts: [{ text: 'Done.' }] }),
    )
    await chat.send('Add two')
    await expect(chat.answers).toHaveCount(3)
    const second = chat.answer.tool('calculate').nth(1)
    await expect(second.getByText('2 + 1')).toBeVisible()
    await expect(chat.answer.usedTools(2)).toBeHidden()
    await second.getByRole('button', { expanded: true }).focus()
    gate.open()
    await expect(chat.answer.usedTools(2)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(second.getByRole('button')).toBeVisible()
  })
})

test.describe('of slow tools', () => {
  test.use({ entry: 'slowTools', provider: { upstream: 'fake', api: 'responses' } })

  test('a call that runs stays open beside those that are finished', async ({
    api,
    chat,
    fake,
  }) => {
    await using slowTools = await SlowTools.open()
    fake.setScript(
      chats(
        { parts: ['one', 'two', 'three'].map((name) => slowTools.call(name)) },
        { parts: [{ text: 'All are back.' }] },
      ),
    )
    const { id } = await api.createConversation({ agent: 'test_agent' })
    await chat.openConversation(id)
    await chat.send('Run the slow tools')
    await expect.poll(() => slowTools.begun).toHaveLength(3)
    slowTools.finish('one')
    slowTools.finish('three')

    await expect(chat.answer.usedTools(2)).toBeVisible()
    const running = chat.answer.tools.filter({ hasText: 'Running' })
    await expect(running.getByText('/two')).toBeVisible()
    slowTools.finish('two')
    await expect(chat.answer.usedTools(3)).toBeVisible()
  })
})
