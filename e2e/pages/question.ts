import type { Locator } from '@playwright/test'

/** A message of the user. */
export class Question {
  readonly root: Locator
  readonly copyButton: Locator
  readonly editButton: Locator
  readonly editor: Locator
  readonly previousVersion: Locator
  readonly nextVersion: Locator

  constructor(root: Locator) {
    this.root = root
    this.copyButton = root.getByRole('button', { name: 'Copy', exact: true })
    this.editButton = root.getByRole('button', { name: 'Edit', exact: true })
    this.editor = root.getByRole('textbox', { name: 'Edit message' })
    this.previousVersion = root.getByRole('button', { name: 'Previous version' })
    this.nextVersion = root.getByRole('button', { name: 'Next version' })
  }
}
