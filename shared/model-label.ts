/** How a model is shown: one that is named by the path of its file, as llama.cpp does, by its file name. */
export function modelLabel(id: string): string {
  const isPath = /^(\/|~|\.{1,2}[\\/]|[a-z]:[\\/])/i.test(id) || /[\\/].*\.gguf$/i.test(id)
  const name = id.split(/[\\/]/).at(-1) ?? ''
  return isPath && name !== '' ? name : id
}
