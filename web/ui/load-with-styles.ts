// What `import()` becomes in the built page (vite.config.ts), in place of Vite's own helper, which is four
// times as long for browsers and settings that Tally does not have.
const loading = new Map<string, Promise<void>>()

/** Loads a module beside its style sheets, and resolves when all of them are there. */
export async function loadWithStyles<Module>(
  load: () => Promise<Module>,
  files: readonly string[] = [],
): Promise<Module> {
  const [module] = await Promise.all([load(), ...files.map(loadStyles)])
  return module
}

function loadStyles(file: string): Promise<void> {
  const known = loading.get(file)
  if (known !== undefined) return known
  const loaded = appendStyles(`/${file}`)
  loading.set(file, loaded)
  // The next part that needs them tries again.
  loaded.catch(() => loading.delete(file))
  return loaded
}

function appendStyles(href: string): Promise<void> {
  if (document.querySelector(`link[href="${href}"]`) !== null) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = href
    link.addEventListener('load', () => resolve())
    link.addEventListener('error', () => {
      link.remove()
      // The words of Vite, which people search for.
      reject(new Error(`Unable to preload CSS for ${href}`))
    })
    document.head.append(link)
  })
}
