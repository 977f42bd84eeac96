import { z } from 'zod'
import { defineTool } from '../../../runtime/define-tool.ts'
import { SAMPLE_WEATHER } from '../sample-weather.ts'

export const getWeather = defineTool({
  name: 'get_weather',
  description: `Today's weather of one place, from sample data. Known: ${known()}.`,
  parameters: z.object({ place: z.string().min(1).max(100) }),
  isReadOnly: true,
  execute: ({ place }) => {
    const found = SAMPLE_WEATHER.find((each) => plain(each.place) === plain(place))
    if (found === undefined) {
      throw new Error(`There is no sample weather of ${place}. Known are ${known()}.`)
    }
    return found
  },
  label: (_, { place, condition }) => `Looked up the weather in ${place}: ${condition}`,
})

function known(): string {
  return SAMPLE_WEATHER.map(({ place }) => place).join(', ')
}

function plain(place: string): string {
  return place.trim().toLowerCase()
}
