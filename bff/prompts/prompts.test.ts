// Prompts over real HTTP and real SQLite.
import { expect, test } from 'vitest'
import { Problem } from '#shared/api.ts'
import { MAX_PROMPTS, MAX_PROMPT_NAME_CHARS, MAX_PROMPT_TEXT_CHARS } from '#shared/limits.ts'
import { Prompt, PromptFile, PromptImportReport, PromptList } from '#shared/prompts.ts'
import { says, type StartedRuns, startRuns } from '../testing/runs.ts'

async function codeOf(response: Response): Promise<[number, string]> {
  return [response.status, Problem.parse(await response.json()).code]
}

async function list(tally: StartedRuns): Promise<Prompt[]> {
  return PromptList.parse(await (await tally.request('/api/prompts')).json()).items
}

const add = (tally: StartedRuns, name: string, text: string) =>
  tally.send('POST', '/api/prompts', { name, text })

async function bring(tally: StartedRuns, body: unknown): Promise<PromptImportReport> {
  const response = await tally.send('POST', '/api/prompts/import', body)
  return PromptImportReport.parse(await response.json())
}

test('a prompt is made, renamed, changed, deleted and made again', async () => {
  const tally = await startRuns(says('Hello'))
  const made = Prompt.parse(await (await add(tally, ' Summarize ', 'Sum up {{text}}\n')).json())
  expect(made).toMatchObject({ name: 'Summarize', text: 'Sum up {{text}}\n' })
  await add(tally, 'Brief', 'Be brief.')
  expect((await list(tally)).map(({ name }) => name)).toEqual(['Brief', 'Summarize'])
  expect(await codeOf(await add(tally, 'Brief', 'Other'))).toEqual([409, 'prompt_exists'])

  const change = (body: object) => tally.send('PATCH', `/api/prompts/${made.id}`, body)
  expect(await codeOf(await change({ name: 'Brief' }))).toEqual([409, 'prompt_exists'])
  const changed = Prompt.parse(await (await change({ name: 'Summarize', text: 'New' })).json())
  expect(changed).toMatchObject({ ...made, text: 'New', updatedAt: changed.updatedAt })
  expect(Prompt.parse(await (await change({ name: 'Short' })).json()).text).toBe('New')

  const remove = () => tally.send('DELETE', `/api/prompts/${made.id}`)
  expect((await remove()).status).toBe(204)
  expect(await codeOf(await remove())).toEqual([404, 'prompt_not_found'])
  expect(await codeOf(await change({ text: 'x' }))).toEqual([404, 'prompt_not_found'])
  expect((await add(tally, 'Short', 'New')).status).toBe(201)
  expect((await list(tally)).map(({ name }) => name)).toEqual(['Brief', 'Short'])
})

test('what is too long, empty or too much is refused with a reason', async () => {
  const tally = await startRuns(says('Hello'))
  const refused: [string, string][] = [
    ['', 'x'],
    ['x'.repeat(MAX_PROMPT_NAME_CHARS + 1), 'x'],
    ['x', ' \n'],
    ['x', 'x'.repeat(MAX_PROMPT_TEXT_CHARS + 1)],
  ]
  for (const [name, text] of refused) {
    expect(await codeOf(await add(tally, name, text))).toEqual([400, 'bad_request'])
  }
  const most = Array.from({ length: MAX_PROMPTS + 1 }, (_, n) => ({ name: `P ${n}`, text: 'x' }))
  const report = await bring(tally, most)
  expect(report.added).toBe(MAX_PROMPTS)
  expect(report.refused).toEqual([
    { name: 'P 500', reason: 'There can be 500 prompts: delete one first.' },
  ])
  expect(await codeOf(await add(tally, 'One more', 'x'))).toEqual([409, 'too_many_prompts'])
  expect(await codeOf(await tally.send('POST', '/api/prompts/import', { items: [] }))).toEqual([
    400,
    'bad_request',
  ])
})

test('lists of other products are read, and what cannot be used is named', async () => {
  const tally = await startRuns(says('Hello'))
  await add(tally, 'Brief', 'Be brief.')
  const long = 'n'.repeat(100)
  const report = await bring(tally, [
    { command: '/translate', content: 'To {{language}}', access_control: null },
    { title: 'Brief', text: 'Be short.' },
    { name: ' Brief ', prompt: 'Be brief.' },
    { name: 'Brief', prompt: 'Be very short.' },
    { name: long, prompt: 'Long' },
    { name: 'No text', content: '' },
    { content: 'No name' },
    { name: { toString: 1 }, title: 'Too long', text: 'x'.repeat(MAX_PROMPT_TEXT_CHARS + 1) },
    null,
    [[]],
    JSON.parse('{"__proto__": {"name": "a", "text": "b"}}'),
  ])
  expect(report).toEqual({
    added: 4,
    skipped: 1,
    renamed: [
      { from: 'Brief', to: 'Brief 2' },
      { from: 'Brief', to: 'Brief 3' },
      { from: long, to: 'n'.repeat(MAX_PROMPT_NAME_CHARS) },
    ],
    refused: [
      { name: 'No text', reason: 'It has no text.' },
      { name: '', reason: 'It has no name.' },
      { name: 'Too long', reason: 'Its text is longer than 20,000 characters.' },
      { name: '', reason: 'It has no name.' },
      { name: '', reason: 'It has no name.' },
      { name: '', reason: 'It has no name.' },
    ],
  })
})

test('an export is imported again with nothing lost, and twice with nothing added', async () => {
  const tally = await startRuns(says('Hello'))
  await add(tally, 'Zoë’s "text"', ' Leading space\r\n{{a=1}} 😀 ')
  await add(tally, 'Other', 'x')
  const response = await tally.request('/api/prompts/export')
  expect(response.headers.get('content-disposition')).toMatch(
    /^attachment; filename="prompts-\d{4}-\d\d-\d\d\.json"$/,
  )
  const file = PromptFile.parse(await response.json())
  const fresh = await startRuns(says('Hello'))
  expect(await bring(fresh, file)).toEqual({ added: 2, skipped: 0, renamed: [], refused: [] })
  expect(await bring(fresh, file)).toEqual({ added: 0, skipped: 2, renamed: [], refused: [] })
  expect((await list(fresh)).map(({ name, text }) => ({ name, text }))).toEqual(file.prompts)
})
