/** Returns the label of a model. A file path, as llama.cpp uses, is shortened to its file name. */
export function modelLabel(id: string): string {
  const isPath = /^(\/|~|\.{1,2}[\\/]|[a-z]:[\\/])/i.test(id) || /[\\/].*\.gguf$/i.test(id)
  const name = id.split(/[\\/]/).at(-1) ?? ''
  return isPath && name !== '' ? name : id
}
