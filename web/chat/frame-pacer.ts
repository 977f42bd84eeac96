// Says when to draw: after the next frame, or, where drawing takes long, some frames later, so that it takes
// about half of the time. The reader scrolls smoothly on a slow device, because the frames in between have
// next to nothing to draw.

/** Half of a frame. */
const DRAW_MS_PER_FRAME = 8
/** A later draw has more to draw at once. */
const MAX_FRAMES = 4
/** Animation frames stop in a hidden page; this does not. */
const MAX_WAIT_MS = 250

export class FramePacer {
  /** How long the last draw took, without what the browser did for its frame. */
  #drawMs = 0

  /** In a task of its own: with what the browser does for the frame it would hold up the page for longer. */
  next(draw: () => void): () => void {
    let task: ReturnType<typeof setTimeout> | undefined
    let frames = 1
    const onFrame = (isFirst: boolean) => {
      const start = performance.now()
      task = setTimeout(() => {
        // The first frame shows what was drawn last.
        if (isFirst) frames = framesFor(this.#drawMs + performance.now() - start)
        frames -= 1
        if (frames <= 0) this.#draw(draw)
        else frame = requestAnimationFrame(() => onFrame(false))
      })
    }
    let frame = requestAnimationFrame(() => onFrame(true))
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
      setTimeout(() => this.#layOut())
    })
  }

  /** The next frame then has to paint only. Does nothing if that frame has come already. */
  #layOut(): void {
    const start = performance.now()
    document.body.getBoundingClientRect()
    this.#drawMs += performance.now() - start
  }
}

function framesFor(drawMs: number): number {
  return Math.min(MAX_FRAMES, Math.ceil(drawMs / DRAW_MS_PER_FRAME))
}
