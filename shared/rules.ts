// Rules that approve the calls of a tool in a person's place, and how one is tested on past decisions.
import * as z from 'zod/mini'

const Name = z.string().check(z.minLength(1), z.maxLength(200))
const Time = z.iso.datetime()

/** About one argument of a call. Strict, because a condition that is left out allows more. */
export const RuleCondition = z.union([
  /** A number from zero to this one. */
  z.strictObject({ field: Name, atMost: z.number().check(z.nonnegative()) }),
  z.strictObject({
    field: Name,
    equals: z.union([z.string().check(z.maxLength(2000)), z.number(), z.boolean(), z.null()]),
  }),
])
export type RuleCondition = z.infer<typeof RuleCondition>

const Conditions = z.array(RuleCondition).check(z.maxLength(20))

/** What a rule would be, for a preview. A tool that changes things needs a condition or a conversation. */
export const RuleDraft = z.object({
  agent: Name,
  tool: Name,
  /** Null: every conversation. */
  conversationId: z._default(z.nullable(Name), null),
  /** The arguments must meet all of them. */
  conditions: z._default(Conditions, []),
})
export type RuleDraft = z.infer<typeof RuleDraft>

export const CreateRule = z.extend(RuleDraft, {
  /** In a week if it is left out, in a year at the latest. */
  expiresAt: z.optional(Time),
})
export type CreateRule = z.input<typeof CreateRule>

export const UpdateRule = z.object({
  conditions: z.optional(Conditions),
  expiresAt: z.optional(Time),
})
export type UpdateRule = z.infer<typeof UpdateRule>

export const Rule = z.object({
  id: z.string(),
  agent: z.string(),
  tool: z.string(),
  /** Null: every conversation. */
  conversationId: z.nullable(z.string()),
  conversationTitle: z.nullable(z.string()),
  conditions: z.array(RuleCondition),
  createdAt: Time,
  /** Null: until it is revoked. */
  expiresAt: z.nullable(Time),
  uses: z.int(),
  lastUsedAt: z.nullable(Time),
})
export type Rule = z.infer<typeof Rule>

export const RuleList = z.object({ items: z.array(Rule), nextCursor: z.null() })
export type RuleList = z.infer<typeof RuleList>

/** What a person decided about a call. */
export const PastDecision = z.object({
  waitId: z.string(),
  tool: z.string(),
  agent: z.string(),
  /** As the model wrote them, with control and bidirectional characters made visible. */
  arguments: z.string(),
  decision: z.enum(['approve', 'deny', 'edit', 'respond']),
  decidedAt: Time,
  conversationId: z.string(),
  conversationTitle: z.string(),
  /** Why the rule would not have allowed it. */
  reason: z.optional(z.string()),
})
export type PastDecision = z.infer<typeof PastDecision>

/** A rule over past decisions about its tool, newest first. The lists are cut, the counts are not. */
export const RulePreview = z.object({
  allowed: z.array(PastDecision),
  notAllowed: z.array(PastDecision),
  allowedCount: z.int(),
  notAllowedCount: z.int(),
  /** Calls it would have allowed and a person denied. */
  deniedCount: z.int(),
  /** Calls it would have allowed and a person changed or answered by hand. */
  changedCount: z.int(),
})
export type RulePreview = z.infer<typeof RulePreview>

/** A rule that past approvals suggest for a call that waits. Null: there is none. */
export const RuleOffer = z.object({
  offer: z.nullable(
    z.object({
      rule: RuleDraft,
      /** The approvals it comes from. */
      approvals: z.int(),
      /** Whether it may hold for every conversation. */
      mayHoldEverywhere: z.boolean(),
    }),
  ),
})
export type RuleOffer = z.infer<typeof RuleOffer>
