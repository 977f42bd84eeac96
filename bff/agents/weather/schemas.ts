import { z } from 'zod'

export const WeatherReport = z.object({
  city: z.string(),
  condition: z.string().describe('In a few words, such as "light rain".'),
  celsius: z.object({ now: z.number(), low: z.number(), high: z.number() }),
  rainPercent: z.int().min(0).max(100).describe('How likely rain is today.'),
  windKmPerHour: z.number(),
  advice: z.string().describe('One sentence: what to wear or to take along.'),
})
