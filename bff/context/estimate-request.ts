// Estimates the tokens and cost of the next request: the conversation so far plus the new text, at the
// price for that length. The cost ranges from the input alone to the longest allowed output. Savings
// from a cache are not included.
import type { EstimateRequest, RequestEstimate } from '#shared/estimate.ts'
import type { SendFile } from '#shared/files.ts'
import type { ConversationSettings } from '#shared/api.ts'
import type { PriceOverride } from '#shared/prices.ts'
import type { TextsOf } from '../runtime/agent-texts.ts'
import { sentItems } from '../runtime/history.ts'
import { takesImages } from '../upstream/takes-images.ts'
import { userItem } from '../upstream/items.ts'
import type { AttachedFiles } from '../upstream/attached-files.ts'
import type { Item, ModelTarget } from '../upstream/types.ts'
import { findConversation, sentSettings } from '../conversations/conversation-store.ts'
import { readFolder } from '../conversations/folder-store.ts'
import type { Database } from '../db/open.ts'
import { estimateTokens } from '../ledger/calls/estimate.ts'
import { costLines, sumOfLines } from '../ledger/pricing/price-call.ts'
import { pricerOf, toPriceRates } from '../ledger/pricing/price-in-force.ts'
import type { PriceInForce } from '../ledger/pricing/price.ts'
import { priceStep } from '../ledger/pricing/price-step.ts'
import { NO_USAGE } from '../ledger/usage/read-usage.ts'
import { Problem } from '../http/problem.ts'
import { fixedTokens, readContext } from './read-context.ts'
import { itemsUpTo } from './read-items.ts'

/** A request before it is sent. */
export interface Unsent {
  conversationId: string | null
  agent: string
  settings: ConversationSettings
  target: ModelTarget
  history: () => Promise<Item[]>
  /** The next user message. */
  item: Item
}

export interface EstimateDeps {
  db: Database
  defaultAgent: string
  /** The instructions of conversations without their own. */
  defaultInstructions: () => string | null
  textsOf: TextsOf
  /** Throws if the agent does not exist. */
  checkAgent: (agent: string) => void
  /** Throws the problem that says why a file cannot be sent. */
  attach: (files: SendFile[]) => Promise<AttachedFiles>
  /** Throws a problem that names the missing provider or model. */
  targetOf: (wanted: { provider: string | null; model: string | null }) => Promise<ModelTarget>
  windowOf: (target: ModelTarget) => Promise<number | null>
  overrides: () => readonly PriceOverride[]
  /** Returns the output limit in tokens. Null for no limit. */
  outputLimitOf: (unsent: Unsent, inputTokens: number) => Promise<number | null>
  /** Returns the worst-case cost under the budgets in nano-dollars. Null if no budget applies. */
  ceilingOf: (unsent: Unsent) => Promise<number | null>
  /** Returns the average length of the conversation's answers in tokens. Null if it has none. */
  usualOutputOf: (conversationId: string) => Promise<number | null>
  canCount: (target: ModelTarget) => boolean
  /** Returns the provider's count of input tokens. Null if it does not count. */
  countInput: (unsent: Unsent) => Promise<number | null>
  now: () => Date
}

export async function estimateNext(
  deps: EstimateDeps,
  conversationId: string,
  { text, files = [], provider, model, exact }: EstimateRequest,
): Promise<RequestEstimate> {
  const { db, textsOf } = deps
  const conversation = await findConversation(db, conversationId)
  if (conversation === null) throw new Problem('conversation_not_found')
  const { agent, selectedMessageId: end } = conversation
  const settings = sentSettings(conversation)
  const isNamed = provider !== undefined || model !== undefined
  const target = await deps.targetOf(
    isNamed ? { provider: provider ?? null, model: model ?? null } : conversation,
  )
  const history = () => (end === null ? Promise.resolve([]) : itemsUpTo(db, end))
  const item = userItem(text, (await deps.attach(files)).content)
  const unsent = { conversationId, agent, settings, target, history, item }
  const window = await deps.windowOf(target)
  const nextModel = () => Promise.resolve({ ...target, window })
  const carried = async (nextTokens: number) =>
    (await readContext({ db, textsOf, nextModel }, conversationId, { parts: 1, nextTokens }))
      .inputTokens
  return estimated(deps, unsent, window, exact, carried)
}

