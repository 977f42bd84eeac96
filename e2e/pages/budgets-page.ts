import type { Locator, Page } from '@playwright/test'

type Scope = 'answer' | 'conversation' | 'day' | 'month'

export class BudgetsPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(): Promise<void> {
    await this.page.goto('/settings/budgets')
    await this.page.getByRole('heading', { name: 'Budgets' }).waitFor()
  }

  budget(scope: Scope): Locator {
    return this.page.getByRole('group', { name: `Each ${scope}` })
  }

  async limit(scope: Scope, dollars: string): Promise<void> {
    await this.budget(scope).getByLabel('Dollars').fill(dollars)
    const form = this.page.getByRole('form', { name: 'Budgets' })
    await form.getByRole('button', { name: 'Save' }).click()
    await form.getByText('Saved.').waitFor()
  }
}
