// What the demo says: first which tools it needs, then an answer from what they found. It is a
// set of rules and says so; it never pretends to understand more than it does.
import { searchDocumentation } from '../../documentation/search.ts'
import { answerFrom } from './answer-from.ts'
import { fillFunction } from './fill-function.ts'
import { findExpression } from './find-expression.ts'
import { findTimeZone } from './find-time-zone.ts'
import * as phrases from './phrases.ts'
import { showcase } from './showcase.ts'
import { isSummaryRequest, summaryOf } from './summarize.ts'
import type { ToolRequest, Turn } from './turn.ts'

export interface Reply {
  reasoning: string
  calls: ToolRequest[]
  text: string
}

export async function planReply(turn: Turn): Promise<Reply> {
  if (turn.wantsTitle) return say('', JSON.stringify({ title: phrases.titleFor(turn.question) }))
  if (isSummaryRequest(turn.question)) return say('', summaryOf(turn.question))
  if (turn.forced !== null) {
    const { name, parameters } = turn.forced
    return { ...say('', ''), calls: [{ name, arguments: fillFunction(parameters, turn.question) }] }
  }
  if (turn.outputs.length > 0) return say('', answerFrom(turn))
  const calls = (await toolsFor(turn)).filter(({ name }) => turn.tools.has(name))
  if (calls.length > 0) return { reasoning: phrases.whyTools(calls), calls, text: '' }
  return answerAtOnce(turn.question.trim())
}

function say(reasoning: string, text: string): Reply {
  return { reasoning, calls: [], text }
}

async function toolsFor(turn: Turn): Promise<ToolRequest[]> {
  const { question } = turn
  const recall = wantsRecall(question)
  if (recall !== null) {
    return [{ name: 'search_conversations', arguments: { query: recall, limit: null } }]
  }
  const calls: ToolRequest[] = []
  if (wantsTime(turn)) {
    calls.push({ name: 'current_time', arguments: { timeZone: findTimeZone(question) } })
  }
  const expression = findExpression(question)
  if (expression !== null) calls.push({ name: 'calculate', arguments: { expression } })
  if (calls.length > 0 || isSmallTalk(question) || showcase(question) !== null) return calls
  const queries = await documentationQueries(question)
  return queries.map((query) => ({
    name: 'search_documentation',
    arguments: { query },
  }))
}

const TIME =
  /\bwhat(?:'s| is)? (?:the |today'?s )?(?:current |local |exact )?(?:time|date|day|weekday|year|month)\b|\b(?:current|local) (?:time|date)\b|\b(?:tell me|know) (?:what |the )*(?:time|date|day)\b|\b(?:time|date|day) (?:is it|now|today)\b|today'?s date|^(?:time|date)\b/i
const NOT_TIME =
  /\btime (to|until|zones?|out|limit)|timeout|real.?time|first time|by (model|day)|per day/i
const FOLLOW_UP = /^(and|what about|how about)\b.*\bin\b/i

function wantsTime({ question, questionBefore }: Turn): boolean {
  if (FOLLOW_UP.test(question)) return TIME.test(questionBefore) && findTimeZone(question) !== null
  return TIME.test(question) && !NOT_TIME.test(question)
}

const RECALL = [
  /\b(?:search|look|find)\s+(?:for\s+|up\s+)?(?!in\b|my\b|through\b)(.+?)\s+in\s+(?:my|our|the)?\s*(?:earlier|previous|old|past)?\s*(?:chats?|conversations?|messages?)\b/i,
  /\b(?:search|look|find)\b.*\b(?:my|our|earlier|previous|old|past)\b.*\b(?:chats?|conversations?|messages?)\b(?:.*?\b(?:for|about)\s+(.+))?/i,
  /\bwhat did (?:i|we|you) (?:say|ask|write|mention|talk|discuss|decide)\b\s*(?:about|on|regarding)?\s*(.*)/i,
  /\bdid (?:i|we) (?:ever |already )?(?:say|ask|write|mention|talk|discuss)\b\s*(?:anything )?(?:about|on)?\s*(.*)/i,
]
const LITTLE_WORDS =
  /\b(?:in|from|the|my|our|you|me|earlier|previous|old|past|chats?|conversations?|before|last time|about)\b/gi

/** The words to look for in earlier conversations; null when that is not what is asked. */
function wantsRecall(question: string): string | null {
  for (const pattern of RECALL) {
    const match = pattern.exec(question)
    if (match === null) continue
    const [asked = ''] = (match[1] ?? '').split(/[.?!]/)
    const words = asked.replace(LITTLE_WORDS, ' ').replace(/[^\p{L}\p{N} ]/gu, ' ')
    const query = words.replace(/\s+/g, ' ').trim()
    return query === '' ? question.replace(/[^\p{L}\p{N} ]/gu, '').trim() : query
  }
  return null
}

const PROVIDERS = /\b(ollama|openrouter|openai|vllm|litellm|lm studio|llama\.?cpp)\b/gi
/** Words that say the question is about Tally; then a weaker match is enough. */
const ABOUT_TALLY =
  /\b(tally|demo|providers?|models?|keys?|costs?|prices?|free|tokens?|receipts?|usage|ledger|conversations?|chats?|settings?|port|environment|database|data|backups?|install|tabs?|reload|stop|retry|keyboard|shortcuts?|theme|dark|agents?|tools?|api|curl|export|csv|privacy|private|delete|rename|titles?|temperature|unpriced|ollama|openrouter|openai|vllm|litellm|studio|llama)\b|[≈≥]/i
const SOME_MATCH = 2.8
const STRONG_MATCH = 7.5

/** One query for each provider that is named, so that two can be looked up side by side. */
async function documentationQueries(question: string): Promise<string[]> {
  const named = [...new Set((question.match(PROVIDERS) ?? []).map((name) => name.toLowerCase()))]
  if (named.length > 1) return named.slice(0, 3).map((name) => `connect ${name}`)
  const [best] = await searchDocumentation(question, 1)
  const enough = ABOUT_TALLY.test(question) ? SOME_MATCH : STRONG_MATCH
  return best !== undefined && best.score >= enough ? [question.slice(0, 200)] : []
}

function isSmallTalk(question: string): boolean {
  return phrases.smallTalk(question.trim()) !== null
}

function answerAtOnce(question: string): Reply {
  const talk = phrases.smallTalk(question)
  if (talk !== null) return say('', talk)
  const shown = showcase(question)
  if (shown !== null) return say(phrases.WHY_SHOWCASE, shown)
  return say(phrases.WHY_HONEST, phrases.honest(question))
}
