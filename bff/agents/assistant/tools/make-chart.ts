// A chart as a picture, and its values as a table that a spreadsheet opens.
import { z } from 'zod'
import { toCsvLine } from '#shared/csv-line.ts'
import { defineTool } from '../../../runtime/define-tool.ts'
import { withFiles } from '../../../runtime/output-with-files.ts'
import { ToolError } from '../../../runtime/tool-error.ts'
import { formatValue } from '../chart/axis.ts'
import { drawChart } from '../chart/draw-chart.ts'
import { isWritable } from '../chart/glyphs.ts'
import { encodePng } from '../chart/png.ts'
import { english, plural, t } from '#shared/translate.ts'

const MAX_VALUES = 200
const MAX_LABEL_CHARS = 60
/** So many are read out with the picture. */
const MAX_READ_VALUES = 12

export const makeChart = defineTool({
  name: 'make_chart',
  description: english`Draws a bar or line chart of one row of numbers. The person gets it as a picture, and the numbers as a CSV file.`,
  parameters: z.object({
    title: z.string().max(120).nullable().describe('In a few words; null if there is none.'),
    kind: z
      .enum(['bar', 'line'])
      .nullable()
      .describe('bar (null, too) to compare things, line for what changes over time.'),
    values: z.array(z.number()).min(1).max(MAX_VALUES),
    labels: z
      .array(z.string().max(MAX_LABEL_CHARS))
      .nullable()
      .describe('One for each value, in their order; null to number them.'),
  }),
  pendingLabel: ({ title, kind, values }) =>
    kind === 'line'
      ? t`Draw a line chart · ${title?.trim() || countOf(values)}`
      : t`Draw a bar chart · ${title?.trim() || countOf(values)}`,
  label: ({ title, kind, values }) =>
    kind === 'line'
      ? t`Drew a line chart · ${title?.trim() || countOf(values)}`
      : t`Drew a bar chart · ${title?.trim() || countOf(values)}`,
  execute: async ({ title, kind, values, labels: given }) => {
    if (given !== null && given.length !== values.length) {
      throw new ToolError(
        t`There are ${countOf(values)} and ${given.length} labels. Give one label for each value.`,
      )
    }
    const labels = given ?? values.map((_, index) => String(index + 1))
    const heading = title?.trim() ?? ''
    const chart = { title: heading, kind: kind ?? 'bar', labels, values }
    const shown = withWritableTexts(chart)
    const csv = [toCsvLine(['label', 'value']), ...rowsOf(labels, values)].join('')
    const isWhole = shown.labels === labels && shown.title === heading
    return withFiles(
      isWhole
        ? 'Drawn.'
        : 'Drawn. The picture has Latin letters only: other titles are left out, and other labels are numbered.',
      {
        name: `${fileNameOf(heading)}.png`,
        content: await encodePng(await drawChart(shown)),
        alt: describe(chart),
      },
      // The model has written what is in it.
      { name: `${fileNameOf(heading)}.csv`, content: csv, send: 'name' },
    )
  },
})

interface Values {
  title: string
  kind: 'bar' | 'line'
  labels: string[]
  values: number[]
}

function withWritableTexts(chart: Values): Values {
  const { title, labels } = chart
  return {
    ...chart,
    title: isWritable(title) ? title : '',
    labels: labels.every(isWritable) ? labels : labels.map((_, index) => String(index + 1)),
  }
}

function rowsOf(labels: string[], values: number[]): string[] {
  return values.map((value, index) => toCsvLine([labels[index] ?? '', value]))
}

function describe({ title, kind, labels, values }: Values): string {
  const isBar = kind === 'bar'
  if (values.length > MAX_READ_VALUES) {
    const named = isBar ? t`Bar chart “${title}”` : t`Line chart “${title}”`
    const name = title !== '' ? named : isBar ? t`Bar chart` : t`Line chart`
    const [low, high] = [formatValue(Math.min(...values)), formatValue(Math.max(...values))]
    return t`${name} of ${countOf(values)} from ${low} to ${high}.`
  }
  const pairs = values.map((value, index) => `${labels[index]}: ${formatValue(value)}`).join(', ')
  if (title === '') return isBar ? t`Bar chart. ${pairs}.` : t`Line chart. ${pairs}.`
  return isBar ? t`Bar chart “${title}”. ${pairs}.` : t`Line chart “${title}”. ${pairs}.`
}

function countOf({ length }: number[]): string {
  return plural(length, { one: t`1 value`, other: t`${length} values` })
}

function fileNameOf(title: string): string {
  return title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '') || 'chart'
}
