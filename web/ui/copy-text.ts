/** Returns whether the text was copied. The clipboard API exists only on HTTPS and localhost. */
export async function copyText(text: string): Promise<boolean> {
  if ('clipboard' in navigator) {
    const written = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
    if (written) return true
  }
  return copyBySelection(text)
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  // Fixed, so that nothing scrolls, and in the open dialog, because the rest is inert.
  Object.assign(field.style, { position: 'fixed', top: '0', opacity: '0' })
  const parent = focused?.closest('dialog') ?? document.body
  parent.append(field)
  field.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    field.remove()
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
  }
}
