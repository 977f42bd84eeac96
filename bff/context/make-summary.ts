// Makes, shows, edits and undoes summaries of the oldest messages of a conversation.
import { v7 as uuid } from 'uuid'
import {
  type ConversationSummaryText,
  MAX_SUMMARY_CHARS,
  type SummaryPreview,
} from '#shared/summaries.ts'
import type { PriceOverride } from '#shared/prices.ts'
import { budgetedLedger, notMade } from '../budgets/budgeted-ledger.ts'
import type { BudgetGuard } from '../budgets/budget-guard.ts'
import {
  type ConversationRow,
  findConversation,
  sentSettings,
} from '../conversations/conversation-store.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { estimateTokens } from '../ledger/calls/estimate.ts'
import { pricerOf } from '../ledger/pricing/price-in-force.ts'
import type { Providers } from '../providers/providers.ts'
import type { TextsOf } from '../runtime/agent-texts.ts'
import { summaryText } from '../runtime/history.ts'
import { roomIn } from '../runtime/plan-fit.ts'
import type { QueryAnswer, QueryCall } from '../runtime/query.ts'
import { ProviderError } from '../upstream/provider-error.ts'
import type { ModelTarget } from '../upstream/types.ts'
import { branchMessages } from './branch-store.ts'
import { planSummary, type SummaryPlan } from './plan-summary.ts'
import { fixedTokens, readContext } from './read-context.ts'
import { expectedOf, savedSince, sumOrNull } from './summary-cost.ts'
import {
  changeSummary,
  chatUseOf,
  checkIdle,
  insertSummary,
  requestsWith,
  summariesOf,
  type SummaryRow,
} from './summary-store.ts'
import { SUMMARY_PROMPT, summaryRequest } from './summary-prompt.ts'

export interface SummaryDeps {
  db: Database
  providers: Pick<Providers, 'resolve'>
  textsOf: TextsOf
  ledger: Parameters<typeof budgetedLedger>[0]
  budgetGuard: BudgetGuard
  overrides: () => readonly PriceOverride[]
  ask: (call: QueryCall) => Promise<QueryAnswer>
  answerTimeoutMs: number
  /** In percent, for conversations that say nothing about it. Null: none is. */
  summarizeAbove: () => number | null
  ending: AbortSignal
  now: () => Date
}

/** The longest summary, for which headroom is kept, and what is read at once if the window is unknown. */
const SUMMARY_TOKENS = 4_096
const UNKNOWN_WINDOW = 32_000
/** The summary of the parts before, which is read along. */
const EARLIER_TOKENS = 1_500

interface Prepared {
  conversation: ConversationRow
  target: ModelTarget
  plan: SummaryPlan
  preview: SummaryPreview
  cached: boolean
}

export class Summaries {
  readonly #deps: SummaryDeps
  readonly #active = new Set<string>()

  constructor(deps: SummaryDeps) {
    this.#deps = deps
  }

