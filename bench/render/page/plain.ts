// The limits: receiving alone, and one text node per line.
import type { Candidate } from './candidate.ts'

export function nothing(): Candidate {
  let received = 0
  return {
    push: (delta) => {
      received += delta.length
    },
    draw: () => {},
    end: () => {},
  }
}

export function lines(target: HTMLElement, className = 'limit'): Candidate {
  target.className = className
  let fresh = ''
  let last = document.createTextNode('')
  const addLine = () => {
    last = document.createTextNode('')
    const box = document.createElement('div')
    box.append(last)
    target.append(box)
  }
  addLine()
  const draw = () => {
    fresh.split('\n').forEach((line, index) => {
      if (index > 0) addLine()
      if (line !== '') last.appendData(line)
    })
    fresh = ''
  }
  return {
    push: (delta) => {
      fresh += delta
    },
    draw,
    end: draw,
  }
}

export const codeLines = (target: HTMLElement) => lines(target, 'limit code')
