// The demo plays the support desk, the writer and the weather: with the real agents, tools and shop.
import { describe, expect, test } from 'vitest'
import { realAgents } from '../../../testing/agent-parts.ts'
import { fakeTarget, RecordedRun } from '../../../testing/recorded-run.ts'
import { runAgent } from '../../../runtime/run-agent.ts'
import { userItem } from '../../items.ts'
import type { Decided, WaitRequest } from '../../ask-person.ts'
import type { AgentRun } from '../../agent-run.ts'
import type { Item } from '../../types.ts'

const target = fakeTarget('', 'chat_completions', {
  provider: 'demo',
  kind: 'demo',
  baseUrl: null,
  apiKey: null,
  model: 'tally-demo',
})

type Decide = (request: WaitRequest) => Decided

const approve: Decide = () => ({ decision: 'approve' })
const never: Decide = ({ kind }) => {
  throw new Error(`Nobody expected a wait for ${kind}.`)
}

/** One person at the desk: their messages one after another, in one shop. */
function visit(agent: string) {
  const parts = realAgents()
  const history: Item[] = []
  let holder = agent
  return async (text: string, decide: Decide = never, steers: string[] = []) => {
    const recorded = new RecordedRun()
    const waits: WaitRequest[] = []
    history.push(userItem(text))
    const changes: Partial<AgentRun> = {
      agent: holder,
      history: [...history],
      maxTurns: 12,
      runId: `run-${history.length}`,
      person: {
        ...recorded.arguments(target).person,
        ask: async (request) => {
          waits.push(request)
          return decide(request)
        },
        steers: {
          // Said while the first tools work.
          next: async () =>
            recorded.eventsOf('tool_result').length === 0
              ? []
              : steers.splice(0).map((said) => ({ id: said, text: said })),
          tell: () => Promise.resolve(),
        },
      },
    }
    const outcome = await runAgent(recorded.arguments(target, changes), parts)
    history.push(...recorded.items)
    holder = recorded.eventsOf('agent').at(-1)?.name ?? holder
    const route = recorded.eventsOf('agent').map(({ name }) => name)
    const tools = recorded.eventsOf('tool_result').map(({ name, status }) => `${name} ${status}`)
    return { recorded, outcome, waits, route, tools, text: recorded.text }
  }
}

describe('the support desk', () => {
  test('refunds an order after a person has approved it', async () => {
    const { outcome, route, tools, waits, text } = await visit('triage')(
      'Refund order 1042',
      approve,
    )
    expect(outcome).toEqual({ status: 'completed' })
    expect(route).toEqual(['refunds'])
    expect(tools).toEqual([
      'check_order_status ok',
      'check_refund_eligibility ok',
      'process_refund ok',
    ])
    expect(waits).toMatchObject([{ kind: 'approval', name: 'process_refund', agent: 'refunds' }])
    expect(text).toContain('**$89.00** of order 1042 (Trail running shoes) is refunded, as R-1.')
  })

  test('says that it was denied, and why', async () => {
    const say = visit('triage')
    const denied = await say('Refund order 1042', () => ({ decision: 'deny', reason: 'Too much' }))
    expect(denied.tools.at(-1)).toBe('process_refund denied')
    expect(denied.text).toContain('Order 1042 is not refunded. It was denied: “Too much”.')
    const status = await say('Where is order 1042?')
    expect(status.text).toMatch(/was \*\*delivered\*\*.*It cost \$89\.00\.$/)
  })

  test('says what really was refunded when the amount was changed', async () => {
    const { text } = await visit('triage')('Refund order 1042', () => ({
      decision: 'edit',
      arguments: '{"orderId":1042,"amountUsd":40,"reason":"A scratch"}',
    }))
    expect(text).toContain('**$40.00** of order 1042')
    expect(text).toContain('changed before it ran. $49.00 of it can still be refunded.')
  })

  test('takes an answer in place of the refund as such', async () => {
    const { text } = await visit('triage')('Refund order 1042', () => ({
      decision: 'respond',
      output: 'We sent new shoes instead.',
    }))
    expect(text).toContain('Order 1042 is not refunded. We sent new shoes instead.')
  })

  test('asks which order it is, with the real orders to choose from', async () => {
    const { waits, text } = await visit('triage')('I want a refund', (request) =>
      request.kind === 'approval'
        ? { decision: 'approve' }
        : {
            decision: 'answer',
            option: request.options?.find((each) => each.startsWith('1047')) ?? '',
          },
    )
    expect(waits.map(({ kind }) => kind)).toEqual(['question', 'approval'])
    expect(waits[0]).toMatchObject({ question: 'Which order is it about?', agent: 'refunds' })
    expect(text).toContain('**$64.00** of order 1047')
  })

  test('asks twice at once for two orders, and not below $20', async () => {
    const say = visit('triage')
    const both = await say('Refund orders 1042 and 1047', ({ kind, ...request }) =>
      kind === 'approval' && 'arguments' in request && request.arguments.includes('1042')
        ? { decision: 'deny' }
        : { decision: 'approve' },
    )
    expect(both.waits).toHaveLength(2)
    expect(both.text).toMatch(/Order 1042 is not refunded. It was denied\..*\$64\.00/s)
    const small = await say('And refund order 1043')
    expect(small.text).toContain('**$14.50** of order 1043')
  })

  test('keeps to the rules of the shop', async () => {
    const { tools, text } = await visit('triage')('Refund order 1044 please')
    expect(tools).not.toContain('process_refund ok')
    expect(text).toContain('I cannot refund this. Order 1044 was delivered 41 days ago')
  })

  test('goes from desk to desk in one conversation', async () => {
    const say = visit('triage')
    expect((await say('Refund order 1043')).route).toEqual(['refunds'])
    const code = await say('Apply WELCOME10 to order 1045')
    expect(code.route).toEqual(['triage', 'billing'])
    expect(code.tools).toEqual(['get_invoice ok', 'apply_promo_code ok'])
    expect(code.text).toContain('is now **$116.10** instead of $129.00')
    const trouble = await say('The checkout does not work', () => ({
      decision: 'answer',
      option: 'Open a ticket',
    }))
    expect(trouble.route).toEqual(['triage', 'support'])
    expect(trouble.tools).toEqual(
      expect.arrayContaining([
        'check_system_status ok',
        'search_knowledge_base ok',
        'create_ticket ok',
      ]),
    )
    expect(trouble.text).toMatch(/checkout\*\* is \*\*degraded.*Ticket \*\*T-1\*\* is open/s)
  })

  test('asks how to pay with a form, and changes it', async () => {
    const { waits, text } = await visit('triage')('Change my payment method', () => ({
      decision: 'answer',
      text: '{"kind":"card","lastFour":"1881"}',
    }))
    expect(waits).toMatchObject([
      { kind: 'question', schema: [{ name: 'kind' }, { name: 'lastFour' }] },
    ])
    expect(text).toContain('by **card ending in 1881** from now on, instead of card ending in 4242')
  })

  test('asks what it is about when that is not clear', async () => {
    const { waits, route, text } = await visit('triage')('I have a question', () => ({
      decision: 'answer',
      option: 'An invoice, a promo code or a payment',
    }))
    expect(waits).toMatchObject([{ kind: 'question', agent: 'triage' }])
    expect(route).toEqual(['billing'])
    expect(text).toContain('INV-1045')
  })

  test.for([
    ['thanks a lot', 'You are welcome.'],
    ['I like turtles', 'You might say:'],
    ['Order 1042', 'was **delivered**'],
    ['And order 1042', '**$89.00** of order 1042'],
    ['Show my orders', '| 1042 | Trail running shoes | $89.00 | delivered |'],
    ['Refund order 1043', 'To play it again, say **Reset the sample shop**.'],
    ['Reset the sample shop', 'as on its first day'],
  ])('answers "%s" after a refund', async ([question = '', expected]) => {
    const say = visit('triage')
    await say('Refund order 1043')
    const { outcome, text } = await say(question, approve)
    expect(outcome).toEqual({ status: 'completed' })
    expect(text).toContain(expected)
  })

  test('plays the refund again once the shop is reset', async () => {
    const say = visit('triage')
    await say('Refund order 1042', approve)
    const again = await say('Refund order 1042')
    expect(again.text).toContain('already refunded in full')
    expect(again.text).toContain('**Refund order 1047**')
    const reset = await say('Reset the sample shop', approve)
    expect(reset.text).toContain('**Refund order 1042**')
    const { waits, text } = await say('Refund order 1042', approve)
    expect(waits).toMatchObject([{ kind: 'approval', name: 'process_refund' }])
    expect(text).toContain('**$89.00** of order 1042')
  })

  test('puts the shop back when that is approved', async () => {
    const { tools, text } = await visit('triage')('Reset the sample shop', approve)
    expect(tools).toEqual(['reset_shop ok'])
    expect(text).toContain('The sample shop is as on its first day.')
  })
})

