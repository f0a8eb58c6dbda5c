import { expect, onTestFinished, test, vi } from 'vitest'
import { whenTold } from './when-told.ts'

test('who is told to stop more than once stops once, and is not cut', () => {
  onTestFinished(() => void process.removeAllListeners('SIGUSR2').removeAllListeners('SIGWINCH'))
  const stop = vi.fn()
  whenTold(['SIGUSR2', 'SIGWINCH'], stop)
  for (const signal of ['SIGUSR2', 'SIGUSR2', 'SIGWINCH'] as const) process.emit(signal)
  expect(stop.mock.calls).toEqual([['SIGUSR2']])
  expect(process.listenerCount('SIGUSR2')).toBe(1) // without one the system would end the process
})
