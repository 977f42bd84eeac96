import { Component, type ReactNode } from 'react'
import { Button } from './ui/button.tsx'

interface PageBoundaryProps {
  children: ReactNode
}

/** When a part of the page breaks or, after an update of Tally, is no longer there to load. */
export class PageBoundary extends Component<PageBoundaryProps, { failed: boolean }> {
  static getDerivedStateFromError() {
    return { failed: true }
  }

  override state = { failed: false }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <main role="alert" className="flex h-full flex-col items-center justify-center gap-4 p-6">
        <div className="max-w-sm text-center">
          <h1 className="text-base font-semibold">A part of this page could not be shown</h1>
          <p className="mt-1 text-sm text-muted">
            Tally may have been updated or stopped. What you typed is kept, and answers go on
            without this page.
          </p>
        </div>
        <Button look="primary" onClick={() => location.reload()}>
          Reload the page
        </Button>
      </main>
    )
  }
}
