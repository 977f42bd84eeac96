// Makes Tally installable. Without it everything else works.
import { language } from '#shared/translate.ts'

declare global {
  /** Missing in browsers without Trusted Types. What it makes is typed as the text it stands for. */
  var trustedTypes:
    | {
        createPolicy(
          name: string,
          rules: { createScriptURL: (url: string) => string },
        ): { createScriptURL(url: string): string }
      }
    | undefined
}

const ADDRESS = language() === 'en' ? '/sw.js' : `/sw.${language()}.js`

/** Resolves in any case: a browser may have no service workers, or forbid them in a private window. */
export async function installServiceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  // The content security policy takes the address of a script from this policy only.
  const policy = globalThis.trustedTypes?.createPolicy('app', { createScriptURL: () => ADDRESS })
  const address = policy?.createScriptURL(ADDRESS) ?? ADDRESS
  await navigator.serviceWorker.register(address).catch(() => undefined)
}
