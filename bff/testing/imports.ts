// For tests: uploads, and conversations as other products export them.
import { setTimeout as wait } from 'node:timers/promises'
import { ImportJob, ImportStarted } from '#shared/imports.ts'
import type { StartedRuns } from './runs.ts'

export async function upload(
  tally: StartedRuns,
  body: string | Buffer,
  name = 'conversations.json',
): Promise<string> {
  const response = await tally.request('/api/imports', {
    method: 'POST',
    body,
    headers: {
      'Content-Type': 'application/octet-stream',
      'X-File-Name': encodeURIComponent(name),
    },
  })
  if (response.status !== 202) throw new Error(await response.text())
  return ImportStarted.parse(await response.json()).id
}

export async function importJob(tally: StartedRuns, id: string): Promise<ImportJob> {
  return ImportJob.parse(await (await tally.request(`/api/imports/${id}`)).json())
}

/** Resolves when the import has left the states of the background. */
export async function settled(tally: StartedRuns, id: string): Promise<ImportJob> {
  for (;;) {
    const job = await importJob(tally, id)
    if (job.state !== 'reading' && job.state !== 'importing') return job
    await wait(20)
  }
}

/** Uploads, starts and resolves with the report. */
export async function importAll(
  tally: StartedRuns,
  body: string | Buffer,
  name?: string,
): Promise<ImportJob> {
  const id = await upload(tally, body, name)
  const ready = await settled(tally, id)
  if (ready.state !== 'ready') return ready
  await tally.send('POST', `/api/imports/${id}/start`)
  return settled(tally, id)
}

/** A node of ChatGPT's export. */
export function chatgptNode(
  id: string,
  parent: string | null,
  role: string | null,
  content: object | string = '',
  more: object = {},
) {
  const said = typeof content === 'string' ? { content_type: 'text', parts: [content] } : content
  const message = { id, author: { role, name: null }, create_time: 1_764_000_000, content: said }
  const shown = { recipient: 'all', weight: 1, ...more }
  return { id, parent, children: [], message: role === null ? null : { ...message, ...shown } }
}

export function chatgptConversation(id: string, title: string, nodes: { id: string }[]) {
  return {
    id,
    conversation_id: id,
    title,
    create_time: 1_764_000_000.25,
    update_time: 1_764_000_100.5,
    current_node: nodes.at(-1)?.id ?? null,
    mapping: Object.fromEntries(nodes.map((node) => [node.id, node])),
    default_model_slug: 'gpt-5',
  }
}
