// What the demo says: first which tools it needs, then an answer from what they found. It is a
// set of rules and says so; it never pretends to understand more than it does.
import { searchDocumentation } from '../../documentation/search.ts'
import { aboutFiles } from './about-files.ts'
import { answerFrom } from './answer-from.ts'
import { fillFunction } from './fill-function.ts'
import { findChart } from './find-chart.ts'
import { findExpression } from './find-expression.ts'
import { findTimeZones } from './find-time-zone.ts'
import * as phrases from './phrases.ts'
import { type Reply, say, use } from './reply.ts'
import { showcase } from './showcase.ts'
import { storyOf } from './stories/stories.ts'
import { answerTo, askUser } from './stories/tool-results.ts'
import { isSummaryRequest, summaryOf } from './summarize.ts'
import type { ToolRequest, Turn } from './turn.ts'

const TITLE = 'conversation_title'

export async function planReply(turn: Turn): Promise<Reply> {
  const { shape, forced, question } = turn
  if (shape?.name === TITLE) return say(JSON.stringify({ title: phrases.titleFor(question) }))
  if (isSummaryRequest(question)) return say(summaryOf(question))
  if (forced !== null) {
    const { name, parameters } = forced
    return { ...say(''), calls: [{ name, arguments: fillFunction(parameters, question) }] }
  }
  const story = storyOf(turn)
  if (story !== null) return story(turn)
  if (shape !== null) return say(JSON.stringify(fillFunction(shape.schema, question)))
  if (phrases.WANTS_QUESTION.test(question)) return askBack(turn)
  if (turn.files.length > 0) return say(aboutFiles(turn.files), phrases.WHY_FILES)
  if (turn.outputs.length > 0) {
    const more = await callsOfSteers(turn)
    return more.length > 0 ? use(turn, phrases.WHY_MORE, more) : say(answerFrom(turn))
  }
  const calls = (await toolsFor(turn)).filter(({ name }) => turn.tools.has(name))
  if (calls.length > 0) return { reasoning: phrases.whyTools(calls), calls, text: '' }
  return answerAtOnce(question.trim())
}

/** What was said meanwhile asks for more, or for nothing that a tool finds. */
async function callsOfSteers(turn: Turn): Promise<ToolRequest[]> {
  const { steers, question, questionsBefore, outputs } = turn
  const before = [question, ...questionsBefore]
  const planned = await Promise.all(
    steers.map((said) => toolsFor({ ...turn, question: said, questionsBefore: before })),
  )
  const keyOf = (call: ToolRequest) => `${call.name} ${JSON.stringify(call.arguments)}`
  const known = new Set(outputs.map(keyOf))
  return planned.flat().filter((call) => turn.tools.has(call.name) && !known.has(keyOf(call)))
}

/** "Ask me something" */
function askBack(turn: Turn): Reply {
  const { question, options } = phrases.QUESTION_BACK
  const answer = answerTo(turn, question)
  if (answer !== null) return say(phrases.answeredBack(answer))
  return use(turn, phrases.WHY_QUESTION, [askUser(question, { options })])
}

