/** `gpt-*` fits every name that begins like this; everything but `*` means itself. */
export function fitsPattern(model: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(model)
}
