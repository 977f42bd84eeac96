// Provides what estimating the next request needs: who would answer, what the budgets allow, and
// whether the provider can count it.
import { LRUMap } from '../cache/lru-map.ts'
import { type CountParts, countInput, keyOfCount, nextInputText } from '../runtime/count-input.ts'
import { hasFiles } from '../upstream/file-reference.ts'
import { isAnthropic } from '../upstream/count-messages.ts'
import { v7 as uuid } from 'uuid'
import type { ModelTarget } from '../upstream/types.ts'
import { isOpenAi } from '../upstream/upstream-model.ts'
import { budgetedLedger, notMade } from '../budgets/budgeted-ledger.ts'
import type { BudgetGuard } from '../budgets/budget-guard.ts'
import type { Reports } from '../checks/report-store.ts'
import type { EstimateDeps } from './estimate-request.ts'
import { usageTotals } from '../ledger/sums/usage-store.ts'
import type { Providers } from '../providers/providers.ts'

interface Parts extends Pick<
  EstimateDeps,
  | 'db'
  | 'attach'
  | 'textsOf'
  | 'checkAgent'
  | 'defaultAgent'
  | 'defaultInstructions'
  | 'overrides'
  | 'now'
> {
  providers: Pick<Providers, 'resolve' | 'windowOf'>
  reports: Pick<Reports, 'known'>
  budgetGuard: BudgetGuard
  ledger: Parameters<typeof budgetedLedger>[0]
  agentParts: CountParts
}

const MAX_REMEMBERED = 200
/** How long an endpoint that failed to count is not asked again. */
const LEFT_ALONE_MS = 10 * 60_000

export function estimateParts(parts: Parts): EstimateDeps {
  const { providers, reports, budgetGuard, agentParts, ...rest } = parts
  const ledger = budgetedLedger(parts.ledger, budgetGuard, notMade)
  const counted = new LRUMap<number>(MAX_REMEMBERED)
  const failedAt = new Map<string, number>()

  const canCount = (target: ModelTarget): boolean => {
    if (target.kind === 'demo') return false
    const failed = failedAt.get(endpointKey(target))
    if (failed !== undefined && rest.now().getTime() - failed < LEFT_ALONE_MS) return false
    if (isAnthropic(target)) return true
    if (target.api !== 'responses') return target.countsWith !== undefined
    const { provider: name, baseUrl, model } = target
    return reports.known({ name, baseUrl }, model)?.countEndpoint ?? isOpenAi(target)
  }
  return {
    ...rest,
    targetOf: (wanted) => providers.resolve(wanted),
    windowOf: (target) => providers.windowOf(target),
    outputLimitOf: ({ conversationId, settings, target }, inputTokens) => {
      const own = settings.maxOutputTokens ?? null
      return budgetGuard.outputLimit(spenderOf(conversationId), target, inputTokens, own)
    },
    ceilingOf: ({ history, ...unsent }) => {
      const { agent, conversationId, settings, target } = unsent
      const call = {
        id: uuid(),
        ...spenderOf(conversationId),
        purpose: 'chat' as const,
        agent,
        provider: target.provider,
        modelRequested: target.model,
        attempt: 1,
        startedAt: rest.now().toISOString(),
      }
      return budgetGuard.ceiling(call, target, settings.maxOutputTokens ?? null, async () =>
        nextInputText({ ...unsent, history: await history() }, agentParts),
      )
    },
    usualOutputOf: async (conversationId) => {
      const filter = { conversation: conversationId, purpose: 'chat' as const }
      const { calls, outputTokens } = await usageTotals(rest.db, { from: null, to: null, filter })
      return calls === 0 ? null : Math.round(outputTokens / calls)
    },
    canCount,
    countInput: async ({ history, ...unsent }) => {
      const asked = { ...unsent, history: await history() }
      // No endpoint that counts is sent the files themselves.
      if ([...asked.history, asked.item].some(hasFiles)) return null
      const key = await keyOfCount(asked)
      const known = counted.get(key)
      if (known !== undefined) return known
      const tokens = await countInput(asked, ledger, agentParts)
      if (tokens === null) failedAt.set(endpointKey(asked.target), rest.now().getTime())
      else counted.set(key, tokens)
      return tokens
    },
  }
}

function endpointKey({ provider, baseUrl, model }: ModelTarget): string {
  return JSON.stringify([provider, baseUrl, model])
}

/** A new run, and where there is none yet a new conversation, which have not spent anything. */
function spenderOf(conversationId: string | null) {
  return { runId: '', conversationId: conversationId ?? '' }
}
