// The lower bounds: only receiving, and one text node per line.
import { type Candidate, deltaOf } from './candidate.ts'

export function nothing(): Candidate {
  let received = 0
  return {
    pins: false,
    push: (stored) => {
      received += deltaOf(stored).length
    },
    draw: () => {},
  }
}

export const lines = (target: HTMLElement) => boxes(target, 'limit')
export const codeLines = (target: HTMLElement) => boxes(target, 'limit code')

function boxes(target: HTMLElement, className: string): Candidate {
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
  return {
    pins: true,
    push: (stored) => {
      fresh += deltaOf(stored)
    },
    draw: () => {
      fresh.split('\n').forEach((line, index) => {
        if (index > 0) addLine()
        if (line !== '') last.appendData(line)
      })
      fresh = ''
    },
  }
}