describe('the writer', () => {
  test('asks two researchers at once, each with its own words only', async () => {
    const { recorded, text, outcome } = await visit('writer')('Write about budgets and receipts')
    expect(outcome).toEqual({ status: 'completed' })
    const asked = recorded.eventsOf('tool_call').filter(({ phase, name }) => {
      return phase === 'ready' && name === 'research'
    })
    expect(asked).toHaveLength(2)
    const inside = recorded.eventsOf('tool_result').filter(({ parentCallId }) => parentCallId)
    expect(inside.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'search_documentation ok',
      'search_documentation ok',
    ])
    expect(recorded.ledger.rows.filter(({ agent }) => agent === 'researcher')).toHaveLength(4)
    expect(text).toMatch(
      /^# Budgets and receipts\n\n## Budgets\n\n- \*\*Budgets\*\*: .*## Receipts/s,
    )
  })

  test('keeps its topics when it is told something while it works', async () => {
    const say = visit('writer')
    const more = await say('Write about budgets and receipts', never, ['Also about backups'])
    expect(more.text).toMatch(
      /^# Budgets, receipts, and backups\n\n## Budgets.*## Receipts.*## Backups/s,
    )
    expect(more.tools.filter((tool) => tool === 'research ok')).toHaveLength(3)
    const other = await say('Write about budgets and receipts', never, ['Make it funny'])
    expect(other.text).toMatch(/^# Budgets and receipts\n\n## Budgets.*## Receipts/s)
    expect(other.text).toContain('“Make it funny”')
  })
})

describe('the weather', () => {
  test('is a report of the form that is asked for', async () => {
    const { recorded, outcome } = await visit('weather')('What is the weather in Oslo?')
    expect(outcome).toEqual({ status: 'completed' })
    expect(recorded.eventsOf('output')).toMatchObject([
      { schema: 'weather_report', value: { city: 'Oslo', condition: 'snow showers' } },
    ])
  })

  test('asks for a place that it knows', async () => {
    const { waits, recorded } = await visit('weather')('How is the weather?', () => ({
      decision: 'answer',
      option: 'Tokyo',
    }))
    expect(waits).toMatchObject([{ kind: 'question', options: expect.arrayContaining(['Oslo']) }])
    expect(recorded.eventsOf('output')).toMatchObject([{ value: { city: 'Tokyo' } }])
  })
})
