// The guardrails of every agent, by environment. `default` stops what no person does; `strict` also
// looks for injections and secrets. The cheapest come first: the first that trips is the last that runs.
import { MAX_TEXT_CHARS } from '#shared/limits.ts'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { z } from 'zod'
import type { GeneralGuardrails, Guardrail } from '../runtime/guardrails.ts'
import { MODEL_CHECK_PROMPT } from './model-check-prompt.ts'
import { english, language, t } from '#shared/translate.ts'

export interface GuardrailSettings {
  guardrails: 'off' | 'default' | 'strict'
  /** Whether the model of the conversation checks each message first. */
  guardrailsModelCheck: boolean
}

export const GUARDRAIL_LIMITS = {
  // No route takes a longer message; an agent may be started in other ways.
  default: { chars: MAX_TEXT_CHARS, perMinute: 600 },
  strict: { chars: 20_000, perMinute: 30 },
} as const

export function createGuardrails(settings: GuardrailSettings): GeneralGuardrails {
  const { guardrails: set, guardrailsModelCheck } = settings
  const modelChecks = guardrailsModelCheck ? [modelCheck] : []
  if (set === 'off') return { input: modelChecks, output: [] }
  const { chars, perMinute } = GUARDRAIL_LIMITS[set]
  const input = [messageLength(chars), messageRate(perMinute)]
  if (set === 'default') return { input: [...input, ...modelChecks], output: [] }
  return { input: [...input, injection, ...modelChecks], output: [secrets, cardNumbers] }
}

function messageLength(maxChars: number): Guardrail<string> {
  return {
    name: english`message length`,
    check: ({ length }) =>
      length > maxChars ? t`Send at most ${maxChars.toLocaleString(language())} characters.` : null,
  }
}

const MINUTE_MS = 60_000

export function messageRate(perMinute: number, now = () => performance.now()): Guardrail<string> {
  const sent = new Map<string, number[]>()
  return {
    name: english`message rate`,
    check: (_, { user }) => {
      const at = now()
      const times = (sent.get(user.id) ?? []).filter((time) => time > at - MINUTE_MS)
      sent.set(user.id, times)
      if (times.length >= perMinute) {
        return t`Send at most ${perMinute} messages a minute. Wait a moment, then try again.`
      }
      times.push(at)
      return null
    },
  }
}

/** Example: "plus or premium". */
function oneOf(tiers: string[]): string {
  return new Intl.ListFormat(language(), { type: 'disjunction' }).format(tiers)
}

/** For one agent: only users of these tiers may use what the pattern describes, by default all of it. */
export function onlyForTiers(tiers: string[], feature: string, about = /^/): Guardrail<string> {
  return {
    name: english`your plan`,
    check: (text, { user }) =>
      tiers.includes(user.tier) || !about.test(text)
        ? null
        : t`Only the plan ${oneOf(tiers)} includes ${feature}.`,
  }
}

const INJECTIONS = [
  /\b(?:ignore|disregard|forget|override) (?:all |any |every )?(?:of )?(?:the |your |these )?(?:previous|prior|above|earlier|preceding) (?:instructions?|prompts?|rules|directions)\b/,
  /\b(?:reveal|print|repeat|show|output) (?:me )?(?:your |the )?(?:whole |full |entire |hidden )?system prompt\b/,
  /\byou are now (?:dan|in developer mode|jailbroken)\b/,
  /<\|(?:im_start|im_end|system|endoftext)\|>|\[\/?inst\]|<<\/?sys>>/,
]
/** Characters that no screen shows and a model reads: tags. */
const HIDDEN = /[\u{E0000}-\u{E007F}]/u

const injection: Guardrail<string> = {
  name: english`prompt injection`,
  check: async (text) => {
    const found = await someWindow(text, (part) => {
      if (HIDDEN.test(part)) return true
      const plain = part.normalize('NFKC').toLowerCase()
      const words = plain.replaceAll(/[\u200B-\u200D\u2060\uFEFF]/g, '').replaceAll(/\s+/g, ' ')
      return INJECTIONS.some((pattern) => pattern.test(words))
    })
    return found ? t`It looks like an attempt to change the instructions of the agent.` : null
  },
}

const SECRETS = [
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
  /\bsk-[A-Za-z0-9_-]{20,}/,
  /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,})/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bAIza[0-9A-Za-z_-]{35}/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
]

const secrets: Guardrail<string> = {
  name: english`secrets`,
  check: async (text) => {
    const found = await someWindow(text, (part) => SECRETS.some((pattern) => pattern.test(part)))
    return found ? t`The answer contains an API key or a private key.` : null
  },
}

const cardNumbers: Guardrail<string> = {
  name: english`card numbers`,
  check: async (text) => {
    const found = await someWindow(text, (part) => part.match(CARD)?.some(isCard) ?? false)
    return found ? t`The answer contains a card number.` : null
  },
}

const CARD = /(?<![\d.])[3-6]\d(?:[ -]?\d){11,17}(?![\d.])/g

/** By the check digit of Luhn. */
function isCard(found: string): boolean {
  const digits = Array.from(found.replaceAll(/\D/g, ''), Number).toReversed()
  const sum = digits.reduce((total, digit, index) => {
    const twice = index % 2 === 0 ? digit : digit * 2
    return total + (twice > 9 ? twice - 9 : twice)
  }, 0)
  return sum % 10 === 0 && new Set(digits).size > 1
}

const WINDOW_CHARS = 100_000
/** Longer than anything that is looked for. */
const OVERLAP_CHARS = 300

/** A long answer is searched a piece at a time. */
async function someWindow(text: string, isFound: (part: string) => boolean): Promise<boolean> {
  for (let start = 0; start === 0 || start < text.length - OVERLAP_CHARS;) {
    if (isFound(text.slice(start, start + WINDOW_CHARS))) return true
    start += WINDOW_CHARS - OVERLAP_CHARS
    if (start < text.length) await yieldToEventLoop()
  }
  return false
}

const Evaluation = z.object({ blocked: z.boolean(), reason: z.string() })
const { properties, required } = z.toJSONSchema(Evaluation)

const modelCheck: Guardrail<string> = {
  name: english`model check`,
  check: async (user, { query }) => {
    const parameters = { type: 'object', properties, required, additionalProperties: false }
    const report = {
      name: 'report',
      description: 'Says whether the message is blocked, and why in one short sentence.',
      parameters,
    }
    const answer = await query({ system: MODEL_CHECK_PROMPT, user, function: report })
    if (answer === null) return null
    const { blocked, reason } = Evaluation.parse(answer)
    return blocked ? reason.slice(0, 300) : null
  },
}
