// A weather report as the JSON that is asked for, from what the tool says.
import * as z from 'zod/mini'
import { type Reply, say, use } from '../reply.ts'
import type { Turn } from '../turn.ts'
import { answerTo, askUser, outputsOf, resultOf, whatHappened } from './tool-results.ts'

const Weather = z.object({
  city: z.string(),
  condition: z.string(),
  celsius: z.object({ now: z.number(), low: z.number(), high: z.number() }),
  rainPercent: z.number(),
  windKmPerHour: z.number(),
})

const WHERE = 'There is sample weather of these cities. Which one?'

export function weather(turn: Turn): Reply {
  const [looked] = outputsOf(turn, 'get_weather')
  if (looked !== undefined) {
    const { value, text } = resultOf(looked, Weather)
    // Not the form that is asked for: the run says so, and keeps the sentence.
    if (value === null) return say(whatHappened(text))
    return say(JSON.stringify({ ...value, advice: advice(value) }))
  }
  const known = knownCities(turn)
  const chosen = answerTo(turn, WHERE)
  const city = chosen?.trim() ?? cityIn(turn.question, known)
  if (city !== undefined) {
    const call = { name: 'get_weather', arguments: { city } }
    return use(turn, `I need the weather in ${city}.`, [call])
  }
  return use(turn, 'No city is named that I have weather of, so I ask.', [
    askUser(WHERE, { options: known }),
  ])
}

/** As the description of the tool lists them. */
function knownCities({ tools }: Turn): string[] {
  const [, list = ''] = /Known: (.+?)\.?$/.exec(tools.get('get_weather') ?? '') ?? []
  return list.split(', ').filter((city) => city !== '')
}

/** The one that is named first. */
function cityIn(question: string, known: string[]): string | undefined {
  const text = question.toLowerCase()
  const at = (city: string) => text.indexOf(city.toLowerCase())
  return known.filter((city) => at(city) >= 0).toSorted((a, b) => at(a) - at(b))[0]
}

function advice({ condition, celsius: { now, high }, rainPercent }: z.infer<typeof Weather>) {
  if (condition.includes('thunder')) return 'Stay inside while it thunders.'
  if (now < 4) return 'Wear something warm, and mind the ice.'
  if (rainPercent >= 60) return 'Take an umbrella.'
  if (high >= 24) return 'Take water and sunscreen along.'
  return 'A light jacket is enough.'
}
