import { defineAgent } from '../../runtime/define-agent.ts'
import { askUser } from '../ask-user.ts'
import { WeatherReport } from './schemas.ts'
import { getWeather } from './tools/get-weather.ts'
import { english } from '#shared/translate.ts'

export const weather = defineAgent({
  name: 'weather',
  description: english`Gives a weather report as structured data, from sample data.`,
  authority: english`It reads sample data. It changes nothing.`,
  instructions: new URL('./prompts/weather.md', import.meta.url),
  tools: [getWeather, askUser],
  output: { name: 'weather_report', schema: WeatherReport },
})