  async preview(conversationId: string): Promise<SummaryPreview> {
    return (await this.#prepare(conversationId)).preview
  }

  /** Of the selected branch, oldest first. */
  async list(conversationId: string): Promise<ConversationSummaryText[]> {
    const { db } = this.#deps
    const { selectedMessageId: end } = await this.#find(conversationId)
    const rows = end === null ? [] : await summariesOf(db.kysely, await branchMessages(db, end))
    return Promise.all(rows.map((row) => this.#toText(row)))
  }

  async edit(conversationId: string, id: string, text: string): Promise<ConversationSummaryText> {
    await this.#find(conversationId)
    const tokens = await estimateTokens(summaryText(text))
    const set = { text, tokens, edited_at: this.#deps.now().toISOString() }
    await changeSummary(this.#deps.db, { conversationId, id, set })
    const edited = (await this.list(conversationId)).find((one) => one.id === id)
    if (edited === undefined) throw new Problem('summary_not_found')
    return edited
  }

  async undo(conversationId: string, id: string): Promise<void> {
    await this.#find(conversationId)
    const set = { undone_at: this.#deps.now().toISOString() }
    await changeSummary(this.#deps.db, { conversationId, id, set })
  }

  /** Goes on when the caller leaves, because it is paid for. */
  async make(conversationId: string, automatic = false): Promise<ConversationSummaryText> {
    const { db } = this.#deps
    if (this.#active.has(conversationId)) throw new Problem('summary_active')
    this.#active.add(conversationId)
    try {
      await checkIdle(db.kysely, conversationId)
      const row = await this.#written(await this.#prepare(conversationId), automatic)
      await insertSummary(db, row)
      return await this.#toText(row)
    } finally {
      this.#active.delete(conversationId)
    }
  }

  /** Makes one where the settings ask for it. What keeps it from that is tried again after the next answer. */
  async makeIfFull(conversationId: string): Promise<void> {
    try {
      if (await this.#isFull(conversationId)) await this.make(conversationId, true)
    } catch (error) {
      if (!(error instanceof Problem) && !this.#deps.ending.aborted) throw error
    }
  }

  async #isFull(conversationId: string): Promise<boolean> {
    const { db, providers, textsOf } = this.#deps
    const { settings } = await this.#find(conversationId)
    const percent = settings.summarizeAbovePercent ?? this.#deps.summarizeAbove() ?? 0
    if (percent === 0) return false
    const nextModel = async (wanted: Pick<ConversationRow, 'provider' | 'model'>) => {
      const target = await providers.resolve(wanted)
      return { ...target, window: target.contextWindow ?? null }
    }
    const context = await readContext({ db, textsOf, nextModel }, conversationId, { parts: 1 })
    const whole = context.inputTokens + (context.leftOut?.tokens ?? 0)
    return context.window !== null && whole * 100 >= context.window * percent
  }

  async #prepare(conversationId: string): Promise<Prepared> {
    const { db, providers, textsOf, overrides, now } = this.#deps
    const conversation = await this.#find(conversationId)
    const { agent, selectedMessageId } = conversation
    const settings = sentSettings(conversation)
    const target = await providers.resolve(conversation)
    const headroom = roomIn(target.contextWindow ?? UNKNOWN_WINDOW, SUMMARY_TOKENS)
    const partTokens = headroom - Math.min(EARLIER_TOKENS, headroom / 2)
    const plan = await planSummary(db, conversationId, selectedMessageId, partTokens)
    const use = await chatUseOf(db, conversationId)
    const pricer = pricerOf(target, target.model)
    const sizes = {
      ...plan,
      parts: plan.parts.map(({ tokens }) => tokens),
      fixedTokens: await fixedTokens(textsOf(agent, settings), settings.instructions ?? ''),
    }
    const circumstances = { at: now(), serviceTier: null, overrides: overrides() }
    const expected = expectedOf(sizes, use, (inputTokens) =>
      pricer({ ...circumstances, inputTokens }),
    )
    const preview = {
      provider: target.provider,
      model: target.model,
      ...(target.kind === 'demo' && { demo: true as const }),
      messages: plan.messages,
      replacedTokens: plan.replacedTokens,
      ...expected,
    }
    return { conversation, target, plan, preview, cached: use.cached }
  }

  async #written(prepared: Prepared, automatic: boolean): Promise<SummaryRow> {
    const { conversation, target, plan, preview, cached } = prepared
    const { messageId, messages, replacedTokens, originalTokens } = plan
    const { text, costNanoUsd } = await this.#summarize(prepared)
    return {
      id: uuid(),
      conversation_id: conversation.id,
      message_id: messageId,
      text,
      messages,
      replaced_tokens: replacedTokens,
      original_tokens: originalTokens,
      tokens: await estimateTokens(summaryText(text)),
      automatic: automatic ? 1 : 0,
      provider: target.provider,
      model: target.model,
      demo: target.kind === 'demo' ? 1 : 0,
      cost_nano_usd: costNanoUsd,
      lost_cache_nano_usd: preview.lostCacheNanoUsd,
      cached: cached ? 1 : 0,
      created_at: this.#deps.now().toISOString(),
      edited_at: null,
      undone_at: null,
    }
  }

  /** Each part is added to the summary of those before it. */
  async #summarize({ conversation, target, plan }: Prepared) {
    const { ledger, budgetGuard, ask, answerTimeoutMs, ending } = this.#deps
    let text = ''
    const costs: (number | null)[] = []
    for (const part of plan.parts) {
      const { output, call } = await ask({
        purpose: 'summary',
        conversationId: conversation.id,
        target,
        system: SUMMARY_PROMPT,
        user: summaryRequest(text, part.text),
        ledger: budgetedLedger(ledger, budgetGuard, notMade),
        idleTimeoutMs: answerTimeoutMs,
        signal: ending,
      }).catch((error: unknown) => {
        throw problemOf(error, target)
      })
      text = String(output).trim().slice(0, MAX_SUMMARY_CHARS)
      costs.push(call.costNanoUsd)
    }
    return { text, costNanoUsd: sumOrNull(costs) }
  }

  async #toText(row: SummaryRow): Promise<ConversationSummaryText> {
    const requests = await requestsWith(this.#deps.db, row)
    const tokens = Math.max(0, row.replaced_tokens - row.tokens)
    return {
      id: row.id,
      messageId: row.message_id,
      text: row.text,
      messages: row.messages,
      replacedTokens: row.replaced_tokens,
      tokens: row.tokens,
      automatic: row.automatic === 1,
      provider: row.provider,
      model: row.model,
      ...(row.demo === 1 && { demo: true }),
      costNanoUsd: row.cost_nano_usd,
      lostCacheNanoUsd: row.lost_cache_nano_usd,
      saved: savedSince(requests, tokens, row.cached === 1),
      createdAt: row.created_at,
      editedAt: row.edited_at,
    }
  }

  async #find(id: string): Promise<ConversationRow> {
    const conversation = await findConversation(this.#deps.db, id)
    if (conversation === null) throw new Problem('conversation_not_found')
    return conversation
  }
}

function problemOf(error: unknown, { provider }: ModelTarget): unknown {
  if (!(error instanceof ProviderError)) return error
  if (error.code === 'over_budget') return new Problem('over_budget', error.message)
  return new Problem('model_failed', error.message, provider)
}
