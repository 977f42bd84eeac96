import { expect, test } from 'vitest'
import { z } from 'zod'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'
import { fakeTarget } from '../testing/recorded-run.ts'
import { fileReference } from '../upstream/file-reference.ts'
import type { KeepFiles } from '../upstream/tool-files.ts'
import { agentTool } from './agent-tool.ts'
import { defineTool } from './define-tool.ts'
import { withFiles } from './output-with-files.ts'

const IMAGE = fileReference({ type: 'image/png', hash: 'a'.repeat(64), tokens: 85 })

const keepFiles: KeepFiles = async (files) => ({
  parts: files.map(({ name }) => ({
    type: 'file',
    fileId: name,
    name,
    mediaType: 'text/plain',
    size: 1,
  })),
  content: [
    { type: 'input_text', text: 'File: a.txt with a secret' },
    { type: 'input_image', image: IMAGE },
  ],
  notes: [],
})

const tool = (guarded: boolean) =>
  defineTool({
    name: 'draw',
    description: 'Draws.',
    parameters: z.object({}),
    execute: () => withFiles('Drawn.', { name: 'a.txt', content: 'a secret' }),
    ...(guarded && {
      outputGuardrails: [
        {
          name: 'secrets',
          check: ({ output }: { output: string }) =>
            output.includes('secret') ? 'It is secret.' : null,
        },
      ],
    }),
  })

const call = { call: { name: 'draw', arguments: {}, id: 'call_1' } }

test('what a guardrail blocks is neither shown nor sent, also of the files', async () => {
  const upstream = await upstreamFor([{ parts: [call] }, { parts: [{ text: 'Sorry.' }] }])
  const target = fakeTarget(upstream.baseUrl, 'responses')
  const { recorded, outcome } = begin(target, agentWith([tool(true)]), {}, { keepFiles })
  expect(await outcome).toEqual({ status: 'completed' })
  expect(recorded.eventsOf('tool_result')).toMatchObject([
    { status: 'failed', output: 'Blocked by secrets: It is secret.' },
  ])
  expect(recorded.eventsOf('tool_result')[0]).not.toHaveProperty('files')
  expect(JSON.stringify(recorded.items)).not.toContain('tally-file')
  expect(JSON.stringify(upstream.calls[1]?.body)).not.toContain('a.txt')
})

test('files of a nested run stay inside its call', async () => {
  const upstream = await upstreamFor([
    { parts: [{ call: { name: 'artist', arguments: { input: 'Draw' }, id: 'call_a' } }] },
    { parts: [call] },
    { parts: [{ text: 'I drew it.' }] },
    { parts: [{ text: 'Done.' }] },
  ])
  const artist = agentTool({ name: 'artist', description: 'Draws.', agent: 'artist' })
  const agents = [agentWith([artist]), agentWith([tool(false)], { name: 'artist' })]
  const target = fakeTarget(upstream.baseUrl, 'responses', { model: 'gpt-3.5-turbo' })
  const { recorded, outcome } = begin(target, agents, {}, { keepFiles })
  expect(await outcome).toEqual({ status: 'completed' })
  expect(recorded.message.parts[0]).toMatchObject({
    name: 'artist',
    parts: [{ name: 'draw', files: [{ name: 'a.txt' }] }, { text: 'I drew it.' }],
  })
  expect(recorded.message.parts[0]).not.toHaveProperty('files')
  // The result of the call is what the nested run has said.
  expect(JSON.stringify(recorded.items)).not.toContain('tally-file')
  expect(JSON.stringify([...recorded.nested.values()])).toContain('tally-file')
})
