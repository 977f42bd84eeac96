// For tests: Tally with budgets, the real agent and the real wire, and a fake upstream.
import { onTestFinished } from 'vitest'
import type { Run } from '#shared/api.ts'
import { type Budget, BudgetList, type BudgetLimit, type GivenLimits } from '#shared/budgets.ts'
import type { DecideRun } from '#shared/decide.ts'
import type { RunEvent } from '#shared/run-event.ts'
import { type FakeUpstream, type Script, startFakeUpstream } from '../../e2e/fake-upstream.ts'
import type { FindAgent } from '../runtime/agent-choices.ts'
import { checkLeftAnswer } from '../runtime/check-texts.ts'
import { NO_RUN } from '../runtime/run-context.ts'
import { runAgent } from '../runtime/run-agent.ts'
import { makeTitle } from '../runtime/title.ts'
import type { OnQuery } from '../db/dialect.ts'
import type { ModelTarget } from '../upstream/types.ts'
import { realParts } from './agent-parts.ts'
import { temporaryFolder } from './temporary-database.ts'
import { assemble } from './assemble.ts'
import { StartedRuns } from './runs.ts'
import { serveForTest } from './serve-app.ts'

/** A model with a public price. */
export const MODEL = 'gpt-4.1-mini'

export const inDollars = (usd: number): BudgetLimit => ({
  limitNanoUsd: Math.round(usd * 1e9),
  limitTokens: null,
})
export const inTokens = (limitTokens: number): BudgetLimit => ({ limitNanoUsd: null, limitTokens })

interface Options {
  folder?: string
  target?: Partial<ModelTarget>
  idleTimeoutMs?: number
  now?: () => Date
  titles?: boolean
  busyTimeoutMs?: number
  /** By default those of the product. */
  findAgent?: FindAgent
  tier?: string
  waitMs?: number
  onQuery?: OnQuery
}

/** `script` is an existing upstream, or the answer of a new one. */
export async function heldTally(
  script: Script | FakeUpstream,
  budgets: GivenLimits,
  { folder = temporaryFolder(), target = {}, titles = false, ...options }: Options = {},
): Promise<{ tally: HeldTally; upstream: FakeUpstream }> {
  const upstream = await upstreamOf(script)
  const agentParts = { ...realParts, findAgent: options.findAgent ?? realParts.findAgent }
  const parts = await assemble(folder, (run) => runAgent(run, agentParts), {
    budgets,
    target: { ...TARGET, baseUrl: upstream.baseUrl, ...target },
    ...options,
    checkLeft: (message, output) => checkLeftAnswer(message, output, agentParts, NO_RUN),
    ...(titles && { makeTitle: (request) => makeTitle(request, realParts) }),
  })
  const { port } = await serveForTest(() => parts.app)
  onTestFinished(parts.end)
  return { tally: new HeldTally(parts, `http://127.0.0.1:${port}`), upstream }
}

const TARGET: Omit<ModelTarget, 'baseUrl'> = {
  provider: 'fake',
  kind: 'configured',
  api: 'chat_completions',
  apiKey: null,
  headers: {},
  maxRetries: 0,
  model: MODEL,
}

async function upstreamOf(script: Script | FakeUpstream): Promise<FakeUpstream> {
  if ('setScript' in script) return script
  const upstream = await startFakeUpstream(script)
  onTestFinished(() => upstream.close())
  return upstream
}

export class HeldTally extends StartedRuns {
  /** Resolves when the run waits for a decision. */
  async waits(run: Run): Promise<Extract<RunEvent, { type: 'waiting'; kind: 'budget' }>> {
    for await (const { event } of this.follow(run.id)) {
      if (event.type === 'waiting' && event.kind === 'budget') return event
    }
    throw new Error('The run did not wait.')
  }

  /** Resolves when the run reports that it waits for other requests. */
  async held(run: Run): Promise<Extract<RunEvent, { type: 'budget' }>> {
    for await (const { event } of this.follow(run.id)) {
      if (event.type === 'budget' && event.heldFor !== undefined) return event
    }
    throw new Error('The run did not wait for others.')
  }

  async endsOrWaits(run: Run): Promise<'waiting' | 'done'> {
    for await (const { event } of this.follow(run.id)) {
      if (event.type === 'waiting' || event.type === 'done') return event.type
    }
    throw new Error('The run neither ended nor waits.')
  }

  /** Returns the events of the run after it has ended. */
  async over(run: Run): Promise<RunEvent[]> {
    return (await this.ended(run.id)).map(({ event }) => event)
  }

  decide(run: Run, decision: DecideRun): Promise<Response> {
    return this.send('POST', `/api/runs/${run.id}/decisions`, decision)
  }

  async day(): Promise<Budget> {
    const { items } = BudgetList.parse(await (await this.request('/api/budgets')).json())
    const day = items.find(({ scope }) => scope === 'day')
    if (day === undefined) throw new Error('There is no day.')
    return day
  }
}
