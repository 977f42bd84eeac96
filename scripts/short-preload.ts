import type { Plugin } from 'vite'

/** Replaces Vite's helper around `import()`, which the first page would load with all its settings. */
export function shortPreload(): Plugin {
  return {
    name: 'short-preload',
    apply: 'build',
    transform: {
      filter: { id: /^\0vite\/preload-helper/ },
      handler: () => ({
        code: "export { loadWithStyles as __vitePreload } from '/ui/load-with-styles.ts'",
        map: null,
      }),
    },
  }
}
