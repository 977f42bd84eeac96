export const COMPOSER_ID = 'message'

/** Not on a touch screen, where the keyboard would cover half of what there is to read. */
export function focusComposer(): void {
  if (!globalThis.matchMedia?.('(pointer: fine)').matches) return
  document.getElementById(COMPOSER_ID)?.focus()
}
