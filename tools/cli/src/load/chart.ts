export interface Series {
  name: string
  color: string
  values: number[]
}

const width = 640
const height = 220
const left = 56
const bottom = 28
const top = 12

/** A line chart as SVG, one point a stage. */
export function lineChart({ unit, labels, series }: { unit: string; labels: string[]; series: Series[] }): string {
  const highest = Math.max(1e-9, ...series.flatMap(({ values }) => values))
  const x = (index: number) => left + (index * (width - left - 16)) / Math.max(1, labels.length - 1)
  const y = (value: number) => height - bottom - (value / highest) * (height - bottom - top)
  const grid = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const at = y(highest * part).toFixed(1)
    const label = `<text x="${left - 6}" y="${at}" dy="4" text-anchor="end">${short(highest * part)}</text>`
    return `<line x1="${left}" x2="${width - 16}" y1="${at}" y2="${at}" class="grid"/>${label}`
  })
  const ticks = labels.map(
    (label, index) => `<text x="${x(index).toFixed(1)}" y="${height - 8}" text-anchor="middle">${label}</text>`,
  )
  const lines = series.map(({ color, values }) => {
    const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`)
    const dots = points.map((point) => {
      const [cx, cy] = point.split(',')
      return `<circle cx="${cx}" cy="${cy}" r="2.5" fill="${color}"/>`
    })
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>${dots.join('')}`
  })
  const legend = series.map(({ name, color }) => `<span><i style="background:${color}"></i>${name}</span>`)
  return `<p class="legend">${legend.join(' ')} <b>${unit}</b></p>
<svg viewBox="0 0 ${width} ${height}" role="img">${[...grid, ...ticks, ...lines].join('')}</svg>`
}

const short = (value: number) => (value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2))
