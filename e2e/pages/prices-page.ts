import type { Locator, Page } from '@playwright/test'

export class PricesPage {
  readonly heading: Locator
  readonly yours: Locator
  readonly disagreements: Locator
  readonly pricedAgain: Locator
  readonly dialog: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { name: 'Prices', level: 2 })
    this.yours = page.getByRole('table', { name: /^Your prices/ })
    this.disagreements = page.getByRole('table', { name: 'Disagreements' })
    this.pricedAgain = page.getByRole('table', { name: 'Priced again' })
    this.dialog = page.getByRole('dialog')
  }

  async open(): Promise<void> {
    await this.#page.goto('/settings/prices')
    await this.heading.waitFor()
  }

  /** Shows repricing, import and export, and the disagreements of the lists. */
  async openAdvanced(): Promise<void> {
    await this.#page.getByText('Advanced', { exact: true }).click()
  }

  field(name: string): Locator {
    return this.dialog.getByLabel(name, { exact: true })
  }

  async save(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Save' }).click()
    await this.dialog.waitFor({ state: 'hidden' })
  }

  async add(fields: Record<string, string>): Promise<void> {
    await this.#page.getByRole('button', { name: 'Add a price' }).click()
    for (const [name, text] of Object.entries(fields)) await this.field(name).fill(text)
    await this.save()
  }

  /** Opens the dialog and previews the changes. */
  async previewReprice(): Promise<Locator> {
    await this.openAdvanced()
    await this.#page.getByRole('button', { name: 'Reprice…' }).first().click()
    await this.dialog.getByRole('button', { name: 'Preview' }).click()
    return this.dialog.getByRole('table', { name: /^What would change/ })
  }

  async apply(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Apply' }).click()
    await this.dialog.waitFor({ state: 'hidden' })
  }

  async undo(): Promise<void> {
    await this.openAdvanced()
    await this.pricedAgain.getByRole('button', { name: 'Undo' }).click()
  }
}
