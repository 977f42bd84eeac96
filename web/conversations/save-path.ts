/** Lets the browser save what the server sends. */
export function savePath(path: string): void {
  const link = document.createElement('a')
  link.href = path
  // The name is in the answer.
  link.download = ''
  link.click()
}
