import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import type axe from 'axe-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** The rules that look at colours. A theme changes nothing else. */
const COLOR_RULES = ['color-contrast', 'link-in-text-block']

/** In both themes. */
export async function expectNoViolations(page: Page): Promise<void> {
  await expectNone(page, 'dark', TAGS)
  await expectNone(page, 'light', COLOR_RULES)
}

async function expectNone(page: Page, colorScheme: 'dark' | 'light', runOnly: string[]) {
  await page.emulateMedia({ colorScheme })
  await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
  await transitionsEnd(page)
  expect(await violations(page, runOnly), `in the ${colorScheme} theme`).toEqual([])
}

/** Colours that change step by step are not those of either theme. */
async function transitionsEnd(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ effect }) => effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY),
  )
}

declare global {
  interface Window {
    axe?: typeof axe
  }
}

export async function violations(page: Page, runOnly = TAGS) {
  if (await page.evaluate(() => window.axe === undefined)) await page.evaluate(AXE)
  return page.evaluate(async (only) => {
    if (window.axe === undefined) throw new Error('The page was left.')
    // What passes is most of a report.
    const options = { runOnly: only, resultTypes: ['violations' as const], iframes: false }
    const found = await window.axe.run(document, options)
    return found.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
    }))
  }, runOnly)
}
