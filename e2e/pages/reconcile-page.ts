import type { Locator, Page } from '@playwright/test'

export class ReconcilePage {
  readonly heading: Locator
  readonly file: Locator
  readonly provider: Locator
  readonly result: Locator
  readonly rows: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { name: 'Reconcile', level: 1 })
    this.file = page.getByLabel('File with what was billed')
    this.provider = page.getByLabel('Tally’s calls to')
    this.result = page.getByRole('region', { name: 'Comparison' })
    this.rows = this.result.getByRole('table', { name: 'By day and model' }).locator('tbody tr')
  }

  async open(): Promise<void> {
    await this.#page.goto('/usage')
    await this.#page.getByRole('link', { name: 'Reconcile' }).click()
    await this.heading.waitFor()
  }

  async drop(name: string, text: string): Promise<void> {
    await this.file.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  }

  async askOpenAi(key: string, from: string, to: string): Promise<void> {
    await this.#page.getByRole('radio', { name: 'OpenAI' }).check({ force: true })
    await this.#page.getByLabel('Admin key').fill(key)
    await this.#page.getByLabel('From', { exact: true }).fill(from)
    await this.#page.getByLabel('To', { exact: true }).fill(to)
    await this.#page.getByRole('button', { name: 'Compare' }).click()
  }
}
