// A long conversation at once: brought in as ChatGPT exports it, because dozens of runs take seconds.
import { ImportJob, ImportStarted } from '#shared/imports.ts'
import { setTimeout as delay } from 'node:timers/promises'
import type { Api } from './api.ts'

/** Returns the id of a conversation that asks each question and has the same answer to all of them. */
export async function importTurns(
  api: Api,
  questions: string[],
  answer: string,
  title = 'A long one',
): Promise<string> {
  const texts = questions.flatMap((question) => [question, answer])
  const nodes = texts.map((text, index) => ({
    id: `m${index}`,
    parent: index === 0 ? null : `m${index - 1}`,
    children: [],
    message: {
      id: `m${index}`,
      author: { role: index % 2 === 0 ? 'user' : 'assistant' },
      create_time: 1_764_000_000 + index,
      content: { content_type: 'text', parts: [text] },
      recipient: 'all',
    },
  }))
  const exported = {
    conversation_id: 'c1',
    title,
    create_time: 1_764_000_000,
    update_time: 1_764_000_000,
    current_node: nodes.at(-1)?.id,
    mapping: Object.fromEntries(nodes.map((node) => [node.id, node])),
  }
  const uploaded = await api.request('/api/imports', {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'x-file-name': 'conversations.json',
    },
    body: JSON.stringify([exported]),
  })
  const { id } = ImportStarted.parse(await uploaded.json())
  await reached(api, id, 'ready')
  await api.post(`/api/imports/${id}/start`)
  await reached(api, id, 'done')
  const { items } = await api.conversations()
  const imported = items.find((conversation) => conversation.title === title)
  if (imported === undefined) throw new Error('The conversation was not imported.')
  return imported.id
}

async function reached(api: Api, id: string, wanted: ImportJob['state']): Promise<void> {
  for (;;) {
    const job = ImportJob.parse(await (await api.request(`/api/imports/${id}`)).json())
    if (job.state === wanted) return
    if (job.state === 'failed') throw new Error(`The import failed: ${JSON.stringify(job)}`)
    await delay(20)
  }
}
