import type { Locator, Page } from '@playwright/test'

export class WhatIfDialog {
  readonly root: Locator
  readonly rows: Locator
  readonly filter: Locator
  /** The button on a receipt. */
  readonly button: Locator

  constructor(page: Page) {
    this.root = page.getByRole('dialog', { name: 'What would this have cost on…' })
    this.rows = this.root.getByRole('row')
    this.filter = this.root.getByRole('searchbox', { name: 'Filter models' })
    this.button = page.getByRole('button', { name: 'This conversation on other models' })
  }

  async open(): Promise<void> {
    await this.button.click()
    await this.root.getByRole('table').waitFor()
  }

  row(model: string): Locator {
    const name = new RegExp(`^${RegExp.escape(model)}\\s`)
    return this.rows.filter({ has: this.root.page().getByRole('rowheader', { name }) }).first()
  }
}
