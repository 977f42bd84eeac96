import * as z from 'zod/mini'
import { Problem } from '#shared/api.ts'
import { expect, test } from '../fixtures.ts'

const NOWHERE = '0199a000-0000-7000-8000-000000000000'
const StrictProblem = z.strictObject(Problem.shape)

test('every error is a problem with a stable code', async ({ api }) => {
  const { id } = await api.createConversation()
  const get = (path: string) => api.request(path)
  const refusals: [string, number, string][] = []
  const expectProblem = async (response: Response, status: number, code: string) => {
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    const problem = StrictProblem.parse(await response.json())
    expect(problem).toMatchObject({ status, code })
    expect(response.status).toBe(status)
    refusals.push([response.url, status, code])
  }

  await expectProblem(await get('/api/nothing'), 404, 'not_found')
  await expectProblem(await get(`/api/conversations/${NOWHERE}`), 404, 'conversation_not_found')
  await expectProblem(await get('/api/conversations/nonsense'), 404, 'conversation_not_found')
  await expectProblem(await get(`/api/runs/${NOWHERE}/events`), 404, 'run_not_found')
  await expectProblem(await get(`/api/runs/${NOWHERE}/calls`), 404, 'run_not_found')
  await expectProblem(await api.post(`/api/runs/${NOWHERE}/stop`), 404, 'run_not_found')
  await expectProblem(
    await api.post(`/api/conversations/${NOWHERE}/runs`, { text: 'hi' }),
    404,
    'conversation_not_found',
  )
  await expectProblem(await get(`/api/conversations?limit=none`), 400, 'bad_request')
  await expectProblem(await get(`/api/conversations?cursor=%00`), 400, 'invalid_cursor')
  await expectProblem(await get(`/api/usage/summary?by=planet`), 400, 'bad_request')
  await expectProblem(await get(`/api/usage/summary?from=yesterday`), 400, 'bad_request')
  await expectProblem(
    await api.post(`/api/conversations/${id}/runs`, { text: '   ' }),
    400,
    'bad_request',
  )
  await expectProblem(await api.post(`/api/conversations/${id}/runs`, {}), 400, 'bad_request')
  await expectProblem(
    await api.post(`/api/conversations/${id}/runs`, { text: 7 }),
    400,
    'bad_request',
  )
  await expectProblem(
    await api.post(`/api/conversations/${id}/runs`, { text: 'hi', provider: 'nobody' }),
    400,
    'provider_not_found',
  )
  await expectProblem(
    await api.post(`/api/conversations/${id}/runs`, { text: 'hi', agent: 'nobody' }),
    400,
    'agent_not_found',
  )
  await expectProblem(
    await api.post(`/api/conversations/${id}/runs`, { text: 'hi', parentId: NOWHERE }),
    404,
    'message_not_found',
  )
  await expectProblem(
    await api.post(`/api/conversations/${id}/runs`, { retryOf: NOWHERE }),
    404,
    'message_not_found',
  )
  expect(refusals).toHaveLength(18)
})

test('a body that is not JSON is reported as such', async ({ api }) => {
  const headers = { 'content-type': 'application/json' }
  const response = await api.request('/api/conversations', { method: 'POST', headers, body: '{' })

  expect(response.status).toBe(400)
  expect(Problem.parse(await response.json()).detail).toMatch(/JSON/)
})

test('the detail names the invalid field', async ({ api }) => {
  const response = await api.post('/api/conversations', { settings: { temperature: 9 } })

  expect(response.status).toBe(400)
  expect(Problem.parse(await response.json()).detail).toMatch(/temperature/)
})

test('a method that a route does not support is refused', async ({ api }) => {
  const response = await api.request('/api/health', {
    method: 'DELETE',
    headers: { 'content-type': 'application/json' },
  })

  expect([404, 405]).toContain(response.status)
  Problem.parse(await response.json())
})
