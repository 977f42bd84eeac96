import type { Locator, Page } from '@playwright/test'

export class ProvidersPage {
  readonly heading: Locator
  readonly list: Locator
  readonly dialog: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { name: 'Providers', level: 2 })
    this.list = page.getByRole('list', { name: 'Providers' })
    this.dialog = page.getByRole('dialog')
  }

  async open(): Promise<void> {
    await this.#page.goto('/settings/providers')
    await this.list.waitFor()
  }

  provider(name: string): Locator {
    const heading = this.#page.getByRole('heading', { name: new RegExp(`^${RegExp.escape(name)}`) })
    return this.list.getByRole('listitem').filter({ has: heading })
  }

  field(name: string): Locator {
    return this.dialog.getByLabel(name, { exact: true })
  }

  async openAdd(preset = 'Other'): Promise<void> {
    await this.#page.getByRole('button', { name: 'Add a provider' }).click()
    await this.dialog.getByRole('radio', { name: preset }).check()
  }

  async openEdit(name: string): Promise<void> {
    await this.#page.getByRole('button', { name: `Edit ${name}` }).click()
  }

  async save(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Save' }).click()
    await this.dialog.waitFor({ state: 'hidden' })
  }

  async remove(name: string): Promise<void> {
    await this.#page.getByRole('button', { name: `Remove ${name}` }).click()
    await this.dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await this.dialog.waitFor({ state: 'hidden' })
  }
}
