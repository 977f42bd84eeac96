import { expect, test } from 'vitest'
import { z } from 'zod'
import { strictSchema } from '../runtime/define-tool.ts'
import { NO_RUN } from '../runtime/run-context.ts'
import { callTool, prepared } from '../testing/call-tool.ts'
import { AGENTS, findAgent, listAgents } from './registry.ts'
import { WeatherReport } from './weather/schemas.ts'
import { getWeather } from './weather/tools/get-weather.ts'

const DESK: [string, string[], string[]][] = [
  ['triage', ['reset_shop', 'ask_user'], ['billing', 'refunds', 'support']],
  ['billing', ['get_invoice', 'update_payment_method', 'apply_promo_code', 'ask_user'], ['triage']],
  [
    'refunds',
    ['check_refund_eligibility', 'check_order_status', 'process_refund', 'ask_user'],
    ['triage'],
  ],
  [
    'support',
    ['check_system_status', 'create_ticket', 'search_knowledge_base', 'ask_user'],
    ['triage'],
  ],
]

test.for(DESK)('the support desk has %s', ([name, tools, handoffs]) => {
  const agent = findAgent(name)
  expect(agent?.tools.map((tool) => tool.name)).toEqual(tools)
  expect(agent?.handoffs).toEqual(handoffs)
  expect(agent?.entry).toBe(name === 'triage')
})

test('every agent says what it does, one with tools what it decides alone, and all are listed', () => {
  expect(listAgents().map(({ name }) => name)).toEqual(AGENTS.map(({ name }) => name))
  for (const { name, description, authority } of listAgents()) {
    const hasTools = (findAgent(name)?.tools ?? []).length > 0
    expect(description, name).toMatch(/\.$/)
    expect(authority ?? (hasTools ? '' : 'Nothing.'), name).toMatch(/\.$/)
  }
})

/** What strict mode of the API refuses, at any depth. */
function openObjects(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties, required, additionalProperties } = schema as Record<string, unknown>
  const isOpen =
    Object(properties) === properties &&
    (additionalProperties !== false ||
      Object.keys(Object(properties)).join() !== (required as string[]).join())
  const inside = Object.entries(schema).flatMap(([key, value]) =>
    openObjects(value, `${path}/${key}`),
  )
  return isOpen ? [path, ...inside] : inside
}

test('every schema is strict, also the objects inside', () => {
  const open = AGENTS.flatMap(({ name, tools, output }) => [
    ...tools.flatMap((tool) => openObjects(tool.parameters, `${name}/${tool.name}`)),
    ...(output ? openObjects(strictSchema(output.name, output.schema), name) : []),
  ])
  expect(open).toEqual([])
  const inside = z.object({ one: z.object({ two: z.string().optional() }) })
  expect(() => strictSchema('sample', inside)).toThrow('make two nullable instead of optional')
})

test('only what moves money or forgets something asks', () => {
  const asking = AGENTS.flatMap(({ tools }) => tools.filter(({ approval }) => approval !== 'never'))
  expect(asking.map(({ name }) => name)).toEqual(['reset_shop', 'process_refund'])
})

test.for<[string, string, string | null]>([
  ['premium', 'Where is my invoice?', 'billing'],
  ['premium', 'I want a refund of what I paid', null],
  ['premium', 'Hello', null],
  ['standard', 'Where is my invoice?', null],
])('of a %s customer "%s" goes to %s', ([tier, message, agent]) => {
  const context = { ...NO_RUN, user: { id: 'local', tier } }
  const routed = findAgent('triage')?.router?.(context, message) ?? null
  expect(routed).toEqual(agent && { agent, rule: 'premium customers with a billing question' })
})

test('the weather of a known place fits the report', async () => {
  const found = await callTool(getWeather, { city: 'oslo' }, NO_RUN)
  expect(WeatherReport.parse({ ...Object(found), advice: 'Wear boots.' }).city).toBe('Oslo')
  await expect(callTool(getWeather, { city: 'Atlantis' }, NO_RUN)).rejects.toThrow(
    /no sample weather of Atlantis. Known are Berlin/,
  )
})

const PENDING: Record<string, [object, string]> = {
  current_time: [{ timeZone: 'Asia/Tokyo' }, 'Look up the time · Asia/Tokyo'],
  calculate: [{ expression: '2 * 3' }, 'Calculate · 2 × 3'],
  search_conversations: [{ query: 'boats', limit: null }, 'Search earlier chats · boats'],
  search_documentation: [{ query: 'backup' }, 'Search the documentation · backup'],
  make_chart: [
    { title: 'Sales', kind: 'line', values: [1, 2], labels: null },
    'Draw a line chart · Sales',
  ],
  reset_shop: [{}, 'Put the sample shop back to its first day'],
  get_invoice: [{ orderId: 1045 }, 'Look up the invoice of order 1045'],
  update_payment_method: [
    { kind: 'card', lastFour: '4242' },
    'Change the payment method to card ending in 4242',
  ],
  apply_promo_code: [
    { orderId: 1045, code: 'WELCOME10' },
    'Apply WELCOME10 to the invoice of order 1045',
  ],
  check_refund_eligibility: [{ orderId: 1042 }, 'Check whether order 1042 can be refunded'],
  check_order_status: [{ orderId: null }, 'List the orders'],
  process_refund: [
    { orderId: 1042, amountUsd: 89, reason: 'Too small.' },
    'Refund $89.00 to order 1042',
  ],
  check_system_status: [{ service: null }, 'Look at the status of all services'],
  create_ticket: [
    { subject: 'It\nis slow', details: '', priority: 'low' },
    'Open a ticket · It is slow',
  ],
  search_knowledge_base: [{ query: 'password' }, 'Search the help articles · password'],
  research: [{ input: 'Facts about budgets' }, 'Ask the researcher · Facts about budgets'],
  get_weather: [{ city: 'Oslo' }, 'Look up the weather in Oslo'],
}

test('every tool says in plain words what it will do', () => {
  const tools = AGENTS.flatMap((agent) => agent.tools).filter(({ name }) => name !== 'ask_user')
  const said = tools.map((tool) => [
    tool.name,
    prepared(tool, PENDING[tool.name]?.[0]).pendingLabel,
  ])
  expect(Object.fromEntries(said)).toEqual(
    Object.fromEntries(Object.entries(PENDING).map(([name, [, label]]) => [name, label])),
  )
})