export async function estimateFirst(
  deps: EstimateDeps,
  request: EstimateRequest & {
    agent?: string | undefined
    settings?: ConversationSettings | undefined
    folderId?: string | undefined
  },
): Promise<RequestEstimate> {
  const { text, files = [], provider = null, model = null, exact, folderId } = request
  const folder = folderId === undefined ? null : await readFolder(deps.db, folderId)
  const settings = sentSettings({
    settings: request.settings ?? {},
    folder,
    defaultInstructions: deps.defaultInstructions(),
  })
  const agent = request.agent ?? deps.defaultAgent
  deps.checkAgent(agent)
  const target = await deps.targetOf({ provider, model })
  const history = () => Promise.resolve([])
  const item = userItem(text, (await deps.attach(files)).content)
  const unsent = { conversationId: null, agent, settings, target, history, item }
  const carried = () => fixedTokens(deps.textsOf(agent, settings), settings.instructions ?? '')
  return estimated(deps, unsent, await deps.windowOf(target), exact, carried)
}

async function estimated(
  deps: EstimateDeps,
  unsent: Unsent,
  window: number | null,
  exact: boolean,
  carried: (nextTokens: number) => Promise<number>,
): Promise<RequestEstimate> {
  const { target, item } = unsent
  const canCount = deps.canCount(target)
  const counted = exact && canCount ? await deps.countInput(unsent) : null
  const inputTokens = counted ?? (await withText(itemText(item), carried))
  const outputLimit = await deps.outputLimitOf(unsent, inputTokens)
  const pricer = pricerOf(target, target.model)
  const at = deps.now()
  const overrides = deps.overrides()
  const price = pricer({ at, inputTokens, serviceTier: null, overrides })
  return {
    provider: target.provider,
    model: target.model,
    inputTokens,
    certainty: counted === null ? 'estimated' : 'reported',
    canCount,
    takesImages: takesImages(target),
    window,
    outputLimit,
    cost: price === null ? null : await costOf(deps, unsent, price, { inputTokens, outputLimit }),
    threshold: priceStep(pricer, inputTokens, at, overrides),
    price: price === null ? null : toPriceRates(price),
  }
}

function itemText(item: Item): string {
  return [...sentItems([item])].map(({ text }) => text).join('')
}

async function withText(
  text: string,
  carried: (nextTokens: number) => Promise<number>,
): Promise<number> {
  const nextTokens = await estimateTokens(text)
  return (await carried(nextTokens)) + nextTokens
}

/** The expected length of a conversation's first answer: about a page. */
const USUAL_OUTPUT_TOKENS = 500

async function costOf(
  deps: EstimateDeps,
  unsent: Unsent,
  price: PriceInForce,
  { inputTokens, outputLimit }: Pick<RequestEstimate, 'inputTokens' | 'outputLimit'>,
): Promise<NonNullable<RequestEstimate['cost']>> {
  const cost = (outputTokens: number) =>
    sumOfLines(costLines({ usage: { ...NO_USAGE, inputTokens, outputTokens } }, price) ?? [])
  const { conversationId } = unsent
  const usual = conversationId === null ? null : await deps.usualOutputOf(conversationId)
  const ceiling = await deps.ceilingOf(unsent)
  const own = unsent.settings.maxOutputTokens ?? null
  return {
    minNanoUsd: cost(0),
    expectedNanoUsd: cost(Math.min(usual ?? USUAL_OUTPUT_TOKENS, own ?? Infinity)),
    maxNanoUsd: ceiling ?? (outputLimit === null ? null : cost(outputLimit)),
  }
}
