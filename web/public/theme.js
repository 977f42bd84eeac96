// Runs in <head> before the first paint, and again whenever the choice or the system changes.
// The page stores 'light', 'dark' or 'system' and dispatches `themechange` on window.
;(() => {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const stored = () => {
    try {
      return localStorage.getItem('tally.theme')
    } catch {
      return null
    }
  }
  const apply = () => {
    const choice = stored()
    const dark = choice === 'dark' || (choice !== 'light' && system.matches)
    document.documentElement.dataset.theme = dark ? 'dark' : 'light'
    document
      .querySelector('meta[name="theme-color"]')
      ?.setAttribute('content', dark ? '#151413' : '#fbfaf8')
  }
  apply()
  system.addEventListener('change', apply)
  addEventListener('storage', apply)
  addEventListener('themechange', apply)
})()
