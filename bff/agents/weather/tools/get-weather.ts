import { z } from 'zod'
import { defineTool } from '../../../runtime/define-tool.ts'
import { SAMPLE_WEATHER } from '../todays-weather.ts'
import { ToolError } from '../../../runtime/tool-error.ts'
import { english, t } from '#shared/translate.ts'

export const getWeather = defineTool({
  name: 'get_weather',
  description: english`Today's weather of one city, from sample data. Known: ${known()}.`,
  parameters: z.object({ city: z.string().min(1).max(100) }),
  isReadOnly: true,
  execute: ({ city }) => {
    const found = SAMPLE_WEATHER.find((each) => plain(each.city) === plain(city))
    if (found === undefined) {
      throw new ToolError(t`There is no sample weather of ${city}. Known are ${known()}.`)
    }
    return found
  },
  pendingLabel: ({ city }) => t`Look up the weather in ${city}`,
  label: (_, { city, condition }) => t`Looked up the weather in ${city}: ${condition}`,
})

function known(): string {
  return SAMPLE_WEATHER.map(({ city }) => city).join(', ')
}

function plain(city: string): string {
  return city.trim().toLowerCase()
}
