// Says when to draw: after the next frame, or, where drawing takes long, after the one behind it. The reader
// scrolls smoothly on a slow device, because every other frame has next to nothing to draw.

/** Half of a frame. */
const MAX_DRAW_MS = 8
/** Animation frames stop in a hidden page; this does not. */
const MAX_WAIT_MS = 250

export class FramePacer {
  /** How long the last draw took, without what the browser did for its frame. */
  #drawMs = 0

  /** In a task of its own: with what the browser does for the frame it would hold up the page for longer. */
  next(draw: () => void): () => void {
    let task: ReturnType<typeof setTimeout> | undefined
    let frame = requestAnimationFrame(() => {
      const start = performance.now()
      task = setTimeout(() => {
        // The frame shows what was drawn last.
        const tookMs = this.#drawMs + performance.now() - start
        if (tookMs <= MAX_DRAW_MS) return this.#draw(draw)
        frame = requestAnimationFrame(() => {
          task = setTimeout(() => this.#draw(draw))
        })
      })
    })
    const timer = setTimeout(draw, MAX_WAIT_MS)
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(task)
      clearTimeout(timer)
    }
  }

  #draw(draw: () => void): void {
    const start = performance.now()
    draw()
    // React draws in a microtask.
    queueMicrotask(() => {
      this.#drawMs = performance.now() - start
    })
  }
}
