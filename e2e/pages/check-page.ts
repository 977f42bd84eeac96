import type { Locator, Page } from '@playwright/test'

export class CheckPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`/settings/check${query}`)
    await this.page.getByRole('heading', { name: 'Endpoint check' }).waitFor()
  }

  get runButton(): Locator {
    return this.page.getByRole('button', { name: /^Run the checks/ })
  }

  get stopButton(): Locator {
    return this.page.getByRole('button', { name: 'Stop' })
  }

  probe(title: string): Locator {
    return this.page.getByRole('checkbox', { name: new RegExp(`^${title}`) })
  }

  /** The line of a finding. */
  finding(name: string): Locator {
    return this.page.getByRole('listitem').filter({
      hasText: new RegExp(`^${name}[:.]`),
      hasNot: this.page.getByRole('checkbox'),
    })
  }

  async run(): Promise<void> {
    await this.runButton.click()
    await this.page.getByText(/^Last checked on/).waitFor()
  }
}
