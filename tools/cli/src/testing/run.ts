import { vi } from 'vitest'

/** A command's exit code and what it wrote. */
export async function run(command: () => Promise<number>) {
  const streams = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockReturnValue(true))
  try {
    const code = await command()
    const [output = '', errors = ''] = streams.map(({ mock }) => mock.calls.map(([text]) => String(text)).join(''))
    return { code, output, errors }
  } finally {
    streams.forEach((stream) => stream.mockRestore())
  }
}