async function toolsFor(turn: Turn): Promise<ToolRequest[]> {
  const { question } = turn
  const recall = wantsRecall(question)
  if (recall !== null) {
    return [{ name: 'search_conversations', arguments: { query: recall, limit: null } }]
  }
  const chart = findChart(question)
  if (chart !== null) return [{ name: 'make_chart', arguments: { title: null, ...chart } }]
  const calls: ToolRequest[] = []
  if (wantsTime(turn)) {
    const zones = findTimeZones(question).slice(0, MAX_CITIES)
    for (const timeZone of zones.length > 0 ? zones : [null]) {
      calls.push({ name: 'current_time', arguments: { timeZone } })
    }
  }
  const expression = findExpression(question)
  if (expression !== null) calls.push({ name: 'calculate', arguments: { expression } })
  if (calls.length > 0 || isAnsweredAtOnce(question.trim())) return calls
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

const MAX_CITIES = 5

function wantsTime({ question, questionsBefore: [before = ''] }: Turn): boolean {
  if (FOLLOW_UP.test(question)) return TIME.test(before) && findTimeZones(question).length > 0
  return TIME.test(question) && !NOT_TIME.test(question)
}

const RECALL = [
  /\b(?:search|look|find)\s+(?:for\s+|up\s+)?(?!in\b|my\b|through\b)(.+?)\s+in\s+(?:my|our|the)?\s*(?:earlier|previous|old|past)?\s*(?:chats?|conversations?|messages?)\b/i,
  /\b(?:search|look|find)\b.*\b(?:my|our|earlier|previous|old|past)\b.*\b(?:chats?|conversations?|messages?)\b(?:.*?\b(?:for|about)\s+(.+))?/i,
  /\bwhat did (?:i|we|you) (?:say|ask|write|mention|talk|discuss|decide)\b\s*(?:about|on|regarding)?\s*(.*)/i,
  /\bdid (?:i|we) (?:ever |already )?(?:say|ask|write|mention|talk|discuss)\b\s*(?:anything )?(?:about|on)?\s*(.*)/i,
]
const FILLERS =
  /\b(?:in|from|the|my|our|you|me|earlier|previous|old|past|chats?|conversations?|before|last time|about)\b/gi

/** The words to look for in earlier conversations; null when that is not what is asked. */
function wantsRecall(question: string): string | null {
  for (const pattern of RECALL) {
    const match = pattern.exec(question)
    if (match === null) continue
    const [asked = ''] = (match[1] ?? '').split(/[.?!]/)
    const words = asked.replace(FILLERS, ' ').replace(/[^\p{L}\p{N} ]/gu, ' ')
    const query = words.replace(/\s+/g, ' ').trim()
    return query === '' ? question.replace(/[^\p{L}\p{N} ]/gu, '').trim() : query
  }
  return null
}

const PROVIDERS = /\b(ollama|openrouter|openai|vllm|litellm|lm studio|llama\.?cpp)\b/gi
/** Words that say the question is about Tally; then a weaker match is enough. */
const ABOUT_TALLY =
  /\b(tally|demo|providers?|models?|keys?|costs?|prices?|free|tokens?|receipts?|usage|ledger|conversations?|chats?|settings?|port|environment|database|data|backups?|install|tabs?|reload|stop|retry|keyboard|shortcuts?|theme|dark|agents?|tools?|api|curl|export|csv|privacy|private|delete|rename|titles?|temperature|unpriced|budgets?|approvals?|rules?|folders?|pin|archive|share|import|prompts?|branch(?:es)?|versions?|steer|queue|quote|notifications?|palette|temporary|messages?|files?|search|language|german|ollama|openrouter|openai|vllm|litellm|studio|llama)\b|[≈≥]/i
const SOME_MATCH = 2.8
const STRONG_MATCH = 7.5
/** The share of the words of a question that the section must have. */
const MIN_COVERAGE = 0.6

/** One query for each provider that is named, so that two can be looked up side by side. */
async function documentationQueries(question: string): Promise<string[]> {
  const named = [...new Set((question.match(PROVIDERS) ?? []).map((name) => name.toLowerCase()))]
  if (named.length > 1) return named.slice(0, 3).map((name) => `connect ${name}`)
  const [best] = await searchDocumentation(question, 1)
  if (best === undefined) return []
  const isAbout = ABOUT_TALLY.test(question)
  const enough = isAbout ? SOME_MATCH : STRONG_MATCH
  // One word of three is something else: "export" is not "search", though both are about chats.
  const fits = best.score >= enough && best.coverage >= MIN_COVERAGE
  return fits ? [question.slice(0, 200)] : []
}

function isAnsweredAtOnce(question: string): boolean {
  return [phrases.smallTalk, showcase, phrases.otherAgent].some(
    (answer) => answer(question) !== null,
  )
}

function answerAtOnce(question: string): Reply {
  const shown = showcase(question)
  const talk = phrases.smallTalk(question) ?? (shown === null ? phrases.otherAgent(question) : null)
  if (talk !== null) return say(talk)
  if (shown !== null) return say(shown, phrases.WHY_SHOWCASE)
  return say(phrases.honest(question), phrases.WHY_HONEST)
}
